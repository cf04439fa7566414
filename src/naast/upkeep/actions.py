"""Writing: a draft of a house style, publishing it, going back to an earlier one; a place's own host name."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from naast.core import audit, clock, generations, live
from naast.people.models import User
from naast.people.policy import may
from naast.people.rules import Scope
from naast.places import hosts, tailor, themes
from naast.places.models import HouseStyle, Logo, OwnHost, Place
from naast.places.queries import by_id, choice_of
from naast.places.rules import PlaceInfo
from naast.places.tailor import Shortfall, StyleChoice

from .logos import Remade

EDIT = "places.edit"


class StyleRefused(ValueError):
    """A house style has colours that cannot be read; `shortfalls` says which, with the nearest that can."""

    def __init__(self, shortfalls: list[Shortfall]) -> None:
        super().__init__(f"{len(shortfalls)} colours")
        self.shortfalls = shortfalls


class HostTaken(ValueError):
    """Another place has this host name already."""


class NotYet(ValueError):
    """A host name may not go live yet; `missing` says in Dutch what lacks."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("; ".join(missing))
        self.missing = missing


def _check(user: User, place: PlaceInfo) -> None:
    if not may(user, EDIT, Scope(place.kind, place.id)):
        raise PermissionDenied(EDIT)


def _record(user: User, act: str, row: HouseStyle | OwnHost | Logo, *fields: str) -> None:
    audit.record(
        actor=f"staff:{user.pk}",
        act=act,
        kind=f"places.{type(row).__name__}",
        record_id=row.pk,
        fields=fields,
        place=info.slug if (info := by_id(row.place_id)) else "",
        role="place-admin",
    )


def keep_logo(*, user: User, place: PlaceInfo, made: Remade, alt: str) -> Logo:
    """Keep a logo that was drawn anew, for the draft to use. The same one twice is kept once."""
    _check(user, place)
    with transaction.atomic():
        row, new = Logo.objects.get_or_create(
            place_id=place.id,
            digest=made.digest,
            alt=alt,
            defaults={"data": made.data, "width": made.width, "height": made.height},
        )
        if new:
            _record(user, "change", row, "data", "alt")
    return row


def say_logo(*, user: User, place: PlaceInfo, digest: str, alt: str) -> Logo:
    """Keep other words for a logo that is there already. Raises Logo.DoesNotExist."""
    _check(user, place)
    with transaction.atomic():
        known = Logo.objects.filter(place_id=place.id, digest=digest).first()
        if known is None:
            raise Logo.DoesNotExist
        row, new = Logo.objects.get_or_create(
            place_id=place.id,
            digest=digest,
            alt=alt,
            defaults={"data": known.data, "width": known.width, "height": known.height},
        )
        if new:
            _record(user, "change", row, "alt")
    return row


def save_draft(*, user: User, place: PlaceInfo, choice: StyleChoice) -> HouseStyle:
    """Keep what was chosen as the place's draft. Raises StyleRefused for colours that cannot be read."""
    _check(user, place)
    wrong = tailor.shortfalls(choice)
    if wrong:
        raise StyleRefused(wrong)
    logo = (
        Logo.objects.filter(place_id=place.id, digest=choice.logo, alt=choice.logo_alt).first() if choice.logo else None
    )
    with transaction.atomic():
        row, _ = HouseStyle.objects.update_or_create(
            place_id=place.id,
            state="draft",
            defaults={
                "base": choice.base,
                "light": dict(choice.light),
                "dark": dict(choice.dark),
                "font": choice.font,
                "corners": choice.corners,
                "logo": logo,
                "changed_at": clock.now(),
            },
        )
        _record(user, "change", row, "light", "dark", "font", "corners", "logo")
    return row


def drop_draft(*, user: User, place: PlaceInfo) -> None:
    """Throw the draft away; what readers see stays as it is."""
    _check(user, place)
    with transaction.atomic():
        for row in HouseStyle.objects.filter(place_id=place.id, state="draft"):
            _record(user, "erase", row)
            row.delete()


def publish_style(*, user: User, place: PlaceInfo) -> HouseStyle:
    """Let readers see the draft; the style of before stays in the history. Raises StyleRefused, or DoesNotExist."""
    _check(user, place)
    with transaction.atomic():
        draft = HouseStyle.objects.select_for_update().get(place_id=place.id, state="draft")
        wrong = tailor.shortfalls(choice_of(draft))
        if wrong:
            raise StyleRefused(wrong)
        _make_current(place, draft)
        _record(user, "publish", draft)
    return draft


def put_back(*, user: User, place: PlaceInfo, style_id: UUID) -> HouseStyle:
    """Let readers see an earlier style again, as a new entry of the history. Raises HouseStyle.DoesNotExist."""
    _check(user, place)
    with transaction.atomic():
        row = HouseStyle.objects.get(pk=style_id, place_id=place.id, state="earlier")
        again = HouseStyle(
            place_id=place.id,
            base=row.base,
            light=row.light,
            dark=row.dark,
            font=row.font,
            corners=row.corners,
            logo=row.logo,
            changed_at=clock.now(),
        )
        _make_current(place, again)
        _record(user, "publish", again)
    return again


def _make_current(place: PlaceInfo, row: HouseStyle) -> None:
    """Make a style the one in use. The shipped style that a place began with becomes the first of its history."""
    now = clock.now()
    before = HouseStyle.objects.filter(place_id=place.id, state="current")
    if before:
        before.update(state="earlier")
    elif not HouseStyle.objects.filter(place_id=place.id, state="earlier").exists():
        shipped = themes.digest_of(themes.sheet(place.theme, None))
        HouseStyle.objects.create(
            place_id=place.id, state="earlier", base=place.theme, digest=shipped, changed_at=now, published_at=now
        )
    row.state, row.published_at = "current", now
    row.digest = themes.digest_of(themes.sheet(place.theme, choice_of(row)))
    row.save()
    generations.bump("places")
    generations.bump(place.slug)
    for member in Place.objects.filter(parent_id=place.id).values_list("slug", flat=True):
        generations.bump(member)


# ---------- own host name ----------


def set_host(*, user: User, place: PlaceInfo, host: str) -> OwnHost | None:
    """Keep the host name a place wants; it does not answer yet. '' takes it away. Raises HostTaken."""
    _check(user, place)
    if not host:
        _drop_host(user, place)
        return None
    try:
        with transaction.atomic():
            row, _ = OwnHost.objects.get_or_create(place_id=place.id, defaults={"host": host})
            if row.host != host:
                row.host, row.live, row.live_at = host, False, None
                row.save()
            _record(user, "change", row, "host")
            _host_changed()
    except IntegrityError as error:
        raise HostTaken(host) from error
    return row


def _drop_host(user: User, place: PlaceInfo) -> None:
    with transaction.atomic():
        for row in OwnHost.objects.filter(place_id=place.id):
            _record(user, "erase", row)
            row.delete()
        _host_changed()


def host_goes_live(*, user: User, place: PlaceInfo) -> OwnHost:
    """Let the place answer on its own host name. Raises NotYet with everything that lacks, or OwnHost.DoesNotExist."""
    _check(user, place)
    with transaction.atomic():
        row = OwnHost.objects.select_for_update().select_related("place").get(place_id=place.id)
        missing = [*hosts.missing(row), *live.missing(row.place)]
        if missing:
            raise NotYet(missing)
        row.live, row.live_at = True, clock.now()
        row.save(update_fields=["live", "live_at"])
        _record(user, "publish", row, "live")
        _host_changed()
    return row


def host_stops(*, user: User, place: PlaceInfo) -> None:
    """Stop answering on the own host name; the shared address goes on."""
    _check(user, place)
    with transaction.atomic():
        for row in OwnHost.objects.filter(place_id=place.id, live=True):
            row.live, row.live_at = False, None
            row.save(update_fields=["live", "live_at"])
            _record(user, "change", row, "live")
        _host_changed()


def _host_changed() -> None:
    # All pages: those of the shared address name the own host as the one for search engines.
    generations.bump("places")
    generations.bump()
