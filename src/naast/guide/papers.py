"""What leaves the screen: the plan as PDF (typst, tagged) and as a calendar file. User and offer words go in as data only.

`ua-1` always. With it one character without a glyph fails the whole document, so a second attempt replaces what our
fonts lack (docs/decisions/0013).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import typst
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from naast.core import clock, paper
from naast.core.paper import clean, covered
from naast.guide.queries import CallView, PlanView
from naast.guide.rules import Moment

TEMPLATE = Path(__file__).parent / "data" / "plan.typ"


def pdf(plan: PlanView, *, place_name: str) -> bytes:
    """Return the plan as a tagged PDF (PDF/UA-1)."""
    data = clean(_data(plan, place_name))
    try:
        return _compile(data)
    except typst.TypstError:
        return _compile(covered(data))


def _compile(data: Any) -> bytes:
    return paper.compiled(TEMPLATE, data)


def _data(plan: PlanView, place_name: str) -> dict[str, Any]:
    return {
        "title": plan.title,
        "lead": plan.lead,
        "lang": plan.language,
        "region": "NL" if plan.language == "nl" else "GB",
        "footer": f"Naast {place_name}",
        "note": plan.checked,
        "words": {
            "call": _("Whom can you call, and when?"),
            "done": _("done"),
            "avoid": _("Rather not:"),
            "with": _("With"),
            "costs": _("Costs"),
        },
        "calls": [_call(line) for line in plan.calls],
        "stages": [
            {
                "title": stage.title,
                "text": stage.text,
                "steps": [
                    {
                        "title": step.title,
                        "why": step.why,
                        "how": step.how,
                        "avoid": step.avoid,
                        "who": step.who_text,
                        "with": step.with_whom,
                        "costs": step.costs,
                        "done": step.done,
                        "calls": [_call(line) for line in step.calls],
                        "offers": [{"title": offer.title, "text": offer.text} for offer in step.offers],
                    }
                    for step in stage.steps
                ],
            }
            for stage in plan.stages
        ],
    }


def _call(line: CallView) -> dict[str, str]:
    return {"name": line.name, "number": line.number, "when": line.hours}


# --- The calendar file ------------------------------------------------------------------------------------------------


def calendar(moments: Sequence[Moment]) -> bytes:
    """Return an iCalendar file: neutral words, no place, no address, random ids."""
    made = Calendar()
    made.add("prodid", "-//Agenda//NL")
    made.add("version", "2.0")
    for event in _events(moments):
        made.add_component(event)
    return made.to_ical()


def _events(moments: Sequence[Moment]) -> Iterator[Event]:
    stamp = clock.now().replace(microsecond=0)
    for moment in moments:
        begin = _utc(moment.begin)
        event = Event()
        event.add("uid", uuid4().hex)
        event.add("dtstamp", stamp)
        event.add("dtstart", begin)
        event.add("dtend", begin + timedelta(minutes=moment.minutes))
        event.add("summary", moment.words)
        event.add("class", "PRIVATE")
        yield event


def _utc(local: datetime) -> datetime:
    return local.replace(tzinfo=clock.AMSTERDAM).astimezone(UTC)
