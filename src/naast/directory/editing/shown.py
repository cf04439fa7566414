"""Words for editing screens: a fact's value as people read it, a change as rows, an offer's state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from naast.core import clock
from naast.core.templatetags.naast import nl_date
from naast.directory import rules as directory
from naast.directory.editing import queries, rules
from naast.directory.editing.forms import DAYS, LABELS
from naast.directory.editing.models import Change, ChangeState
from naast.directory.editing.rules import Piece
from naast.directory.models import Audience, Costs, Evidence, Form, Offer, Organisation, Payer, Phase, Referral, State
from naast.people.models import User
from naast.places import queries as places

CODES: dict[str, Any] = {
    "audiences": Audience, "phases": Phase, "forms": Form, "costs": Costs, "payers": Payer, "referral": Referral,
    "evidence": Evidence, "state": State,
}  # fmt: skip
LONG = 60  # letters from which two texts are shown as one, with what came and went
LINES = frozenset({"opening", "starts", "locations"})  # of several lines most often one differs: shown as one too


def value_words(name: str, value: Any) -> str:
    """Return a fact's value as people read it; '' when it is empty."""
    if value in (None, "", [], ()):
        return ""
    if name == "opening":
        times = ((day, rules.hours_text(value, number)) for number, day in enumerate(DAYS, 1))
        return "\n".join(f"{capfirst(day)}: {text}" for day, text in times if text)
    if name == "starts":
        return rules.starts_text(value)
    if name == "locations":
        return "\n".join(_address(row) for row in value)
    if name == "is_helpline":
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(_code(name, str(item)) for item in value)
    if name in ("checked_on", "waiting_on"):
        return nl_date(date.fromisoformat(value)) if isinstance(value, str) else nl_date(value)
    return _code(name, str(value))


def _address(row: Mapping[str, str]) -> str:
    code_and_town = " ".join(part for part in (row.get("postcode"), row.get("town")) if part)
    return ", ".join(part for part in (row.get("name"), row.get("street"), code_and_town) if part)


def _code(name: str, code: str) -> str:
    if name in CODES:
        return str(dict(CODES[name].choices).get(code, code))
    if name == "subjects":
        known = directory.subject_by_slug().get(code)
        return known.label if known else code
    if name == "special_groups":
        return directory.special_group_label(code)
    if name == "languages":
        return directory.LANGUAGE_NAMES.get(code, code)
    if name == "area":
        place = places.by_slug(code)
        return place.name if place else code
    if name == "organisation":
        return Organisation.objects.filter(slug=code).values_list("name", flat=True).first() or code
    return code


@dataclass(frozen=True)
class Row:
    """One field of a change: what stood there, what somebody wants, what stands there now; the words that differ."""

    name: str
    label: str
    old: str
    new: str
    now: str
    clash: str
    live: bool
    verdict: str
    pieces: list[Piece] = field(default_factory=list)


def rows_of(change: Change, facts: Mapping[str, Any] | None = None) -> list[Row]:
    """Return a change field by field; with the offer's facts of now also what they are, and whether somebody was first."""
    rows = []
    for name, values in change.fields.items():
        now = facts.get(name) if facts is not None else values.get("before", values["old"])
        old, new = value_words(name, values["old"]), value_words(name, values["new"])
        text = isinstance(values["new"], str) and isinstance(values["old"], str)
        long = name in LINES or (text and max(len(old), len(new)) > LONG)
        rows.append(
            Row(
                name=name,
                label=str(LABELS.get(name, name)),
                old=old,
                new=new,
                now=value_words(name, now),
                clash=rules.clash(name, values, now),
                live=name in change.live,
                verdict=change.verdicts.get(name, ""),
                pieces=rules.word_diff(old, new) if long and old and new else [],
            )
        )
    return rows


def who(by: str) -> str:
    """Return who made or decided a change, in words."""
    kind, _colon, key = by.partition(":")
    if kind == "staff":
        try:
            return User.objects.get(pk=UUID(key)).display_name
        except (ValueError, User.DoesNotExist):
            return _("somebody who worked here")
    return _("the provider, by a mailed link") if kind == "link" else _("the system")


def marks(offer: Offer) -> list[str]:
    """Return a line for each fact that readers see before an editor looked at it."""
    words = _("%(what)s: changed by the provider on %(day)s, not looked at yet")
    found = queries.unreviewed(offer).items()
    return [words % {"what": LABELS[name], "day": nl_date(day)} for name, day in found]


def change_words(change: Change, facts: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return a change as a list shows it."""
    return {
        "change": change,
        "rows": rows_of(change, facts),
        "who": who(change.by),
        "decided": who(change.decided_by) if change.decided_by else "",
        "open": change.state == ChangeState.OPEN,
        "names": ", ".join(str(LABELS.get(name, name)).lower() for name in change.fields),
    }


def offer_line(offer: Offer, waiting: Mapping[Any, int] | None = None) -> dict[str, Any]:
    """Return an offer as a line of a list; its areas, organisation and addresses were read already."""
    today = clock.today()
    area = [places.by_id(row.place_id) for row in offer.areas.all()]
    keeper = queries.keeper_of(offer)
    return {
        "offer": offer,
        "area": ", ".join(place.name for place in area if place),
        "keeper": keeper.name if keeper else "",
        "due": offer.next_check is not None and offer.next_check <= today,
        "proposals": (waiting or {}).get(offer.pk, 0),
    }
