"""What people do here: answer a poll, sign up for an evening, sign off; and what editors write about it."""

import base64
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.text import slugify

from naast.core import audit, clock, crypto, generations
from naast.core import once as once_numbers
from naast.core.once import Once
from naast.ledger import actions as ledger
from naast.people.models import User
from naast.people.policy import Scope, may
from naast.places.rules import PlaceInfo

from . import rules
from .models import Evening, Poll, PollOption, SignUp

FORGET_AFTER = timedelta(days=14)
OPTION_CODES = "abcdefgh"


class Refused(Exception):
    """Nobody can sign up (any more): `why` is full, over or off."""

    def __init__(self, why: Literal["full", "over", "off"]) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class SignedUp:
    """A sign-up with the word of its address for signing off; `again` where the same form came twice."""

    row: SignUp
    word: str
    again: bool


def answer_poll(*, once: Once, poll: Poll, option: str, place: PlaceInfo) -> bool:
    """Count an answer, without anything about who gave it. False = this form was sent before.

    Raises ValueError for an option that the poll does not have.
    """
    if option not in {row.code for row in poll.options.all()}:
        raise ValueError(option)
    with transaction.atomic():
        if not once_numbers.claim(once, "poll"):
            return False
        ledger.count("poll-answer", place=place.slug, poll=poll.code, option=option)
    return True


def _word(once: Once, evening: Evening) -> str:
    """Derive the word from form and evening, so that a double click or a reload shows the same address."""
    key = crypto.derived_key("together.sign-off", once.key_id)
    mark = hmac.digest(key, once.nonce + evening.pk.bytes, sha256)
    return base64.urlsafe_b64encode(mark[:18]).decode()


def _digest(word: str) -> bytes:
    return sha256(word.encode()).digest()


def sign_up(*, once: Once, evening: Evening, nickname: str, together: int, place: PlaceInfo) -> SignedUp:
    """Put somebody on the list of an evening by nickname. The last seat goes to one. Raises Refused."""
    word = _word(once, evening)
    with transaction.atomic():
        held = Evening.objects.select_for_update().get(pk=evening.pk)
        if known := SignUp.objects.filter(digest=_digest(word), evening=held).first():
            return SignedUp(known, word, again=True)
        taken = held.sign_ups.aggregate(seats=Sum("together"))["seats"] or 0
        left = rules.seats_left(held.seats, taken)
        state = rules.may_sign_up(starts_at=held.starts_at, now=clock.now(), cancelled=held.cancelled, left=left)
        if state == "yes" and together > left:
            state = "full"
        if state != "yes":
            raise Refused(state)
        row = SignUp.objects.create(
            evening=held, nickname=nickname, together=together, digest=_digest(word), signed_up_on=clock.today()
        )
        ledger.count("evening-sign-up", place=place.slug, state="on", amount=together)
        generations.bump(held.place.slug)
    return SignedUp(row, word, again=False)


def sign_off(*, evening: Evening, word: str, place: PlaceInfo) -> bool:
    """Take somebody off the list and forget the nickname. False = this word opens nothing (any more)."""
    with transaction.atomic():
        row = SignUp.objects.filter(evening=evening, digest=_digest(word)).first()
        if row is None:
            return False
        ledger.count("evening-sign-up", place=place.slug, state="off", amount=row.together)
        row.delete()
        generations.bump(evening.place.slug)
    return True


def strike(*, user: User, place: PlaceInfo, evening: Evening, sign_up_id: UUID) -> bool:
    """Take somebody off the list for the house: a double, or who said so by phone. False = is not on it.

    Raises PermissionDenied without the right.
    """
    _check(user, place)
    with transaction.atomic():
        row = SignUp.objects.filter(evening=evening, pk=sign_up_id).first()
        if row is None:
            return False
        ledger.count("evening-sign-up", place=place.slug, state="off", amount=row.together)
        row.delete()
        _told(user, "struck", evening, place, ["sign_ups"])
    return True


def forget_sign_ups() -> int:
    """Erase the nicknames of evenings that ended 14 days ago; returns how many."""
    return past_sign_ups().delete()[0]


def past_sign_ups() -> QuerySet[SignUp]:
    """Return the nicknames of evenings that ended 14 days ago."""
    return SignUp.objects.filter(evening__ends_at__lt=clock.now() - FORGET_AFTER)


# ---------- what editors write ----------


def _check(user: User | None, place: PlaceInfo) -> None:
    """Raise PermissionDenied unless this person may write here; None is the demonstration."""
    if user is not None and not may(user, "together.edit", Scope(place.kind, place.id)):
        raise PermissionDenied("together.edit")


def _free_slug(model: type[Poll] | type[Evening], place: PlaceInfo, words: str) -> str:
    base = slugify(words)[:52].strip("-") or "vraag"
    taken = set(model._default_manager.filter(place_id=place.id).values_list("slug", flat=True))
    tries = (base if number == 1 else f"{base}-{number}" for number in range(1, 1_000))
    return next(one for one in tries if one not in taken)


def _told(user: User | None, act: str, row: Poll | Evening, place: PlaceInfo, fields: Sequence[str]) -> None:
    actor = f"staff:{user.pk}" if user else "system"
    audit.record(actor=actor, act=act, kind=row._meta.label, record_id=row.pk, fields=fields, place=place.slug)
    # what a region asks stands on the pages of all its municipalities
    generations.bump() if place.is_region else generations.bump(place.slug)


def save_poll(
    *,
    user: User | None,
    place: PlaceInfo,
    poll: Poll | None,
    options: Sequence[str],
    opens_on: date,
    closes_on: date,
    fields: Mapping[str, Any],
) -> Poll:
    """Write a poll. `options`: the answers in their order; those of a poll that runs keep their codes.

    Raises PermissionDenied without the right.
    """
    _check(user, place)
    with transaction.atomic():
        if poll is None:
            poll = Poll(place_id=place.id, slug=_free_slug(Poll, place, str(fields["question"])))
        for name, value in {**fields, "opens_on": opens_on, "closes_on": closes_on}.items():
            setattr(poll, name, value)
        poll.save()
        kept = OPTION_CODES[: len(options)]
        poll.options.exclude(code__in=list(kept)).delete()
        for code, text in zip(kept, options, strict=True):
            PollOption.objects.update_or_create(poll=poll, code=code, defaults={"text": text})
        _told(user, "changed", poll, place, sorted(fields))
    return poll


def save_evening(
    *,
    user: User | None,
    place: PlaceInfo,
    evening: Evening | None,
    starts_at: datetime,
    ends_at: datetime,
    fields: Mapping[str, Any],
) -> Evening:
    """Write an evening. Raises PermissionDenied without the right."""
    _check(user, place)
    with transaction.atomic():
        if evening is None:
            evening = Evening(place_id=place.id, slug=_free_slug(Evening, place, str(fields["title"])))
        for name, value in {**fields, "starts_at": starts_at, "ends_at": ends_at}.items():
            setattr(evening, name, value)
        evening.save()
        _told(user, "changed", evening, place, sorted(fields))
    return evening
