"""Reading what must be confirmed: which offers are due, who is asked about them, what stands behind a mailed link.

A night's reading costs the same few queries for 10 and for 10,000 offers that are due.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import islice
from typing import Literal, TypeVar
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet

from naast.core import clock
from naast.directory.keeping import rules
from naast.directory.models import (
    Confirmation,
    ConfirmationLink,
    KeepingChoice,
    Offer,
    OfferArea,
    Organisation,
    State,
)
from naast.people.models import Grant, User
from naast.people.policy import Scope
from naast.people.policy_table import ORGANISATION, TABLE
from naast.people.queries import who_may
from naast.places import queries as places

ASKED = (State.OPEN, State.HIDDEN)  # what ended or was merged is asked of nobody
AT_ONCE = 500  # ids in one question to the database
SHOWN = 50  # offers on one page of a mailed link

Item = TypeVar("Item")


def pieces(items: Iterable[Item], size: int = AT_ONCE) -> Iterator[list[Item]]:
    """Cut a row into pieces that every database takes."""
    rest = iter(items)
    while piece := list(islice(rest, size)):
        yield piece


def asked_about() -> QuerySet[Offer]:
    """The offers whose owner is asked now and then: open or hidden, of an organisation that exists."""
    return Offer.objects.filter(state__in=ASKED, organisation__ended=False)


# ---------- who is asked


@dataclass(frozen=True)
class Due:
    """An offer whose date came, with what decides who is asked."""

    offer_id: UUID
    organisation_id: UUID
    keeper_id: UUID | None
    next_check: date


def due(today: date) -> list[Due]:
    """The offers whose date came."""
    rows = asked_about().filter(next_check__lte=today).order_by("pk")
    names = ("pk", "organisation_id", "keeper_id", "next_check")
    return [Due(pk, organisation, keeper, day) for pk, organisation, keeper, day in rows.values_list(*names) if day]


def reachable() -> set[UUID]:
    """The organisations that can be asked: somebody holds the role of provider there, or it has a general address."""
    roles = list(TABLE["directory.own"])
    held = Grant.objects.in_force(clock.today()).filter(
        role__in=roles, scope_kind=ORGANISATION, user__is_active=True
    )  # fmt: skip
    mailed = Organisation.objects.exclude(email="").values_list("pk", flat=True)
    return {*held.values_list("scope_id", flat=True), *mailed}


def owners_of(offers: Sequence[Due], *, editors: bool = False) -> dict[UUID, str]:
    """Who is asked about each of these offers (rules.owner_key); with `editors` the place whose editors keep it."""
    within_reach = set() if editors else reachable()
    for_editors = [row.offer_id for row in offers if row.organisation_id not in within_reach and not row.keeper_id]
    areas: dict[UUID, list[tuple[str, str, str]]] = defaultdict(list)
    for piece in pieces(for_editors):
        rows = OfferArea.objects.filter(offer_id__in=piece).values_list("offer_id", "place_id")
        for offer_id, place_id in rows:
            place = places.by_id(place_id)
            if place is not None:
                region = places.region_of(place)
                areas[offer_id].append((place.slug, place.kind, region.slug if region else ""))
    found = {}
    for row in offers:
        keeper = places.by_id(row.keeper_id) if row.keeper_id else None
        found[row.offer_id] = rules.owner_key(
            row.organisation_id,
            row.organisation_id in within_reach,
            keeper.slug if keeper else None,
            areas.get(row.offer_id, ()),
        )
    return found


def addresses_of(owners: Collection[str]) -> dict[str, list[str]]:
    """The e-mail addresses of these organisations: of who holds the role there, else its general one."""
    ids = [UUID(owner.partition(":")[2]) for owner in owners if owner.startswith("organisation:")]
    found: dict[UUID, list[str]] = defaultdict(list)
    for piece in pieces(ids):
        held = Grant.objects.in_force(clock.today()).filter(
            role__in=list(TABLE["directory.own"]), scope_kind=ORGANISATION, scope_id__in=piece, user__is_active=True
        )
        for scope_id, email in held.order_by("user__email").values_list("scope_id", "user__email").distinct():
            found[scope_id].append(email)
        for pk, email in Organisation.objects.filter(pk__in=piece).exclude(email="").values_list("pk", "email"):
            found[pk] = found[pk] or [email]
    return {f"organisation:{pk}": emails for pk, emails in found.items()}


def editors_of(owner: str) -> list[User]:
    """The editors of a place ("place:<slug>"); of the country: every regional editor."""
    place = places.by_slug(owner.partition(":")[2])
    if place is None:
        return []
    at = [place] if place.kind != "country" else [one for one in places.all_places() if one.is_region]
    found = {user.pk: user for one in at for user in who_may("directory.edit", Scope(one.kind, one.id))}
    return list(found.values())


# ---------- how far asking came


@dataclass(frozen=True)
class Open:
    """A confirmation that waits for an answer."""

    id: UUID
    offer_id: UUID
    owner: str
    asked: rules.Asked


def known(today: date) -> set[UUID]:
    """The offers about whose date somebody is asked already, or was."""
    rows = Confirmation.objects.filter(due=F("offer__next_check"), due__lte=today)
    return set(rows.values_list("offer_id", flat=True))


def waiting(today: date) -> list[Open]:
    """The confirmations about dates that came, without an answer yet."""
    rows = Confirmation.objects.filter(
        answer="", due=F("offer__next_check"), due__lte=today, offer__state__in=ASKED, offer__organisation__ended=False
    ).order_by("pk")
    return [
        Open(pk, offer_id, owner, rules.Asked(times, last_on, told_on is not None))
        for pk, offer_id, owner, times, last_on, told_on in rows.values_list(
            "pk", "offer_id", "owner", "times", "last_on", "told_on"
        )
    ]


def last_mails() -> dict[str, date]:
    """The day on which each owner was last asked something."""
    rows = Confirmation.objects.exclude(last_on=None).values_list("owner").annotate(last=Max("last_on"))
    return dict(rows)


def choices() -> dict[str, int | None]:
    """After how many months each place hides what nobody confirms, by slug: as it chose, else as its region did."""
    chosen: dict[str, int | None] = dict(KeepingChoice.objects.values_list("place__slug", "hide_after"))
    of_region = {one.slug: region.slug for one in places.all_places() if (region := places.region_of(one))}
    return {**{slug: chosen[region] for slug, region in of_region.items() if region in chosen}, **chosen}


def forgotten(today: date) -> list[tuple[UUID, date, date, Due]]:
    """Open offers long past their date whose editors know: (offer, date, when they were told, what decides the owner)."""
    earliest = today - rules.shortest_hiding()
    rows = Confirmation.objects.filter(
        due=F("offer__next_check"), due__lte=earliest, told_on__isnull=False, offer__state=State.OPEN,
        offer__is_helpline=False,
    )  # fmt: skip
    names = ("offer_id", "due", "told_on", "offer__organisation_id", "offer__keeper_id")
    return [
        (offer_id, due, told_on, Due(offer_id, organisation_id, keeper_id, due))
        for offer_id, due, told_on, organisation_id, keeper_id in rows.values_list(*names)
    ]


# ---------- behind a mailed link


def digest_of(token: str) -> bytes:
    """The hash under which a mailed token is kept."""
    return sha256(b"offer-link:" + token.encode("utf-8", "replace")).digest()


LinkState = Literal["unknown", "expired", "open"]


def link_at(token: str) -> tuple[LinkState, ConfirmationLink | None]:
    """What a token opens. A guessed one and one that was long forgotten are the same: unknown."""
    link = ConfirmationLink.objects.filter(digest=digest_of(token)).first()
    if link is None:
        return "unknown", None
    return ("open" if link.expires_on >= clock.today() else "expired"), link


def asked_by(link: ConfirmationLink) -> QuerySet[Confirmation]:
    """What a link asks about, of the organisation it was mailed to or that went on in its place.

    An offer that another organisation gives by now is not for who gave it before.
    """
    mailed_to = UUID(link.owner.partition(":")[2])
    went_on = Organisation.objects.filter(pk=mailed_to, merged_into__isnull=False).values("merged_into_id")
    return link.confirmations.filter(Q(offer__organisation=mailed_to) | Q(offer__organisation__in=went_on))


def behind(link: ConfirmationLink) -> list[Confirmation]:
    """What a link asks about: first what still waits, then what was answered; at most a page of each."""
    rows = (
        asked_by(link)
        .select_related("offer__organisation", "offer__merged_into")
        .prefetch_related("offer__areas")
        .order_by("offer__name", "pk")
    )
    return [*rows.filter(answer="")[:SHOWN], *rows.exclude(answer="")[:SHOWN]]


def one_behind(link: ConfirmationLink, confirmation_id: UUID) -> Confirmation | None:
    """One of the things a link asks about; None for what it does not ask about."""
    return asked_by(link).select_related("offer__organisation").filter(pk=confirmation_id).first()


def can_be_confirmed(offer: Offer) -> bool:
    """Whether an offer still stands in the directory, so that somebody can say something of it."""
    return offer.state in ASKED and not offer.organisation.ended


# ---------- the editors' list


@dataclass(frozen=True)
class Row:
    """An offer that editors must look at: why, since when, how often its owner was asked."""

    offer: Offer
    days_late: int
    overdue: bool
    asked: int
    hidden: bool
    dead_link: bool


def rows_for(offers: QuerySet[Offer], dead_links: Collection[str] = ()) -> list[Row]:
    """Of these offers the ones for their editors: nobody answered, long not looked at, hidden, or with a dead link."""
    today = clock.today()
    known = Q(confirmations__due=F("next_check"), confirmations__told_on__isnull=False, confirmations__answer="")
    late = Q(next_check__lte=today - rules.OVERDUE_AFTER) | Q(
        checked_on__lte=today - rules.STALE_WITHOUT_DATE
    )  # fmt: skip
    wanted = known | late | Q(state=State.HIDDEN)
    for piece in pieces(dead_links):
        wanted |= Q(website__in=piece)
    found = (
        offers.filter(state__in=ASKED, organisation__ended=False)
        .filter(wanted)
        .select_related("organisation")
        .distinct()
    )
    picked = list(found.order_by("next_check", "pk")[:LISTED])
    times = _times(picked)
    return [
        Row(
            offer=offer,
            days_late=rules.days_late(offer.checked_on, offer.next_check, today),
            overdue=rules.is_overdue(offer.checked_on, offer.next_check, today),
            asked=times.get(offer.pk, 0),
            hidden=offer.state == State.HIDDEN,
            dead_link=bool(offer.website) and offer.website in dead_links,
        )
        for offer in picked
    ]


LISTED = 200


def _times(offers: Sequence[Offer]) -> Mapping[UUID, int]:
    rows = Confirmation.objects.filter(offer__in=[offer.pk for offer in offers], due=F("offer__next_check"))
    return dict(rows.values_list("offer_id", "times"))
