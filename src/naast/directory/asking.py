"""Asking: a search as an address says it, and the filters and chips that a page shows of it.

Purpose: one way between the Dutch keys of an address, the facets of the search and the words on the screen. What an address
says that nobody knows is left out. It finds nothing itself.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from naast.core import languages
from naast.core.templatetags.naast import nbsp
from naast.directory import rules
from naast.directory.map import sight
from naast.directory.map.sight import Sight
from naast.directory.models import Audience, Costs, Form, Payer, Phase, Referral
from naast.directory.queries import FacetValue, SearchQuery, SearchResult, known_codes
from naast.directory.search.filters import AGE_BANDS, UNKNOWN
from naast.places.rules import PlaceInfo

# key in the address -> facet, in the order in which people see them; the first ones stand open
KEYS = {
    "doelgroep": "audience",
    "leeftijd": "age",
    "kosten": "costs",
    "vorm": "form",
    "wachttijd": "waiting",
    "fase": "phase",
    "verwijzing": "referral",
    "taal": "language",
    "betaalt": "payer",
    "groep": "group",
}
KEY_OF = {facet: key for key, facet in KEYS.items()}
OPEN = ("doelgroep", "leeftijd", "kosten")
WITHOUT = "zonder"
LONGEST_QUESTION = 400
VALUES_SHOWN = 4
MOST_WITHOUT = 20
_SWITCHED_OFF = re.compile(r"[a-z]{1,12}:[a-z0-9-]{1,40}")


@dataclass(frozen=True)
class Asked:
    """What an address asks: words, codes by key, what was recognised and switched off, the page, and how somebody looks."""

    typed: str
    chosen: dict[str, tuple[str, ...]]
    without: tuple[str, ...] = ()
    page: int = 1
    sight: Sight = field(default_factory=Sight)
    cut: bool = False  # more was typed than is searched with

    def query(self, place: PlaceInfo | None) -> SearchQuery:
        """The search that this is, at a place."""
        codes: dict[str, Any] = {facet: self.chosen[key] for key, facet in KEYS.items()}
        return SearchQuery(
            q=self.typed,
            place=place,
            without=frozenset(self.without),
            kilometres=self.sight.kilometres,
            page=self.page,
            **codes,
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Keys and values of the address but for words and page: what another question or page keeps."""
        pairs = [(key, code) for key, codes in self.chosen.items() for code in codes]
        return pairs + [(WITHOUT, key) for key in self.without] + list(self.sight.pairs)

    @property
    def address(self) -> str:
        """Where this search stands."""
        pairs = [("q", self.typed)] if self.typed else []
        pairs += self.pairs
        if self.page > 1:
            pairs.append(("pagina", str(self.page)))
        return f"{reverse('directory:search')}{'?' if pairs else ''}{urlencode(pairs)}"

    def seen(self, *, as_map: bool) -> "Asked":
        """The same page of the same search, with a map or without."""
        return replace(self, sight=replace(self.sight, map=as_map))

    def at(self, page: int) -> "Asked":
        """The same search, another page."""
        return replace(self, page=page)

    def less(self, key: str, code: str) -> "Asked":
        """The same search without one choice."""
        rest = tuple(other for other in self.chosen[key] if other != code)
        return replace(self, chosen={**self.chosen, key: rest}, page=1)

    def more(self, key: str, code: str) -> "Asked":
        """The same search with one choice more."""
        return replace(self, chosen={**self.chosen, key: (*self.chosen[key], code)}, page=1)

    def ignoring(self, recognised: str, *, ignored: bool = True) -> "Asked":
        """The same search with something recognised ("age:9") switched off, or on again."""
        rest = tuple(other for other in self.without if other != recognised)
        return replace(self, without=(*rest, recognised) if ignored else rest, page=1)


def read(data: QueryDict) -> Asked:
    """What an address asks. Unknown codes, strange pages and what is too long are left out; none fails."""
    page = data.get("pagina", "1")
    without = [key for key in dict.fromkeys(data.getlist(WITHOUT)) if _SWITCHED_OFF.fullmatch(key)]
    typed = data.get("q", "").replace("\x00", " ").strip()
    return Asked(
        typed=typed[:LONGEST_QUESTION],
        chosen={key: known_codes(facet, data.getlist(key)) for key, facet in KEYS.items()},
        without=tuple(without[:MOST_WITHOUT]),
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        sight=sight.read(data),
        cut=len(typed) > LONGEST_QUESTION,
    )


# ---------- words


def heading(key: str) -> str:
    """What a filter is called."""
    return {
        "doelgroep": _("For whom"),
        "leeftijd": _("Age"),
        "kosten": _("Costs to you"),
        "vorm": _("How"),
        "wachttijd": _("Waiting time"),
        "fase": _("In which phase"),
        "verwijzing": _("Referral"),
        "taal": _("Language"),
        "betaalt": _("Who pays"),
        "groep": _("Specially for"),
    }[key]


def _age_label(code: str) -> str:
    if code not in AGE_BANDS:
        return _("%(age)s years") % {"age": code}
    youngest, oldest = AGE_BANDS[code]
    if code.endswith("plus"):
        return _("From %(youngest)s years") % {"youngest": youngest}
    return _("%(youngest)s to %(oldest)s years") % {"youngest": youngest, "oldest": oldest}


def _waiting_label(code: str) -> str:
    return {
        "geen": _("No waiting time"),
        "1-4": _("1 to 4 weeks"),
        "5-12": _("5 to 12 weeks"),
        "13-plus": _("Longer than 12 weeks"),
        UNKNOWN: _("Not known"),
    }[code]


def _danger_label(code: str) -> str:
    return {
        "violence": _("Not safe"),
        "suicide": _("Not wanting to live"),
        "sexual": _("Sexual violence"),
        "abuse": _("A child that is not safe"),
        "abduction": _("A child taken away"),
    }.get(code, _("Danger"))


def _language_label(code: str) -> str:
    known = languages.known().get(code)
    name = known.dutch if known else rules.LANGUAGE_NAMES.get(code, code)
    return known.name if known and languages.interface(languages.reading()) != languages.DUTCH else name


def label(facet: str, code: str) -> str:
    """What a code is called on the screen, in the language of the interface; '' where nobody knows the code."""
    choices: dict[str, Any] = {"audience": Audience, "phase": Phase, "form": Form, "costs": Costs, "payer": Payer}
    if facet in choices:
        return str(choices[facet](code).label) if code in choices[facet].values else ""
    if facet == "referral":
        words = {Referral.NO: _("Not needed"), Referral.YES: _("Needed"), Referral.UNKNOWN: _("Not known")}
        return str(words.get(Referral(code), "")) if code in Referral.values else ""
    named = {"age": _age_label, "waiting": _waiting_label, "language": _language_label, "danger": _danger_label}
    return named[facet](code) if facet in named else rules.special_group_label(code)


# ---------- what a page shows


def filters(result: SearchResult) -> list[dict[str, Any]]:
    """The filters with their values and counts. One that leaves no choice is not shown."""
    made = []
    for key, facet in KEYS.items():
        values: list[FacetValue] = result.facets[facet]
        on = sum(value.on for value in values)
        if not on and len(values) < 2:
            continue
        more = len(values) - VALUES_SHOWN if len(values) > VALUES_SHOWN + 1 else 0
        options = [
            {
                "code": value.code,
                "label": nbsp(label(facet, value.code)),
                "count": value.count,
                "on": value.on,
                "folds": bool(more) and place == VALUES_SHOWN,  # here begins what is folded
            }
            for place, value in enumerate(values)
        ]
        made.append(
            {
                "key": key,
                "heading": heading(key),
                "options": options,
                "more": more,
                "on": on,
                "folded": key not in OPEN,
                "open": bool(more) and any(value.on for value in values[VALUES_SHOWN:]),
            }
        )
    return made


def chips(asked: Asked) -> list[dict[str, str]]:
    """One chip a filter that is on; its address is the same search without it."""
    return [
        {"text": label(facet, code), "href": asked.less(key, code).address}
        for key, facet in KEYS.items()
        for code in asked.chosen[key]
    ]


def understood(asked: Asked, result: SearchResult) -> list[dict[str, str]]:
    """One chip for everything recognised in the words; its address is the same search that does not count it."""
    found = []
    for one in result.analysis.recognised:
        chosen = KEY_OF.get(one.facet, "")
        text = label(one.facet, one.code)
        if text and one.code not in asked.chosen.get(chosen, ()):
            found.append(
                {"facet": one.facet, "text": text, "words": one.words, "href": asked.ignoring(one.key).address}
            )
    return found


def left_out(asked: Asked, result: SearchResult) -> list[dict[str, str]]:
    """What was recognised and switched off, each with the address that counts it again."""
    return [
        {"facet": one.facet, "text": text, "href": asked.ignoring(one.key, ignored=False).address}
        for one in result.analysis.left_out
        if (text := label(one.facet, one.code))
    ]


def pages(asked: Asked, result: SearchResult) -> dict[str, Any]:
    """The page's number, the last one, and the addresses before and after; '' where there is none."""
    page = result.page
    return {
        "number": page,
        "last": result.pages,
        "previous": asked.at(page - 1).address if page > 1 else "",
        "next": asked.at(page + 1).address if page < result.pages else "",
    }
