"""PDF is the only paper we take: no script, no file inside, no lock; who wrote it when is taken out."""

from io import BytesIO
from typing import Any

import pikepdf

from naast.core.uploads.rules import Refused

MOST_PAGES = 500
MOST_OBJECTS = 50_000
# Keys of a dictionary that let a paper act, carry something along, or send what is typed.
ACTIVE_KEYS = frozenset(
    ["/JS", "/JavaScript", "/AA", "/OpenAction", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent"]
)
ACTIVE_KINDS = frozenset(
    ["/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Sound", "/Movie"]
)
ACTIVE_TYPES = frozenset(["/RichMedia", "/FileAttachment", "/Movie", "/Screen", "/3D", "/EmbeddedFile"])


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
            if any(_acts(found) for found in paper.objects):
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


def _acts(found: Any, depth: int = 0) -> bool:
    """Tell whether an object, or a dictionary right inside it, can act or carries a file."""
    if isinstance(found, pikepdf.Stream):
        return _acts(found.stream_dict, depth)
    if isinstance(found, pikepdf.Dictionary):
        for key, value in found.items():
            if key in ACTIVE_KEYS and not _only_a_place(key, value):
                return True
            if key == "/S" and str(value) in ACTIVE_KINDS:
                return True
            if key in ("/Subtype", "/Type") and str(value) in ACTIVE_TYPES:
                return True
            if depth < 6 and not getattr(value, "is_indirect", False) and _acts(value, depth + 1):
                return True
    elif isinstance(found, pikepdf.Array) and depth < 6:
        return any(_acts(one, depth + 1) for one in found if not getattr(one, "is_indirect", False))
    return False


def _only_a_place(key: str, value: Any) -> bool:
    """Tell whether an OpenAction only says at which page to begin, as most word processors write."""
    if key != "/OpenAction":
        return False
    return isinstance(value, pikepdf.Array) or (
        isinstance(value, pikepdf.Dictionary) and str(value.get("/S")) == "/GoTo"
    )
