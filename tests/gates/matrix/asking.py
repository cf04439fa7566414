"""Asking and reading: one browser for everybody, every request undone, files opened, and writes watched."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pikepdf
from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client

# Tables that a refusal may write to: what it counts, notes or seals about the request itself, and Wagtail's groups, which
# follow the roles at each visit of an editor.
OF_THE_REQUEST = (
    "auth_group",
    "people_user_groups",
    "core_",
    "ledger_",
    "django_session",
    "people_staffsession",
    "people_sign",
    "django_tasks",
)
LARGEST = 4_000_000  # characters of a file that are searched
_WRITE = re.compile(r'\s*(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """What one person got, by method; 405 where the address does not take it."""

    by_method: dict[str, int]
    body: str
    location: str
    wrote: tuple[tuple[str, str], ...] = ()  # (table, its values as text)

    @property
    def statuses(self) -> tuple[int, ...]:
        """Return what the methods gave that the address takes."""
        return tuple(status for status in self.by_method.values() if status != 405)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever a request wrote is undone, so that the next person finds the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass
class Watch:
    """Notes what a request writes into the database, for `connection.execute_wrapper`."""

    seen: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = _WRITE.match(sql)
        if found:
            self.seen.append((found[1], f"{params}".replace("-", "")))
        return execute(sql, params, many, context)


def watched(wrote: tuple[tuple[str, str], ...]) -> list[str]:
    """Return the tables that hold somebody's records and were written to."""
    return sorted({table for table, _ in wrote if not table.startswith(OF_THE_REQUEST)})


def touched(wrote: tuple[tuple[str, str], ...], keys: tuple[str, ...]) -> list[str]:
    """Return the tables of records into which one of these keys (UUIDs, texts) was written, or by which a row was."""
    flat = [key.replace("-", "") for key in keys]
    return sorted({t for t, said in wrote if not t.startswith(OF_THE_REQUEST) and any(key in said for key in flat)})


class Browser:
    """One browser that everybody uses in turn; the middleware is put together once."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)

    def ask(
        self,
        address: str,
        *,
        cookie: str = "",
        data: dict[str, Any] | None = None,
        methods: tuple[str, ...] = ("get", "post"),
    ) -> Answer:
        """Ask an address as the owner of this session's cookie ('' for a stranger), by each method."""
        by_method: dict[str, int] = {}
        bodies, location, watch = [], "", Watch()
        for method in methods:
            self.client.cookies.clear()
            if cookie:
                self.client.cookies[settings.SESSION_COOKIE_NAME] = cookie
            caches["limits"].clear()
            with undone(), connection.execute_wrapper(watch):
                answer = getattr(self.client, method)(address, *([data or {}] if method == "post" else []))
                by_method[method] = answer.status_code
                bodies.append(text_of(answer))
            location = location or answer.headers.get("Location", "")
        return Answer(by_method, "\n".join(bodies), location, tuple(watch.seen))


BROWSER = Browser()


def bare_no(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A refusal without its page: the page is the same for everybody, and making it cost most of the matrix's time."""
    return HttpResponse("nee", status=403)


def keys_of(kwargs: dict[str, Any], marks: tuple[str, ...]) -> tuple[str, ...]:
    """Return what tells a record: its marks and the UUIDs of its address."""
    return (*marks, *(str(value) for value in kwargs.values() if isinstance(value, UUID)))


# ---------- files ----------


def text_of(answer: Any) -> str:
    """Return all text of an answer: pages, streams, members of a zip, and what a PDF shows and says of itself."""
    body = b"".join(answer.streaming_content) if getattr(answer, "streaming", False) else answer.content
    return text_in(body)


def text_in(body: bytes) -> str:
    """Return the text in the bytes of a file, by its first bytes."""
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(f"{name}\n{text_in(packed.read(name))}" for name in packed.namelist())
    if body.startswith(b"%PDF"):
        return text_of_pdf(body)
    return body[:LARGEST].decode(errors="replace")


def text_of_pdf(body: bytes) -> str:
    """Return what a PDF shows, page by page, and its own facts (title, author)."""
    said = []
    with pikepdf.open(io.BytesIO(body)) as pdf:
        said += [str(value) for value in pdf.docinfo.values()]
        for page in pdf.pages:
            fonts = page.obj.get("/Resources", {}).get("/Font", {})
            tables = {str(name): _letters(font) for name, font in fonts.items()}
            letters: dict[bytes, str] = {}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    letters = tables.get(str(operands[0]), {})
                elif str(operator) in ("Tj", "TJ"):
                    said.append(_shown(operands[0], letters))
                elif str(operator) in ("Td", "TD", "Tm", "T*", "ET"):
                    said.append("")
    # A line is broken where the paper ends: words are compared with single spaces between them.
    return re.sub(r"\s+", " ", " ".join(said))


def _shown(operand: Any, letters: dict[bytes, str]) -> str:
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    text = ""
    for part in parts:
        if isinstance(part, pikepdf.String):
            raw = bytes(part)
            text += "".join(letters.get(raw[at : at + 2], "") for at in range(0, len(raw), 2)) if letters else str(part)
    return text


def _letters(font: Any) -> dict[bytes, str]:
    """Return which letters the two-byte glyphs of a font stand for, as its ToUnicode table says."""
    if "/ToUnicode" not in font:
        return {}
    table: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(font.ToUnicode):
        if str(operator) == "endbfchar":
            for glyph, letter in zip(operands[::2], operands[1::2], strict=True):
                table[bytes(glyph)] = bytes(letter).decode("utf-16-be", "replace")
        elif str(operator) == "endbfrange":
            for first, last, start in zip(operands[::3], operands[1::3], operands[2::3], strict=True):
                low, high = (int.from_bytes(bytes(one), "big") for one in (first, last))
                for step in range(high - low + 1):
                    letter = bytes(start[step]) if isinstance(start, pikepdf.Array) else _after(bytes(start), step)
                    table[(low + step).to_bytes(len(bytes(first)), "big")] = letter.decode("utf-16-be", "replace")
    return table


def _after(letter: bytes, steps: int) -> bytes:
    return (int.from_bytes(letter, "big") + steps).to_bytes(len(letter), "big")
