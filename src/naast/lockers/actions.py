"""Making, opening, closing and emptying a locker: one function per thing a person does."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from naast.core import audit, clock, crypto, languages, limits, mail
from naast.core.models import WaitingErasure
from naast.core.once import Once
from naast.core.retention import queries as retention
from naast.core.retention import tombstones
from naast.core.retention.actions import erase_locker
from naast.core.retention.tombstones import bury as bury
from naast.core.sharing import outside
from naast.core.templatetags.naast import nl_date
from naast.ledger import actions as ledger
from naast.lockers import queries, rules
from naast.lockers.models import Locker
from naast.places import hosts
from naast.places import queries as places

KIND = "lockers.Locker"
ACTOR = "locker"
ADDRESS = f"{KIND}:email"  # tombstone of an address that was taken back, of a locker that stays


class TooOften(Exception):
    """Too many wrong codes from this network; `retry_after` in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("too many wrong codes")
        self.retry_after = retry_after


@dataclass(frozen=True)
class Prepared:
    """A locker that is about to be made: its words and locator, computed before the transaction (28 ms)."""

    words: tuple[str, ...]
    locator: bytes
    salt_id: str
    place_id: UUID
    place_slug: str
    audience: str


@dataclass(frozen=True)
class NewLocker:
    """A locker with the words that open it; they are shown once and kept nowhere."""

    locker: Locker
    code_words: tuple[str, ...]


# --- Making -----------------------------------------------------------------------------------------------------------


def code_of(once: Once) -> tuple[str, ...]:
    """Return the five words that belong to a form's one-time number; the same number always gives the same."""
    return rules.derive_words(key=crypto.derived_key("locker-code", once.key_id), nonce=once.nonce)


def prepare(*, once: Once, place_slug: str, audience: str) -> Prepared:
    """Compute a new locker's code and locator, outside any transaction. LookupError for an unknown place."""
    return _prepared(code_of(once), place_slug, audience)


def _prepared(words: tuple[str, ...], place_slug: str, audience: str) -> Prepared:
    place = places.by_slug(place_slug)
    if place is None:
        raise LookupError(place_slug)
    salt_id, salt = next(iter(settings.NAAST_LOCKER_SALTS.items()))
    return Prepared(words, rules.locator(words, salt=salt), salt_id, place.id, place_slug, audience)


@transaction.atomic
def create(prepared: Prepared) -> NewLocker:
    """Make the locker, or return the one that this code made already."""
    known = Locker.objects.filter(locator=prepared.locator).first()
    if known is not None:
        return NewLocker(known, prepared.words)
    locker = Locker(
        locator=prepared.locator, salt_id=prepared.salt_id, place_id=prepared.place_id, audience=prepared.audience
    )
    try:
        with transaction.atomic():
            locker.save(force_insert=True)
    except IntegrityError:
        return NewLocker(Locker.objects.get(locator=prepared.locator), prepared.words)
    audit.record(actor=ACTOR, act="make", kind=KIND, record_id=locker.pk, **_whose(locker))
    ledger.count("locker", place=prepared.place_slug, audience=prepared.audience)
    return NewLocker(locker, prepared.words)


def open_or_create(*, once: Once, place_slug: str, audience: str) -> NewLocker:
    """Make the locker of a form's one-time number; sent twice, it is the same locker with the same code."""
    return create(prepare(once=once, place_slug=place_slug, audience=audience))


def make_demonstration(*, name: str, place_slug: str, audience: str) -> NewLocker:
    """Make the demonstration locker of this name, or return it. Its words follow from the key ring, so they stay."""
    words = rules.derive_words(key=crypto.derived_key("locker-code"), nonce=b"demonstration:" + name.encode())
    known = Locker.objects.filter(demonstration=name).first()
    if known is not None:
        return NewLocker(known, words)
    prepared = _prepared(words, place_slug, audience)
    with transaction.atomic():
        new = create(prepared)
        new.locker.demonstration = name
        new.locker.save(update_fields=["demonstration"])
    return new


# --- Opening and closing ----------------------------------------------------------------------------------------------


def unlock(*, code: str, request: HttpRequest) -> Locker | None:
    """Open the locker of this code in this browser, or return None. Raises TooOften.

    The attempt is counted before the slow hash, so that a crowd of guesses at once buys nothing; a right code takes
    its own count back.
    """
    verdict = limits.blocked("code", request)
    if not verdict.ok:
        raise TooOften(verdict.retry_after)
    typed = rules.read_code(code)
    if not typed.words:
        return None
    limits.failed("code", request)
    locker = _find(typed.words) if typed.complete else None
    if locker is None:
        return None
    limits.forgive("code", request)
    enter(request=request, locker=locker)
    return locker


def _find(words: tuple[str, ...]) -> Locker | None:
    """Return the locker of a code under any salt still in need; one found under an old salt moves to the newest."""
    newest_id, newest = "", b""
    for salt_id, salt in queries.salts_to_try():
        made = rules.locator(words, salt=salt)
        if not newest_id:
            newest_id, newest = salt_id, made
        locker = Locker.objects.select_related("place").filter(locator=made, salt_id=salt_id).first()
        if locker is not None:
            if salt_id != newest_id:
                locker.locator, locker.salt_id = newest, newest_id
                locker.save(update_fields=["locator", "salt_id"])
            return locker
    return None


@transaction.atomic
def enter(*, request: HttpRequest, locker: Locker) -> None:
    """Let this browser into a locker: a new session number, the locker's id, and the day of use."""
    request.session.cycle_key()
    request.session[queries.SESSION_LOCKER] = str(locker.pk)
    request.session[queries.SESSION_SEEN] = int(clock.now().timestamp())
    locker.last_used_on, locker.noticed_on = clock.today(), None
    locker.save(update_fields=["last_used_on", "noticed_on"])
    audit.record(actor=ACTOR, act="open", kind=KIND, record_id=locker.pk, **_whose(locker))
    queries.remember(request, locker)


def leave(*, request: HttpRequest) -> None:
    """Close the locker in this browser; a session that holds nothing else goes whole."""
    for key in (queries.SESSION_LOCKER, queries.SESSION_SEEN):
        request.session.pop(key, None)
    if not [key for key in request.session.keys() if not key.startswith("_csrf")]:  # noqa: SIM118
        request.session.flush()
    queries.remember(request, None)


# --- A signal by mail -------------------------------------------------------------------------------------------------


@transaction.atomic
def set_email(*, locker: Locker, email: str) -> None:
    """Keep the address to which a signal without content goes; an empty one takes it away."""
    address = email.strip()
    locker.email = address
    locker.email_index = crypto.blind_index(address, purpose=queries.EMAIL_INDEX) if address else ""
    locker.language = languages.reading() if address else languages.DUTCH
    locker.save(update_fields=["email", "email_index", "language"])
    if address:
        tombstones.dig_up(ADDRESS, locker.pk)
    else:
        tombstones.bury(ADDRESS, [locker.pk])
    audit.record(actor=ACTOR, act="set-email", kind=KIND, record_id=locker.pk, fields=("email",), **_whose(locker))


def _whose(locker: Locker) -> dict[str, str]:
    """Return what the access log says beside the act: the place, and the locker itself."""
    place = places.by_id(locker.place_id)
    return {"place": place.slug if place else "", "about": str(locker.pk)}


def locker_url(place_id: UUID | None = None) -> str:
    """Return where a locker opens, for mails: a path, or an address under its place's own host."""
    return hosts.link_for(places.by_id(place_id) if place_id else None, outside("lockers:open"))


# --- Erasing ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def empty(*, locker: Locker) -> date | None:
    """Erase the locker with everything in it, at once, in every room; nothing is queued.

    What the law holds back stays, and the rest goes: then the code opens nothing any more, the address is gone, and what
    is left goes at the first run after the hold (docs/decisions/0029). Returns the last day of that hold, else None.
    """
    locker_id = locker.pk
    until = retention.locker_held_until(locker_id)
    erase_locker(locker_id)
    if until is not None:
        _shut(locker)
    audit.record(actor=ACTOR, act="empty", kind=KIND, record_id=locker_id, **_whose(locker))
    return until


def _shut(locker: Locker) -> None:
    """Let no code open this locker any more, take its address, and note that its owner wanted it erased."""
    mail.withdraw([_notice_key(locker)])
    locker.locator, locker.email, locker.email_index = secrets.token_bytes(32), "", ""
    locker.save(update_fields=["locator", "email", "email_index"])
    WaitingErasure.objects.get_or_create(locker_id=locker.pk)


def erase_locker_row(locker_id: UUID) -> int:
    """Erase the locker's own row with its waiting notices; returns 1, or 0 where it was gone already."""
    locker = Locker.objects.filter(pk=locker_id).first()
    if locker is None:
        return 0
    mail.withdraw([_notice_key(locker)])
    locker.delete()
    bury(KIND, [locker_id])
    return 1


def erase_locker_rows(locker_ids: Iterable[UUID]) -> int:
    """Erase these lockers' own rows; returns how many."""
    return sum(erase_locker_row(locker_id) for locker_id in locker_ids)


def forget_addresses(locker_ids: Iterable[str]) -> int:
    """Take the addresses off these lockers: a backup brought back what their owners had taken away."""
    rows = Locker.objects.filter(pk__in=list(locker_ids)).exclude(email_index="")
    return rows.update(email=b"", email_index="")


@transaction.atomic
def expire_unused() -> int:
    """Erase lockers in which nothing lies and that nobody opened for 12 months; returns how many."""
    return erase_locker_rows(list(queries.unused().values_list("pk", flat=True)[:500]))


def give_notice() -> int:
    """Tell owners who gave an address, 30 days ahead, that their empty locker will be erased; returns how many."""
    waiting = queries.with_nothing_in_it().filter(
        last_used_on__lt=rules.notice_since(clock.today()), noticed_on=None, demonstration=""
    )
    told = 0
    for locker in waiting.exclude(email_index="")[:500]:
        if not locker.has_email:
            continue
        with transaction.atomic():
            day = locker.last_used_on + rules.UNUSED_FOR + timedelta(days=1)
            with languages.reading_in(locker.language):
                context = {"url": locker_url(locker.place_id), "day": nl_date(day, "full")}
            mail.queue_mail(
                kind="lockers/will_be_erased",
                to=str(locker.email),
                context=context,
                message_id=_notice_key(locker),
                language=languages.interface(locker.language),
            )
            locker.noticed_on = clock.today()
            locker.save(update_fields=["noticed_on"])
            told += 1
    return told


def _notice_key(locker: Locker) -> str:
    return f"lockers/will_be_erased:{locker.pk}:{locker.last_used_on.isoformat()}"
