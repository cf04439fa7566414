"""Looking at the demonstration as somebody: from its own pages only, and nowhere but in a demonstration."""

import os
import subprocess
import sys

import pytest
from django.test import Client

from naast.demo import roles, staff
from naast.lockers import actions as lockers
from naast.people import actions
from naast.people.models import User
from naast.people.policy import scopes_for
from naast.people.policy_table import ROLE_NAMES
from naast.people.rules import ROLES

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(places: None) -> None:
    staff.load_staff()


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("role", [role for role in ROLES if roles.page_of(role)])
def test_the_bar_signs_in_as_the_role_and_leads_to_its_first_page(people: None, browser: Client, role: str) -> None:
    answer = browser.post(f"/demo/as/{role}/")
    assert (answer.status_code, answer.headers["Location"]) == (303, roles.page_of(role))
    assert browser.get(answer.headers["Location"], follow=True).status_code == 200
    assert browser.get("/loket/account/").status_code == 200


@pytest.mark.parametrize("role", [*(role for role in ROLES if not roles.page_of(role)), "king"])
def test_a_role_without_a_first_page_does_not_exist_yet(people: None, browser: Client, role: str) -> None:
    assert browser.post(f"/demo/as/{role}/").status_code == 404
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elders.example"},
        {"origin": "null"},
        {"origin": "http://testserver.elders.example"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_another_site_cannot_sign_a_visitor_in(people: None, browser: Client, headers: dict[str, str]) -> None:
    assert browser.post("/demo/as/editor/", headers=headers).status_code == 403
    assert "_auth_user_id" not in browser.session


def test_its_own_pages_can(people: None, browser: Client) -> None:
    headers = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
    assert browser.post("/demo/as/editor/", headers=headers).status_code == 303


def test_a_link_signs_nobody_in(people: None, browser: Client) -> None:
    assert browser.get("/demo/as/editor/").status_code == 405


def test_changing_role_leaves_nothing_of_the_last_one(people: None, browser: Client) -> None:
    browser.post("/demo/as/editor/")
    first = browser.session.session_key
    browser.post("/demo/as/regional-editor/")
    assert browser.session.session_key != first
    assert User.objects.get(pk=browser.session["_auth_user_id"]) == staff.somebody("regional-editor")


@pytest.mark.parametrize("role", roles.RESIDENTS)
def test_a_resident_has_a_locker_and_no_account(people: None, browser: Client, role: str) -> None:
    lockers.make_demonstration(name=role, place_slug="enschede", audience="ouders")
    browser.post("/demo/as/editor/")
    assert browser.post(f"/demo/as/{role}/").status_code == 303
    assert "_auth_user_id" not in browser.session
    assert browser.get("/loket/account/").status_code == 302


def test_everybody_plays_at_enschede_or_its_region(people: None) -> None:
    for role in ROLE_NAMES:
        person = staff.somebody(role)
        if person is not None:
            (grant,) = person.grants.all()
            assert grant.role == role
    adviser = staff.somebody("adviser")
    assert adviser is not None
    assert len(scopes_for(adviser, "desk.answer")) == 1


def test_loading_the_people_twice_changes_nothing(people: None) -> None:
    before = User.objects.count()
    staff.load_staff()
    assert User.objects.count() == before == len(staff.STAFF)


def test_nobody_of_the_demonstration_has_a_password(people: None) -> None:
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_the_bar_is_the_same_for_all_and_sets_no_cookie(people: None, browser: Client) -> None:
    answer = browser.get("/")
    assert b'action="/demo/as/' in answer.content
    assert not answer.cookies


@pytest.mark.parametrize("demo", ["", "0"])
def test_without_a_demonstration_its_sign_in_cannot_even_be_imported(demo: str, tmp_path: object) -> None:
    environment = {**os.environ, "NAAST_DEMO": demo, "NAAST_VAR": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "naast.settings.embedded"
    code = "import django; django.setup(); import naast.demo.views"
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "ImproperlyConfigured" in ran.stderr


def test_who_left_in_play_is_back_when_the_demonstration_is_made_again(people: None) -> None:
    karin = User.objects.get(grants__role="place-admin")
    actions.close_account(user=karin)
    staff.load_staff()
    karin.refresh_from_db()
    assert karin.is_active
    assert karin.grants.get().ends is None
