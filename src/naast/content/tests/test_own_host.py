"""The crawl of a place's own host name: no link on it leads into another place, or names the own one in the path."""

import re

import pytest
from django.test import Client

from naast.core import generations
from naast.places import queries
from naast.places.models import OwnHost, Place
from naast.settings.hosts import AllowedHosts

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HOST = "naast.enschede.example"
SHARED = "http://127.0.0.1:8000"
FILES = ("/static/", "/media/", "/-/")


@pytest.fixture
def own(shared_tree, settings):
    """A reader who came in by the own host name of Enschede, with all shipped texts there."""
    settings.ALLOWED_HOSTS = AllowedHosts(["testserver", "127.0.0.1"])
    OwnHost.objects.create(place=Place.objects.get(slug="enschede"), host=HOST, live=True)
    generations.bump("places")
    return Client(headers={"host": f"{HOST}:8000"})


def links(html: str) -> set[str]:
    found = re.findall(r'<(?:a|form)\s[^>]*?(?:href|action)="([^"]*)"', html)
    return {link.split("#")[0] for link in found if link and not link.startswith(("tel:", "mailto:", "sms:", "#"))}


def is_astray(link: str) -> bool:
    """Tell whether a link leads into another place, or names the own place needlessly."""
    first = link.removeprefix("/en").strip("/").partition("/")[0]
    return link.startswith("/") and queries.by_slug(first) is not None


def test_the_crawl_would_see_a_link_that_leaves(own):  # the canary
    assert is_astray("/hengelo/hulp/")
    assert is_astray("/en/enschede/")
    assert not is_astray("/hulp/")


@pytest.mark.parametrize(("start", "most"), [("/", 40), ("/en/", 12)])
def test_no_link_of_the_own_host_leaves_its_place(own, start, most):
    waiting, seen, out = {start}, set(), set()
    while waiting and len(seen) < most:
        path = min(waiting, key=lambda one: (one.count("/"), one))  # each kind of page first
        waiting.discard(path)
        seen.add(path)
        response = own.get(path)
        assert response.status_code in (200, 302, 303), path
        if response.status_code != 200 or "html" not in response["Content-Type"]:
            continue
        for link in links(response.content.decode()):
            if link.startswith("http"):
                if link.startswith((SHARED, "http://testserver")) and link.rstrip("/") not in (SHARED, f"{SHARED}/en"):
                    out.add(f"{path} → {link}")
            elif is_astray(link):
                out.add(f"{path} → {link}")
            elif link.startswith("/") and not link.startswith((*FILES, "/demo/", "/loket/", "/beheer/")):
                bare = link.split("?")[0]
                if bare not in seen and not bare.endswith((".pdf", ".ics", ".json")):
                    waiting.add(bare)
    assert out == set()
    assert len(seen) == most
