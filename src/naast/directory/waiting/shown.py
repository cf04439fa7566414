"""Waiting times in words and as a drawing with its table."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from naast.core.languages import dutch
from naast.core.templatetags.naast import nl_date
from naast.directory.models import Offer
from naast.directory.waiting import queries, rules
from naast.directory.waiting.rules import RANGES, Chart, Point, Weeks


def range_words(weeks: Weeks) -> str:
    """A range in words: none, 1 week, at most 2 weeks, 2 to 4 weeks, longer than 12 weeks."""
    if weeks.most == 0:
        return _("no waiting time")
    if weeks.open_ended:
        return _("longer than %(weeks)s weeks") % {"weeks": max(0, weeks.least - 1)}
    if weeks.least == 0:
        return ngettext("at most %(weeks)s week", "at most %(weeks)s weeks", weeks.most) % {"weeks": weeks.most}
    if weeks.least == weeks.most:
        return ngettext("%(weeks)s week", "%(weeks)s weeks", weeks.most) % {"weeks": weeks.most}
    return _("%(least)s to %(most)s weeks") % {"least": weeks.least, "most": weeks.most}


def words(offer: Offer) -> str:
    """The waiting time of an offer with its day: "2 tot 4 weken (op 3 november 2026)"; else the words of its source."""
    if offer.waiting_min is None or offer.waiting_max is None or offer.waiting_on is None:
        return dutch(offer.waiting) if offer.waiting else ""
    said = range_words(Weeks(offer.waiting_min, offer.waiting_max))
    return _("%(range)s (on %(day)s)") % {"range": said, "day": nl_date(offer.waiting_on)}


def in_short(offer: Offer) -> str:
    """The same for a line of facts without headings: "wachttijd 2 tot 4 weken (op …)"; as it is where it says so itself."""
    said = words(offer)
    return _("waiting time %(range)s") % {"range": said} if said and offer.waiting_max and offer.waiting_on else said


@dataclass(frozen=True)
class Choice:
    """One of the five answers as a button: its code, its words, whether it stands now."""

    code: str
    label: str
    now: bool


def choices(offer: Offer) -> list[Choice]:
    """The five answers for an offer."""
    now = rules.code_of(offer.waiting_min, offer.waiting_max)
    return [
        Choice(code, range_words(weeks)[:1].upper() + range_words(weeks)[1:], code == now)
        for code, weeks in RANGES.items()
    ]


@dataclass(frozen=True)
class History:
    """A drawing of waiting times, with the same as rows: day, range in words. Newest row first."""

    chart: Chart
    rows: list[tuple[str, str]]
    title: str


def history(offer: Offer) -> History | None:
    """The history of an offer's waiting time; None while there are fewer than three points."""
    points: list[Point] = queries.history(offer)
    drawing = rules.chart(points)
    if drawing is None:
        return None
    first, last = drawing.bars[0], drawing.bars[-1]
    title = _("Waiting time from %(first)s to %(last)s: first %(then)s, now %(now)s.") % {
        "first": nl_date(first.on),
        "last": nl_date(last.on),
        "then": range_words(first.weeks),
        "now": range_words(last.weeks),
    }
    shown = points[-rules.MOST_DRAWN :]
    return History(drawing, [(nl_date(one.on), range_words(one.weeks)) for one in reversed(shown)], title)
