"""Reading for editors and providers: which offers are theirs, what stands in an offer, which changes wait."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from naast.core.models import AuditLine
from naast.directory.editing import rules
from naast.directory.editing.models import Change, ChangeKind, ChangeState, OldSlug, PlaceRule, ProfessionalContact
from naast.directory.models import Offer, OfferArea, Organisation, State
from naast.directory.rules import COUNTRY, OfferRecord
from naast.people.policy import covers
from naast.people.policy_table import ORGANISATION, REGION
from naast.people.rules import Scope
from naast.places import queries as places
from naast.places.rules import PlaceInfo

_TUPLES = frozenset({*rules.SETS, "locations", "opening", "starts"})
_DATES = frozenset({"checked_on", "waiting_on"})


# ---------- whose an offer is


def editable(scopes: Iterable[Scope]) -> QuerySet[Offer]:
    """The offers that editors at these scopes keep.

    An offer with a keeper belongs to that place's editors (a region's cover its municipalities). Without one it belongs
    to whose places hold its whole area, and to the regional editors of any part of it; to all of these where it is national.
    """
    scopes = list(scopes)
    ids = {scope.id for scope in scopes}
    areas = OfferArea.objects.filter(offer=OuterRef("pk"))
    mine, others = areas.filter(place_id__in=ids), areas.exclude(place_id__in=ids)
    free = Q(Exists(mine)) & ~Q(Exists(others))
    if any(scope.kind == REGION for scope in scopes):
        free |= Q(Exists(areas.filter(Q(place_id__in=ids) | Q(place__slug=COUNTRY))))
    return Offer.objects.filter(Q(keeper_id__in=ids) | (Q(keeper__isnull=True) & free))


def own(scopes: Iterable[Scope]) -> QuerySet[Offer]:
    """The offers of these organisations that a provider sees as theirs: merged ones left the house."""
    ids = {scope.id for scope in scopes if scope.kind == ORGANISATION}
    return Offer.objects.filter(organisation_id__in=ids).exclude(state=State.MERGED).order_by("name")


def organisation_name(organisation_id: UUID) -> str:
    """The name of an organisation; empty where there is none."""
    return Organisation.objects.filter(pk=organisation_id).values_list("name", flat=True).first() or ""


def organisations_at(place: PlaceInfo) -> dict[UUID, str]:
    """The organisations all of whose help the editors of this place keep, by id: its administrator gives roles there.

    One that also helps elsewhere is the region's: who is its provider changes facts in every place.
    """
    offers = editable([Scope(place.kind, place.id), *covers(Scope(place.kind, place.id))])
    elsewhere = Offer.objects.exclude(pk__in=offers.values("pk")).exclude(state=State.MERGED)
    rows = Organisation.objects.filter(pk__in=offers.values("organisation_id"), merged_into=None)
    rows = rows.exclude(pk__in=elsewhere.values("organisation_id"))
    return dict(rows.values_list("pk", "name"))


def whole(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """The same offers with all that their facts need, read at once."""
    return offers.select_related("organisation", "keeper").prefetch_related("areas__place", "locations__place")


def editable_organisation(organisation: Organisation, scopes: Iterable[Scope]) -> bool:
    """Tell whether editors at these scopes keep an organisation: all of its offers are theirs, or it has none."""
    ours = editable(scopes).values("pk")
    return not organisation.offers.exclude(pk__in=ours).exclude(state=State.MERGED).exists()


def keeper_of(offer: Offer) -> PlaceInfo | None:
    """The place whose editors decide about an offer: its keeper, else the one place of its area; None for all others."""
    if offer.keeper_id:
        return places.by_id(offer.keeper_id)
    areas = [area.place_id for area in offer.areas.all()]
    found = places.by_id(areas[0]) if len(areas) == 1 else None
    return found if found and found.slug != COUNTRY else None


def counted_at(offer: Offer) -> str:
    """The slug under which an offer's editing is counted: the place whose editors decide about it, else the country's."""
    place = keeper_of(offer)
    return place.slug if place else COUNTRY


def small_facts_live(offer: Offer) -> bool:
    """Whether phone, hours and waiting time of an offer show at once when its provider changes them.

    Never of a helpline: who broke into a mailbox could lead people in danger to another number.
    """
    place = keeper_of(offer)
    return (
        place is not None
        and not offer.is_helpline
        and PlaceRule.objects.filter(place_id=place.id, small_facts_live=True).exists()
    )


# ---------- facts as plain values


def facts_of(offer: Offer) -> dict[str, Any]:
    """All facts of an offer as plain JSON values by name: what changes compare and keep."""
    facts = {
        name: getattr(offer, name)
        for name in (*rules.FACTS, *rules.WAITING, rules.STATE)
        if name not in ("area", "locations", "organisation")
    }
    facts |= {name: facts[name].isoformat() if facts[name] else None for name in _DATES}
    facts["organisation"] = offer.organisation.slug
    facts["area"] = sorted(area.place.slug for area in offer.areas.all())
    facts["locations"] = [
        {
            "name": where.name,
            "street": where.street,
            "postcode": where.postcode,
            "town": where.town,
            "place": where.place.slug if where.place else "",
        }
        for where in offer.locations.all()
    ]
    return facts


def record_of(offer: Offer, facts: Mapping[str, Any]) -> OfferRecord:
    """Return an offer with these facts in place of its own, as save_offer() takes it. Nothing is checked here."""
    merged = {**facts_of(offer), **facts}
    return record_from(merged, id=offer.pk, slug=offer.slug, keeper=offer.keeper.slug if offer.keeper else "")


def record_from(facts: Mapping[str, Any], *, id: UUID, slug: str, keeper: str) -> OfferRecord:
    """Return plain values as a record."""
    values: dict[str, Any] = {}
    for name in (*rules.FACTS, *rules.WAITING):
        value = facts.get(name)
        if name in _TUPLES:
            values[name] = tuple(value or ())
        elif name in _DATES:
            values[name] = date.fromisoformat(value) if isinstance(value, str) and value else value or None
        elif name in ("age_min", "age_max", "evidence_year", "waiting_min", "waiting_max"):
            values[name] = value
        elif name == "is_helpline":
            values[name] = bool(value)
        else:
            values[name] = value or ""
    return OfferRecord(id=id, slug=slug, keeper=keeper, **values)


def with_contact(ids: Iterable[UUID]) -> set[UUID]:
    """Of these offers the ones at which professionals can ask somebody."""
    return set(ProfessionalContact.objects.filter(offer_id__in=list(ids)).values_list("offer_id", flat=True))


# ---------- changes


def waiting_changes(scopes: Iterable[Scope]) -> QuerySet[Change]:
    """Proposals that wait for editors at these scopes, oldest first."""
    return (
        Change.objects.filter(state=ChangeState.OPEN, offer__in=editable(scopes))
        .select_related("offer__organisation")
        .order_by("made_on")
    )


def history(offer: Offer) -> QuerySet[Change]:
    """What was proposed and changed of an offer, newest first."""
    return Change.objects.filter(offer=offer).order_by("-made_on")


def proposals_by_others(offer: Offer) -> QuerySet[Change]:
    """An offer's proposals, newest first: what its provider sees, whoever of them made it."""
    return Change.objects.filter(offer=offer, kind=ChangeKind.PROPOSAL).order_by("-made_on")


def unreviewed(offer: Offer) -> dict[str, date]:
    """Small facts that readers see before an editor looked: name → the day the provider changed it."""
    found: dict[str, date] = {}
    rows = Change.objects.filter(offer=offer, state=ChangeState.OPEN).exclude(live=[]).order_by("made_on")
    for live, made_on in rows.values_list("live", "made_on"):
        found |= dict.fromkeys(live, localdate(made_on))
    return found


def kept_by_people() -> tuple[set[UUID], set[UUID]]:
    """Offers and organisations that people here changed, renamed, ended or merged: a load of files leaves them alone."""
    gone = set(Organisation.objects.filter(ended=True).values_list("pk", flat=True))
    lines = AuditLine.objects.filter(kind="directory.Organisation", act="save", actor__startswith="staff:")
    written = {UUID(pk) for pk in lines.values_list("record_id", flat=True)}
    changed = Change.objects.filter(state__in=[ChangeState.ACCEPTED, ChangeState.PARTLY]).values("offer")
    offers = Offer.objects.filter(Q(pk__in=changed) | Q(old_slugs__isnull=False) | Q(organisation__in=gone))
    return set(offers.values_list("pk", flat=True)), gone | written


# ---------- old addresses


def where_now(slug: str) -> str | None:
    """The slug under which an offer with this old address stands now; None when there is none, or it runs in a ring."""
    at = OldSlug.objects.filter(kind="aanbod", slug=slug).values_list("offer__slug", flat=True).first() or slug
    leads: dict[str, str] = {}
    step: str | None = at
    while step and step not in leads:
        row = Offer.objects.filter(slug=step, state=State.MERGED).values_list("merged_into__slug", flat=True).first()
        if row is None:
            break
        leads[step] = row
        step = row
    end = rules.slug_path(at, leads)
    return None if end is None or end == slug or not Offer.objects.filter(slug=end).exists() else end
