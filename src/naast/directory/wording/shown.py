"""What a question became and why a result stands where it does, in words an editor reads."""

from typing import Any

from django.utils.translation import gettext as _

from naast.directory.models import Audience, Costs, Form, Phase
from naast.directory.search.analysis import Analysis, Recognised
from naast.directory.search.explaining import Explained
from naast.directory.search.ranking import TextHit

NAMES: dict[str, Any] = {"audience": Audience, "phase": Phase, "form": Form, "costs": Costs}


def _facets() -> dict[str, str]:
    return {
        "danger": _("Danger"),
        "audience": _("For whom"),
        "age": _("Age"),
        "phase": _("In which phase"),
        "form": _("How"),
        "costs": _("Costs to you"),
    }


def _recognised(one: Recognised) -> str:
    names = NAMES.get(one.facet)
    value = str(names(one.code).label) if names and one.code in names.values else one.code
    return _("%(facet)s: %(value)s (by “%(words)s”)") % {
        "facet": _facets()[one.facet],
        "value": value,
        "words": one.words,
    }


def understood(analysis: Analysis) -> dict[str, Any]:
    """The analysis in lines: what is looked for, what was recognised, mended and not known."""
    return {
        "groups": [{"text": group.text, "weak": group.weak, "known": group.known} for group in analysis.groups],
        "also": list(analysis.also),
        "recognised": [_recognised(one) for one in analysis.recognised],
        "corrections": [f"{typed} → {meant}" for typed, meant in analysis.corrections],
        "unknown": list(analysis.unknown),
    }


def columns() -> list[str]:
    """The headings of the factors, in the order of ranking.explain()."""
    return [
        _("Text"), _("Area"), _("Distance"), _("For whom"), _("Phase"), _("Age"), _("How"), _("Helpline"), _("Freshness"),
    ]  # fmt: skip


def _hit(hit: TextHit) -> str:
    levels = (
        _("in the name"),
        _("in the short text"),
        _("in the rest of the text"),
        _("in words for its subjects"),
    )
    return _("“%(text)s” %(where)s") % {"text": hit.group.text, "where": levels[hit.level]}


def result(one: Explained, number: int, address: str) -> dict[str, Any]:
    """One row of the table; `address` is that of the place."""
    return {
        "number": number,
        "name": one.found.offer.name,
        "href": f"{address}hulp/{one.found.offer.slug}/",
        "why": [_hit(hit) for hit in one.hits],
        "first": one.found.first,
        "last": one.last,
        "factors": [f"{factor.value:.2f}".replace(".", ",") for factor in one.factors],
        "rank": f"{one.rank:.3f}".replace(".", ","),
    }
