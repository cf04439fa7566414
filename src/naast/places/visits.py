"""Counting visits in the outermost layer: navigations from elsewhere, without following anybody (docs/decisions).

A visit is a navigation that was answered with 200, by no known bot, whose Sec-Fetch-Site is none, cross-site or
same-site; where a browser does not send it, it is counted apart as 'unknown'.
"""

import threading
import time
from collections import Counter
from typing import Any

from . import rules

FLUSH_EVERY = 5.0  # seconds
SOURCES = {"none": "direct", "cross-site": "elsewhere", "same-site": "same-site", "": "unknown"}
# Parts of names with which robots introduce themselves; looked through on 2026-11-22.
BOTS = ("bot", "crawl", "spider", "slurp", "preview", "monitor", "curl", "wget", "python", "headlesschrome", "scan")
DOORS = frozenset(rules.AUDIENCES)
JOURNEYS = frozenset(
    ("wegwijzer", "hulp", "vraag", "hulp-nu", "privacy", "toegankelijkheid", "kies-geen-kant", "buddy", "cursus")
)


def page_kind(rest: str) -> str:
    """Return the kind of a page from its path below the place, cut at the door or journey: never a token."""
    head = rest.strip("/").partition("/")[0]
    if not head:
        return "home"
    return head if head in DOORS or head in JOURNEYS else "page"


def where(host: str, path: str) -> tuple[str, str]:
    """Return the slug of the place that was visited ('' for the house itself) and the path below it."""
    from . import hosts, queries

    cut = rules.split_path(path)
    bare = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    own = None if hosts.is_shared(bare) else queries.by_host(bare)
    if own is not None and cut.slug not in rules.RESERVED:
        return own.slug, f"/{cut.slug}{cut.rest}" if cut.slug else "/"
    return (cut.slug if cut.slug and cut.slug not in rules.RESERVED else ""), cut.rest


def source_of(mode: str, site: str) -> str | None:
    """Return where a navigation came from, or None when the request is no visit."""
    if mode not in ("navigate", ""):
        return None
    return SOURCES.get(site if mode else "")


def is_bot(agent: str) -> bool:
    """Tell whether a browser introduces itself as a robot. The name is looked at, never kept."""
    lowered = agent.lower()
    return not lowered or any(mark in lowered for mark in BOTS)


class VisitCounter:
    """Collects visits in memory and adds them to the ledger every five seconds, in one batch."""

    def __init__(self) -> None:
        self._waiting: Counter[tuple[str, str, str]] = Counter()
        self._lock = threading.Lock()
        self._flushed = time.monotonic()

    def note(self, environ: dict[str, Any]) -> None:
        """Note one answered request, if it is a visit."""
        if environ["REQUEST_METHOD"] != "GET":
            return
        source = source_of(environ.get("HTTP_SEC_FETCH_MODE", ""), environ.get("HTTP_SEC_FETCH_SITE", ""))
        if source is None or is_bot(environ.get("HTTP_USER_AGENT", "")):
            return
        place, rest = where(environ.get("HTTP_HOST", ""), environ.get("PATH_INFO", "/"))
        with self._lock:
            self._waiting[(place, page_kind(rest), source)] += 1
            due = time.monotonic() - self._flushed > FLUSH_EVERY
            if due:
                self._flushed = time.monotonic()
        if due:
            threading.Thread(target=self.flush, daemon=True, name="visits").start()

    def flush(self) -> int:
        """Write what waits into the ledger; returns how many visits. Unknown places are counted nowhere."""
        from django.db import connection, transaction

        from naast.ledger.actions import count

        from . import queries

        with self._lock:
            batch, self._waiting = self._waiting, Counter()
        try:
            with transaction.atomic():
                for (slug, page, source), amount in batch.items():
                    if not slug or queries.by_slug(slug):
                        count("visit", place=slug or "nederland", amount=amount, page=page, source=source)
        except Exception:
            with self._lock:
                self._waiting.update(batch)
            return 0
        finally:
            if threading.current_thread() is not threading.main_thread():
                connection.close()
        return sum(batch.values())


counter = VisitCounter()
