"""Writing the directory: organisations and offers with their area, locations and index, in one transaction each.

What a file gives is checked whole before anything is written: RecordError names every record that cannot be taken.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from naast.core import audit, clock, generations
from naast.directory import rules
from naast.directory.editing.queries import kept_by_people
from naast.directory.models import ConfirmedBy, Location, Offer, OfferArea, Organisation, State
from naast.directory.queries import fixed_addresses
from naast.directory.rules import OfferRecord, RecordError
from naast.directory.search import index
from naast.directory.waiting import actions as waiting
from naast.places.models import Place

ORGANISATION_FIELDS = ("slug", "name", "kind", "about", "website", "phone", "email", "source")
OFFER_FIELDS = (
    "slug", "name", "summary", "description", "audiences", "age_min", "age_max", "phases", "subjects", "forms",
    "languages", "costs", "costs_text", "payers", "referral", "waiting", "evidence", "evidence_year", "evidence_text",
    "phone", "website", "hours", "special_groups", "offered_when", "offered_by", "source", "checked_on", "is_helpline",
    "opening", "starts", "waiting_min", "waiting_max", "waiting_on",
)  # fmt: skip


@dataclass(frozen=True)
class Loaded:
    """How many records a load wrote and how many were the same already."""

    written: int
    same: int


def load_shipped() -> Loaded:
    """Load what comes with the project. Idempotent; what others added stays, and so does what somebody confirmed or ended.

    A provider's or editor's word is younger than our file: a new version must not take it back.
    """
    offers = yaml.safe_load((rules.DATA / "offers.yaml").read_text(encoding="utf-8"))
    said = Q(confirmed_by__in=(ConfirmedBy.PROVIDER, ConfirmedBy.EDITOR)) | ~Q(state=State.OPEN)
    ours, houses = kept_by_people()
    kept = {str(pk) for pk in {*Offer.objects.filter(said).values_list("pk", flat=True), *ours, *houses}}
    organisations = yaml.safe_load((rules.DATA / "organisations.yaml").read_text(encoding="utf-8"))
    loaded = load_records(
        organisations=[row for row in organisations if row["id"] not in kept],
        offers=[row for row in offers if row["id"] not in kept],
        actor="system",
    )
    return replace(loaded, same=loaded.same + len(kept & {row["id"] for row in (*offers, *organisations)}))


def load_records(
    *, organisations: Sequence[Mapping[str, Any]], offers: Sequence[Mapping[str, Any]], actor: str
) -> Loaded:
    """Write organisations and offers by their id, in one transaction: all of them, or none and RecordError."""
    records = _checked(offers)
    with transaction.atomic():
        written = _save_organisations(organisations)
        by_slug = {organisation.slug: organisation for organisation in Organisation.objects.all()}
        places = _places_of(records)
        _refuse_unknown(records, by_slug, places)
        _refuse_fixed(records)
        _refuse_taken(((r.id, r.slug) for r in records), dict(Offer.objects.values_list("slug", "pk")))
        known = {offer.pk: offer for offer in Offer.objects.prefetch_related("areas__place", "locations")}
        changed = [record for record in records if _save_offer(record, by_slug, places, known.get(record.id))]
        # an organisation's new name stands in the text of its offers
        renamed = Offer.objects.filter(organisation_id__in=written).values_list("pk", flat=True)
        touched = {record.id for record in changed} | set(renamed)
        index.put(touched)
        if touched or written:
            audit.record(actor=actor, act="load", kind="directory.Offer", record_id="many")
            generations.bump()
    return Loaded(len(written) + len(changed), len(organisations) + len(records) - len(written) - len(changed))


def save_offer(*, record: OfferRecord, actor: str) -> Offer:
    """Write one offer of an organisation that is known. Raises RecordError when it is not sound."""
    problems = rules.offer_problems(record)
    if problems:
        raise RecordError(problems)
    with transaction.atomic():
        by_slug = {row.slug: row for row in Organisation.objects.filter(slug=record.organisation)}
        places = _places_of([record])
        _refuse_unknown([record], by_slug, places)
        _refuse_fixed([record])
        _refuse_taken(
            [(record.id, record.slug)], dict(Offer.objects.filter(slug=record.slug).values_list("slug", "pk"))
        )
        known = Offer.objects.filter(pk=record.id).prefetch_related("areas__place", "locations").first()
        before = _areas(known) if known else ()
        if _save_offer(record, by_slug, places, known):
            index.put([record.id])
            audit.record(actor=actor, act="save", kind="directory.Offer", record_id=record.id, fields=OFFER_FIELDS)
            _bump({*record.area, *before})
    return Offer.objects.get(pk=record.id)


def remove_offer(*, offer_id: UUID, actor: str) -> None:
    """Take an offer away, with its index. Nothing happens when it is gone already."""
    with transaction.atomic():
        offer = Offer.objects.filter(pk=offer_id).prefetch_related("areas__place").first()
        if offer is None:
            return
        index.take_out([offer_id])
        slugs = set(_areas(offer))
        offer.delete()
        audit.record(actor=actor, act="remove", kind="directory.Offer", record_id=offer_id)
        _bump(slugs)


def _checked(rows: Sequence[Mapping[str, Any]]) -> list[OfferRecord]:
    records, problems = [], []
    for row in rows:
        try:
            records.append(rules.offer_record(row))
        except RecordError as error:
            problems += error.problems
    for key in ("id", "slug"):
        seen: set[object] = set()
        for record in records:
            value = getattr(record, key)
            if value in seen:
                problems.append(f"{record.slug}: {key} staat er twee keer in")
            seen.add(value)
    if problems:
        raise RecordError(problems)
    return records


def _places_of(records: Iterable[OfferRecord]) -> dict[str, Place]:
    """The places that records serve or whose editors keep them, by slug."""
    slugs = {slug for record in records for slug in (*record.area, record.keeper) if slug}
    return {place.slug: place for place in Place.objects.filter(slug__in=slugs)}


def _refuse_unknown(
    records: Iterable[OfferRecord], organisations: Mapping[str, Organisation], places: Mapping[str, Place]
) -> None:
    problems = [
        f"{r.slug}: organisatie '{r.organisation}' is onbekend" for r in records if r.organisation not in organisations
    ]
    problems += [
        f"{r.slug}: plaats '{slug}' is onbekend"
        for r in records
        for slug in (*r.area, r.keeper)
        if slug and slug not in places
    ]
    if problems:
        raise RecordError(problems)


def _refuse_fixed(records: Iterable[OfferRecord]) -> None:
    problems = [f"{r.slug}: dit is een vast adres van een eigen pagina" for r in records if r.slug in fixed_addresses()]
    if problems:
        raise RecordError(problems)


def _save_organisations(rows: Sequence[Mapping[str, Any]]) -> set[UUID]:
    """Write organisations that are new or changed; returns their ids. Raises RecordError."""
    problems = [problem for row in rows for problem in rules.organisation_problems(row)]
    if problems:
        raise RecordError(problems)
    known = {organisation.pk: organisation for organisation in Organisation.objects.all()}
    _refuse_taken(((UUID(str(row["id"])), str(row["slug"])) for row in rows), {o.slug: o.pk for o in known.values()})
    written = set()
    for row in rows:
        values = {name: str(row.get(name) or "") for name in ORGANISATION_FIELDS}
        organisation = known.get(UUID(str(row["id"]))) or Organisation(pk=UUID(str(row["id"])))
        if organisation._state.adding or any(getattr(organisation, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(organisation, name, value)
            organisation.updated_at = clock.now()
            _clean(organisation)
            organisation.save()
            written.add(organisation.pk)
    return written


def _refuse_taken(wanted: Iterable[tuple[UUID, str]], taken: Mapping[str, UUID]) -> None:
    problems = [f"{slug}: deze slug hoort al bij een ander record" for pk, slug in wanted if taken.get(slug, pk) != pk]
    if problems:
        raise RecordError(problems)


def _clean(record: Organisation | Offer) -> None:
    """Refuse texts that are too long and addresses that are none, with the names of the fields."""
    try:
        record.clean_fields(exclude={"organisation", "id"})
    except ValidationError as error:
        named = [f"{record.slug}: {name}: {' '.join(texts)}" for name, texts in error.message_dict.items()]
        raise RecordError(named) from error


def _areas(offer: Offer) -> tuple[str, ...]:
    return tuple(sorted(area.place.slug for area in offer.areas.all()))


def _values(record: OfferRecord) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in OFFER_FIELDS}
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return plain | {name: plain[name] or None for name in ("opening", "starts")}


def _save_offer(
    record: OfferRecord, organisations: Mapping[str, Organisation], places: Mapping[str, Place], known: Offer | None
) -> bool:
    """Write one offer unless it is the same already; tells whether it was written."""
    organisation = organisations[record.organisation]
    values = _values(record)
    keeper = places.get(record.keeper)
    if (
        known is not None
        and known.keeper_id == (keeper and keeper.pk)
        and _is_same(known, record, organisation, values)
    ):
        return False
    offer = known or Offer(pk=record.id)
    if offer.confirmed_by == ConfirmedBy.NOBODY or offer.checked_on != record.checked_on:
        offer.confirmed_by = ConfirmedBy.SOURCE if record.checked_on else ConfirmedBy.NOBODY
    if offer.checked_on != record.checked_on:
        offer.next_check = None  # keeping.asking.set_dates() sets it anew
    waited = offer.waiting_min, offer.waiting_max, offer.waiting_on
    for name, value in values.items():
        setattr(offer, name, value)
    offer.organisation, offer.keeper, offer.updated_at = organisation, keeper, clock.now()
    _clean(offer)
    offer.save()
    offer.areas.all().delete()
    OfferArea.objects.bulk_create(OfferArea(offer=offer, place=places[slug]) for slug in dict.fromkeys(record.area))
    offer.locations.set([_location(organisation, row) for row in record.locations])
    if waited != (offer.waiting_min, offer.waiting_max, offer.waiting_on):
        waiting.keep_history(offer=offer, said_by=ConfirmedBy.SOURCE)
    return True


def _is_same(offer: Offer, record: OfferRecord, organisation: Organisation, values: Mapping[str, Any]) -> bool:
    return (
        offer.organisation_id == organisation.pk
        and all(getattr(offer, name) == value for name, value in values.items())
        and _areas(offer) == tuple(sorted(set(record.area)))
        and {(where.street, where.town) for where in offer.locations.all()}
        == {(str(row.get("street") or ""), str(row.get("town") or "")) for row in record.locations}
    )


def _location(organisation: Organisation, row: Mapping[str, str]) -> Location:
    place = Place.objects.filter(slug=row.get("place") or "").first()
    location, _ = Location.objects.update_or_create(
        organisation=organisation,
        street=row.get("street") or "",
        town=row.get("town") or "",
        defaults={"name": row.get("name") or "", "postcode": row.get("postcode") or "", "place": place},
    )
    return location


def _bump(slugs: Iterable[str]) -> None:
    """Say that these places show something new; an offer of a region or the country shows in many, so all do."""
    narrow = set(slugs)
    if Place.objects.filter(slug__in=narrow).exclude(kind="municipality").exists():
        generations.bump()
        return
    for slug in narrow:
        generations.bump(slug)
