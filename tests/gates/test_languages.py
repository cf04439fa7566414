"""English pages are English: no word of the interface is Dutch there, every Dutch text says that it is, no link leaves."""

import html
import re
import urllib.request
from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

import pytest

from tests.gates.dutch_left import left_in
from tests.gates.looking import own_addresses
from tests.gates.own_pages import PLACE
from tests.installation import Installation

Get = Callable[[str], tuple[int, str, str]]

HOME = f"/en/{PLACE}/"
# Leads to the neutral site, or holds no page.
NOT_PAGES = re.compile(
    r"/(?:weg|papier|agenda|plan\.pdf|plan\.ics)/?$|\.(?:pdf|csv|ics|vtt|mp4|webm|css|js|svg|webp)$|^/-/"
)
_LINK = re.compile(r"<a\b([^>]*)>")


def links(page: str) -> Iterator[tuple[str, bool]]:
    """Return each link within this site, and whether it is one to another language."""
    for match in _LINK.finditer(page):
        href = re.search(r'\bhref="([^"]*)"', match[1])
        path = html.unescape(href[1]).partition("#")[0] if href else ""
        if path.startswith("/") and not path.startswith("//"):
            yield path, "hreflang=" in match[1]


def crawl(get: Get, start: list[str], *, most: int = 600) -> tuple[dict[str, list[str]], dict[str, set[str]]]:
    """Walk all links within English; returns (Dutch texts by page, links that leave English by address)."""
    waiting, seen = list(start), set()
    dutch: dict[str, list[str]] = {}
    leaving: dict[str, set[str]] = {}
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if path in seen or NOT_PAGES.search(urlsplit(path).path):
            continue
        seen.add(path)
        status, page, moved = get(path)
        if moved:
            waiting.append(moved)
            continue
        assert status == 200, f"{status} {path}"
        if found := left_in(page):
            dutch[path] = found
        for href, other_language in links(page):
            if other_language or NOT_PAGES.search(urlsplit(href).path):
                continue
            if not href.startswith("/en/"):
                leaving.setdefault(href, set()).add(path)
            elif href.startswith((HOME, "/en/kluisje/")) and "?q=" not in href:
                waiting.append(href)
    return dutch, leaving


def getting(installation: Installation) -> Get:
    """Return how a reader without cookies fetches a page: (status, text, where it leads)."""
    reader = installation.visitor()

    def get(path: str) -> tuple[int, str, str]:
        reader.jar.clear()
        answer = reader._open(urllib.request.Request(urljoin(installation.address, path)))
        target = urljoin(installation.address + path.removeprefix("/"), answer.headers.get("location", ""))
        moved = target.removeprefix(installation.address.rstrip("/")) if answer.headers.get("location") else ""
        if moved and not moved.startswith("/"):
            return 200, "", ""  # to the neutral site
        return answer.status, answer.text if "html" in answer.headers.get("content-type", "") else "", moved

    return get


@pytest.mark.slow
@pytest.mark.xdist_group("installation")
class TestTheWholeOfEnglish:
    @pytest.fixture(scope="class")
    def walked(self, installation: Installation):
        own = [
            f"{HOME}{address.pattern}"
            for address in own_addresses()
            if address.in_place and address.plain and not address.pattern.startswith("-/")
        ]
        return crawl(getting(installation), ["/en/", HOME, *own])

    def test_no_page_shows_dutch_without_saying_so(self, walked):
        assert walked[0] == {}

    def test_no_link_leaves_english(self, walked):
        assert walked[1] == {}

    def test_what_one_is_answered_is_english(self, installation):
        reader = installation.visitor()
        form = reader.get(f"{HOME}vraag/")
        once = re.search(r'name="once" value="([^"]+)"', form.text)
        assert once
        asked = {"once": once[1], "audience": "ouders"}
        empty = reader.post(f"{HOME}vraag/", **asked, text="")
        number = reader.post(f"{HOME}vraag/", **asked, text="My number is 111222333. What now?")
        done = reader.post(f"{HOME}vraag/", **asked, text="How do we tell the children?")
        code = re.search(r'data-locker-code="([^"]+)"', done.text)
        assert code
        assert '<ol class="naast-code" lang="nl"' in done.text  # the words of a code are Dutch in every language
        wrong = reader.send(reader.get("/en/kluisje/"), code="these are not my words")
        reader.send(reader.get("/en/kluisje/"), code=code[1])
        opened = reader.get("/en/kluisje/")
        inside = [reader.get(path) for path in re.findall(r'href="(/en/kluisje/[^"]+)"', opened.text)]
        nowhere = reader.get(f"{HOME}nergens/")
        unknown = [reader.get("/en/kies/", postcode=typed) for typed in ("", "Enshede", "9999")]
        assert inside
        for answer in (empty, number, done, wrong, opened, *inside, nowhere, *unknown):
            assert left_in(answer.text) == [], answer.address


class TestTheGateSees:
    def page(self, body: str) -> str:
        return f'<html lang="en"><body>{body}</body></html>'

    def test_a_word_of_the_dutch_catalogue(self):
        assert left_in(self.page("<button>Stel een vraag</button>")) == ["stel een vraag"]

    def test_a_word_that_only_a_screen_reader_says(self):
        assert left_in(self.page('<nav aria-label="Stel een vraag"></nav>')) == ["stel een vraag"]

    def test_a_dutch_sentence_that_no_catalogue_has(self):
        assert left_in(self.page("<p>Een mens die niet kiest voor een van jullie, maar voor het kind.</p>"))

    def test_nothing_where_it_says_that_it_is_dutch(self):
        assert left_in(self.page('<p lang="nl">Stel een vraag</p><br><p>Ask a question</p>')) == []

    def test_english_again_after_dutch(self):
        assert left_in(self.page('<p lang="nl">Ja<br></p><p>Stel een vraag</p>')) == ["stel een vraag"]

    def test_nothing_wrong_with_english(self):
        assert left_in(self.page("<h1>Making a parenting plan</h1><p>You do not have to decide anything.</p>")) == []

    def test_a_link_that_leaves(self):
        pages = {HOME: '<a href="/enschede/hulp/">Help</a><a hreflang="nl" href="/enschede/">Nederlands</a>'}
        assert crawl(lambda path: (200, pages.get(path, ""), ""), [HOME])[1] == {"/enschede/hulp/": {HOME}}
