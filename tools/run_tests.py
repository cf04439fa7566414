"""Run the gates. `all` is what CI runs; `fast` is for while you work; `pages` looks at every page in every variant."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import services  # noqa: E402

PYTEST = [str(ROOT / ".venv/bin/python"), "-m", "pytest", "-q"]
# What must hold on both databases: rules, queries, actions, search, drafts, what writes SQL of its own, and the journey.
BOTH = [
    "test_queries.py",
    "test_actions.py",
    "test_search.py",
    "test_search_words.py",
    "test_drafts.py",
    "test_glossary.py",
    "test_links.py",
    "test_postcodes.py",
    "test_publishing.py",
    "test_translations.py",
    "test_worker.py",
    "test_run.py",
    "test_holds.py",
    "test_backup.py",
    "test_asking_at_once.py",
    "test_killed.py",
    "test_rotation.py",
    "test_places_leave.py",
    "test_place_keys.py",
    "test_journey.py",
]


def run(name: str, command: list[str], **more: str) -> bool:
    """Run one gate and say how long it took."""
    begin = time.monotonic()
    print(f"── {name}", flush=True)
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **more})
    print(f"── {name}: {'ok' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - begin:.0f} s", flush=True)
    return done.returncode == 0


def both_databases_files() -> list[str]:
    """Return the test files that also run on PostgreSQL."""
    files = [path for folder in ("src", "tests") for path in (ROOT / folder).rglob("test_*.py") if path.name in BOTH]
    return sorted(str(path.relative_to(ROOT)) for path in files)


def everything() -> bool:
    """Run all gates: SQLite with the browser, then what must hold on PostgreSQL as well."""
    services.chromium()
    results = []
    with services.valkey() as valkey, services.postgres() as database:
        services_at = {"NAAST_TEST_VALKEY_URL": valkey, "NAAST_TEST_POSTGRES_URL": database}
        results.append(run("SQLite", [*PYTEST, "-n", "2", "--durations=10"], **services_at))
        results.append(
            run(
                "PostgreSQL",
                [*PYTEST, "-n", "2", "--durations=10", *both_databases_files()],
                NAAST_TEST_DATABASE_URL=database,
                **services_at,
            )
        )
    return all(results)


def fast() -> bool:
    """Run what needs no browser and is not slow."""
    return run("fast", [*PYTEST, "-n", "2", "-m", "not browser and not slow", "src"])


def pages() -> bool:
    """Look at every own page in every variant."""
    services.chromium()
    return run(
        "pages",
        [*PYTEST, "-n", "2", "tests/gates/test_pages.py", "tests/gates/test_admin_pages.py"],
        NAAST_ALL_PAGES="1",
    )


if __name__ == "__main__":
    what = {"all": everything, "fast": fast, "pages": pages}[sys.argv[1] if len(sys.argv) > 1 else "all"]
    sys.exit(0 if what() else 1)
