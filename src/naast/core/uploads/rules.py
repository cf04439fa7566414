"""Thinking about files, without Django: what one is by its first bytes, which we take, and what we call it."""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Literal

Format = Literal[
    "jpeg", "png", "webp", "mp4", "webm", "pdf",  # what some road takes
    "gif", "heic", "tiff", "bmp", "svg", "html", "script", "zip", "office", "program", "archive", "",
]  # fmt: skip
Code = Literal[
    "empty", "big", "format", "svg", "heic", "office", "animated", "pixels", "broken", "active", "locked", "virus",
    "scanner",
]  # fmt: skip
RoadName = Literal["picture", "logo", "film", "paper"]
SUFFIXES: dict[str, str] = {
    "jpeg": ".jpg", "png": ".png", "webp": ".webp", "mp4": ".mp4", "webm": ".webm", "pdf": ".pdf",
}  # fmt: skip
CONTENT_TYPES = {
    ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".mp4": "video/mp4", ".webm": "video/webm",
    ".pdf": "application/pdf",
}  # fmt: skip
HEAD = 4096  # bytes that are looked at
MOST_PIXELS = 40_000_000
MB = 1024 * 1024

# Brands of ISO media files (ftyp) that hold a film; HEIC and AVIF pictures have the same box.
_FILM_BRANDS = frozenset(
    [b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash", b"mmp4", b"MSNV"]
)
_PICTURE_BRANDS = frozenset([b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"])
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|script|iframe|img|a|meta|style|title|form)[\s/>]", re.IGNORECASE)


@dataclass(frozen=True)
class Road:
    """What one kind of upload takes, and how large."""

    name: RoadName
    formats: tuple[Format, ...]
    most_bytes: int


ROADS: dict[RoadName, Road] = {
    "picture": Road("picture", ("jpeg", "png", "webp"), 10 * MB),
    "logo": Road("logo", ("jpeg", "png", "webp"), 5 * MB),
    "film": Road("film", ("mp4", "webm"), 100 * MB),  # settings.NAAST_FILM_BYTES goes before
    "paper": Road("paper", ("pdf",), 10 * MB),
}


class Refused(ValueError):
    """A file that we do not take; the code says why, `format` what it is as far as we know."""

    def __init__(self, code: Code, format: Format = "") -> None:
        super().__init__(code)
        self.code, self.format = code, format


def sniff(head: bytes) -> Format:
    """Tell by its first bytes (4096 are enough) what a file is, whatever its name or the browser says; '' = unknown."""
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "mp4" if brand in _FILM_BRANDS else "heic" if brand in _PICTURE_BRANDS else ""
    for start, format in _STARTS:
        if head.startswith(start):
            return format
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm" if b"webm" in head[:64] else ""
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"PK\x03\x04"):
        inside = (b"word/", b"xl/", b"ppt/", b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis")
        return "office" if any(mark in head for mark in inside) else "zip"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"<svg" in head.lower():
        return "svg"
    if text.startswith(b"#!") or text.lower().startswith((b"<?php", b"@echo")):
        return "script"
    return "html" if _HTML.search(head) else ""


_STARTS: tuple[tuple[bytes, Format], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"%PDF-", "pdf"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"BM", "bmp"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x07\x08", "zip"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
)


def judge(head: bytes, size: int, road: Road, most_bytes: int = 0) -> Format:
    """Return what a file is, where a road takes it. Raises Refused: empty, too big, or of a format it does not take."""
    if size <= 0 or not head:
        raise Refused("empty")
    found = sniff(head)
    if found in ("svg", "heic", "office") and found not in road.formats:
        raise Refused(found, found)
    if found not in road.formats:
        raise Refused("format", found)
    if size > (most_bytes or road.most_bytes):
        raise Refused("big", found)
    return found


def random_name(format: Format) -> str:
    """Return a name for the disk: 128 random bits and the suffix of what the file is. KeyError for what no road takes."""
    return f"{secrets.token_hex(16)}{SUFFIXES[format]}"


def title_of(name: str) -> str:
    r"""Return a title made of the name a file had: no path, no suffix, no hidden or turning characters, 80 at most.

    '../../Brief aan\u202egpj.exe' → 'Brief aangpj'.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Control, format (bidi, zero width), private use and surrogates are nobody's words.
    seen = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    bare = re.sub(r"(?:\.[A-Za-z0-9]{1,8})+$", "", seen)
    words = re.sub(r'[<>:"|?*;=&%#\s_]+', " ", bare).strip(" .-")
    return words[:80].strip()
