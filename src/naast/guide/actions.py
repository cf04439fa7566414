"""What a person does with a guide: begin, finish, keep the plan in a locker, tick it off there, share it, take it back."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from naast.core import audit, clock, crypto
from naast.core import once as once_numbers
from naast.core.once import Once
from naast.core.retention import actions as retention
from naast.flows.queries import Version
from naast.guide import rules
from naast.guide.models import KeptPlan, SharedPlan
from naast.ledger import actions as ledger
from naast.lockers import actions as lockers
from naast.lockers.models import Locker
from naast.places.rules import PlaceInfo

KEPT = KeptPlan._meta.label
SHARED = SharedPlan._meta.label
ACTOR = "locker"
SHOW_AGAIN_FOR = timedelta(minutes=15)  # docs/decisions/0002: how long a re-sent form shows the code again
# What a number was used for: only the first one made a code.
IN_A_NEW_LOCKER = "guide-keep"
IN_AN_OPEN_LOCKER = "guide-keep-open"


class NotKept(ValueError):
    """The form's number was used for something else: nothing was kept."""


@dataclass(frozen=True)
class KeptResult:
    """A plan in a locker: the words of a new locker (none when it was open), and whether the form was sent before."""

    code_words: tuple[str, ...]
    again: bool = False
    new_locker: bool = True


def count_start(*, place: PlaceInfo, slug: str) -> None:
    """Count that a guide was begun, without a person."""
    ledger.count("guide-start", place=place.slug, flow=slug)


def count_finish(*, place: PlaceInfo, slug: str) -> None:
    """Count that a guide led to a plan."""
    ledger.count("guide-finish", place=place.slug, flow=slug)


def keep_plan(*, once: Once, place: PlaceInfo, version: Version, plan: rules.Plan, locker: Locker | None) -> KeptResult:
    """Keep the plan in the open locker, or in a new one whose code follows from the form's number.

    Sent twice, it is one plan; within 15 minutes the code of a new locker is shown again, later not. Raises NotKept.
    """
    audience = rules.audience_of(version.flow, plan.outcome)
    # Slow (28 ms), so before the transaction.
    prepared = None if locker else lockers.prepare(once=once, place_slug=place.slug, audience=audience)
    with transaction.atomic():
        if not once_numbers.claim(once, IN_A_NEW_LOCKER if prepared else IN_AN_OPEN_LOCKER):
            return _kept_before(once, locker)
        owner = locker or lockers.create(prepared).locker  # type: ignore[arg-type]
        kept = KeptPlan(locker=owner, place_id=place.id, version_id=version.digest, plan=rules.write_plan(plan))
        kept.save()
        audit.record(
            actor=ACTOR, act="keep", kind=KEPT, record_id=kept.pk, fields=("plan",), place=place.slug, about=owner.pk
        )
        ledger.count("plan-kept", place=place.slug, flow=version.flow.slug, way="locker")
    return KeptResult(prepared.words if prepared else (), new_locker=prepared is not None)


def _kept_before(once: Once, locker: Locker | None) -> KeptResult:
    """Answer a form that was sent before: the same code for a quarter of an hour, then only that the plan is in."""
    purpose, moment = once_numbers.used(once) or ("", clock.now())
    if purpose not in (IN_A_NEW_LOCKER, IN_AN_OPEN_LOCKER):
        raise NotKept(purpose)
    new = locker is None and purpose == IN_A_NEW_LOCKER
    recent = clock.now() - moment <= SHOW_AGAIN_FOR
    return KeptResult(lockers.code_of(once) if new and recent else (), again=True, new_locker=new)


@transaction.atomic
def tick_kept(*, kept: KeptPlan, step_id: str, is_done: bool) -> None:
    """Tick a step of a kept plan off, or put it back. A step that is not in the plan changes nothing."""
    plan = kept.content
    if step_id not in [known for known, _ in plan.steps]:
        return
    kept.plan = rules.write_plan(rules.Plan(plan.steps, rules.tick(plan.done, step_id, is_done), plan.outcome))
    kept.last_used_on = clock.today()
    kept.save(update_fields=["plan", "last_used_on"])
    audit.record(actor=ACTOR, act="tick", kind=KEPT, record_id=kept.pk, fields=("plan",), about=kept.locker_id)


@transaction.atomic
def use_kept(*, kept: KeptPlan) -> None:
    """Note the day on which its owner looked at a kept plan (it goes two years after the last)."""
    if kept.last_used_on != clock.today():
        kept.last_used_on = clock.today()
        kept.save(update_fields=["last_used_on"])


@transaction.atomic
def erase_kept(*, kept: KeptPlan) -> None:
    """Erase one kept plan. Raises core.retention.actions.Held where the law forbids it now."""
    record_id = kept.pk
    retention.check_free(KEPT, record_id)
    kept.delete()
    lockers.bury(KEPT, [record_id])
    audit.record(actor=ACTOR, act="erase", kind=KEPT, record_id=record_id)


def erase_of_locker(locker_id: UUID) -> int:
    """Erase all plans of a locker; returns how many."""
    return erase_plans(list(KeptPlan.objects.filter(locker_id=locker_id).values_list("pk", flat=True)))


def expire_kept() -> int:
    """Erase plans that nobody looked at for two years; returns how many."""
    with transaction.atomic():
        return erase_plans(list(past_kept().values_list("pk", flat=True)[:500]))


def past_kept() -> QuerySet[KeptPlan]:
    """Return plans that nobody looked at for two years."""
    return KeptPlan.objects.filter(last_used_on__lt=clock.today() - rules.KEPT_FOR)


def erase_plans(ids: Sequence[UUID]) -> int:
    """Erase these kept plans; their random ids stay 35 days."""
    KeptPlan.objects.filter(pk__in=ids).delete()
    return lockers.bury(KEPT, ids)


def share_token(once: Once) -> str:
    """Return the random address that belongs to a form's number: 128 bits that nobody can guess."""
    mark = hmac.digest(crypto.derived_key("plan-share", once.key_id), once.nonce, sha256)
    return base64.urlsafe_b64encode(mark[:16]).decode().rstrip("=")


def token_digest(token: str) -> bytes:
    """Return the hash under which a shared plan is found."""
    return sha256(b"plan-share:" + token.encode()).digest()


def share_plan(*, once: Once, place: PlaceInfo, version: Version, plan: rules.Plan) -> str:
    """Put the plan behind a random address for 30 days and return the address's last part.

    Sent twice, it is one plan and one address.
    """
    token = share_token(once)
    with transaction.atomic():
        if not once_numbers.claim(once, "guide-share"):
            return token
        shared = SharedPlan(
            digest=token_digest(token),
            place_id=place.id,
            version_id=version.digest,
            plan=rules.write_plan(rules.Plan(plan.steps, (), plan.outcome)),
        )
        shared.save()
        audit.record(actor="reader", act="share", kind=SHARED, record_id=shared.pk, fields=("plan",))
        ledger.count("plan-kept", place=place.slug, flow=version.flow.slug, way="link")
    return token


@transaction.atomic
def unshare(*, shared: SharedPlan) -> None:
    """Take a shared plan away at once; whoever holds the link may."""
    record_id = shared.pk
    shared.delete()
    lockers.bury(SHARED, [record_id])
    audit.record(actor="reader", act="unshare", kind=SHARED, record_id=record_id)


def expire_shared() -> int:
    """Erase shared plans past their 30 days; returns how many."""
    with transaction.atomic():
        ids = list(past_shared().values_list("pk", flat=True)[:500])
        SharedPlan.objects.filter(pk__in=ids).delete()
        return lockers.bury(SHARED, ids)


def past_shared() -> QuerySet[SharedPlan]:
    """Return shared plans past their 30 days."""
    return SharedPlan.objects.filter(expires_on__lt=clock.today())
