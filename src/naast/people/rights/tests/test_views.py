"""The screens: your own file, a colleague's, and making who left nameless."""

import pytest
from django.test import Client

from naast.people.models import User
from naast.people.tests.factories import sign_in, staff
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


def test_who_also_works_elsewhere_is_refused_in_words(here):
    from naast.people.tests.factories import GrantFactory

    staff("place-admin", here)
    admin, user = sign_in(Client(), staff("place-admin", here)), staff("adviser", here)
    GrantFactory(user=user, scope_kind="municipality", scope_id=by_slug("hengelo").id)
    answer = admin.post(f"/loket/mensen/enschede/{user.pk}/gegevens/", {"sure": "yes"})
    assert answer.status_code == 422
    assert "Laat die eerst het account sluiten." in answer.content.decode()


def test_a_stranger_to_the_place_is_not_there(here):
    officer, user = sign_in(Client(), staff("privacy-officer", here)), staff("adviser", by_slug("hengelo"))
    assert officer.get(f"/loket/mensen/enschede/{user.pk}/gegevens/").status_code == 404
