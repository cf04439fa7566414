"""Writing register and DPIA: a draft, deciding on it, throwing it away."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from naast.core import audit, clock
from naast.people.models import User
from naast.people.policy import may
from naast.people.rules import Scope
from naast.places.rules import PlaceInfo
from naast.upkeep.register import queries, rules
from naast.upkeep.register.models import Account
from naast.upkeep.register.rules import Filled, Gap, Kind
from naast.upkeep.statements import queries as statements


class NotComplete(ValueError):
    """Something lacks, so it cannot be decided on; `gaps` says what."""

    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__(", ".join(gap.code for gap in gaps))
        self.gaps = gaps


def _check(user: User, place: PlaceInfo) -> None:
    if not may(user, queries.WRITE, Scope(place.kind, place.id)):
        raise PermissionDenied(queries.WRITE)


def _record(user: User, act: str, row: Account, place: PlaceInfo) -> None:
    audit.record(
        actor=f"staff:{user.pk}",
        act=act,
        kind="upkeep.Account",
        record_id=row.pk,
        fields=(row.kind,),
        place=place.slug,
    )


def save_draft(*, user: User, place: PlaceInfo, kind: Kind, filled: Filled) -> Account:
    """Keep what was typed as a draft, complete or not. Versions stay as they are."""
    _check(user, place)
    with transaction.atomic():
        row, _ = Account.objects.update_or_create(
            place_id=place.id,
            kind=kind,
            state="draft",
            defaults={"data": rules.write(filled), "changed_at": clock.now(), "changed_by": user},
        )
        _record(user, "change", row, place)
    return row


def drop_draft(*, user: User, place: PlaceInfo, kind: Kind) -> None:
    """Throw the draft away."""
    _check(user, place)
    with transaction.atomic():
        for row in Account.objects.filter(place_id=place.id, kind=kind, state="draft"):
            _record(user, "erase", row, place)
            row.delete()


def decide(*, user: User, place: PlaceInfo, kind: Kind, filled: Filled) -> Account:
    """Keep the whole paper as a dated version that never changes. Raises NotComplete and changes nothing."""
    _check(user, place)
    with transaction.atomic():
        row = _decided(place, kind, filled, user=user)
        _record(user, "publish", row, place)
    return row


def load(*, place: PlaceInfo, kind: Kind, filled: Filled) -> Account:
    """Decide on an example while loading data. Raises NotComplete."""
    with transaction.atomic():
        return _decided(place, kind, filled, is_example=True)


def _decided(
    place: PlaceInfo, kind: Kind, filled: Filled, *, user: User | None = None, is_example: bool = False
) -> Account:
    gaps = filled.gaps(clock.today())
    published = statements.in_force(place.id)
    gaps += [] if "contact" in published else [Gap("controller")]
    gaps += [] if "privacy" in published else [Gap("officer")]
    if gaps:
        raise NotComplete(gaps)
    made = queries.of_today(place, kind, filled)
    Account.objects.select_for_update().filter(place_id=place.id, kind=kind, state="draft").delete()
    return Account.objects.create(
        place_id=place.id,
        kind=kind,
        state="decided",
        data=rules.write(filled),
        document=made,
        decided_on=filled.decided_on,
        changed_at=clock.now(),
        changed_by=user,
        is_example=is_example,
    )
