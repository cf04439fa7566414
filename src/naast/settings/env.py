"""Reading the environment: one place that names a setting which is missing or weak."""

import base64
import binascii
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

MIN_SECRET = 50  # characters; Django's own check warns below this
KEY_BYTES = 32  # AES-256
LONGEST_KEY_ID = 20


def var_dir() -> Path:
    """Where the demonstration keeps its data: `NAAST_VAR`, else `var/` below the working directory."""
    return Path(os.environ.get("NAAST_VAR", "var")).resolve()


def needed(name: str) -> str:
    """Return a setting; a missing or empty one stops the start with its name."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. Production does not start without it.")
    return value


def strong_secret(name: str) -> str:
    """Return a secret of at least 50 varied characters, or stop with the name of the setting."""
    value = needed(name)
    if len(value) < MIN_SECRET or len(set(value)) < 8 or value.startswith("django-insecure"):
        raise ImproperlyConfigured(f"{name} is weak: use at least {MIN_SECRET} random characters.")
    return value


def keyed_entries(name: str, text: str) -> dict[str, bytes]:
    """Parse `id:base64,id:base64` (first = newest) into 32-byte keys; a wrong one stops with the setting's name."""
    entries: dict[str, bytes] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        key_id, colon, encoded = part.partition(":")
        if not colon:
            # Without its colon the part may be the key itself: it is not repeated.
            raise ImproperlyConfigured(f"{name}: entry {len(entries) + 1} has no id. Write it as id:base64.")
        if not (key_id.isascii() and key_id.isalnum() and len(key_id) <= LONGEST_KEY_ID):
            raise ImproperlyConfigured(
                f"{name}: the id of entry {len(entries) + 1} is at most {LONGEST_KEY_ID} letters or digits."
            )
        if key_id in entries:
            raise ImproperlyConfigured(f"{name}: two entries have the id '{key_id}'.")
        try:
            key = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError) as error:
            raise ImproperlyConfigured(f"{name}: entry '{key_id}' is not base64.") from error
        if len(key) != KEY_BYTES:
            raise ImproperlyConfigured(f"{name}: entry '{key_id}' is {len(key)} bytes long and needs {KEY_BYTES}.")
        if key in entries.values():
            raise ImproperlyConfigured(f"{name}: entry '{key_id}' holds the same key as another one.")
        entries[key_id] = key
    if not entries:
        raise ImproperlyConfigured(f"{name} holds no key.")
    return entries


def count_of(name: str, default: int) -> int:
    """Return a setting that is a whole number from 0, or stop with its name."""
    value = os.environ.get(name, "").strip() or str(default)
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} is a whole number: 0, 1, 2.")
    return int(value)


def new_entry(key_id: str) -> str:
    """Make one key ring entry, for example `k1:…`."""
    return f"{key_id}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def make_env_file(path: Path) -> None:
    """Write the embedded installation's secrets (mode 600) once; an existing file is kept."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = {
        "NAAST_SECRET_KEY": secrets.token_urlsafe(64),
        "NAAST_KEYRING": new_entry("k1"),
        "NAAST_LOCKER_SALTS": new_entry("1"),
    }
    text = "# Secrets of this installation. Keep them apart from backups.\n"
    text += "".join(f"{name}={value}\n" for name, value in lines.items())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def read_env_file(path: Path) -> Mapping[str, str]:
    """Put the file's settings into the environment where a variable is unset; returns what the file holds."""
    found: dict[str, str] = {}
    if path.exists():
        for line in path.read_text().splitlines():
            name, mark, value = line.partition("=")
            if mark and not line.startswith("#"):
                found[name.strip()] = value.strip()
                os.environ.setdefault(name.strip(), value.strip())
    return found


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """Return a setting that is one of these, the first where it is not set, or stop with its name."""
    value = os.environ.get(name, "").strip() or choices[0]
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is one of: {', '.join(choices)}.")
    return value
