"""Searches without result are counted by chosen filters, never by words, and once for each that a person asked."""

import pytest

from naast.directory.overview.actions import count_nothing
from naast.directory.tests.factories import offer
from naast.ledger import queries as ledger
from naast.ledger.models import WaitingFact
from naast.places.queries import by_slug

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
SEARCHED = {"audience": ["ouders"], "phase": [], "form": ["groep", "chat"], "costs": []}


def counted(**changes):
    given = {"place": by_slug("enschede"), "chosen": SEARCHED, "method": "GET", "mode": "navigate", "agent": BROWSER}
    return count_nothing(**{**given, **changes})


def test_the_chosen_filters_are_counted_and_several_of_one_are_not_told_apart():
    assert counted()
    assert ledger.by_dimensions("search-nothing") == [({"audience": "ouders", "form": "several"}, 1)]


@pytest.mark.parametrize(
    "changes",
    [
        {"method": "HEAD"},
        {"mode": "cors"},
        {"mode": "cors", "search": "again"},
        {"mode": "", "search": "again"},
        {"mode": "cors", "search": "new", "agent": "Googlebot/2.1"},
        {"agent": "Googlebot/2.1"},
        {"agent": ""},
    ],
    ids=[
        "asked for the head",
        "fetched",
        "fetched again",
        "fetched again by an old browser",
        "fetched by a robot",
        "a robot",
        "nobody says who",
    ],
)
def test_what_no_person_asked_for_counts_nothing(changes):
    assert not counted(**changes)
    assert not WaitingFact.objects.exists()


def test_a_search_that_was_loaded_in_place_counts_as_one_that_was_gone_to():
    assert counted(mode="cors", search="new")
    assert ledger.by_dimensions("search-nothing") == [({"audience": "ouders", "form": "several"}, 1)]


def test_a_filter_that_the_ledger_does_not_know_is_left_out():
    counted(chosen={"language": ["nl"], "costs": ["gratis"]})
    assert ledger.by_dimensions("search-nothing") == [({"costs": "gratis"}, 1)]


def test_a_search_on_the_page_leaves_its_filters_and_no_word(client):
    offer(area=["enschede"], audiences=["ouders"])
    found = client.get("/enschede/hulp/?doelgroep=ouders", HTTP_USER_AGENT=BROWSER)
    nothing = client.get("/enschede/hulp/?q=xqzwv&doelgroep=kinderen&fase=spanning", HTTP_USER_AGENT=BROWSER)
    assert found.status_code == nothing.status_code == 200
    row = WaitingFact.objects.get()
    assert (row.place, row.dimensions) == ("enschede", "audience=kinderen;phase=spanning")
