"""Calendar feeds of an offer: its own hours of the week and the days on which it begins (RFC 5545).

Somebody else may look in the calendar too: the words are neutral, as in every calendar file of ours, and nobody is named.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from naast.core import clock
from naast.directory import week
from naast.directory.models import Form, Offer
from naast.places.rules import Hours

# the first form that says what one does there names the entry
NEUTRAL = (Form.WALK_IN, Form.GROUP, Form.COURSE, Form.CHAT, Form.PHONE, Form.ONLINE, Form.ONE_TO_ONE)


@dataclass(frozen=True)
class Agenda:
    """What the calendar of one offer holds: stable for its id and the moment of its last change."""

    offer_id: UUID
    stamp: datetime
    hours: list[Hours]
    starts: list[week.Start]
    words: str
    where: str

    @property
    def filled(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.hours or self.starts)


def agenda(offer: Offer) -> Agenda:
    """The agenda of an offer (locations read already)."""
    locations = [", ".join(part for part in (one.street, one.town) if part) for one in offer.locations.all()]
    form = next((form for form in NEUTRAL if form in offer.forms), None)
    return Agenda(
        offer_id=offer.pk,
        stamp=offer.updated_at or _midnight(offer.checked_on or date(2026, 1, 1)),
        hours=week.stretches(offer.opening),
        starts=week.starts_from(offer.starts, clock.today()),
        words={Form.ONE_TO_ONE: _("Talk"), Form.PHONE: _("Calling")}.get(form, str(form.label)) if form else _("Open"),
        where=locations[0] if len(locations) == 1 else "",
    )


def calendar(found: Agenda, holidays: Iterable[date]) -> bytes:
    """The calendar file. Public holidays are left out of the weekly hours, which end where we know no further ones."""
    made = Calendar()
    made.add("prodid", "-//Agenda//NL")
    made.add("version", "2.0")
    made.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    days = sorted(holidays)
    for event in (*_weekly(found, days), *_starts(found)):
        event.add("dtstamp", found.stamp.astimezone(UTC).replace(microsecond=0))
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        if found.where:
            event.add("location", found.where)
        made.add_component(event)
    if found.hours:
        made.add_missing_timezones()
    return made.to_ical()


def _weekly(found: Agenda, holidays: list[date]) -> Iterator[Event]:
    monday = found.stamp.astimezone(clock.AMSTERDAM).date()
    monday -= timedelta(days=monday.weekday())
    last = date(holidays[-1].year, 12, 31) if holidays and holidays[-1] >= monday else None
    for one in found.hours:
        first = monday + timedelta(days=one.weekday - 1)
        off = [day for day in holidays if day.isoweekday() == one.weekday and day >= first]
        begin = datetime.combine(first, one.opens, clock.AMSTERDAM)
        event = Event()
        event.add("uid", f"{found.offer_id}-{one.weekday}-{one.opens:%H%M}")
        event.add("summary", found.words)
        event.add("dtstart", begin)
        event.add("dtend", datetime.combine(first, one.closes, clock.AMSTERDAM))
        rule: dict[str, object] = {"freq": "weekly"}
        if last:
            rule["until"] = datetime.combine(last, one.closes, clock.AMSTERDAM).astimezone(UTC)
        event.add("rrule", rule)
        if off:
            event.add("exdate", [datetime.combine(day, one.opens, clock.AMSTERDAM) for day in off])
        yield event


def _starts(found: Agenda) -> Iterator[Event]:
    for number, one in enumerate(found.starts):
        event = Event()
        same_day = sum(other.day == one.day for other in found.starts[:number])
        event.add("uid", f"{found.offer_id}-{one.day:%Y%m%d}{f'-{same_day}' if same_day else ''}")
        event.add("summary", f"{found.words} ({_('first time')})")
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        yield event


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
