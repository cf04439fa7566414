"""What of a page outside `lang="nl"` is Dutch all the same: words of our Dutch catalogues, and sentences that read as Dutch."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-open-text", "data-shut-text", "value")
SILENT = {"script", "style", "svg", "textarea"}
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Words that no English sentence has, and hardly any name.
TELLING = frozenset(
    re.findall(
        r"\w+",
        "het een je jij jouw niet van voor naar ook maar wordt worden wij jullie zijn bij dat dit deze geen kunt hebt "
        "heeft zonder over omdat iemand samen kind kinderen ouder ouders gemeente loket vraag",
    )
)
_HOLE = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%")
_WORD = re.compile(r"[a-zà-ÿ]+", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_ADDRESS = re.compile(r"https?://\S+")


def _flat(text: str) -> str:
    return re.sub(r"[\s\u00a0\u2060]+", " ", text).strip().lower()


@cache
def only_dutch() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return (whole strings, longer pieces) of the Dutch catalogues that no English string has."""
    english: set[str] = set()
    dutch: set[str] = set()
    for path in (ROOT / "src/naast").glob("*/locale/*/LC_MESSAGES/django.po"):
        into = dutch if path.parts[-3] == "nl" else english
        for entry in polib.pofile(str(path)):
            texts = [entry.msgstr, *entry.msgstr_plural.values()]
            into.update(_flat(_TAG.sub(" ", part)) for text in texts for part in _HOLE.split(text))
            english.update(_flat(part) for text in (entry.msgid, entry.msgid_plural) for part in _HOLE.split(text))
    left = {text for text in dutch - english if any(c.isalpha() for c in text)}
    return frozenset(left), tuple(text for text in left if len(text.split()) >= 3)


class _Texts(HTMLParser):
    """Collects the texts of a page that claim to be in its own language."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def _elsewhere(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        code = known.get("lang")
        away = tag in SILENT or (self._elsewhere() if code is None else not code.startswith("en"))
        if not away:
            shown = [known.get(name) for name in SPOKEN if name != "value" or known.get("type") in ("submit", "button")]
            self.found += [text for text in shown if text]
        if tag not in EMPTY:
            self._open.append((tag, away))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self._elsewhere() and _flat(data):
            self.found.append(data)


def texts(html: str) -> Iterator[str]:
    """Return the texts of an English page that are said to be English."""
    reader = _Texts()
    reader.feed(html)
    yield from (_flat(text) for text in reader.found)


def reads_as_dutch(text: str) -> bool:
    """Tell whether a sentence has three or more words that only Dutch has, and they are a good part of it."""
    words = [word.lower() for word in _WORD.findall(_ADDRESS.sub("", text))]
    telling = [word for word in words if word in TELLING]
    return len(telling) >= 3 and len(telling) * 6 >= len(words)


def left_in(html: str, names: frozenset[str] = frozenset()) -> list[str]:
    """Return the Dutch texts that an English page shows without saying so; `names` are no language."""
    whole, pieces = only_dutch()
    known = {_flat(name) for name in names}
    return [
        text
        for text in texts(html)
        if text not in known and (text in whole or any(piece in text for piece in pieces) or reads_as_dutch(text))
    ]
