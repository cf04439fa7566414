"""The page "Post": every mail that left in the demonstration lies here instead of in somebody's box."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

SHOWN = 60
LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Letter:
    """One mail as it left."""

    to: str
    subject: str
    at: datetime | None
    body: str
    path: str = ""  # the page it points at, on this very machine whatever its port


def letters() -> list[Letter]:
    """Return the mails of the demonstration, newest first; file names begin with their time."""
    folder = Path(settings.NAAST_MAIL_DIR)
    files = sorted(folder.glob("*.eml"), reverse=True)[:SHOWN] if folder.is_dir() else []
    return [letter for file in files if (letter := _read(file))]


def _read(file: Path) -> Letter | None:
    try:
        mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    except OSError:  # sent again at this very moment
        return None
    body = mail.get_body(("plain",))
    date = mail.get("Date")
    text = str(body.get_content()) if body else ""
    link = LINK.search(text)
    return Letter(
        to=str(mail.get("To", "")),
        subject=str(mail.get("Subject", "")),
        at=_moment(str(date)) if date else None,
        body=LINK.sub("", text).strip(),
        path=urlsplit(link.group()).path if link else "",
    )


def _moment(header: str) -> datetime:
    """Read the date of a mail; "-0000" means UTC and comes without a zone."""
    moment = parsedate_to_datetime(header)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@require_GET
def post(request: HttpRequest) -> HttpResponse:
    """Show what would have been mailed, to whom."""
    return render(request, "demo/post.html", {"letters": letters()})
