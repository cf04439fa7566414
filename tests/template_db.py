"""A migrated SQLite database with the places in it, to copy from: made once a change, not once a test process."""

import fcntl
import os
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "test-templates"


def mark() -> str:
    """Return a mark of everything that shapes the schema."""
    digest = blake2b(digest_size=10)
    naast = ROOT / "src" / "naast"
    files = [
        *naast.glob("*/migrations/*.py"),
        *(path for path in naast.glob("places/data/**/*") if path.is_file()),
        naast / "places" / "actions.py",
        naast / "demo" / "places.py",
        ROOT / "requirements" / "base.txt",
    ]
    for path in sorted(files):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def template() -> Path:
    """Return the template of today's schema; the first process makes it, others wait."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = FOLDER / f"{mark()}.sqlite3"
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not wanted.exists():
            for old in FOLDER.glob("*.sqlite3*"):
                old.unlink()
            fresh = wanted.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            code = (
                "import django; from django.conf import settings; django.setup()\n"
                "from django.core.management import call_command\n"
                "call_command('migrate', interactive=False, verbosity=0)\n"
                "from tests.fixtures import load_places; load_places()\n"
            )
            subprocess.run(
                [sys.executable, "-c", code],
                check=True,
                cwd=ROOT,
                env={**os.environ, "NAAST_TEMPLATE_FILE": str(fresh), "DJANGO_SETTINGS_MODULE": "tests.settings"},
            )
            fresh.rename(wanted)
    return wanted
