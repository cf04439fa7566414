"""Marks the terms of the glossary in a text, without Django: the first time each stands in a page.

The mark is a button with a popover (HTML's own): it opens by click, touch and keyboard, closes with Escape or a click
beside it, needs no script and nothing happens on hover (WCAG 1.4.13). The explanation stands right behind the word, so
that a screen reader meets it there; a browser that knows no popover shows it in the sentence.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser

# No mark inside these: a link has its own way to go, a heading stays a heading, a button cannot hold another.
CLOSED = frozenset("a abbr button code h1 h2 h3 h4 h5 h6 script style summary".split())  # noqa: SIM905


@dataclass(frozen=True)
class Explanation:
    """A term, its forms and its explanation as one page shows it."""

    key: str
    term: str
    forms: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class More:
    """The way to all terms: the address of the glossary and what the link says."""

    href: str
    label: str


_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


class Finder:
    """Finds terms in plain text by their first word, the longest form first; made once a generation."""

    def __init__(self, explanations: Iterable[Explanation]) -> None:
        found: dict[str, list[tuple[str, Explanation]]] = {}
        for one in explanations:
            for form in one.forms:
                if first := _WORD.match(form):
                    found.setdefault(first[0].lower(), []).append((form, one))
        self._by_first = {word: sorted(forms, key=lambda pair: -len(pair[0])) for word, forms in found.items()}
        self.any = bool(found)

    def next(self, text: str, start: int = 0) -> tuple[int, int, Explanation] | None:
        """Return where the next term begins and ends, and its explanation."""
        for word in _WORD.finditer(text, start):
            for form, one in self._by_first.get(word[0].lower(), ()):
                end = word.start() + len(form)
                if _same(text[word.start() : end], form) and (end <= word.end() or _ends(text, end)):
                    return word.start(), end, one
        return None


def _same(words: str, form: str) -> bool:
    words = words.replace("\u00a0", " ")  # a space may have been made unbreakable
    # Letter words keep their capitals: KIES is a course, "kies" is not.
    return words == form if form.isupper() else words.lower() == form.lower()


def _ends(text: str, end: int) -> bool:
    """Tell whether a word ends here: a letter, or a hyphen or apostrophe with a letter behind it, goes on."""
    rest = text[end : end + 2]
    return (not rest[:1].isalnum() and not (rest[:1] in "-’'" and rest[1:].isalnum())) or not rest


@dataclass
class Marker:
    """Marks one page: holds which terms it has explained already."""

    finder: Finder
    prefix: str = ""
    seen: set[str] = field(default_factory=set)

    def mark(self, html: str, more: More | None = None) -> str:
        """Return HTML with marks; each explanation ends with a link to the glossary, if given. Only text is touched."""
        if self.finder.next(unescape(html)) is None:
            return html
        walker = _Walker(self, more)
        walker.feed(html)
        walker.close()
        return "".join(walker.out)

    def in_text(self, text: str, more: More | None = None) -> str:
        """Return escaped text with marks."""
        parts: list[str] = []
        start = at = 0
        while found := self.finder.next(text, at):
            begin, at, one = found
            if one.key in self.seen:
                continue
            self.seen.add(one.key)
            parts += [escape(text[start:begin], quote=False), _button(text[begin:at], one, more, self.prefix)]
            start = at
        parts.append(escape(text[start:], quote=False))
        return "".join(parts)


def _button(words: str, one: Explanation, more: More | None, prefix: str) -> str:
    key = escape(one.key)
    mark = f"uitleg-{escape(prefix)}{key}"
    link = ""
    if more is not None:
        href = f"{escape(more.href)}#{key}"
        link = f' <a class="utrecht-link utrecht-link--html-a" href="{href}">{escape(more.label)}</a>'
    return (
        f'<button type="button" class="naast-term" popovertarget="{mark}">{escape(words)}</button>'
        f'<span class="naast-term__note" popover id="{mark}"><b>{escape(one.term)}</b>: {escape(one.text)}{link}</span>'
    )


class _Walker(HTMLParser):
    """Writes HTML again as it was, with marks in the text between the tags."""

    def __init__(self, marker: Marker, more: More | None) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._marker = marker
        self._more = more
        self._closed: list[str] = []
        self._text: list[str] = []

    def _flush(self) -> None:
        if not self._text:
            return
        source = "".join(self._text)
        self._text.clear()
        if self._closed:
            self.out.append(source)
            return
        text = unescape(source)
        marked = self._marker.in_text(text, self._more)
        # Without a mark the writer's own references stay as they were written.
        self.out.append(source if marked == escape(text, quote=False) else marked)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._flush()
        if tag in CLOSED:
            self._closed.append(tag)
        self.out.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._flush()
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._flush()
        if tag in self._closed:
            del self._closed[self._closed.index(tag) :]
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_entityref(self, name: str) -> None:
        self._text.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._text.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._flush()
        self.out.append(f"<!--{data}-->")

    def close(self) -> None:
        super().close()
        self._flush()
