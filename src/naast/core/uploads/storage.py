"""Where uploads lie: under random names, of known kinds only; no address of ours leads to a file by its path."""

import secrets
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage
from django.core.signing import TimestampSigner
from django.urls import reverse

from naast.core.sharing import outside_any_place
from naast.core.uploads.rules import CONTENT_TYPES, HEAD, SUFFIXES, sniff

SALT = "naast.core.uploads"
MINUTES = 10


class Storage(FileSystemStorage):
    """The default storage: the last gate behind the forms, whoever calls it."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return a random name in the same folder; what somebody called the file never reaches the disk."""
        path = PurePosixPath(name.replace("\\", "/"))
        suffix = path.suffix.lower()
        made = f"{secrets.token_hex(16)}{suffix if suffix in CONTENT_TYPES else ''}"
        return super().get_available_name(str(path.parent / made), max_length)

    def _save(self, name: str, content: Any) -> str:
        content.seek(0)
        found = sniff(content.read(HEAD))
        content.seek(0)
        if SUFFIXES.get(found) != PurePosixPath(name).suffix:
            raise SuspiciousFileOperation(f"a file of another kind than its name: {found or 'unknown'}")
        return str(super()._save(name, content))  # type: ignore[misc]

    def url(self, name: str | None) -> str:
        """Return a signed address that works for ten minutes."""
        return signed_address(name or "")


def signed_address(name: str, title: str = "") -> str:
    """Return an address at which one file can be fetched for ten minutes, by whoever has it."""
    token = TimestampSigner(salt=SALT).sign_object({"n": name, "t": title})
    with outside_any_place():
        return reverse("upload", args=[token])
