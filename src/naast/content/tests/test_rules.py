"""Texts are read, measured and judged without a database."""

from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.content import rules

META = {"title": "Titel", "slug": "titel", "summary": "Kort.", "owner": "Redactie", "sources": ["Een bron"]}
TODAY = date(2026, 11, 22)


class Tags(HTMLParser):
    """Collects the tags of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append(tag)


def blocks(body: str) -> list[rules.Block]:
    return list(rules.blocks_of("proef", body))


def test_a_body_becomes_blocks_in_order():
    body = "## Kop\n\nEerste zin.\n\n- een\n- twee\n\n> Zeg dit.\n\n{{slot:own key=wonen}}\n\n### Klein\n\nEinde."
    assert blocks(body) == [
        ("heading", {"level": "2", "text": "Kop"}),
        ("text", "<p>Eerste zin.</p><ul><li>een</li><li>twee</li></ul>"),
        ("quote", "Zeg dit."),
        ("slot", {"kind": "own", "key": "wonen"}),
        ("heading", {"level": "3", "text": "Klein"}),
        ("text", "<p>Einde.</p>"),
    ]


def test_a_line_right_under_a_heading_is_a_paragraph():
    assert blocks("### Tot 6 jaar\nWeinig woorden.") == [
        ("heading", {"level": "3", "text": "Tot 6 jaar"}),
        ("text", "<p>Weinig woorden.</p>"),
    ]


@pytest.mark.parametrize("line", ["{{slot:loket}}", "{{slot:own}}", "{{slot:contact", "{{slot:offers onderwerp}}"])
def test_a_slot_that_does_not_exist_is_refused(line):
    with pytest.raises(rules.ContentError, match="slot"):
        blocks(line)


@given(st.text(max_size=200))
def test_only_our_own_tags_come_out_of_any_text(text):
    assert set(Tags(rules.inline(text)).found) <= {"b", "a"}


@pytest.mark.parametrize("missing", sorted(META))
def test_a_page_without_a_needed_field_is_refused(missing):
    with pytest.raises(rules.ContentError, match=missing):
        rules.read_shipped("proef.md", {**META, missing: None}, "Tekst.")


@pytest.mark.parametrize("field", ["audiences", "phases"])
def test_an_unknown_code_is_refused(field):
    with pytest.raises(rules.ContentError, match="unknown code"):
        rules.read_shipped("proef.md", {**META, field: ["iedereen"]}, "Tekst.")


def test_a_check_date_is_a_day_and_not_a_word():
    with pytest.raises(rules.ContentError, match="checked"):
        rules.read_shipped("proef.md", {**META, "checked": "vorig jaar"}, "Tekst.")


def test_headings_and_slots_are_no_paragraphs():
    body = blocks("## Een kop zonder punt\n\n{{slot:contact}}\n\nEen zin. Nog een!\n\n- punt\n\n> Zeg dit.")
    assert list(rules.paragraphs(body)) == ["Een zin. Nog een!", "punt", "Zeg dit."]


def test_the_keys_of_own_slots_are_found_once_each():
    body = "{{slot:own key=wonen}}\n\nTekst.\n\n{{slot:own key=school}}\n\n{{slot:own key=wonen}}"
    assert rules.slot_keys(blocks(body)) == ("wonen", "school")


@given(st.text(max_size=30), st.none() | st.dates(), st.dates())
def test_a_fill_is_empty_filled_or_late_and_nothing_else(body, due, today):
    state = rules.fill_state(body, due, today)
    assert (state == "empty") == (not body.strip())
    assert (state == "late") == (bool(body.strip()) and due is not None and due < today)


@pytest.mark.parametrize(
    ("checked", "due", "state"),
    [
        (None, None, "unchecked"),
        (None, TODAY - timedelta(days=1), "unchecked"),
        (TODAY, None, "checked"),
        (TODAY, TODAY, "checked"),
        (TODAY - timedelta(days=400), TODAY - timedelta(days=1), "late"),
    ],
)
def test_what_readers_see_about_the_facts(checked, due, state):
    assert rules.check_state(checked, due, TODAY) == state


@pytest.mark.parametrize(
    ("checked", "due", "before"),
    [
        (None, None, rules.FIRST_LOOK),
        (TODAY, None, TODAY + timedelta(days=365)),
        (TODAY, TODAY + timedelta(days=30), TODAY + timedelta(days=30)),
        (None, TODAY, TODAY),
    ],
)
def test_every_shipped_text_has_a_day_on_which_somebody_is_asked(checked, due, before):
    assert rules.shipped_due(checked, due) == before
