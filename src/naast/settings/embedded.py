"""The default: SQLite in WAL mode, one web process with threads, one worker. For a laptop and a demonstration."""

import os

from .base import *  # noqa: F403
from .base import STORAGES  # noqa: F401
from .env import keyed_entries, make_env_file, read_env_file, var_dir
from .hosts import AllowedHosts
from .oidc import providers_of

VAR = var_dir()
make_env_file(VAR / "naast.env")
read_env_file(VAR / "naast.env")

NAAST_EMBEDDED = True
NAAST_DEMO = os.environ.get("NAAST_DEMO", "") == "1"
DEBUG = False
SECRET_KEY = os.environ["NAAST_SECRET_KEY"]
NAAST_KEYRING = keyed_entries("NAAST_KEYRING", os.environ["NAAST_KEYRING"])
NAAST_LOCKER_SALTS = keyed_entries("NAAST_LOCKER_SALTS", os.environ["NAAST_LOCKER_SALTS"])
ALLOWED_HOSTS = AllowedHosts(
    ["127.0.0.1", "localhost", "[::1]", *filter(None, os.environ.get("NAAST_HOSTS", "").split(","))]
)

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "naast.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            # FULL: a confirmed question survives a power cut (docs/decisions/0002).
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
        },
    },
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "limits": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"},
    # Sign-in limits and the once-only use of a TOTP code must hold over all processes.
    "shared": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},  # else three hundred guesses would push the counters out
    },
}
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"
NAAST_TOMBSTONES = VAR / "tombstones.jsonl"  # ids of what was erased, for a restore (docs/running.md)
EMAIL_BACKEND = "naast.core.mail_backend.FolderBackend"
NAAST_MAIL_DIR = VAR / "mail"
DEFAULT_FROM_EMAIL = "Naast <naast@demo.example>"
NAAST_SIGN_INS = providers_of(os.environ, insecure=True)  # one on this very machine may do without https
