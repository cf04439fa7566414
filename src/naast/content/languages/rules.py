"""Which pieces of a translated page are Dutch still: a translator may publish before everything is done."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from naast.core import languages

_ELEMENT = re.compile(r"<(p|li)((?: [^>]*)?)>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_SPACE = re.compile(r"[\s\u00a0\u2060]+")


def _flat(text: str) -> str:
    return _SPACE.sub(" ", unescape(_TAG.sub("", text)).replace("\u2060", "")).strip()


def pieces(page: Any) -> frozenset[str]:
    """Return every piece of text of a page: its fields, and each paragraph and item of its body, without marks."""
    found = [getattr(page, name, "") for name in ("title", "heading", "summary", "line")]
    found += getattr(page, "short", "").splitlines()
    body = getattr(page, "body", None)
    for block in body.raw_data if body is not None else ():
        value = block["value"]
        if block["type"] == "text":
            found += [match[3] for match in _ELEMENT.finditer(value)]
        elif block["type"] == "heading":
            found.append(value["text"])
        elif isinstance(value, str):
            found.append(value)
    return frozenset(flat for text in found if (flat := _flat(text)))


@dataclass(frozen=True)
class Said:
    """The language of a page, and what of it is Dutch all the same."""

    language: str
    dutch: frozenset[str] = field(default_factory=frozenset)

    def attr(self, text: str) -> SafeString:
        """Return the attributes of one piece of text, empty where it is in the language of the page around it."""
        code = languages.DUTCH if _flat(text) in self.dutch else self.language
        return mark_safe(languages.attributes(code))  # codes of our own list

    def mark(self, html: SafeString) -> SafeString:
        """Return rich text in which each Dutch paragraph and item says that it is."""
        if not self.dutch:
            return html
        dutch = f' lang="{languages.DUTCH}" dir="ltr"'

        def one(match: re.Match[str]) -> str:
            if _flat(match[3]) not in self.dutch:
                return match[0]
            return f"<{match[1]}{match[2]}{dutch}>{match[3]}</{match[1]}>"

        return mark_safe(_ELEMENT.sub(one, html))  # cleaned before; only attributes of ours are added
