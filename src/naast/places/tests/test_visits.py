"""Counting visits without following anybody."""

import pytest

from naast.ledger.models import WaitingFact
from naast.places import visits

PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


def environ(path="/enschede/", mode="navigate", site="none", agent=PHONE, method="GET"):
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "HTTP_SEC_FETCH_MODE": mode,
        "HTTP_SEC_FETCH_SITE": site,
        "HTTP_USER_AGENT": agent,
        "REMOTE_ADDR": "192.0.2.7",
    }


@pytest.mark.parametrize(
    ("mode", "site", "source"),
    [
        ("navigate", "none", "direct"),
        ("navigate", "cross-site", "elsewhere"),
        ("navigate", "same-site", "same-site"),
        ("navigate", "same-origin", None),
        ("cors", "same-origin", None),
        ("", "", "unknown"),
    ],
)
def test_only_coming_in_is_a_visit(mode, site, source):
    assert visits.source_of(mode, site) == source


@pytest.mark.parametrize(
    ("rest", "kind"),
    [("/", "home"), ("/ouders/geld/", "ouders"), ("/wegwijzer/plan/geheim-adres/", "wegwijzer"), ("/x/y/", "page")],
)
def test_the_kind_of_a_page_is_cut_at_door_or_journey(rest, kind):
    assert visits.page_kind(rest) == kind


@pytest.mark.parametrize("agent", ["", "Googlebot/2.1", "curl/8.0", "python-requests/2"])
def test_robots_are_not_counted(agent):
    assert visits.is_bot(agent)


def test_a_person_is():
    assert not visits.is_bot(PHONE)


@pytest.mark.django_db
def test_visits_land_in_the_ledger_and_unknown_places_nowhere(places):
    counter = visits.VisitCounter()
    for path in ("/enschede/", "/enschede/", "/en/enschede/", "/nergens/", "/"):
        counter.note(environ(path))
    counter.note(environ(agent="Googlebot"))
    assert counter.flush() == 5
    found = {(row.place, row.dimensions): row.amount for row in WaitingFact.objects.all()}
    assert found == {
        ("enschede", "page=home;source=direct"): 3,
        ("nederland", "page=home;source=direct"): 1,
    }
