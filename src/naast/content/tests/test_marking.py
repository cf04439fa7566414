"""Terms are explained where they stand first, and nothing but text is touched."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.content.glossary.rules import Explanation, Finder, Marker, More

GEZAG = Explanation("gezag", "gezag", ("gezag", "ouderlijk gezag"), "Wie mag beslissen.")
SAMEN = Explanation("gezamenlijk-gezag", "gezamenlijk gezag", ("gezamenlijk gezag",), "Samen beslissen.")
KIES = Explanation("kies", "KIES", ("KIES",), "Een groep.")
OMGANG = Explanation("omgang", "omgang", ("omgang",), "Tijd met een <ouder> & kind.")
FINDER = Finder([GEZAG, SAMEN, KIES, OMGANG])


def marked(html: str) -> str:
    return Marker(FINDER).mark(html, More("/enschede/woordenlijst/", "Woordenlijst"))


def keys(html: str) -> list[str]:
    return [part.split('"')[0] for part in html.split('popovertarget="uitleg-')[1:]]


class Seen(HTMLParser):
    """The tags and the text of HTML, without what the marks add."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self._note = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self._note = self._note or dict(attrs).get("class") == "naast-term__note"
        if not self._note and dict(attrs).get("class") != "naast-term":
            self.tags.append(tag)

    def handle_endtag(self, tag):
        if tag == "span":
            self._note = False

    def handle_data(self, data):
        if not self._note:
            self.text += data


def test_a_term_becomes_a_button_with_its_explanation_behind_it():
    assert marked("<p>Wie heeft gezag?</p>") == (
        '<p>Wie heeft <button type="button" class="naast-term" popovertarget="uitleg-gezag">gezag</button>'
        '<span class="naast-term__note" popover id="uitleg-gezag"><b>gezag</b>: Wie mag beslissen. '
        '<a class="utrecht-link utrecht-link--html-a" href="/enschede/woordenlijst/#gezag">Woordenlijst</a></span>?</p>'
    )


def test_only_the_first_time_in_a_page_counts_also_across_blocks():
    marker = Marker(FINDER)
    assert keys(marker.mark("<p>Gezag, nog eens gezag en ouderlijk gezag.</p>")) == ["gezag"]
    assert keys(marker.mark("<p>Weer gezag, en omgang.</p>")) == ["omgang"]


def test_the_longest_term_wins():
    assert keys(marked("<p>Gezamenlijk gezag of gezag alleen.</p>")) == ["gezamenlijk-gezag", "gezag"]


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/x/">Lees over gezag</a></p>',
        "<h2>Gezag</h2>",
        '<p><a href="/gezag/">lees <b>gezag</b></a></p>',
        "<details><summary>Gezag</summary></details>",
        '<p title="gezag">Niets.</p>',
        "<p>gezagsdrager, omgangshuis, on-gezag</p>",
        "<p>Kies je? Dat kiest niemand.</p>",
    ],
)
def test_links_headings_attributes_and_parts_of_words_stay_as_they_are(html):
    assert marked(html) == html


def test_letter_words_keep_their_capitals():
    assert keys(marked("<p>Kies voor KIES.</p>")) == ["kies"]


def test_an_unbreakable_space_is_a_space():
    assert keys(marked("<p>Ouderlijk\u00a0gezag.</p>")) == ["gezag"]


def test_explanations_and_words_are_escaped():
    html = marked("<p>Omgang &lt;script&gt; &amp; meer</p>")
    assert "Tijd met een &lt;ouder&gt; &amp; kind." in html
    assert "&lt;script&gt; &amp; meer" in html


def test_what_holds_no_term_comes_back_letter_for_letter():
    html = "<p>Caf&eacute; &amp; meer<br/>&#8211; <b>vet</b></p><!-- x -->"
    assert marked(html) == html


def test_without_an_address_there_is_no_link():
    assert "<a " not in Marker(FINDER).mark("<p>Gezag.</p>")


pieces = st.sampled_from(
    ["gezag", "omgang ", "KIES", "<b>", "</b>", "<p>", "</p>", '<a href="x">', "</a>", "&amp;", " ", "woord "]
)


@given(st.lists(pieces, max_size=30).map("".join))
def test_marks_change_neither_the_words_nor_the_tags(html):
    before, after = Seen(html), Seen(marked(html))
    assert after.text == before.text
    assert after.tags == before.tags


@given(st.lists(pieces, max_size=30).map("".join))
def test_each_term_is_marked_at_most_once(html):
    found = keys(marked(html))
    assert len(found) == len(set(found))
