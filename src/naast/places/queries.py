"""Reading places. All are held in memory by generation: a page costs no query for them."""

import threading
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from naast.core import generations, languages
from naast.core.texts import fold

from . import rules, themes
from .models import Desk, Helpline, Holiday, HouseNumber, HouseStyle, Logo, OwnHost, Place, Postcode
from .rules import DeskInfo, HelplineInfo, Hours, PlaceInfo
from .tailor import StyleChoice


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
    by_host: dict[str, PlaceInfo] = field(default_factory=dict)


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
        translations=row.translations or {},
    )


def choice_of(row: HouseStyle) -> StyleChoice:
    """Return what a kept house style chose, with its logo's address and size."""
    logo = row.logo
    return StyleChoice.of(
        base=row.base,
        light=row.light,
        dark=row.dark,
        font=row.font,
        corners=row.corners,
        logo=logo.digest if logo else "",
        logo_alt=logo.alt if logo else "",
        logo_size=(logo.width, logo.height) if logo else (0, 0),
    )


def _read(generation: tuple[int, int]) -> Snapshot:
    desks = {desk.place_id: _desk_info(desk) for desk in Desk.objects.prefetch_related("hours")}
    rows = list(Place.objects.select_related("parent"))
    current = HouseStyle.objects.filter(state="current").select_related("logo").defer("logo__data")
    styles = {row.place_id: choice_of(row) for row in current}
    hosts = dict(OwnHost.objects.filter(live=True).values_list("place_id", "host"))
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
            own_host=hosts.get(row.pk, ""),
            style=styles.get(row.pk),
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
        by_host={info.own_host: info for info in by_slug.values() if info.own_host and info.takes_part and info.live},
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


def by_host(host: str) -> PlaceInfo | None:
    """Return the place that answers on its own host name (without port), or None."""
    return snapshot().by_host.get(host.lower())


def by_house_number(pc6: str, number: int | None = None) -> list[PlaceInfo]:
    """Return the municipalities a full postcode lies in, by name; with a house number the one, or none known."""
    rows = HouseNumber.objects.filter(load__current=True, pc6=pc6)
    if number is not None:
        rows = rows.filter(Q(number=None) | Q(number=number))
    places = snapshot().by_id
    found = {places[place_id] for place_id in rows.values_list("place_id", flat=True) if place_id in places}
    return sorted(found, key=lambda info: info.name)


def house_numbers_known(pc4: str) -> bool:
    """Tell whether the full postcodes of these four digits were loaded, so that a full one says where somebody lives."""
    return HouseNumber.objects.filter(load__current=True, pc6__startswith=pc4).exists()


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
    words = languages.interface(languages.reading())
    for line in snapshot().helplines:
        order = line.order_children if young else line.order_adults
        if order is not None and (audience is None or audience in line.audiences):
            found.append((order, line.translated(words)))
    return [line for _, line in sorted(found, key=lambda pair: (pair[0], pair[1].name))]


def holidays() -> frozenset[date]:
    """Return the public holidays we know."""
    return snapshot().holidays


def style_sheet(place: PlaceInfo, digest: str) -> str:
    """Return a place's style sheet with this mark: the one in use or one of before, '' where there is none.

    A page that a proxy still holds names the sheet of before.
    """
    now = themes.css(place)
    if themes.digest_of(now) == digest:
        return now
    rows = HouseStyle.objects.filter(place_id=place.id, digest=digest, state="earlier")
    row = rows.select_related("logo").defer("logo__data").first()
    return themes.sheet(place.theme, choice_of(row)) if row else ""


def logo_data(slug: str, digest: str) -> bytes | None:
    """Return the bytes of a place's logo (WebP), or None."""
    found = Logo.objects.filter(place__slug=slug, digest=digest).values_list("data", flat=True).first()
    return bytes(found) if found is not None else None


def draft_style(place: PlaceInfo) -> HouseStyle | None:
    """Return the house style a place is working on."""
    return HouseStyle.objects.filter(place_id=place.id, state="draft").select_related("logo").first()


def current_style(place: PlaceInfo) -> HouseStyle | None:
    """Return the house style of its own that a place uses, or None while it uses a shipped one."""
    return HouseStyle.objects.filter(place_id=place.id, state="current").select_related("logo").first()


def earlier_styles(place: PlaceInfo, most: int = 10) -> list[HouseStyle]:
    """Return the house styles a place used before, the latest first."""
    rows = HouseStyle.objects.filter(place_id=place.id, state="earlier").select_related("logo")
    return list(rows.order_by("-published_at")[:most])


def own_host(place: PlaceInfo) -> OwnHost | None:
    """Return the host name a place entered, live or not."""
    return OwnHost.objects.filter(place_id=place.id).first()
