"""Reading places. All are held in memory by generation: a page costs no query for them."""

import threading
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from naast.core import generations, languages
from naast.core.texts import fold

from . import rules
from .models import Desk, Helpline, Holiday, Place, Postcode
from .rules import DeskInfo, HelplineInfo, Hours, PlaceInfo


@dataclass(frozen=True)
class Snapshot:
    """Everything about places at one generation."""

    generation: tuple[int, int]
    by_slug: dict[str, PlaceInfo]
    by_id: dict[UUID, PlaceInfo]
    names: dict[str, str]
    helplines: tuple[HelplineInfo, ...]
    holidays: frozenset[date]
    children: dict[str, tuple[PlaceInfo, ...]] = field(default_factory=dict)
    spoken: frozenset[str] = frozenset()


_KEY = "places"
_held: Snapshot | None = None
_lock = threading.Lock()


def _desk_info(desk: Desk) -> DeskInfo:
    hours = tuple(Hours(h.weekday, h.opens, h.closes, h.walk_in) for h in desk.hours.all())
    return DeskInfo(
        name=desk.name,
        about=desk.about,
        street=desk.street,
        postcode=desk.postcode,
        town=desk.town,
        phone=desk.phone,
        email=desk.email,
        answer_days=desk.answer_days,
        hours=hours,
        answers_for_region=desk.answers_for_region,
        is_example=desk.is_example,
    )


def _helpline_info(row: Helpline) -> HelplineInfo:
    always, hours = rules.parse_hours(row.hours)
    return HelplineInfo(
        key=row.key,
        name=row.name,
        kind=row.kind,
        number=row.number,
        tel=row.tel,
        about=row.about,
        about_children=row.about_children,
        free=row.free,
        chat_url=row.chat_url,
        url=row.url,
        always_open=always,
        hours=hours,
        hours_note=row.hours_note,
        audiences=tuple(row.audiences),
        order_adults=row.order_adults,
        order_children=row.order_children,
        source=row.source,
        checked_on=row.checked_on,
    )


def _read(generation: tuple[int, int]) -> Snapshot:
    desks = {desk.place_id: _desk_info(desk) for desk in Desk.objects.prefetch_related("hours")}
    rows = list(Place.objects.select_related("parent"))
    by_slug = {
        row.slug: PlaceInfo(
            id=row.pk,
            kind=row.kind,
            slug=row.slug,
            name=row.name,
            code=row.code,
            province=row.province,
            parent_slug=row.parent.slug if row.parent else "",
            takes_part=row.takes_part,
            live=row.live,
            theme=row.theme,
            town_hall_url=row.town_hall_url,
            town_hall_phone=row.town_hall_phone,
            desk=desks.get(row.pk),
        )
        for row in rows
    }
    children: dict[str, tuple[PlaceInfo, ...]] = {}
    for info in by_slug.values():
        if info.parent_slug:
            children[info.parent_slug] = (*children.get(info.parent_slug, ()), info)
    return Snapshot(
        generation=generation,
        by_slug=by_slug,
        by_id={info.id: info for info in by_slug.values()},
        names={fold(info.name): info.slug for info in by_slug.values() if info.kind != "country"},
        helplines=tuple(_helpline_info(row) for row in Helpline.objects.all()),
        holidays=frozenset(Holiday.objects.values_list("day", flat=True)),
        children=children,
        spoken=_read_spoken(),
    )


def _read_spoken() -> frozenset[str]:
    from wagtail.models import Locale

    from . import emergency

    added = set(Locale.objects.values_list("language_code", flat=True))
    return frozenset((added | {*languages.INTERFACES, *emergency.codes()}) & set(languages.known()))


def spoken() -> frozenset[str]:
    """Return the languages that have addresses: the interface's, those with an emergency page, those editors added."""
    return snapshot().spoken


def snapshot() -> Snapshot:
    """Return places as they are now; read again only when their generation changed."""
    global _held
    generation = generations.seen(_KEY)
    held = _held
    if held is not None and held.generation == generation and not generations.in_doubt():
        return held
    with _lock:
        fresh = _read(generation)
        _held = fresh
    return fresh


def by_slug(slug: str) -> PlaceInfo | None:
    """Return a place by its slug."""
    return snapshot().by_slug.get(slug)


def by_id(place_id: UUID) -> PlaceInfo | None:
    """Return a place by its id."""
    return snapshot().by_id.get(place_id)


def all_places(*, taking_part: bool = False) -> list[PlaceInfo]:
    """Return regions and municipalities by name; only those that take part and are live on request."""
    places = [info for info in snapshot().by_slug.values() if info.kind != "country"]
    return [info for info in places if info.takes_part and info.live] if taking_part else places


def by_postcode(pc4: str) -> list[tuple[PlaceInfo, float]]:
    """Return the municipalities a four-digit postcode lies in with their share of its addresses, largest first."""
    rows = Postcode.objects.filter(pc4=pc4).order_by("-share", "place__name").values_list("place_id", "share")
    places = snapshot().by_id
    return [(places[place_id], share) for place_id, share in rows if place_id in places]


def postcodes_known() -> bool:
    """Tell whether a whole country of postcodes was loaded, or only the demonstration's own."""
    return Postcode.objects.count() > 3_000


def by_name(text: str) -> PlaceInfo | None:
    """Return the place whose name was typed, whatever the case and accents."""
    slug = snapshot().names.get(fold(text.strip()))
    return by_slug(slug) if slug else None


def like_name(text: str) -> list[PlaceInfo]:
    """Return up to three places whose name is most like what was typed."""
    held = snapshot()
    return [held.by_slug[slug] for slug in rules.nearest_names(fold(text.strip()), held.names)]


def region_of(place: PlaceInfo) -> PlaceInfo | None:
    """Return the region a municipality belongs to; a region is its own."""
    if place.is_region:
        return place
    parent = by_slug(place.parent_slug) if place.parent_slug else None
    return parent if parent and parent.is_region else None


def members(region: PlaceInfo) -> list[PlaceInfo]:
    """Return the municipalities of a region, by name."""
    return sorted(snapshot().children.get(region.slug, ()), key=lambda info: info.name)


def path(place: PlaceInfo) -> list[PlaceInfo]:
    """Return the place and what it lies in, nearest first: municipality, region, country."""
    found = [place]
    while found[-1].parent_slug:
        parent = by_slug(found[-1].parent_slug)
        if parent is None:
            break
        found.append(parent)
    return found


def helplines(audience: str | None = None) -> list[HelplineInfo]:
    """Return the helplines for an audience in the order it should see them; None = the ones for adults.

    Children and young people see their own lines first (docs/safety.md).
    """
    young = audience in ("kinderen", "jongeren")
    found = []
    for line in snapshot().helplines:
        order = line.order_children if young else line.order_adults
        if order is not None and (audience is None or audience in line.audiences):
            found.append((order, line))
    return [line for _, line in sorted(found, key=lambda pair: (pair[0], pair[1].name))]


def holidays() -> frozenset[date]:
    """Return the public holidays we know."""
    return snapshot().holidays
