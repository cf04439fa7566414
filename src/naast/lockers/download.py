"""Everything of a locker as one file to take home: a page to read and JSON for programs, in a zip.

It reads only `core.kept`: what a room declares as kept and can export is in here, and nothing else. What is another
person's is masked by the room that keeps it.
"""

from uuid import UUID

from django.template.loader import render_to_string

from naast.core import clock, kept
from naast.core.takeaway import Group, shown, zipped


def groups(locker_id: UUID) -> list[Group]:
    """Return everything that is kept with this locker, kind by kind; kinds of which nothing is kept are left out."""
    found = []
    for entry in kept.all_kept():
        rows = tuple(entry.masked(entry.export(locker_id))) if entry.export else ()
        if rows:
            found.append(Group(entry.model, entry.purpose, entry.show, entry.retention, rows))
    return found


def as_page(found: list[Group], place_name: str) -> str:
    """Return the groups as one page to read, without scripts or anything from elsewhere."""
    context = {"groups": shown(found), "place_name": place_name, "made_on": clock.local_now()}
    return render_to_string("lockers/download/page.html", context)


def as_zip(*, locker_id: UUID, place_name: str) -> bytes:
    """Return the zip: `lees-mij.html` with its style, and `gegevens.json`."""
    found = groups(locker_id)
    return zipped(page=as_page(found, place_name), found=found)
