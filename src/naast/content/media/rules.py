"""Thinking about films, without Django: what a file is, what subtitles say, which piece was asked for, what a script is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from naast.content.rules import ContentError
from naast.places.rules import AUDIENCES, PHASES

Kind = Literal["mp4", "webm", "jpeg", "png", "webp", "svg", ""]
CONTENT_TYPES = {"mp4": "video/mp4", "webm": "video/webm", "webp": "image/webp", "vtt": "text/vtt; charset=utf-8"}
LEAST_READING = 1.5  # seconds a line of subtitles stands there at least

_TIME = re.compile(r"^(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})$")
# Each character is read in one way only, so that marks that never end cost no time.
_TAG = re.compile(r"</?(?P<name>[^\s.<>/]*)(?:[\s./][^<>]*)?>")
_TAGS = {"b", "i", "u", "v", "c", "lang"}
_KEPT = ("NOTE", "STYLE", "REGION")
_RANGE = re.compile(r"^bytes=([0-9]{0,30})-([0-9]{0,30})$")


def kind_of(head: bytes) -> Kind:
    """Tell by its first bytes (512 are enough) what a file is, whatever it is called; empty: none that we take."""
    if head[4:8] == b"ftyp":
        return "mp4"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm" if b"webm" in head[:64] else ""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    return "svg" if b"<svg" in head.lower() else ""


# ---------- subtitles (WebVTT, w3.org/TR/webvtt1) ----------

VttCode = Literal["header", "time", "order", "end", "empty", "tag", "nothing"]


class VttError(ValueError):
    """Subtitles that a browser would not show as meant: `line` (from 1) and `code` say where and what."""

    def __init__(self, line: int, code: VttCode) -> None:
        super().__init__(f"line {line}: {code}")
        self.line, self.code = line, code


@dataclass(frozen=True)
class Cue:
    """One line of subtitles, in seconds."""

    start: float
    end: float
    text: str


def read_vtt(text: str) -> list[Cue]:
    """Read subtitles. Raises VttError at the first line that is wrong; a file without a cue is wrong too."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.match(r"^WEBVTT(?:[ \t]|$)", lines[0]):
        raise VttError(1, "header")
    cues: list[Cue] = []
    for number, block in _blocks(lines):
        if number == 1 or block[0].startswith(_KEPT):
            continue
        cues.append(_cue(number, block, cues[-1].start if cues else 0.0))
    if not cues:
        raise VttError(len(lines), "nothing")
    return cues


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield (number of the first line, lines) of each block between blank lines."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(number: int, block: list[str], earliest: float) -> Cue:
    if "-->" not in block[0]:  # a name of the cue stands above its times
        number, block = number + 1, block[1:]
    if not block or "-->" not in block[0]:
        raise VttError(number, "time")
    first, _, rest = block[0].partition("-->")
    start, end = _seconds(number, first.strip()), _seconds(number, (rest.split() or [""])[0])
    if end <= start:
        raise VttError(number, "end")
    if start < earliest:
        raise VttError(number, "order")
    if len(block) == 1:
        raise VttError(number, "empty")
    for offset, line in enumerate(block[1:], start=1):
        if "-->" in line:
            raise VttError(number + offset, "time")
        if any(tag["name"] not in _TAGS for tag in _TAG.finditer(line)):
            raise VttError(number + offset, "tag")
    return Cue(start, end, "\n".join(block[1:]))


def _seconds(number: int, text: str) -> float:
    found = _TIME.match(text)
    if not found:
        raise VttError(number, "time")
    hours, minutes, seconds, thousandths = found.groups()
    return (int(hours or 0) * 3_600_000 + int(minutes) * 60_000 + int(seconds) * 1000 + int(thousandths)) / 1000


def write_vtt(cues: list[Cue]) -> str:
    """Write subtitles as WebVTT."""
    return "\n\n".join(["WEBVTT", *(f"{_clock(cue.start)} --> {_clock(cue.end)}\n{cue.text}" for cue in cues)]) + "\n"


def _clock(seconds: float) -> str:
    whole = round(seconds * 1000)
    hours, rest = divmod(whole, 3_600_000)
    minutes = f"{rest // 60_000:02}:{rest // 1000 % 60:02}.{rest % 1000:03}"
    return f"{hours:02}:{minutes}" if hours else minutes


# ---------- which piece of a file ----------


class NotThere(ValueError):
    """The piece that was asked for lies outside the file (416)."""


def piece(header: str, size: int, most: int) -> tuple[int, int] | None:
    """Read a Range header: (first, last) byte of one piece of at most `most` bytes, None for the whole file.

    RFC 9110: a header that cannot be read, or several pieces, is passed by; a server may give less than was asked for.
    Raises NotThere when the piece begins after the end.
    """
    found = _RANGE.match(header.strip())
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last or size), size - 1)
        if last and int(last) < start:
            return None
    if start >= size or (not first and int(last) == 0):
        raise NotThere
    return start, min(end, start + most - 1)


# ---------- the script of a shipped film ----------


@dataclass(frozen=True)
class Script:
    """A film as it was written: what stands about it, and its scenes."""

    key: str
    title: str
    summary: str
    audiences: tuple[str, ...]
    phases: tuple[str, ...]
    owner: str
    sources: tuple[str, ...]
    checked: date | None
    review_due: date | None
    seconds: int
    languages: tuple[str, ...]
    transcript: str
    subtitles: dict[str, str]


def read_script(name: str, data: Mapping[str, Any]) -> Script:
    """Make a script from its file. Raises ContentError, with `name`, when something is missing or unknown."""
    for needed in ("key", "title", "summary", "audiences", "owner", "sources", "scenes"):
        if not data.get(needed):
            raise ContentError(f"{name}: {needed} is missing")
    for codes, known in ((data["audiences"], AUDIENCES), (data.get("phases") or (), PHASES)):
        if unknown := set(codes) - set(known):
            raise ContentError(f"{name}: unknown code {sorted(unknown)}")
    languages = tuple(data["scenes"][0]["words"])
    if any(tuple(scene["words"]) != languages or not scene.get("shows") for scene in data["scenes"]):
        raise ContentError(f"{name}: each scene says what it shows, and its words in {', '.join(languages)}")
    return Script(
        key=str(data["key"]),
        title=str(data["title"]),
        summary=str(data["summary"]),
        audiences=tuple(data["audiences"]),
        phases=tuple(data.get("phases") or ()),
        owner=str(data["owner"]),
        sources=tuple(str(source) for source in data["sources"]),
        checked=data.get("checked"),
        review_due=data.get("review_due"),
        seconds=sum(scene["seconds"] for scene in data["scenes"]),
        languages=languages,
        transcript="\n\n".join(f"{scene['shows']}\n{' '.join(scene['words']['nl'])}" for scene in data["scenes"]),
        subtitles={language: write_vtt(list(_cues(data["scenes"], language))) for language in languages},
    )


def _cues(scenes: list[dict[str, Any]], language: str) -> Iterator[Cue]:
    """Share the seconds of a scene out over its words; the first line waits until the drawing stands there."""
    begins = 0.0
    for scene in scenes:
        words = scene["words"][language]
        each = (scene["seconds"] - 1.2) / len(words)
        for number, text in enumerate(words):
            start = begins + 1.0 + number * each
            yield Cue(start, start + each - 0.15, text)
        begins += scene["seconds"]
