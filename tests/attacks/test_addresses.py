"""Addresses that lie: a host that is not ours, and paths that climb out of the folder of files."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as house
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.test import Client, override_settings
from django.urls import include, path

from naast.contact.tests.factories import ask
from naast.core.mail import compose
from naast.core.models import OutboxMail
from naast.people.tests.factories import staff
from naast.places.queries import by_slug

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
EVIL = "kwaad.example"


# ---------- a host header ----------


def poisoned(host: str) -> bool:
    """Ask pages that make whole addresses under a lying host; tells whether an answer repeats it."""
    client = Client(raise_request_exception=False)
    for address in (
        "/sitemap.xml",
        "/robots.txt",
        "/enschede/",
        "/enschede/open-gegevens/",
        "/loket/aanmelden/",
        "/hsds/v3/",
    ):
        answer = client.get(address, HTTP_HOST=host)
        if EVIL in answer.content.decode() + answer.headers.get("Location", ""):
            return True
    return False


@pytest.mark.parametrize("host", [EVIL, f"{EVIL}:80", f"testserver@{EVIL}", f"testserver.{EVIL}", f"localhost.{EVIL}"])
def test_a_host_that_is_not_ours_stands_in_no_answer(host: str, settings: Any) -> None:
    assert not poisoned(host)
    # Weakened: whatever host a request names is believed.
    settings.ALLOWED_HOSTS = ["*"]
    assert poisoned(EVIL)


def test_a_forwarded_host_is_nobodys_word(settings: Any) -> None:
    def forwarded() -> bool:
        client = Client()
        said = client.get("/robots.txt", HTTP_X_FORWARDED_HOST=EVIL, HTTP_FORWARDED=f"host={EVIL}").content.decode()
        return EVIL in said

    assert not forwarded()
    settings.ALLOWED_HOSTS, settings.USE_X_FORWARDED_HOST = ["*"], True
    assert forwarded()


def poisoned_mail() -> bool:
    """Ask pages and a question under a lying host; tells whether a mail that follows leads there."""
    staff("adviser", by_slug("enschede"))
    Client(raise_request_exception=False).post("/enschede/vraag/", {"text": "Mag dat?"}, HTTP_HOST=EVIL)
    ask("Mag mijn dochter zelf kiezen?", email="iemand@voorbeeld.example")
    bodies = [compose(one).body for one in OutboxMail.objects.all()]
    assert any("http" in body for body in bodies), "no mail with a link: this proves nothing"
    return any(EVIL in body for body in bodies)


def test_a_mail_leads_to_the_house_whatever_host_was_asked(settings: Any) -> None:
    assert not poisoned_mail()
    # Weakened: the house takes its own address from whoever asked last.
    settings.WAGTAILADMIN_BASE_URL = f"http://{EVIL}"
    assert poisoned_mail()


# ---------- a path with dots ----------


SECRET = "dit staat buiten de map met bestanden"
PREFIXES = (
    "/-/film/", "/-/film/je-mag-van-allebei-houden/", "/-/logo/", "/-/thema/", "/-/ophalen/", "/media/", "/static/",
    "/enschede/", "/enschede/hulp/", "/enschede/lijsten/", "/en/", "/kluisje/", "/beheer/", "/api/v1/", "/demo/",
)  # fmt: skip
CLIMBS = ("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "....//", "%252e%252e%252f", "/./../", "..;/", "x/../../")


def climbs_out(target: Path) -> bool:
    """Ask for a file outside every served folder, along each prefix and climb; tells whether its words came back."""
    client = Client(raise_request_exception=False)
    absolute = str(target).lstrip("/")
    for prefix in PREFIXES:
        for climb in CLIMBS:
            for tail in (climb + target.name, climb * 12 + absolute, climb * 12 + quote(absolute, safe="")):
                answer = client.get(prefix + tail)
                assert answer.status_code != 500, prefix + tail
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                if SECRET.encode() in body:
                    return True
    return False


def careless(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve whatever file a path names below a folder, or above it."""
    wanted = Path(house.MEDIA_ROOT) / name
    if not wanted.is_file():
        raise Http404
    return FileResponse(wanted.open("rb"))


class Careless:
    """A URL table in which films are served by their path."""

    urlpatterns = [path("-/film/<path:name>", careless), path("", include("naast.urls"))]


def test_a_path_with_dots_reads_no_file(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    target = tmp_path / "geheim.txt"
    target.write_text(SECRET, encoding="utf-8")
    assert not climbs_out(target)
    with override_settings(ROOT_URLCONF=Careless):
        assert climbs_out(target)
