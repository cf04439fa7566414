"""What a place needs from this room before it may be published."""

from typing import Any

from naast.core import live

from . import rules


@live.register
def desk_is_known(place: Any) -> list[str]:
    """A place, or its region, has a desk with a way to reach it."""
    from . import queries

    info = queries.by_slug(place.slug)
    if info is None:
        return ["De plaats bestaat niet."]
    if info.slug in rules.RESERVED:
        return [f"'{info.slug}' is een gereserveerd woord."]
    desk = next((step.desk for step in queries.path(info) if step.desk), None)
    if desk is None:
        return ["Er is nog geen loket. De technisch beheerder vult naam, adres en openingstijden in (docs/install.md)."]
    if desk.phone or desk.email or desk.hours:
        return []
    return [
        "Het loket heeft geen telefoon, e-mail of openingstijden. De technisch beheerder vult die in (docs/install.md)."
    ]
