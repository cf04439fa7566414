"""In the demonstration mail lands in a folder, one file a mail, for the page "Post"."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from .clock import now


class FolderBackend(BaseEmailBackend):
    """Writes `<time>-<message id>.eml` into `settings.NAAST_MAIL_DIR`; the same mail twice is one file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails; returns how many."""
        folder = Path(settings.NAAST_MAIL_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            mark = "".join(c for c in message.extra_headers.get("Message-ID", "") if c.isalnum())[:32]
            for old in folder.glob(f"*-{mark}.eml"):
                old.unlink()
            name = f"{now():%Y%m%d-%H%M%S}-{mark}.eml"
            (folder / name).write_bytes(_bytes(message))
        return len(email_messages)


def _bytes(message: Any) -> bytes:
    return bytes(message.message().as_bytes())
