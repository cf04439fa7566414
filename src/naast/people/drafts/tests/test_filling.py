"""Kept fields stand in the form again, nothing else of the page changes, and nothing typed becomes HTML."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.people.drafts.filling import filled, path_of
from naast.people.drafts.rules import is_secret, worth_keeping

HERE = "/loket/vraag/1/"
PAGE = """<!DOCTYPE html>
<main><form method="get" action=""><input name="text" value="zoek"></form>
<form method="post" action="">
  <input type="hidden" name="csrfmiddlewaretoken" value="nieuw"><input type="hidden" name="version" value="2">
  <input type="text" name="title" value="oud"><textarea name="text" rows="3">
concept</textarea>
  <label><input type="checkbox" name="tag" value="a" checked> a</label><input type="checkbox" name="tag" value="b">
  <input type="radio" name="kind" value="x" checked><input type="radio" name="kind" value="y">
  <select name="who"><option value="1" selected>één</option><option value="2">twee</option></select>
  <input type="password" name="password"><input type="file" name="file">
  <button name="do" value="send">Stuur</button>
</form>
<form method="post" action="/loket/anders/"><textarea name="text">van een ander</textarea></form></main>"""


class Read(HTMLParser):
    """What a browser would read in the fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.values: dict[str, str | None] = {}
        self.marked: list[str] = []
        self.tags: list[str] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tags.append(tag)
        if tag == "textarea":
            self.inside = True
            self.texts.append("")
        if tag == "input":
            self.values[f"{said.get('name')}"] = said.get("value")
        if "checked" in said or "selected" in said:
            self.marked.append(f"{said.get('name', 'option')}={said.get('value')}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.inside = False
            self.texts[-1] = self.texts[-1].removeprefix("\n")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data


def test_every_kind_of_field_gets_back_what_was_typed() -> None:
    typed = (("title", 'Dag "jij" & <ik>'), ("text", "Lieve vrager,\n\nja."), ("tag", "b"), ("kind", "y"), ("who", "2"))
    done = filled(PAGE, here=HERE, action=HERE, typed=typed)
    read = Read(done.html)
    assert read.values["title"] == 'Dag "jij" & <ik>'
    assert read.texts == ["Lieve vrager,\n\nja.", "van een ander"]
    assert read.marked == ["tag=b", "kind=y", "option=2"]
    assert done.left == ()


def test_what_was_not_ticked_is_unticked() -> None:
    assert "tag=a" not in Read(filled(PAGE, here=HERE, action=HERE, typed=(("text", "x"),)).html).marked


def test_the_form_s_own_fields_stay_as_the_page_says() -> None:
    typed = (("version", "1"), ("do", "send"), ("text", "x"), ("password", "geheim"), ("csrfmiddlewaretoken", "oud"))
    read = Read(filled(PAGE, here=HERE, action=HERE, typed=typed).html)
    assert read.values["version"] == "2"
    assert read.values["csrfmiddlewaretoken"] == "nieuw"
    assert read.values["password"] is None


def test_only_the_form_that_was_sent_is_filled() -> None:
    done = filled(PAGE, here=HERE, action="/loket/anders/", typed=(("text", "terug"),))
    assert Read(done.html).texts == ["concept", "terug"]
    assert done.html[done.form_at :].startswith('<form method="post" action="/loket/anders/"')


def test_of_several_forms_to_one_address_the_one_that_was_sent_is_filled() -> None:
    page = """<main><form method="post"><button name="do" value="take">Neem</button></form>
<form method="post"><textarea name="text"></textarea><button name="do" value="answer">Stuur</button></form>
<form method="post"><textarea name="note"></textarea><button name="do" value="hand_over">Draag over</button></form>
<form method="post"><textarea name="note"></textarea><button name="do" value="close">Sluit</button></form></main>"""
    answer = filled(page, here=HERE, action=HERE, typed=(("text", "Een lang antwoord"), ("do", "answer")))
    close = filled(page, here=HERE, action=HERE, typed=(("note", "Het is klaar"), ("do", "close")))
    assert Read(answer.html).texts == ["Een lang antwoord", "", ""]
    assert Read(close.html).texts == ["", "", "Het is klaar"]
    assert answer.left == close.left == ()


def test_what_finds_no_place_is_left_to_copy() -> None:
    done = filled(PAGE, here=HERE, action=HERE, typed=(("body", "lang verhaal"), ("text", "x"), ("leeg", " ")))
    assert done.left == (("body", "lang verhaal"),)
    gone = filled("<main>geen formulier</main>", here=HERE, action=HERE, typed=(("text", "een tekst"), ("n", "1234")))
    assert (gone.html, gone.placed, gone.left) == ("<main>geen formulier</main>", 0, (("text", "een tekst"),))


@given(st.text(), st.text())
def test_whatever_was_typed_reads_back_and_adds_no_tag(text: str, title: str) -> None:
    text, title = (said.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "") for said in (text, title))
    done = filled(PAGE, here=HERE, action=HERE, typed=(("text", text), ("title", title)))
    read = Read(done.html)
    assert read.texts[0] == text
    assert read.values["title"] == title
    assert read.tags == Read(PAGE).tags


@given(st.text())
def test_no_page_breaks_it(page: str) -> None:
    filled(page, here=HERE, action=HERE, typed=(("text", "x"),))


@pytest.mark.parametrize(
    ("action", "path"),
    [("", HERE), (None, HERE), ("?x=1", HERE), ("/loket/b/?y", "/loket/b/"), ("weg/", "/loket/vraag/1/weg/")],
)
def test_where_a_form_is_sent(action: str | None, path: str) -> None:
    assert path_of(action, HERE) == path


def test_rich_text_of_editors_comes_back_whole_or_as_lines_to_copy() -> None:
    text = '{"blocks": [{"text": "Een regel \\"zo\\""}, {"text": "Nog een"}], "entityMap": {}}'
    page = '<form method="POST" action=""><input type="hidden" name="body" value="{}"></form>'
    assert Read(filled(page, here=HERE, action=HERE, typed=(("body", text),)).html).values["body"] == text
    assert filled("", here=HERE, action=HERE, typed=(("body", text),)).left == (("body", 'Een regel "zo"\nNog een'),)


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\r"])
def test_a_sign_that_some_call_a_new_line_moves_nothing(sign: str) -> None:
    # A resident's words stand above the form: nothing in them may decide where the adviser's are put.
    page = f"<main><p>lang{sign * 9}geleden\n{sign}</p>\n" + PAGE.partition("<main>")[2]
    done = filled(page, here=HERE, action=HERE, typed=(("text", "mijn antwoord"), ("title", "nieuw")))
    assert done.html.startswith(f"<main><p>lang{sign * 9}geleden\n{sign}</p>\n")
    assert '<textarea name="text" rows="3">\nmijn antwoord</textarea>' in done.html
    assert Read(done.html).values["title"] == "nieuw"
    assert Read(done.html).tags == Read(page).tags


# ---------- what may be kept ----------


@pytest.mark.parametrize(
    "name", ["password", "oldpassword", "new_password1", "code", "recovery-code", "csrfmiddlewaretoken", "once", "pin"]
)
def test_what_proves_somebody_is_never_kept(name: str) -> None:
    assert is_secret(name)
    assert worth_keeping(HERE, ((name, "geheim"),)) == ()


@pytest.mark.parametrize("name", ["text", "postcode", "opinion", "title", "nextstep", "decode"])
def test_other_fields_are(name: str) -> None:
    assert worth_keeping(HERE, ((name, "x"), ("code", "1"))) == ((name, "x"),)


def test_nothing_typed_and_far_too_much_are_not_kept() -> None:
    assert worth_keeping(HERE, (("text", "  \n"),)) == ()
    assert worth_keeping(HERE, (("text", "é" * 50_000),)) == ()
    assert worth_keeping("/" * 501, (("text", "x"),)) == ()


@pytest.mark.parametrize("path", ["/loket/aanmelden/", "/loket/aanmelden/telefoon/", "/loket/afmelden/"])
def test_nothing_of_signing_in_is_kept(path: str) -> None:
    assert worth_keeping(path, (("text", "x"),)) == ()
