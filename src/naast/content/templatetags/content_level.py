"""Template tags of the language level: figures with their measures, and what a finding is called."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from naast.content.level.readability import Level, Measures
from naast.content.library import LANGUAGE, library
from naast.core.templatetags.naast import nl_date

register = template.Library()

NAMES = {
    "huge": gettext_lazy("Very long sentence"),
    "sentence": gettext_lazy("Long sentence"),
    "average": gettext_lazy("Sentences on average"),
    "ease": gettext_lazy("Reading ease"),
    "long_words": gettext_lazy("Long words"),
    "passive": gettext_lazy("Passive"),
    "hard": gettext_lazy("Hard word"),
    "jargon": gettext_lazy("Jargon"),
}


@dataclass(frozen=True)
class Figure:
    """A figure in words, with its measure."""

    label: str
    value: str
    norm: str
    good: bool


@register.filter
def figures(level: Level, measures: Measures) -> list[Figure]:
    """Return the figures of a level as an editor reads them."""
    ease = (_("Reading ease (Flesch-Douma)"), number(level.ease), _("at least %(n)s") % {"n": measures.ease})
    most = _("at most %(n)s")
    return [
        Figure(*ease, level.ease >= measures.ease),
        Figure(
            _("Words a sentence"),
            number(level.average),
            most % {"n": measures.average},
            level.average <= measures.average,
        ),
        Figure(
            _("Longest sentence"), str(level.longest), most % {"n": measures.longest}, level.longest <= measures.longest
        ),
        Figure(
            _("Words over 12 letters"),
            percent(level.long_words),
            most % {"n": percent(measures.long_words)},
            level.long_words <= measures.long_words,
        ),
        Figure(
            _("Passive sentences"),
            percent(level.passive),
            most % {"n": percent(measures.passive)},
            level.passive <= measures.passive,
        ),
        Figure(_("Words"), str(level.words), "", True),
    ]


@register.filter
def number(value: float) -> str:
    """Print with one decimal, the Dutch way."""
    return f"{value:.1f}".replace(".", ",")


@register.filter
def percent(share: float) -> str:
    """Print a share."""
    return f"{100 * share:.0f} %"


@register.filter
def finding_name(kind: Any) -> str:
    """Return what a kind of finding is called."""
    return str(NAMES[kind])


@register.simple_tag
def tested_text(page: Any) -> str:
    """Say when readers tried a page, and with whom; nothing where nobody did, or where it is a translation."""
    card = library().by_pk.get(page.pk)
    if page.tested_on is None or (card is not None and card.language != LANGUAGE):
        return ""
    words = _("Tested with readers on %(day)s.") % {"day": nl_date(page.tested_on)}
    return f"{words} {page.tested_with}".strip()
