"""The road itself: size, first bytes, scanner, and made anew; then a random name. Forms of every room call `taken`."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from naast.core.uploads import clam, papers, pictures
from naast.core.uploads.rules import (
    CONTENT_TYPES,
    HEAD,
    ROADS,
    SUFFIXES,
    Format,
    Refused,
    Road,
    RoadName,
    judge,
    random_name,
    title_of,
)


def most_bytes(road: Road) -> int:
    """Return how large a file may be on this road, in this installation."""
    return int(settings.NAAST_FILM_BYTES) if road.name == "film" else road.most_bytes


def take(file: UploadedFile, name: RoadName) -> UploadedFile:
    """Make an upload one that may be kept: its bytes made anew in place, a random name; `title` holds what it was called.

    In place, because a library may keep the very object of the request. Raises Refused with the reason. A film is not
    made anew (that takes minutes); it is only ever played.
    """
    road = ROADS[name]
    most = most_bytes(road)
    file.seek(0)
    found = judge(file.read(HEAD), file.size or 0, road, most)
    _scan(file)
    file.seek(0)
    if name != "film":
        _fill(file, _anew(file.read(most + 1), found))
    file.title = title_of(str(file.name or ""))  # type: ignore[attr-defined]
    file.name = random_name(found)
    file.content_type = CONTENT_TYPES[SUFFIXES[found]]
    file.taken = True  # type: ignore[attr-defined]
    file.seek(0)
    return file


def _anew(data: bytes, format: Format) -> bytes:
    return papers.remake(data) if format == "pdf" else pictures.remake(data, format=format)


def _fill(file: UploadedFile, data: bytes) -> None:
    inside: Any = file.file
    inside.seek(0)
    inside.truncate()
    inside.write(data)
    inside.flush()
    file.size = len(data)


def _scan(file: UploadedFile) -> None:
    if settings.NAAST_CLAMAV:
        file.seek(0)
        clam.scan(file.chunks(), at=settings.NAAST_CLAMAV)


def taken(file: Any, name: RoadName) -> Any:
    """Do the same for a form: raises ValidationError in words. What is no new upload (kept, or none) passes as it is."""
    if not isinstance(file, UploadedFile) or getattr(file, "taken", False):
        return file
    try:
        return take(file, name)
    except Refused as refused:
        raise ValidationError(words(refused, ROADS[name]), code=refused.code) from refused


def words(refused: Refused, road: Road) -> str:
    """Say what is wrong with a file, and what to do."""
    kinds = {
        "logo": _("a JPEG, PNG or WebP picture"),
        "picture": _("a JPEG, PNG or WebP picture"),
        "film": _("an MP4 (H.264) or WebM film"),
        "paper": _("a PDF"),
    }[road.name]
    known = {
        "empty": _("This file is empty. Choose it again."),
        "big": _("This file is larger than %(most)s. Make it smaller, and choose it again.")
        % {"most": filesizeformat(most_bytes(road))},
        "svg": _(
            "An SVG drawing may hold a program, so we do not take it. Save it as PNG or JPEG and choose that file."
        ),
        "heic": _(
            "This is a picture as iPhones keep it (HEIC or AVIF). Save or share it as JPEG and choose that file."
        ),
        "office": _("Of documents we take PDF only. Choose ‘Save as PDF’ in your word processor and choose that file."),
        "animated": _("This picture moves. Choose one that stands still."),
        "pixels": _("This picture has too many pixels. Make it at most 4000 wide and choose it again."),
        "broken": _("This file is damaged: we cannot read it whole. Save it again and choose that file."),
        "active": _(
            "This PDF holds a program, a form that sends, or another file. Print it to a new PDF and choose that."
        ),
        "locked": _("This PDF is locked with a password. Save it without, and choose that file."),
        "virus": _("The virus scanner stopped this file. Ask your system administrator to look at it."),
        "scanner": _(
            "The virus scanner does not answer, so we take no files now. Try again later; your text stays here."
        ),
    }
    other = _("This is not %(kinds)s, whatever its name says. Choose another file.") % {"kinds": kinds}
    return str(known.get(refused.code, other))
