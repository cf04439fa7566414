"""What editors do with offers and organisations: save, rename, end, open again. Each in one transaction, kept in the history."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from uuid import uuid4

from django.db import transaction

from naast.core import audit, clock, generations
from naast.directory import actions as directory
from naast.directory.editing import actions, queries, rules
from naast.directory.editing.actions import Changed, actor_of
from naast.directory.editing.models import OldSlug
from naast.directory.keeping.models import Answer
from naast.directory.keeping.rules import check_after
from naast.directory.models import ConfirmedBy, Offer, Organisation, State
from naast.directory.queries import fixed_addresses
from naast.directory.rules import COUNTRY, RecordError
from naast.directory.search import index
from naast.ledger.actions import count


@dataclass(frozen=True)
class NewOrganisation:
    """An organisation as an editor names it beside a new offer."""

    name: str
    kind: str = "lokaal"
    website: str = ""
    phone: str = ""
    email: str = ""
    about: str = ""


def stamp(offer: Offer) -> str:
    """Return a mark of all facts of an offer: another mark means that somebody changed it."""
    facts = {name: rules.normal(name, value) for name, value in queries.facts_of(offer).items()}
    return blake2b(repr(sorted(facts.items())).encode(), digest_size=8).hexdigest()


def save(
    *,
    offer: Offer | None,
    facts: Mapping[str, Any],
    keeper: str,
    by: str,
    seen: str = "",
    organisation: NewOrganisation | None = None,
) -> Offer:
    """Write an offer as an editor's form gives it; a new organisation is made with it. The history keeps what changed.

    `facts` by name, `keeper` the slug of the place whose editors keep it ("" for the regional editors), `seen` the
    stamp() of the offer the form began with. Raises Changed when a colleague saved in between, RecordError when it is
    not sound: then nothing is written, the organisation neither.
    """
    with transaction.atomic():
        before: dict[str, Any] | None = None
        if offer is not None:
            Offer.objects.select_for_update().filter(pk=offer.pk).first()
            offer = queries.whole(Offer.objects.filter(pk=offer.pk)).get()
            if seen and seen != stamp(offer):
                raise Changed
            before = queries.facts_of(offer)
        values = dict(facts)
        if organisation is not None:
            values["organisation"] = add_organisation(organisation, by).slug
        if offer is None:
            slug = rules.fresh_slug(str(values.get("name") or ""), _taken_slugs())
            record = queries.record_from(values, id=uuid4(), slug=slug, keeper=keeper)
        else:
            record = queries.record_from({**(before or {}), **values}, id=offer.pk, slug=offer.slug, keeper=keeper)
        saved = directory.save_offer(record=record, actor=actor_of(by))
        if before is not None:
            actions.note_edit(offer=saved, before=before, by=by)
        count("offer-saved", place=keeper or COUNTRY, state="new" if offer is None else "changed")
    return saved


def _taken_slugs() -> set[str]:
    """Addresses that are or were somebody's, or a page's of ours: an old address never leads to another offer."""
    old = OldSlug.objects.filter(kind="aanbod").values_list("slug", flat=True)
    return {*Offer.objects.values_list("slug", flat=True), *old, *fixed_addresses()}


def add_organisation(new: NewOrganisation, by: str) -> Organisation:
    """Make an organisation. Raises RecordError when its name is missing or a value is none. Within a transaction."""
    old = OldSlug.objects.filter(kind="organisatie").values_list("slug", flat=True)
    slug = rules.fresh_slug(new.name, {*Organisation.objects.values_list("slug", flat=True), *old})
    row = Organisation(
        slug=slug if new.name.strip() else "",
        name=new.name.strip(),
        kind=new.kind,
        website=new.website,
        phone=new.phone,
        email=new.email,
        about=new.about,
        updated_at=clock.now(),
    )
    save_organisation(row, by)
    return row


def save_organisation(row: Organisation, by: str) -> None:
    """Write an organisation; its name stands in the words by which its offers are found. Raises RecordError."""
    from django.core.exceptions import ValidationError

    from naast.directory.rules import organisation_problems

    fields = ("name", "kind", "about", "website", "phone", "email", "source")
    problems = organisation_problems({"id": row.pk, "slug": row.slug, **{name: getattr(row, name) for name in fields}})
    if problems:
        raise RecordError(problems)
    try:
        row.clean_fields(exclude={"id", "merged_into"})
    except ValidationError as error:
        raise RecordError(
            [f"{row.slug}: {name}: {' '.join(said)}" for name, said in error.message_dict.items()]
        ) from error
    with transaction.atomic():
        row.updated_at = clock.now()
        row.save()
        index.put(list(row.offers.values_list("pk", flat=True)))
        audit.record(actor=actor_of(by), act="save", kind="directory.Organisation", record_id=row.pk, fields=fields)
        generations.bump()


def rename(*, offer: Offer, slug: str, by: str) -> Offer:
    """Give an offer another address; the old one leads there. Raises RecordError when it is taken or no address."""
    from django.core.validators import validate_slug

    wanted = slug.strip().lower()
    try:
        validate_slug(wanted)
    except Exception as error:
        raise RecordError([f"{wanted or '?'}: dit is geen adres"]) from error
    with transaction.atomic():
        row = Offer.objects.select_for_update().get(pk=offer.pk)
        if wanted == row.slug:
            return row
        mine = set(OldSlug.objects.filter(kind="aanbod", offer=row).values_list("slug", flat=True))
        if wanted in fixed_addresses():
            raise RecordError([f"{wanted}: dit is een vast adres van een eigen pagina"])
        if wanted in _taken_slugs() - mine or len(wanted) > 100:
            raise RecordError([f"{wanted}: deze slug hoort al bij een ander record"])
        OldSlug.objects.filter(kind="aanbod", slug=wanted).delete()
        OldSlug.objects.create(kind="aanbod", slug=row.slug, offer=row, since=clock.now())
        row.slug, row.updated_at = wanted, clock.now()
        row.save(update_fields=["slug", "updated_at"])
        audit.record(actor=actor_of(by), act="rename", kind="directory.Offer", record_id=row.pk, fields=["slug"])
        generations.bump()
    return row


def set_state(*, offer: Offer, state: State, by: str, in_history: bool = True) -> Offer:
    """End an offer, hide it or open it again; a proposal that says so stands in the history by itself.

    Raises RecordError for what cannot open: merged, or its organisation ended.
    """
    with transaction.atomic():
        row = queries.whole(Offer.objects.select_for_update(of=("self",)).filter(pk=offer.pk)).get()
        if row.state == state:
            return row
        if row.state == State.MERGED or state == State.MERGED:
            raise RecordError([f"{row.slug}: dit aanbod is samengevoegd"])
        if state == State.OPEN and row.organisation.ended:
            raise RecordError([f"{row.slug}: de organisatie bestaat niet meer"])
        before = queries.facts_of(row)
        row.state, row.updated_at = state, clock.now()
        row.save(update_fields=["state", "updated_at"])
        index.put([row.pk])
        if in_history:
            actions.note_edit(offer=row, before=before, by=by)
        audit.record(actor=actor_of(by), act="state", kind="directory.Offer", record_id=row.pk, fields=["state"])
        count("offer-saved", place=queries.counted_at(row), state=state.value)
        generations.bump()
    return row


def confirm(*, offer: Offer, by: str, editor: bool = False) -> Offer:
    """Say that an offer is still true today, as who gives it or as an editor. What nobody had confirmed shows again."""
    with transaction.atomic():
        row = Offer.objects.select_for_update().get(pk=offer.pk)
        if row.state not in (State.OPEN, State.HIDDEN):
            return row
        today = clock.today()
        row.confirmed_by = ConfirmedBy.EDITOR if editor else ConfirmedBy.PROVIDER
        row.checked_on, row.next_check, row.updated_at = today, check_after(today), clock.now()
        row.state = State.OPEN if not row.organisation.ended else row.state
        row.save(update_fields=["confirmed_by", "checked_on", "next_check", "updated_at", "state"])
        row.confirmations.filter(answer="").update(answer=Answer.TRUE, answered_on=today)
        index.put([row.pk])
        audit.record(actor=actor_of(by), act="confirm", kind="directory.Offer", record_id=row.pk, fields=["checked_on"])
        count("offer-saved", place=queries.counted_at(row), state="confirmed")
        generations.bump()
    return row


def end_organisation(*, organisation: Organisation, by: str) -> int:
    """Say that an organisation is no more; its offers end with it. Returns how many ended. Nothing is deleted."""
    with transaction.atomic():
        row = Organisation.objects.select_for_update().get(pk=organisation.pk)
        open_offers = [one for one in row.offers.all() if one.state in (State.OPEN, State.HIDDEN)]
        for one in open_offers:
            set_state(offer=one, state=State.ENDED, by=by)
        if not row.ended:
            row.ended, row.updated_at = True, clock.now()
            row.save(update_fields=["ended", "updated_at"])
            audit.record(
                actor=actor_of(by), act="end", kind="directory.Organisation", record_id=row.pk, fields=["ended"]
            )
            generations.bump()
    return len(open_offers)


def reopen_organisation(*, organisation: Organisation, by: str) -> None:
    """Take back that an organisation ended; its offers stay ended until an editor opens them one by one."""
    with transaction.atomic():
        row = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if row.merged_into_id:
            raise RecordError([f"{row.slug}: deze organisatie is samengevoegd"])
        row.ended, row.updated_at = False, clock.now()
        row.save(update_fields=["ended", "updated_at"])
        audit.record(
            actor=actor_of(by), act="reopen", kind="directory.Organisation", record_id=row.pk, fields=["ended"]
        )
        generations.bump()
