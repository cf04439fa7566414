"""The crawl: from the doors of two places and their English, no link in a page leaves its place."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from naast.content.tests.factories import article, filled
from naast.core.sharing import outside

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# The house's own addresses stand outside every place; so do files and other schemes.
HOUSE = ("/kluisje/", "/en/kluisje/", "/loket/", "/beheer/", "/static/", "/media/", "/-/", "/demo/")
OTHER_LANGUAGE = re.compile(r"<a\s[^>]*hreflang=[^>]*>")
FILES = (".pdf", ".vtt", ".webp", ".mp4", ".webm")
PLACES = ("/enschede/", "/zwolle/", "/en/enschede/", "/en/zwolle/")
# Journeys of other rooms: their own tests walk them.
NOT_OURS = ("wegwijzer/", "hulp/", "vraag/", "hulp-nu/", "zo-werkt-weggaan/")


def links(html: str) -> Iterator[str]:
    """Return the addresses a page leads to, on this host."""
    for href in re.findall(r'<a\s[^>]*href="([^"]*)"', OTHER_LANGUAGE.sub("", html)):
        if href.startswith("/") and not href.startswith("//"):
            yield href.split("#")[0].split("?")[0]


def strays(client: Client, start: str) -> tuple[set[str], set[str]]:
    """Walk all pages of this room below an address; return what was read, and the links that leave the place."""
    waiting, read, out = [start + door for door in ("ouders/", "kinderen/", "omgeving/", "privacy/")], set(), set()
    while waiting:
        path = waiting.pop()
        if path in read:
            continue
        read.add(path)
        answer = client.get(path)
        assert answer.status_code == 200, path
        for href in links(answer.content.decode()):
            if href.startswith(HOUSE) or href in ("/", "/en/") or href.endswith(FILES):
                continue  # "Niet jouw gemeente?" leads to the start page
            if not href.startswith(start):
                out.add(f"{path} → {href}")
            elif href != start and not href.removeprefix(start).startswith(NOT_OURS):
                waiting.append(href)
    return read, out


@pytest.mark.parametrize("start", PLACES)
def test_no_link_leaves_its_place(client, shared_tree, start):
    read, out = strays(client, start)
    assert out == set()
    assert len(read) >= 35


def test_links_inside_texts_carry_the_place(client, shared_tree):
    page = client.get("/zwolle/ouders/als-het-spant-tussen-jullie/").content.decode()
    assert 'href="/zwolle/ouders/bang-voor-de-ander/"' in page


def test_a_link_to_a_page_that_was_taken_down_keeps_its_words_and_loses_its_address(client, shared_tree):
    article("bang-voor-de-ander").unpublish()
    page = client.get("/zwolle/ouders/als-het-spant-tussen-jullie/").content.decode()
    assert "wat je doet als je bang bent" in page
    assert "bang-voor-de-ander" not in page


def test_the_houses_own_addresses_never_carry_a_place(client, shared_tree):
    assert outside("content_slots") == "/beheer/plekken/"
    assert 'href="/kluisje/"' in client.get("/enschede/kinderen/").content.decode()


class TestTheCrawlCanFail:
    def test_a_link_without_a_place_is_found(self, client, shared_tree):
        page = article("kies-geen-kant")
        page.body = [("text", '<p><a href="/ouders/">Voor ouders</a></p>')]
        page.save_revision().publish()
        assert strays(client, "/enschede/")[1] == {"/enschede/omgeving/kies-geen-kant/ → /ouders/"}

    def test_a_link_into_another_place_is_found(self, client, shared_tree):
        page = article("kies-geen-kant")
        page.body = [("text", '<p><a href="/zwolle/ouders/">Zwolle</a></p>')]
        page.save_revision().publish()
        assert strays(client, "/enschede/")[1]

    def test_words_of_a_place_hold_no_links_at_all(self, client, shared_tree):
        filled("enschede", "wonen", '<a href="/zwolle/">Zwolle</a>')
        assert strays(client, "/enschede/")[1] == set()
