"""The staff screen: gaps with numbers, searches without result in steps of five, for editors and policy officers."""

import pytest

from naast.directory.tests.factories import offer
from naast.ledger.actions import count
from naast.people.tests.factories import sign_in, staff
from naast.places.queries import by_slug

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
SCREEN = "/monitor/gaten/"


def at(client, role, place):
    sign_in(client, staff(role, by_slug(place)))
    return client


@pytest.mark.parametrize("role", ["policy-officer", "editor"])
def test_gaps_are_shown_with_own_regional_and_national_apart(client, role):
    offer(area=["enschede"], phases=["uit-elkaar"])
    offer(area=["nederland"], phases=["uit-elkaar"])
    text = at(client, role, "enschede").get(SCREEN).content.decode()
    assert "1 eigen, 0 regio, 1 land" in text
    assert "nog niets" in text
    assert "Gemeenten van Twente naast elkaar" in text


def test_somebody_else_is_refused_and_a_foreign_place_is_not_there(client):
    officer = at(client, "policy-officer", "enschede")
    assert officer.get(f"{SCREEN}houten/").status_code == 404
    assert at(client, "adviser", "enschede").get(SCREEN).status_code == 403


def test_searches_without_result_are_told_by_filter_and_never_below_five(client):
    for _ in range(7):
        count("search-nothing", place="enschede", audience="ouders", phase="spanning", form="groep")
    for _ in range(4):
        count("search-nothing", place="enschede", audience="omgeving")
    count("search-nothing", place="houten", audience="professionals")
    text = at(client, "policy-officer", "enschede").get(SCREEN).content.decode()
    searched = text[text.index("Vergeefs gezocht") : text.index("naast elkaar")]
    assert "Spanning in de relatie" in searched
    assert ">5</td>" in searched
    assert "te weinig om te noemen" in searched
    assert "Familie en vrienden" not in searched
    assert "Professionals" not in searched


def test_children_are_told_for_a_region_s_year_only(client):
    for _ in range(12):
        count("search-nothing", place="enschede", audience="kinderen", phase="spanning")
    own = at(client, "policy-officer", "enschede").get(SCREEN).content.decode()
    assert "Kinderen en jongeren, per jaar" not in own
    region = at(client, "policy-officer", "twente").get(f"{SCREEN}twente/").content.decode()
    assert "Kinderen en jongeren, per jaar" in region


def test_a_policy_officer_begins_here(client):
    officer = at(client, "policy-officer", "enschede")
    from naast.people.start import first_page

    assert first_page(officer.get(SCREEN).wsgi_request.user) == SCREEN
