"""The screens: your own file, a colleague's, and making who left nameless."""

import pytest
from django.test import Client

from naast.core.models import AuditLine
from naast.people.models import User
from naast.people.rules import Scope
from naast.people.staffing.actions import give_role
from naast.people.tests.factories import GrantFactory, sign_in, staff
from naast.places.queries import by_slug

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(places):
    return by_slug("enschede")


def test_everybody_takes_home_what_is_kept_of_themselves_after_proving_who_they_are(here):
    user = staff("adviser", here)
    fresh = sign_in(Client(), user).get("/loket/account/gegevens.zip")
    assert fresh["Content-Type"] == "application/zip"
    assert fresh["Content-Disposition"].startswith("attachment")
    stale = sign_in(Client(), user, minutes_ago=11).get("/loket/account/gegevens.zip")
    assert stale["Content-Type"] != "application/zip"


def test_the_officer_sees_and_downloads_what_is_kept_of_a_colleague(here):
    officer, user = sign_in(Client(), staff("privacy-officer", here)), staff("adviser", here, display_name="Noor Test")
    page = officer.get(f"/loket/mensen/enschede/{user.pk}/gegevens/")
    assert "Noor Test" in page.content.decode()
    assert "Download alles" in page.content.decode()
    assert officer.get(f"/loket/mensen/enschede/{user.pk}/gegevens.zip")["Content-Type"] == "application/zip"


def test_the_administrator_makes_who_left_nameless(here):
    staff("place-admin", here)
    admin, user = sign_in(Client(), staff("place-admin", here)), staff("adviser", here, display_name="Noor Test")
    address = f"/loket/mensen/enschede/{user.pk}/gegevens/"
    assert admin.post(address).status_code == 422
    assert User.objects.get(pk=user.pk).is_active
    assert admin.post(address, {"sure": "yes"}).status_code == 303
    assert User.objects.get(pk=user.pk).display_name == "Oud-medewerker"
    assert "Dit account heeft al geen naam meer." in admin.get(address).content.decode()


def test_of_who_also_works_elsewhere_nothing_is_shown_taken_or_erased(here):
    staff("place-admin", here)
    admin, user = sign_in(Client(), staff("place-admin", here)), staff("adviser", here)
    GrantFactory(user=user, role="editor", scope_kind="municipality", scope_id=by_slug("hengelo").id)
    address = f"/loket/mensen/enschede/{user.pk}/gegevens/"
    for answer in (admin.get(address), admin.post(address, {"sure": "yes"})):
        assert "werkt of werkte ook voor een andere plaats" in answer.content.decode()
        assert user.email not in answer.content.decode()
        assert "Hengelo" not in answer.content.decode()
    assert admin.get(address[:-1] + ".zip").status_code == 403
    assert User.objects.get(pk=user.pk).is_active


def test_an_administrator_who_gives_a_role_to_a_stranger_learns_nothing_more_of_them(here):
    admin, stranger = staff("place-admin", here), staff("adviser", by_slug("hengelo"))
    give_role(by=admin, user=stranger, role="editor", scope=Scope(here.kind, here.id))
    client = sign_in(Client(), admin)
    assert client.get(f"/loket/mensen/enschede/{stranger.pk}/gegevens.zip").status_code == 403


def test_looking_at_what_is_kept_of_a_colleague_is_a_line_of_the_log(here):
    officer, user = staff("privacy-officer", here), staff("adviser", here)
    sign_in(Client(), officer).get(f"/loket/mensen/enschede/{user.pk}/gegevens/")
    line = AuditLine.objects.get(act="read", kind="people.User", record_id=str(user.pk))
    assert (line.actor, line.place, line.role) == (f"staff:{officer.pk}", "enschede", "privacy-officer")


def test_a_stranger_to_the_place_is_not_there(here):
    officer, user = sign_in(Client(), staff("privacy-officer", here)), staff("adviser", by_slug("hengelo"))
    assert officer.get(f"/loket/mensen/enschede/{user.pk}/gegevens/").status_code == 404
