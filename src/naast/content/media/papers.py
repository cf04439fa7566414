"""A list to tick off on paper: tagged PDF with the place's name and its desk."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from naast.content.media.queries import ListCard
from naast.core.paper import tagged_pdf

TEMPLATE = Path(__file__).parent / "paper" / "checklist.typ"


def checklist(found: ListCard, *, place_name: str, desk: dict[str, Any] | None) -> bytes:
    """Return the list as a tagged PDF (PDF/UA-1); `desk` is places' desk_context, None leaves it out."""
    with translation.override("nl"):  # the list itself is Dutch; its few words of ours follow it
        return tagged_pdf(TEMPLATE, _data(found, place_name, desk))


def _data(found: ListCard, place_name: str, desk: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "title": found.title,
        "summary": found.summary,
        "lang": "nl",
        "region": "NL",
        "big": found.for_children,
        "groups": [
            {"title": title, "items": [{"text": item.text, "why": item.why} for item in items]}
            for title, items in found.groups
        ],
        "own": _("Room for yourself"),
        "desk": _desk(desk, place_name),
        "footer": f"Naast {place_name}",
        "note": _note(found),
    }


def _desk(desk: dict[str, Any] | None, place_name: str) -> dict[str, Any] | None:
    known = desk.get("desk") if desk else None
    if not desk or known is None:
        return None
    lines = []
    if known.street:
        lines.append(f"{known.street}, {known.town}")
    if desk["walk_in"]:
        lines.append(_("Walk-in:") + f" {desk['walk_in_text']}")
    if desk["calling"] and known.phone:
        lines.append(f"{known.phone}: {desk['calling_text']}")
    return {"title": _("Ask somebody in %(place)s") % {"place": place_name}, "name": known.name, "lines": lines}


def _note(found: ListCard) -> str:
    if found.checked_on is None:
        return _("Nobody has compared the facts on this page with their sources. Kept by %(owner)s.") % {
            "owner": found.owner_name
        }
    return _("Kept by %(owner)s.") % {"owner": found.owner_name}
