"""Reading freshness: what somebody must look at again, whom to ask, and which links lead nowhere any more."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.urls import reverse

from naast.content.glossary.models import GlossaryTerm
from naast.content.media.models import Checklist, Film
from naast.content.models import ArticlePage, FaqEntry, RolePage, SlotFill, StatementPage
from naast.content.models_checked import Checked
from naast.content.rules import CheckState, check_state
from naast.core import clock
from naast.directory.editing.queries import editable
from naast.directory.keeping import queries as keeping
from naast.people.models import User
from naast.people.policy import Scope
from naast.people.queries import who_may
from naast.places import queries as places
from naast.places.rules import PlaceInfo

from . import rules
from .models import Link

# kind → model; a kind stands in addresses and in what was asked, so it never changes
SHARED: dict[str, type[Checked]] = {
    "artikel": ArticlePage,
    "rol": RolePage,
    "verklaring": StatementPage,
    "vraag": FaqEntry,
    "begrip": GlossaryTerm,
    "film": Film,
    "lijst": Checklist,
}
PAGES = ("artikel", "rol", "verklaring")
SLOT = "plek"
OFFER = "aanbod"
AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class Row:
    """A text to look at: what it is, who keeps it, how it stands, where one changes it. `record` is its key as text."""

    kind: str
    record: str
    title: str
    keeper: str
    state: CheckState
    checked: date | None
    due: date | None
    href: str
    stage: rules.Stage | None


@dataclass(frozen=True)
class Broken:
    """A link that leads nowhere any more, since when, and the texts it stands in (title, address of the editor)."""

    url: str
    since: date
    gone: bool
    stands_in: tuple[tuple[str, str], ...]


def live(kind: str) -> Iterable[Any]:
    """Return what readers see of a kind of shared text."""
    model: Any = SHARED[kind]
    rows: Iterable[Any] = model.objects.select_related("keeper")
    if any(field.name == "live" for field in model._meta.get_fields()):
        rows = model.objects.select_related("keeper").filter(live=True)
    return rows


def shared(kind: str, record: str) -> Any:
    """Return one shared text, or None. Raises ValueError on a key that is no number."""
    model: Any = SHARED.get(kind)
    return model.objects.filter(pk=int(record)).first() if model else None


def edit_href(kind: str, record: Model) -> str:
    """Return where an editor changes a shared text."""
    if kind in PAGES:
        return reverse("wagtailadmin_pages:edit", args=[record.pk])
    return reverse(f"wagtailsnippets_{record._meta.app_label}_{record._meta.model_name}:edit", args=[record.pk])


def _shared_row(kind: str, record: Any, today: date) -> Row:
    return Row(
        kind=kind,
        record=str(record.pk),
        title=str(record),
        keeper=record.keeper.display_name if record.keeper else record.owner_name,
        state=check_state(record.checked_on, record.review_due, today),
        checked=record.checked_on,
        due=record.review_due,
        href=edit_href(kind, record),
        stage=rules.stage(record.review_due, today),
    )


def shared_rows() -> list[Row]:
    """Return the shared texts that somebody must look at: late first, then due soon, then never looked at."""
    today = clock.today()
    rows = [_shared_row(kind, record, today) for kind in SHARED for record in live(kind)]
    return sorted((row for row in rows if row.stage or row.state != "checked"), key=_order)


def place_rows(place: PlaceInfo) -> list[Row]:
    """Return a place's own words that somebody must look at, late first."""
    today = clock.today()
    fills = SlotFill.objects.filter(place_id=place.id).exclude(body="").select_related("slot", "updated_by")
    rows = [
        Row(
            kind=SLOT,
            record=str(fill.pk),
            title=fill.slot.title,
            keeper=fill.updated_by.display_name if fill.updated_by else "",
            state=check_state(fill.updated_at.date(), fill.review_due, today),
            checked=fill.updated_at.date(),
            due=fill.review_due,
            href=reverse("content_slot", args=[place.slug, fill.slot.key]),
            stage=rules.stage(fill.review_due, today),
        )
        for fill in fills
    ]
    return sorted((row for row in rows if row.stage), key=_order)


def _order(row: Row) -> tuple[int, date, str]:
    weight = {"late": 0, "checked": 1, "unchecked": 2}[row.state]
    return weight, row.due or date.max, row.title


# ---------- whom to ask ----------


@dataclass(frozen=True)
class Ask:
    """A text that came to a new stage, with who is asked."""

    row: Row
    people: tuple[User, ...]


def asks() -> Iterator[Ask]:
    """Return every text at a stage, with the people to ask: its keeper, else those who may change it."""
    today = clock.today()
    for kind in SHARED:
        for record in live(kind):
            row = _shared_row(kind, record, today)
            if row.stage:
                yield Ask(row, _shared_keepers(record, row.stage))
    for place in places.all_places():
        if not (place.takes_part or place.is_region):
            continue
        rows = place_rows(place)
        writers = {str(pk): by for pk, by in _writers([row.record for row in rows])} if rows else {}
        for row in rows:
            yield Ask(row, _slot_keepers(place, writers.get(row.record), row))


def _writers(records: Sequence[str]) -> list[tuple[UUID, UUID | None]]:
    return list(SlotFill.objects.filter(pk__in=records).values_list("pk", "updated_by_id"))


def _shared_keepers(record: Any, stage: rules.Stage) -> tuple[User, ...]:
    keeper: User | None = record.keeper
    if keeper is not None and keeper.is_active and stage != "late":
        return (keeper,)
    # nobody kept it in time, or nobody is named: all who may change shared texts
    regions = [place for place in places.all_places() if place.is_region]
    found = {user.pk: user for place in regions for user in who_may("content.shared", Scope(place.kind, place.id))}
    return tuple(found.values())


def _slot_keepers(place: PlaceInfo, writer: UUID | None, row: Row) -> tuple[User, ...]:
    may = who_may("content.slots", Scope(place.kind, place.id))
    own = tuple(user for user in may if user.pk == writer)
    return own if own and row.stage != "late" else tuple(may)


# ---------- links ----------


def texts_with_links() -> Iterator[tuple[str, str, str]]:
    """Return (title, address of the editor, text) of everything that may hold an outside link, offers included."""
    for kind in PAGES:
        for page in live(kind):
            yield str(page), edit_href(kind, page), f"{page.body.raw_data!s} {page.sources}"
    for entry in live("vraag"):
        yield str(entry), edit_href("vraag", entry), f"{entry.answer} {entry.sources}"
    for fill in SlotFill.objects.exclude(body="").select_related("slot", "place"):
        yield (
            f"{fill.slot.title} ({fill.place.name})",
            reverse("content_slot", args=[fill.place.slug, fill.slot.key]),
            fill.body,
        )
    for offer in keeping.asked_about().exclude(website="").only("name", "website"):
        yield offer.name, reverse("help:edit", args=[offer.pk]), str(offer.website)


def links_now() -> set[str]:
    """Return every outside address that stands in what readers see."""
    return rules.links_in(text for _title, _href, text in texts_with_links())


def broken_addresses() -> set[str]:
    """Return the addresses that failed several looks in a row."""
    return set(Link.objects.filter(failures__gte=rules.BROKEN_AFTER).values_list("url", flat=True))


def offer_rows(place: PlaceInfo) -> list[keeping.Row]:
    """Return the offers that a place's editors keep and must look at, those latest first that are late for longest."""
    return keeping.rows_for(editable([Scope(place.kind, place.id)]), broken_addresses())


def broken_links() -> list[Broken]:
    """Return the links that failed several looks in a row, oldest first, with where they stand."""
    failed = Link.objects.filter(failures__gte=rules.BROKEN_AFTER).order_by("failing_since")
    rows = {link.url: link for link in failed}
    if not rows:
        return []
    where: dict[str, list[tuple[str, str]]] = {url: [] for url in rows}
    for title, href, text in texts_with_links():
        for url in rules.links_in([text]) & rows.keys():
            where[url].append((title, href))
    return [
        Broken(url, link.failing_since.date(), link.state == "gone", tuple(where[url]))
        for url, link in rows.items()
        if link.failing_since and where[url]
    ]
