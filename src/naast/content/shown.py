"""A door's reading list as its people see it: grouped by phase, in the words of who comes in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from naast.content.library import Card, by_slug
from naast.content.rules import by_phase

# What a door shows before its reading list, by slug: who is afraid must not look for it.
SAFETY = {"kinderen": "als-het-thuis-niet-goed-voelt", "ouders": "bang-voor-de-ander"}


def safety(audience: str, language: str) -> Card | None:
    """Return the page about not being safe that a door shows first, or None where it has none or that is not live."""
    slug = SAFETY.get(audience)
    return by_slug(slug, language) if slug else None


@dataclass(frozen=True)
class Reading:
    """Pages under one heading; `phase` is a phase's code, or empty for what always fits."""

    phase: str
    heading: str
    cards: list[Card]


def _for_children() -> dict[str, str]:
    return {
        "spanning": _("When there are quarrels"),
        "uit-elkaar": _("When your parents separate"),
        "na-scheiding": _("When they live apart"),
        "samengesteld": _("New people at home"),
        "": _("Always good to know"),
    }


def _for_others() -> dict[str, str]:
    return {
        "verwachting": _("When a child is coming"),
        "jonge-ouders": _("A family with young children"),
        "spanning": _("When there is strain at home"),
        "uit-elkaar": _("When parents separate"),
        "na-scheiding": _("After the separation"),
        "samengesteld": _("A blended family"),
        "": _("Always good to know"),
    }


def reading(audience: str, cards: Iterable[Card], life: Iterable[Card]) -> list[Reading]:
    """Return all pages of a door by phase, in the order of the line; parents see the names of the phases (`life`)."""
    if audience == "ouders":
        headings = {card.phase: card.title for card in life} | {"": pgettext("reading list", "In every phase")}
    else:
        headings = _for_others() | (_for_children() if audience in ("kinderen", "jongeren") else {})
    return [Reading(phase, headings.get(phase, phase), found) for phase, found in by_phase(cards, lambda c: c.phases)]
