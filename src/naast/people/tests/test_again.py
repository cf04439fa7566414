"""Is it still you? What matters asks for a proof of less than ten minutes ago, and loses nothing that was typed."""

import html
import re
import time
from typing import Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from naast.people import again
from naast.people.again import fresh_sign_in
from naast.people.models import User
from naast.people.policy import needs
from naast.people.tests.factories import PASSWORD, UserFactory, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("naast.people.tests.test_again")]

DEAR = "/loket/duur/"
AGAIN = "/loket/aanmelden/bevestigen/"
LETTER = 'Een brief met "haken" & <tekens>\r\nen een tweede regel'
took: list[dict[str, Any]] = []


@needs("people.own")
@fresh_sign_in(minutes=10)
def dear(request: HttpRequest) -> HttpResponse:
    """Something that matters."""
    if request.method == "POST":
        took.append({name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"})
    return HttpResponse(b"done")


urlpatterns = [path("loket/duur/", dear), path("", include("naast.urls"))]


@pytest.fixture(autouse=True)
def fresh() -> None:
    took.clear()
    for name in ("default", "shared", "limits"):
        caches[name].clear()


@pytest.fixture
def person() -> User:
    return UserFactory()


@pytest.fixture
def stale(person: User) -> Client:
    """A browser whose owner proved themselves eleven minutes ago."""
    return sign_in(Client(), person, minutes_ago=11)


def hidden(page: str) -> dict[str, list[str]]:
    """Read the hidden fields of a page as a browser would."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>', page, re.DOTALL):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag, re.DOTALL)
        assert name
        assert value
        found.setdefault(html.unescape(name[1]), []).append(html.unescape(value[1]))
    return found


def test_who_just_signed_in_goes_on(person: User) -> None:
    assert sign_in(Client(), person, minutes_ago=9).get(DEAR).content == b"done"


def test_a_page_leads_to_proving_it_and_back(stale: Client) -> None:
    answer = stale.get(DEAR, {"over": "2026"})
    assert answer.headers["Location"] == f"{AGAIN}?next=%2Floket%2Fduur%2F%3Fover%3D2026"
    page = stale.get(answer.headers["Location"])
    fields = hidden(page.content.decode())
    back = stale.post(AGAIN, {"next": fields["next"][0], "again_password": PASSWORD})
    assert back.headers["Location"] == "/loket/duur/?over=2026"
    assert stale.get(DEAR).content == b"done"


def test_what_was_sent_is_carried_and_arrives_whole(stale: Client) -> None:
    asked = stale.post(DEAR, {"letter": LETTER, "roles": ["adviser", "editor"], "empty": ""})
    assert took == []
    fields = hidden(asked.content.decode())
    assert {"letter", "roles", "empty"} == set(fields) - {"csrfmiddlewaretoken"}
    assert stale.post(DEAR, {**fields, "again_password": PASSWORD}).content == b"done"
    assert took == [{"letter": [LETTER], "roles": ["adviser", "editor"], "empty": [""]}]


def test_a_wrong_password_goes_nowhere_and_still_loses_nothing(stale: Client) -> None:
    asked = stale.post(DEAR, {"letter": LETTER, "again_password": "dat is het niet"})
    assert took == []
    page = asked.content.decode()
    assert hidden(page)["letter"] == [LETTER]
    assert "dat is het niet" not in page
    assert asked.context["form"].errors


@pytest.mark.parametrize("nothing", [{}, {"again_password": ""}, {"again_code": ""}])
def test_sending_nothing_proves_nothing(stale: Client, nothing: dict[str, str]) -> None:
    stale.post(DEAR, {"letter": LETTER, **nothing})
    assert took == []


def test_a_code_of_the_app_is_enough_and_works_once(stale: Client, person: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert stale.post(DEAR, {"again_code": code}).content == b"done"
    other = sign_in(Client(), person, minutes_ago=11)
    assert other.post(DEAR, {"again_code": code}).content != b"done"


def test_who_has_no_password_is_asked_for_a_code_only() -> None:
    person = UserFactory(password=None)
    TOTP.activate(person, generate_totp_secret())
    page = sign_in(Client(), person, minutes_ago=11).post(DEAR, {"letter": LETTER})
    assert list(page.context["form"].fields) == ["again_code"]


def test_guessing_is_stopped(stale: Client) -> None:
    for _ in range(12):
        stale.post(DEAR, {"again_password": "dat is het niet"})
    stale.post(DEAR, {"again_password": PASSWORD})
    assert took == []


def test_proving_it_gives_the_session_a_new_key(stale: Client) -> None:
    before = stale.session.session_key
    stale.post(DEAR, {"again_password": PASSWORD})
    assert stale.session.session_key != before
    assert Client(headers={"cookie": f"sessionid={before}"}).get(DEAR).status_code == 302


def test_the_proof_of_somebody_else_counts_for_nothing(stale: Client, person: User) -> None:
    """A session in which another person proved themselves is not proved."""
    session = stale.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(UserFactory().pk)
    session.save()
    assert stale.get(DEAR).status_code == 302
    assert stale.get(DEAR).headers["Location"] != ""


def test_a_chosen_file_is_said_to_be_lost(stale: Client) -> None:
    page = stale.post(DEAR, {"letter": LETTER, "file": SimpleUploadedFile("a.txt", b"a")}).content.decode()
    assert hidden(page)["letter"] == [LETTER]
    assert "file" not in hidden(page)
    assert "bestand" in page


@pytest.mark.parametrize(
    "elsewhere", ["https://elders.example/", "//elders.example", "javascript:alert(1)", "/\\elders.example"]
)
def test_it_never_leads_to_another_site(stale: Client, elsewhere: str) -> None:
    answer = stale.post(AGAIN, {"next": elsewhere, "again_password": PASSWORD})
    assert answer.headers["Location"] == "/loket/account/"


def test_a_stranger_is_led_to_sign_in(client: Client) -> None:
    assert client.get(AGAIN).headers["Location"] == "/loket/aanmelden/"
    assert client.post(DEAR, {"again_password": PASSWORD}).status_code == 302
    assert took == []


def test_another_way_is_offered_where_a_room_registered_one(stale: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(again, "_ways", [lambda person, back: again.Way(f"/elders/?next={back}", "Met je gemeente")])
    page = stale.get(AGAIN, {"next": DEAR}).content.decode()
    assert "/elders/?next=/loket/duur/" in page
    assert "Met je gemeente" in page


def test_the_guard_can_be_read_from_the_view() -> None:
    assert dear.fresh_sign_in == 10  # type: ignore[attr-defined]
    assert dear.policy_action == "people.own"  # type: ignore[attr-defined]
