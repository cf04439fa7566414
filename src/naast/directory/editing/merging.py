"""Two offers, or two organisations, become one: what stays is chosen, nothing is deleted, old addresses lead on."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from naast.core import audit, clock, generations
from naast.directory import actions as directory
from naast.directory.editing import actions, doubles, queries, rules
from naast.directory.editing.actions import actor_of
from naast.directory.editing.doubles import Likeness, Sketch
from naast.directory.editing.models import Change, ChangeKind, ChangeState, NotDouble, OldSlug, ProfessionalContact
from naast.directory.models import Confirmation, Location, Offer, Organisation, State, WaitingNote
from naast.directory.rules import RecordError
from naast.directory.search import index
from naast.ledger.actions import count
from naast.people.models import Grant
from naast.people.policy_table import ORGANISATION

UNITED = frozenset({"area", "locations"})
CHOSEN = tuple(name for name in rules.FACTS if name not in UNITED)


def sketch_of(offer: Offer) -> Sketch:
    """What is compared of an offer; a missing number or site is its organisation's."""
    return Sketch(
        id=offer.pk,
        name=offer.name,
        organisation=str(offer.organisation_id),
        phone=offer.phone or offer.organisation.phone,
        website=offer.website or offer.organisation.website,
        addresses=frozenset(
            doubles.address_key(where.street, where.postcode, where.town) for where in offer.locations.all()
        ),
        area=frozenset(area.place.slug for area in offer.areas.all()),
    )


def sketches() -> list[Sketch]:
    """What is compared of all offers that readers find or may find again."""
    shown = Offer.objects.filter(state__in=[State.OPEN, State.HIDDEN])
    return [sketch_of(offer) for offer in queries.whole(shown)]


def like(wanted: Sketch) -> list[tuple[Offer, Likeness]]:
    """The offers that a new one looks like."""
    found = doubles.like(wanted, sketches())
    rows = queries.whole(Offer.objects.filter(pk__in=[one.id for one, _how in found])).in_bulk()
    return [(rows[one.id], how) for one, how in found if one.id in rows]


def likely_pairs(ours: Iterable[UUID]) -> list[tuple[Offer, Offer, Likeness]]:
    """Likely doubles of which at least one is among `ours`, without those that somebody called different."""
    keys = set(ours)
    different = set(NotDouble.objects.filter(kind="aanbod").values_list("low", "high"))
    found = [
        (one.id, other.id, how)
        for one, other, how in doubles.pairs(sketches())
        if (one.id in keys or other.id in keys) and _in_order(one.id, other.id) not in different
    ]
    wanted = {pk for one, other, _how in found for pk in (one, other)}
    rows = queries.whole(Offer.objects.filter(pk__in=wanted)).in_bulk()
    return [(rows[one], rows[other], how) for one, other, how in found if one in rows and other in rows]


def _in_order(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    return (one, other) if str(one) < str(other) else (other, one)


def call_different(*, one: UUID, other: UUID, by: str, kind: str = "aanbod") -> None:
    """Remember that two that look alike are two, so that nobody is asked again."""
    low, high = _in_order(one, other)
    with transaction.atomic():
        NotDouble.objects.get_or_create(kind=kind, low=low, high=high)
        audit.record(actor=actor_of(by), act="different", kind="directory.Offer", record_id=low)


def merge(*, keep: Offer, gone: Offer, from_gone: Iterable[str], by: str) -> Offer:
    """Make two offers one: `keep` stays, with these facts of the other; areas and locations are united.

    Proposals, history and old addresses move along; the other keeps its words under its own id, so that it can be taken
    apart again. Raises RecordError when one of them was merged already, they are the same, or the sum is not sound.
    """
    if keep.pk == gone.pk:
        raise RecordError([f"{keep.slug}: dit is twee keer hetzelfde aanbod"])
    with transaction.atomic():
        list(Offer.objects.select_for_update().filter(pk__in=[keep.pk, gone.pk]).order_by("pk"))
        rows = queries.whole(Offer.objects.filter(pk__in=[keep.pk, gone.pk])).in_bulk()
        stays, goes = rows[keep.pk], rows[gone.pk]
        for row in (stays, goes):
            if row.state == State.MERGED:
                raise RecordError([f"{row.slug}: dit aanbod is samengevoegd"])
        before, other = queries.facts_of(stays), queries.facts_of(goes)
        take = {name: other[name] for name in from_gone if name in CHOSEN}
        take["area"] = sorted({*before["area"], *other["area"]})
        known = {(row["street"], row["town"]) for row in before["locations"]}
        take["locations"] = before["locations"] + [
            row for row in other["locations"] if (row["street"], row["town"]) not in known
        ]
        directory.save_offer(record=queries.record_of(stays, take), actor=actor_of(by))
        _move(goes, stays, by)
        goes.state, goes.merged_into, goes.updated_at = State.MERGED, stays, clock.now()
        goes.save(update_fields=["state", "merged_into", "updated_at"])
        Offer.objects.filter(merged_into=goes).update(merged_into=stays)
        actions.note_edit(offer=stays, before=before, by=by, kind=ChangeKind.MERGE)
        index.put([stays.pk, goes.pk])
        audit.record(actor=actor_of(by), act="merge", kind="directory.Offer", record_id=goes.pk, fields=sorted(take))
        count("offer-saved", place=queries.counted_at(stays), state="merged")
        generations.bump()
    return Offer.objects.get(pk=stays.pk)


def _move(goes: Offer, stays: Offer, by: str) -> None:
    """Move history, answers, waiting times, proposals, old addresses and the professionals' contact to what stays."""
    open_there = set(Change.objects.filter(offer=stays, state=ChangeState.OPEN).values_list("by", flat=True))
    Change.objects.filter(offer=goes, state=ChangeState.OPEN, by__in=open_there).update(
        state=ChangeState.WITHDRAWN, decided_by=by, decided_on=clock.now(), live=[]
    )
    Change.objects.filter(offer=goes).update(offer=stays)
    OldSlug.objects.filter(offer=goes).update(offer=stays)
    if not ProfessionalContact.objects.filter(offer=stays).exists():
        ProfessionalContact.objects.filter(offer=goes).update(offer=stays)
    # what was said of the one that stays stands; of a day or date it says nothing about, the other's word is kept
    days = stays.waiting_notes.values("said_on")
    WaitingNote.objects.filter(offer=goes).exclude(said_on__in=days).update(offer=stays)
    # a question that still waits was asked about the other: its link leads on (keeping), and what stays is asked anew
    dates = stays.confirmations.values("due")
    Confirmation.objects.filter(offer=goes).exclude(answer="").exclude(due__in=dates).update(offer=stays)


def take_apart(*, offer: Offer, by: str) -> Offer:
    """Make a merged offer one of its own again, as it was; what the other took over stays with the other too."""
    with transaction.atomic():
        row = Offer.objects.select_for_update().get(pk=offer.pk)
        if row.state != State.MERGED:
            return row
        row.state, row.merged_into, row.updated_at = State.HIDDEN, None, clock.now()
        row.save(update_fields=["state", "merged_into", "updated_at"])
        index.put([row.pk])
        audit.record(actor=actor_of(by), act="take-apart", kind="directory.Offer", record_id=row.pk, fields=["state"])
        generations.bump()
    return row


# ---------- organisations


def organisation_sketch(row: Organisation) -> Sketch:
    """What is compared of an organisation."""
    return Sketch(
        id=row.pk,
        name=row.name,
        phone=row.phone,
        website=row.website,
        addresses=frozenset(
            doubles.address_key(where.street, where.postcode, where.town) for where in row.locations.all()
        ),
    )


def like_organisations(wanted: Sketch) -> list[tuple[Organisation, Likeness]]:
    """The organisations that one looks like."""
    rows = {row.pk: row for row in Organisation.objects.filter(ended=False).prefetch_related("locations")}
    found = doubles.like(wanted, [organisation_sketch(row) for row in rows.values()])
    return [(rows[one.id], how) for one, how in found]


def merge_organisations(*, keep: Organisation, gone: Organisation, from_gone: Iterable[str], by: str) -> Organisation:
    """Make two organisations one: offers, locations and who may keep them move to the one that stays.

    `from_gone`: names of facts taken from the other; what is empty is filled from it anyway. Raises RecordError when
    one of them was merged already or both are the same.
    """
    if keep.pk == gone.pk:
        raise RecordError([f"{keep.slug}: dit is twee keer dezelfde organisatie"])
    with transaction.atomic():
        rows = {
            row.pk: row
            for row in Organisation.objects.select_for_update().filter(pk__in=[keep.pk, gone.pk]).order_by("pk")
        }
        stays, goes = rows[keep.pk], rows[gone.pk]
        for row in (stays, goes):
            if row.merged_into_id:
                raise RecordError([f"{row.slug}: deze organisatie is samengevoegd"])
        taken = _fill(stays, goes, set(from_gone))
        moved = list(goes.offers.values_list("pk", flat=True))
        _move_locations(goes, stays)
        goes.offers.update(organisation=stays, updated_at=clock.now())
        Organisation.objects.filter(merged_into=goes).update(merged_into=stays)
        OldSlug.objects.filter(organisation=goes).update(organisation=stays)
        _move_providers(goes, stays)
        goes.ended, goes.merged_into, goes.updated_at = True, stays, clock.now()
        goes.save(update_fields=["ended", "merged_into", "updated_at"])
        stays.updated_at = clock.now()
        stays.save()
        index.put([*moved, *stays.offers.values_list("pk", flat=True)])
        audit.record(
            actor=actor_of(by), act="merge", kind="directory.Organisation", record_id=goes.pk, fields=sorted(taken)
        )
        generations.bump()
    return stays


ORGANISATION_FACTS = ("name", "kind", "about", "website", "phone", "email", "source")


def _fill(stays: Organisation, goes: Organisation, chosen: set[str]) -> Mapping[str, str]:
    taken = {
        name: getattr(goes, name)
        for name in ORGANISATION_FACTS
        if getattr(goes, name) and (name in chosen or not getattr(stays, name))
    }
    for name, value in taken.items():
        setattr(stays, name, value)
    return taken


def _move_locations(goes: Organisation, stays: Organisation) -> None:
    known = {(where.street, where.town): where for where in stays.locations.all()}
    for where in list(goes.locations.all()):
        there = known.get((where.street, where.town))
        if there is None:
            Location.objects.filter(pk=where.pk).update(organisation=stays)
            continue
        for offer in where.offers.all():
            offer.locations.add(there)
        where.delete()


def _move_providers(goes: Organisation, stays: Organisation) -> None:
    """Who keeps the offers of the one that goes keeps them at the one that stays."""
    here = Grant.objects.filter(scope_kind=ORGANISATION, scope_id=goes.pk)
    known = set(
        Grant.objects.filter(scope_kind=ORGANISATION, scope_id=stays.pk).values_list("user_id", "role", "starts")
    )
    for grant in here:
        if (grant.user_id, grant.role, grant.starts) not in known:
            grant.scope_id = stays.pk
            grant.save(update_fields=["scope_id"])
