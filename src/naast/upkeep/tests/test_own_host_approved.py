"""Own host names: only one that the operator vouches for goes live, and a name server that hangs holds nobody up."""

import threading

import pytest

from naast.core import live
from naast.people.tests.factories import sign_in, staff
from naast.places import queries
from naast.places.models import OwnHost
from naast.upkeep import views

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
HOST = "/loket/plaats/enschede/adres/"
NAME = "naast.enschede.example"


@pytest.fixture
def admin(client, monkeypatch):
    """A place administrator of Enschede, where nothing else stands in the way of going live."""
    monkeypatch.setattr(live, "_checks", [])
    monkeypatch.setattr(views, "resolves", lambda host: True)
    return sign_in(client, staff("place-admin", queries.by_slug("enschede")))


@pytest.mark.parametrize("known", [frozenset(), frozenset({f"houten={NAME}"}), frozenset({f"enschede=x.{NAME}"})])
def test_a_name_that_the_operator_did_not_approve_does_not_go_live(admin, settings, known):
    settings.NAAST_OWN_HOSTS = known
    admin.post(HOST, {"do": "save", "host": NAME})
    page = admin.post(HOST, {"do": "live", "seen": "on"})
    assert "nog niet goedgekeurd" in page.content.decode()
    assert not OwnHost.objects.get().live


def test_an_approved_name_goes_live(admin, settings):
    settings.NAAST_OWN_HOSTS = frozenset({f"enschede={NAME}"})
    admin.post(HOST, {"do": "save", "host": NAME})
    assert admin.post(HOST, {"do": "live", "seen": "on"}).status_code == 303
    assert OwnHost.objects.get().live


def test_a_name_server_that_never_answers_holds_nobody_up(monkeypatch):
    never = threading.Event()
    monkeypatch.setattr(views, "LONGEST_LOOK", 0.01)
    monkeypatch.setattr(views, "_asking", threading.BoundedSemaphore(2))
    monkeypatch.setattr(views.socket, "getaddrinfo", lambda *name: never.wait(30))
    assert [views.resolves("traag.example") for _ in range(5)] == [None] * 5
    never.set()


def test_a_name_that_leads_nowhere_is_told_from_one_that_nobody_told_of(monkeypatch):
    def unknown(*name):
        raise OSError

    monkeypatch.setattr(views.socket, "getaddrinfo", unknown)
    assert views.resolves("nergens.example") is False
    assert views.resolves("naast.localhost") is True
