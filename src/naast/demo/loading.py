"""Fills the demonstration through the rooms' own actions. Idempotent: what is there is kept."""

import os
from hashlib import blake2b
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
FILLED_FROM = ("*.py", "*.yaml", "*.md", "*.csv", "*.html", "*.css", "*.js", "*.po")


def stamp() -> str:
    """Return a mark of everything the demonstration is filled from; a change of it fills anew."""
    digest = blake2b(digest_size=12)
    for pattern in FILLED_FROM:
        for path in sorted(PACKAGE.rglob(pattern)):
            if "/tests/" not in str(path):
                status = path.stat()
                digest.update(f"{path.relative_to(PACKAGE)}|{status.st_size}|{status.st_mtime_ns}".encode())
    return digest.hexdigest()


def load_demo() -> None:
    """Load places, content, offers, guides, staff, and example questions."""
    from naast.directory.actions import load_shipped as load_offers
    from naast.flows.actions import publish_shipped as publish_guides

    from .accounts import load_accounts
    from .confirmations import load_confirmations
    from .content import load_demo_content
    from .keeping import load_keeping
    from .offers import load_example_offers
    from .places import give_own_host, load_demo_places, publish_all
    from .plans import load_plans
    from .providers import load_providers
    from .questions import load_questions
    from .staff import load_staff
    from .statements import load_statements
    from .together import load_together
    from .who_saw import load_who_saw
    from .working import load_working

    load_demo_places(publish=False, country=not os.environ.get("NAAST_NO_COUNTRY"))
    load_offers()
    load_example_offers()
    publish_guides()
    load_demo_content()
    load_staff()
    load_providers()
    load_statements()
    load_accounts()
    publish_all()
    give_own_host()
    load_confirmations()
    load_questions()
    load_plans()
    load_together()
    load_keeping()
    load_who_saw()
    load_working()
