"""Verifying the access log: every seal made again from the lines that stand there, hour by hour, in little memory."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Min

from naast.core import crypto
from naast.core.auditing import guard, rules
from naast.core.auditing.rules import GENESIS, HOUR, Row, What
from naast.core.clock import now
from naast.core.models import AuditCheck, AuditLine, AuditSeal

COLUMNS = ("id", "at", "actor", "act", "kind", "record_id", "fields", "place", "about", "role", "why")
PURPOSE = "audit-seal"
SEALS_AT_ONCE = 200

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Fault:
    """The first thing that does not fit: what, in which hour, and which line where that can be said."""

    what: What
    hour: datetime
    line: int | None = None
    position: int | None = None
    after: int | None = None
    before: int | None = None


@dataclass
class Verdict:
    """What verifying found. `waiting` lines are newer than the last seal: nothing can be said about those yet."""

    fault: Fault | None = None
    hours: int = 0
    lines: int = 0
    expired_hours: int = 0
    old_hours: int = 0  # sealed before lines were hashed apart: only the hour can be named
    keyless_hours: int = 0  # signed with a key that left the ring: the signature of a later seal covers them
    keyless_since: datetime | None = None  # the first of those that no later seal covers yet
    first_hour: datetime | None = None
    last_hour: datetime | None = None
    last_root: str = GENESIS
    waiting: int = 0
    waiting_since: datetime | None = None
    guarded: bool = True
    checked_at: datetime = field(default_factory=now)

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.fault is None

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain values, moments in ISO 8601."""
        return {"whole": self.whole, **_plain(asdict(self))}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(below) for key, below in value.items()}
    return value.isoformat() if isinstance(value, datetime) else value


def rows_of(hour: datetime) -> list[Row]:
    """Return the lines of one hour in the order in which they are sealed."""
    found = AuditLine.objects.filter(at__gte=hour, at__lt=hour + HOUR).order_by("pk")
    return list(found.values_list(*COLUMNS))


def sign(*, hour: datetime, lines: int, root: str) -> str:
    """Return the signature of a seal with the newest key of the ring."""
    key_id, _key = crypto.newest_key()
    return rules.signature(hour=hour, lines=lines, root=root, key_id=key_id, key=crypto.derived_key(PURPOSE, key_id))


def key_of_last_seal() -> str:
    """Return the id of the ring key that signed the last seal, which covers all before it; "" when there is none."""
    last = AuditSeal.objects.order_by("-hour").first()
    return rules.signed_by(last.signature) if last else ""


def verify(tell: Tell | None = None) -> Verdict:
    """Make every seal again and compare; the verdict names the first line that does not fit.

    `tell(hours, lines)` hears of progress. Needs no more memory than one hour's lines; reads nothing but the log.
    """
    verdict = Verdict(guarded=guard.stands(connection))
    before, signed = GENESIS, False
    for seal in _seals():
        fault = _gap(verdict.last_hour, seal, before) or _look(seal, before, signed, verdict)
        verdict.first_hour = verdict.first_hour or seal.hour
        if fault:
            verdict.fault = fault
            return verdict
        before, signed = seal.root, bool(seal.signature)
        verdict.hours += 1
        verdict.last_hour, verdict.last_root = seal.hour, seal.root
        if tell and verdict.hours % SEALS_AT_ONCE == 0:
            tell(verdict.hours, verdict.lines)
    verdict.fault = _end(verdict)
    return verdict


def _seals() -> Any:
    return AuditSeal.objects.order_by("hour").iterator(chunk_size=SEALS_AT_ONCE)


def _look(seal: AuditSeal, before: str, signed: bool, verdict: Verdict) -> Fault | None:
    """Compare one seal with its lines; `signed` says that the seal before it carries a signature."""
    rows = rows_of(seal.hour)
    verdict.lines += len(rows)
    leaves = bytes(seal.leaves) if seal.leaves is not None else None
    if leaves is None and not seal.signature and not signed:
        verdict.old_hours += 1
        return _look_old(seal, rows, before)
    if not seal.signature or leaves is None or len(leaves) != seal.lines * rules.LEAF:
        return Fault(What.SEAL, seal.hour)
    key_id = rules.signed_by(seal.signature)
    if not key_id:
        return Fault(What.SEAL, seal.hour)
    try:
        key = crypto.derived_key(PURPOSE, key_id)
    except KeyError:
        # Each root holds the root before it, so a later signature covers this seal; `_end` asks that there is one.
        verdict.keyless_hours += 1
        verdict.keyless_since = verdict.keyless_since or seal.hour
    else:
        right = rules.signature(hour=seal.hour, lines=seal.lines, root=seal.root, key_id=key_id, key=key)
        if right != seal.signature:
            return Fault(What.SEAL, seal.hour)
        verdict.keyless_since = None
    sealed = rules.split(leaves)
    digests = [rules.leaf(row) for row in rows]
    fits = rules.merkle_root(sealed, before) == seal.root
    if not rows and _may_be_gone(seal.hour):
        verdict.expired_hours += 1
        return None if fits else Fault(What.SEAL_MISSING, seal.hour)
    difference = rules.first_difference(sealed, digests, [row[0] for row in rows])
    if difference is None:
        return None if fits else Fault(What.SEAL_MISSING, seal.hour)
    if not fits:
        # The lines may be whole and the hashes in the seal not: the signed root decides.
        return Fault(What.SEAL, seal.hour)
    return Fault(difference.what, seal.hour, difference.line, difference.position, difference.after, difference.before)


def _look_old(seal: AuditSeal, rows: list[Row], before: str) -> Fault | None:
    if not rows and _may_be_gone(seal.hour):
        return None
    root = rules.merkle_root([rules.old_leaf(row) for row in rows], before)
    return None if len(rows) == seal.lines and root == seal.root else Fault(What.HOUR, seal.hour)


def _may_be_gone(hour: datetime) -> bool:
    return hour < now() - rules.KEPT


def _gap(last: datetime | None, seal: AuditSeal, before: str) -> Fault | None:
    """Look between two seals: lines there were put in later, or their seal was taken away."""
    between = AuditLine.objects.filter(at__lt=seal.hour)
    if last is not None:
        if seal.hour == last + HOUR:
            return None
        between = between.filter(at__gte=last + HOUR)
    found = between.order_by("at", "pk").values_list("pk", "at").first()
    if found is None:
        return None
    hour = rules.hour_of(found[1])
    chained = seal.leaves is not None and rules.merkle_root(rules.split(bytes(seal.leaves)), before) == seal.root
    return Fault(What.ADDED, hour, line=found[0], position=1) if chained else Fault(What.SEAL_MISSING, hour)


def _end(verdict: Verdict) -> Fault | None:
    """Look behind the last seal: what waits, what waits too long, and what the last check saw that is gone now."""
    if verdict.keyless_since is not None:
        return Fault(What.KEY, verdict.keyless_since)
    waiting = AuditLine.objects.all()
    if verdict.last_hour is not None:
        waiting = waiting.filter(at__gte=verdict.last_hour + HOUR)
    verdict.waiting = waiting.count()
    verdict.waiting_since = waiting.aggregate(first=Min("at"))["first"]
    seen = AuditCheck.objects.filter(whole=True).exclude(last_hour=None).order_by("-at").first()
    if seen is not None and seen.last_hour is not None:
        there = AuditSeal.objects.filter(hour=seen.last_hour).values_list("root", flat=True).first()
        if there != seen.last_root:
            return Fault(What.SEAL if there else What.SEAL_MISSING, seen.last_hour)
    if verdict.waiting_since and rules.hour_of(verdict.waiting_since) + HOUR + rules.LATE < now():
        return Fault(What.UNSEALED, rules.hour_of(verdict.waiting_since))
    return None


def in_words(fault: Fault) -> str:
    """Return what is wrong as a person reads it, in Dutch as all that `naast` prints."""
    hour = fault.hour.isoformat(timespec="minutes")
    line = f"regel {fault.line}" if fault.line is not None else "een regel"
    if fault.line is None and (fault.after is not None or fault.before is not None):
        line += f" tussen {fault.after if fault.after is not None else 'het begin'} en {fault.before or 'het einde'}"
    said = {
        What.CHANGED: f"{line} is veranderd na het verzegelen.",
        What.MISSING: f"{line} is weg.",
        What.ADDED: f"{line} is later toegevoegd.",
        What.ORDER: f"{line} staat niet op haar plaats.",
        What.HOUR: "er is iets veranderd. Dit zegel is van voor 23 november 2026 en kent geen losse regels.",
        What.SEAL: "het zegel zelf is veranderd.",
        What.SEAL_MISSING: "een zegel van dit uur of kort ervoor is weg.",
        What.KEY: "de sleutel waarmee dit zegel is getekend, staat niet in de sleutelring.",
        What.UNSEALED: "de regels vanaf dit uur zijn niet verzegeld. Draait de worker?",
    }[fault.what]
    place = f", {fault.position}e regel van dat uur" if fault.position else ""
    return f"{hour}{place}: {said}"


def report(verdict: Verdict) -> str:
    """Return the whole verdict as lines to read, in Dutch: what was verified, what is wrong, what cannot be said yet."""
    said = [f"{verdict.hours} verzegelde uren met {verdict.lines} regels nagekeken."]
    if verdict.first_hour and verdict.last_hour:
        days = (
            f"{verdict.first_hour.isoformat(timespec='minutes')} tot {verdict.last_hour.isoformat(timespec='minutes')}"
        )
        said.append(f"Uren van {days}.")
    if verdict.expired_hours:
        said.append(f"Van {verdict.expired_hours} uren zijn de regels na 5 jaar gewist; hun zegels kloppen.")
    if verdict.old_hours:
        said.append(f"{verdict.old_hours} oude zegels kennen alleen het uur, geen losse regels.")
    if verdict.waiting and verdict.waiting_since:
        since = verdict.waiting_since.isoformat(timespec="minutes")
        said.append(f"{verdict.waiting} regels sinds {since} zijn nog niet verzegeld: daarover is niets te zeggen.")
    if verdict.keyless_hours:
        said.append(
            f"{verdict.keyless_hours} zegels zijn getekend met een sleutel die weg is; een later zegel dekt ze."
        )
    if not verdict.guarded:
        said.append("Let op: de database weigert wijzigen niet. `naast migrate` zet de wachter terug.")
    said.append("De zegels kloppen." if verdict.fault is None else f"GEBROKEN. {in_words(verdict.fault)}")
    return "\n".join(said)


def as_json(verdict: Verdict) -> str:
    """Return the whole verdict as JSON."""
    return json.dumps(verdict.as_dict(), indent=2)


def note(verdict: Verdict) -> AuditCheck:
    """Keep what a verifying found, so that seals that go later are missed."""
    return AuditCheck.objects.create(
        at=verdict.checked_at,
        whole=verdict.whole,
        hours=verdict.hours,
        lines=verdict.lines,
        last_hour=verdict.last_hour,
        last_root=verdict.last_root if verdict.last_hour else "",
        fault=_plain(asdict(verdict.fault)) if verdict.fault else None,
    )
