"""Puts kept fields back into the form of a page that the server made. Pure: text in, text out.

The page is ours, so its HTML is well formed; what is put in is escaped. Fields that the page has no place for come back
as `left`, so that they can be shown as text to copy.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

from naast.people.drafts.rules import Typed, is_secret

TEXT_TYPES = frozenset({"text", "search", "email", "tel", "url", "number", "date", "time", "month", "week", ""})
SHORTEST = 4  # characters: less is no text that somebody would want to copy
CHOICE_TYPES = frozenset({"checkbox", "radio"})

Attributes = list[tuple[str, str | None]]


@dataclass
class Filled:
    """The page with what was put back, and what found no place."""

    html: str
    placed: int = 0
    left: Typed = ()
    form_at: int = -1  # where the form begins in `html`


@dataclass
class _Chooser(HTMLParser):
    """Tells how well each form that is sent to `action` fits: one address may have several (answer, hand over, close)."""

    here: str
    action: str
    wanted: dict[str, list[str]]
    fits: list[int] = field(default_factory=list)
    inside: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Count the fields that have something to get back, and the button that was pressed."""
        said = dict(attrs)
        if tag == "form":
            self.inside = _is_sent_to(said, self.here, self.action)
            if self.inside:
                self.fits.append(0)
        elif self.inside and (kept := self.wanted.get(said.get("name") or "")) is not None:
            if tag == "button":
                self.fits[-1] += (said.get("value") or "") in kept
            elif tag in ("textarea", "select") or (tag == "input" and (said.get("type") or "").lower() != "hidden"):
                self.fits[-1] += 2

    def handle_endtag(self, tag: str) -> None:
        """Leave a form."""
        self.inside = self.inside and tag != "form"

    def best(self) -> int:
        """Return which of these forms it was; the first where all fit alike."""
        return self.fits.index(max(self.fits)) if self.fits else 0


@dataclass
class _Editor(HTMLParser):
    """Walks through a page and notes what has to be replaced, by offset."""

    page: str
    here: str
    action: str
    wanted: dict[str, list[str]]
    passed_by: int  # forms sent to `action` that stand before the right one
    cuts: list[tuple[int, int, str]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    form_at: int = -1
    inside: bool = False
    textarea: tuple[int, str] | None = None
    select: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [0]
        # As the parser counts them: it calls nothing else a new line (`splitlines` calls ten signs so).
        for line in re.findall(r"[^\n]*\n|[^\n]+", self.page):
            self.lines.append(self.lines[-1] + len(line))

    def at(self) -> int:
        """Return the offset of the tag at hand."""
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Look at forms and what stands in the right one."""
        said = dict(attrs)
        if tag == "form":
            fits = self.form_at < 0 and _is_sent_to(said, self.here, self.action)
            self.inside = fits and self.passed_by == 0
            if self.inside:
                self.form_at = self.at()
            elif fits:
                self.passed_by -= 1
            return
        if not self.inside:
            return
        name = said.get("name") or ""
        if tag == "textarea" and name in self.wanted:
            self.textarea = (self.at() + len(self.get_starttag_text() or ""), name)
        elif tag == "select":
            self.select = name if name in self.wanted else ""
        elif tag == "option" and self.select:
            self._mark(attrs, "selected", (said.get("value") or "") in self.wanted[self.select])
            self.seen[self.select] = len(self.wanted[self.select])
        elif tag == "button" and name in self.wanted:
            self.seen[name] = len(self.wanted[name])
        elif tag == "input" and not is_secret(name):
            self._input(attrs, name, (said.get("type") or "").lower(), said.get("value"))

    def handle_endtag(self, tag: str) -> None:
        """Close a text area with what was kept; leave a form."""
        if tag == "textarea" and self.textarea:
            begin, name = self.textarea
            self.textarea = None
            if self.seen[name] < len(self.wanted[name]):
                # A text area drops one line break that follows its tag: give it one to drop.
                self.cuts.append((begin, self.at(), "\n" + escape(self.wanted[name][self.seen[name]])))
                self.seen[name] += 1
        elif tag == "select":
            self.select = ""
        elif tag == "form":
            self.inside = False

    def _input(self, attrs: Attributes, name: str, kind: str, value: str | None) -> None:
        if kind in CHOICE_TYPES and name:
            # One that was not ticked was not sent: it is unticked.
            self._mark(attrs, "checked", (value if value is not None else "on") in self.wanted.get(name, ()))
            if name in self.wanted:
                self.seen[name] = len(self.wanted[name])
        elif kind in TEXT_TYPES and name in self.wanted and self.seen[name] < len(self.wanted[name]):
            kept = self.wanted[name][self.seen[name]]
            self.seen[name] += 1
            self._rewrite([(key, said) for key, said in attrs if key != "value"] + [("value", kept)])
        elif kind in ("hidden", "submit", "button", "image") and name in self.wanted:
            self.seen[name] = len(self.wanted[name])
            # The form's own stay as the page says now; the editors' rich text is a hidden field that holds a text.
            if kind == "hidden" and rich_text(self.wanted[name][0]) is not None:
                self._rewrite(
                    [(key, said) for key, said in attrs if key != "value"] + [("value", self.wanted[name][0])]
                )

    def _mark(self, attrs: Attributes, mark: str, wanted: bool) -> None:
        if wanted != any(key == mark for key, _ in attrs):
            rest = [(key, said) for key, said in attrs if key != mark]
            self._rewrite([*rest, (mark, None)] if wanted else rest)

    def _rewrite(self, attrs: Attributes) -> None:
        old = self.get_starttag_text() or ""
        tag = old[1:].split(None, 1)[0].rstrip(">/")
        made = "".join(f" {key}" if said is None else f' {key}="{escape(said)}"' for key, said in attrs)
        self.cuts.append((self.at(), self.at() + len(old), f"<{tag}{made}>"))


def rich_text(value: str) -> str | None:
    """Return the lines of a text of the editors' admin (Draftail's JSON), or None for anything else."""
    if not value.startswith("{"):
        return None
    try:
        blocks = json.loads(value)["blocks"]
        return "\n".join(str(block["text"]) for block in blocks)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def path_of(action: str | None, here: str) -> str:
    """Return the path that a form is sent to; without an action, or with "?…", it is the page's own."""
    path = urlsplit(action or "").path
    if not path:
        return here
    return path if path.startswith("/") else f"{here.rpartition('/')[0]}/{path}"


def _is_sent_to(form: dict[str, str | None], here: str, action: str) -> bool:
    return (form.get("method") or "").lower() == "post" and path_of(form.get("action"), here) == action


def filled(page: str, *, here: str, action: str, typed: Typed) -> Filled:
    """Return the page with the kept fields in the form that is sent to `action`; of several in the one that fits best."""
    wanted: dict[str, list[str]] = {}
    for name, value in typed:
        wanted.setdefault(name, []).append(value)
    chooser = _Chooser(here, action, wanted)
    chooser.feed(page)
    chooser.close()
    editor = _Editor(page, here, action, wanted, chooser.best())
    editor.feed(page)
    editor.close()
    html = page
    for begin, end, text in sorted(editor.cuts, reverse=True):
        html = html[:begin] + text + html[end:]
    seen: Counter[str] = Counter()
    left = []
    for name, value in typed:
        seen[name] += 1
        readable = rich_text(value) or value
        if seen[name] > editor.seen[name] and len(readable.strip()) >= SHORTEST and not readable.strip().isdigit():
            left.append((name, readable))
    return Filled(html, placed=sum(editor.seen.values()), left=tuple(left), form_at=editor.form_at)
