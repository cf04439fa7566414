"""What people do to keep an offer true: confirm it, propose a change, say that it ended, say the waiting time.

Through a mailed link each offer is answered once, whichever mail of the same round was opened. Nothing disappears by a
link: that an offer ended is a proposal to its editors (docs/decisions/0022).
"""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from naast.core import audit, clock
from naast.core.once import Once, claim
from naast.directory.editing import actions as editing
from naast.directory.editing import offers as editing_offers
from naast.directory.editing.models import Change, ChangeState
from naast.directory.editing.queries import counted_at, editable
from naast.directory.keeping import queries, rules
from naast.directory.keeping.models import Answer
from naast.directory.models import Confirmation, ConfirmationLink, ConfirmedBy, KeepingChoice, Offer
from naast.directory.waiting import actions as waiting
from naast.directory.waiting.rules import Weeks
from naast.ledger.actions import count
from naast.people.models import User
from naast.people.policy import Scope, may, scopes_for
from naast.places.rules import PlaceInfo

Done = Literal["done", "again", "gone"]
PURPOSE = "offer-link"


def confirm(*, once: Once, link: ConfirmationLink, confirmation_id: UUID) -> Done:
    """Say through a mailed link that an offer is still true. "again": it was answered before; "gone": it is no more.

    Raises LookupError when the link does not ask about it.
    """
    with transaction.atomic():
        asked = _claimed(once, link, confirmation_id)
        if isinstance(asked, str):
            return asked
        editing_offers.confirm(offer=asked.offer, by=by_link(asked))
        _answered(asked, Answer.TRUE)
    return "done"


def change(*, once: Once, link: ConfirmationLink, confirmation_id: UUID, values: Mapping[str, Any]) -> Done:
    """Propose other facts of an offer through a mailed link; what differs waits for its editors, all else is confirmed.

    Where nothing differs the offer is confirmed. Raises LookupError as confirm() does, RecordError when the offer would
    not be sound with these values: then the link may be used again.
    """
    with transaction.atomic():
        asked = _claimed(once, link, confirmation_id)
        if isinstance(asked, str):
            return asked
        proposed = _propose(asked, values)
        if proposed is None:
            editing_offers.confirm(offer=asked.offer, by=by_link(asked))
        _answered(asked, Answer.CHANGED if proposed else Answer.TRUE)
    return "done"


def say_ended(*, once: Once, link: ConfirmationLink, confirmation_id: UUID, reason: str) -> Done:
    """Tell the editors through a mailed link that an offer exists no more; readers find it until an editor agrees.

    Raises LookupError as confirm() does.
    """
    with transaction.atomic():
        asked = _claimed(once, link, confirmation_id)
        if isinstance(asked, str):
            return asked
        _propose(asked, {}, ended=True, note=reason)
        _answered(asked, Answer.ENDED)
    return "done"


def say_waiting(*, once: Once, link: ConfirmationLink, confirmation_id: UUID, weeks: Weeks) -> Done:
    """Say the waiting time through a mailed link; it leaves the three answers open and may be said again.

    It shows at once where the place lets small facts through, else it waits for an editor. Raises as confirm() does.
    """
    with transaction.atomic():
        asked = queries.one_behind(link, confirmation_id)
        if asked is None:
            raise LookupError(confirmation_id)
        if not queries.can_be_confirmed(asked.offer):
            return "gone"
        if not claim(once, PURPOSE):
            return "again"
        by_provider(offer=asked.offer, weeks=weeks, by=by_link(asked))
    return "done"


def by_provider(*, offer: Offer, weeks: Weeks, by: str) -> bool:
    """Let who gives an offer say its waiting time today, through a link or signed in; whether readers see it at once.

    It waits for an editor unless the place lets small facts through; `by` as editing.actions.propose() takes it.
    """
    today = clock.today().isoformat()
    values = {"waiting_min": weeks.least, "waiting_max": weeks.most, "waiting_on": today}
    open_now = Change.objects.filter(offer=offer, by=by, state=ChangeState.OPEN).first()
    with transaction.atomic():
        editing.propose(offer=offer, values={**_wanted(open_now), **values}, by=by, note=_note(open_now))
        now = Offer.objects.get(pk=offer.pk)
        shows = _says(now, weeks)
        if shows:
            waiting.keep_history(offer=now, said_by=ConfirmedBy.PROVIDER)
    return shows


def _says(offer: Offer, weeks: Weeks) -> bool:
    """Whether the offer has this range already, of today."""
    return (offer.waiting_min, offer.waiting_max, offer.waiting_on) == (weeks.least, weeks.most, clock.today())


def by_link(asked: Confirmation) -> str:
    """Who proposes through a mailed link: the asking, never a person."""
    return f"link:{asked.pk}"


def _claimed(once: Once, link: ConfirmationLink, confirmation_id: UUID) -> Confirmation | Done:
    """The asking that may be answered now, or what there is to say instead. Within a transaction."""
    asked = queries.one_behind(link, confirmation_id)
    if asked is None:
        raise LookupError(confirmation_id)
    # two clicks at once: the row is held until the first is done
    fresh = Confirmation.objects.select_for_update().get(pk=asked.pk)
    if fresh.answer or not claim(once, PURPOSE):
        return "again"
    return asked if queries.can_be_confirmed(asked.offer) else "gone"


def _propose(asked: Confirmation, values: Mapping[str, Any], *, ended: bool = False, note: str = "") -> Change | None:
    """Propose beside what this link proposed already: a later proposal of the same asker would take its place."""
    by = by_link(asked)
    before = Change.objects.filter(offer=asked.offer, by=by, state=ChangeState.OPEN).first()
    wanted = {**_wanted(before), **values}
    return editing.propose(offer=asked.offer, values=wanted, by=by, ended=ended, note=note or _note(before))


def _wanted(change: Change | None) -> dict[str, Any]:
    return {name: field["new"] for name, field in change.fields.items()} if change else {}


def _note(change: Change | None) -> str:
    return str(change.note) if change else ""


def _answered(asked: Confirmation, answer: Answer) -> None:
    asked.answer, asked.answered_on = answer, clock.today()
    asked.save(update_fields=["answer", "answered_on"])
    count("offer-check", place=counted_at(asked.offer), by="provider", answer=str(answer.value))


# ---------- editors


def editor_confirms(*, user: User, offer_id: UUID) -> Offer:
    """Let an editor say in one click that an offer is true; whoever was asked need not answer any more.

    Raises PermissionDenied without the right, LookupError when there is no such offer or it is no more.
    """
    with transaction.atomic():
        offer = _of_editor(user, offer_id)
        if not queries.can_be_confirmed(offer):
            raise LookupError(offer_id)
        editing_offers.confirm(offer=offer, by=f"staff:{user.pk}", editor=True)
        count("offer-check", place=counted_at(offer), by="editor", answer=Answer.TRUE.value)
    return offer


def editor_says_waiting(*, user: User, offer_id: UUID, weeks: Weeks) -> Offer:
    """Let an editor say the waiting time as it is today. Raises as editor_confirms() does."""
    offer = _of_editor(user, offer_id)
    return waiting.say(offer=offer, weeks=weeks, said_by=ConfirmedBy.EDITOR, actor=f"staff:{user.pk}")


def _of_editor(user: User, offer_id: UUID) -> Offer:
    offer = Offer.objects.select_related("organisation").prefetch_related("areas").filter(pk=offer_id).first()
    if offer is None:
        raise LookupError(offer_id)
    if not editable(scopes_for(user, "directory.edit")).filter(pk=offer_id).exists():
        raise PermissionDenied("directory.edit")
    return offer


def choose_hiding(*, user: User, place: PlaceInfo, hide_after: int | None) -> None:
    """Let a place choose after how many months (rules.HIDE_CHOICES; None is never) unconfirmed offers are hidden.

    Raises PermissionDenied without the right, ValueError for another number.
    """
    if not may(user, "directory.edit", Scope(place.kind, place.id)):
        raise PermissionDenied("directory.edit")
    if hide_after is not None and hide_after not in rules.HIDE_CHOICES:
        raise ValueError(hide_after)
    with transaction.atomic():
        KeepingChoice.objects.update_or_create(place_id=place.id, defaults={"hide_after": hide_after})
        audit.record(
            actor=f"staff:{user.pk}", act="save", kind="directory.KeepingChoice", record_id=place.id,
            fields=["hide_after"],
        )  # fmt: skip
