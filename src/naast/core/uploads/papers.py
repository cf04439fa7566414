"""PDF is the only paper we take: no script, no file inside, no lock; who wrote it when is taken out."""

import re
from io import BytesIO
from typing import Any

import pikepdf

from naast.core.uploads.rules import Refused

MOST_PAGES = 500
MOST_OBJECTS = 50_000
# What one stream may unfold to while its paper is read: a few kilobytes can hold gigabytes of nothing.
MOST_UNFOLDED = 64 * 1024 * 1024
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=MOST_UNFOLDED,
    png_max_memory=MOST_UNFOLDED,
    tiff_max_memory=MOST_UNFOLDED,
    run_length_max_memory=MOST_UNFOLDED,
    max_stream_filters=4,
)
# Keys of a dictionary that let a paper act, carry something along, or send what is typed.
ACTIVE_KEYS = frozenset(
    ["/JS", "/JavaScript", "/AA", "/OpenAction", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent"]
)
ACTIVE_KINDS = frozenset(
    ["/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Sound", "/Movie"]
)
ACTIVE_TYPES = frozenset(["/RichMedia", "/FileAttachment", "/Movie", "/Screen", "/3D", "/EmbeddedFile"])
LINKS = frozenset(["http", "https", "mailto", "tel"])


def remake(data: bytes) -> bytes:
    """Return a PDF written anew, without its metadata. Raises Refused: 'locked', 'active', 'broken', 'pixels' (too much)."""
    try:
        with pikepdf.open(BytesIO(data)) as paper:
            if paper.is_encrypted:
                raise Refused("locked", "pdf")
            if len(paper.objects) > MOST_OBJECTS or len(paper.pages) > MOST_PAGES:
                raise Refused("big", "pdf")
            if not len(paper.pages):
                raise Refused("broken", "pdf")
            if _acts(paper.trailer) or any(_acts(found) for found in paper.objects):
                raise Refused("active", "pdf")
            _forget_writer(paper)
            out = BytesIO()
            paper.save(out)
            return out.getvalue()
    except pikepdf.PasswordError as error:
        raise Refused("locked", "pdf") from error
    except (pikepdf.PdfError, ValueError, RecursionError, RuntimeError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("broken", "pdf") from error


def _forget_writer(paper: pikepdf.Pdf) -> None:
    language, title = paper.Root.get("/Lang"), str(paper.docinfo.get("/Title", ""))
    for key in [str(key) for key in paper.docinfo.keys()]:  # noqa: SIM118  a pikepdf object
        del paper.docinfo[key]
    if "/Metadata" in paper.Root:
        del paper.Root.Metadata
    if title:
        paper.docinfo["/Title"] = title  # a screen reader says it first
    if language is not None:
        paper.Root.Lang = language


def _acts(found: Any) -> bool:
    """Tell whether an object, or anything that lies right inside it however deep, can act or carries a file."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Stream):
            one = one.stream_dict
        if isinstance(one, pikepdf.Dictionary):
            if any(_acts_by(key, value) for key, value in one.items()):
                return True
            waiting += [value for _key, value in one.items() if _lies_inside(value)]
        elif isinstance(one, pikepdf.Array):
            waiting += [value for value in one if _lies_inside(value)]
    return False


def _lies_inside(value: Any) -> bool:
    """Tell whether this is part of the object itself; what is only pointed at is met among the objects."""
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _acts_by(key: str, value: Any) -> bool:
    if key in ACTIVE_KEYS:
        return not _only_a_place(key, value)
    if key == "/S":
        return str(value) in ACTIVE_KINDS
    if key in ("/Subtype", "/Type"):
        return str(value) in ACTIVE_TYPES
    return key == "/URI" and isinstance(value, pikepdf.String | str) and not _leads_to_a_page(str(value))


def _leads_to_a_page(address: str) -> bool:
    """Tell whether a link leads to a page, a mailbox or a telephone: no script, and no file of the reader's own disk."""
    scheme = re.match(r"[\x00-\x20]*([a-z][a-z0-9+.\-\x00-\x20]*):", address, re.IGNORECASE)
    return scheme is None or scheme[1].lower() in LINKS


def _only_a_place(key: str, value: Any) -> bool:
    """Tell whether an OpenAction only says at which page to begin, as most word processors write."""
    if key != "/OpenAction":
        return False
    return isinstance(value, pikepdf.Array) or (
        isinstance(value, pikepdf.Dictionary) and str(value.get("/S")) == "/GoTo"
    )
