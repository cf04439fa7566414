"""Generation numbers: how every process learns within a second that what a place shows was changed."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, connections, transaction
from django.db.models import F

from .models import Generation

LOOK_EVERY = 0.5  # seconds
TRUST_FOR = 1.5  # seconds without a look after which memory is not trusted
SHARED = "*"


_touched: ContextVar[bool] = ContextVar("generations_touched", default=False)


def bump(place: str = SHARED) -> None:
    """Say, inside the transaction of the change, that this place (or '*', all) shows something new."""
    _touched.set(True)
    transaction.on_commit(_settle)
    if not Generation.objects.filter(place=place).update(number=F("number") + 1):
        Generation.objects.get_or_create(place=place, defaults={"number": 1})


def _settle() -> None:
    """After the commit: who made the change sees it at once."""
    _touched.set(False)
    if watch.trusted():
        watch.look()
    elif _look.get() is not None:
        _look.set(dict(Generation.objects.values_list("place", "number")))


class Watch:
    """Looks at all generations twice a second in a thread of its own; reading costs no query."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._looked = 0.0
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def look(self) -> None:
        """Read all rows now."""
        self._numbers = dict(Generation.objects.values_list("place", "number"))
        self._looked = time.monotonic()

    def _run(self) -> None:
        while True:
            try:
                self.look()
            except Exception:
                connections.close_all()
            time.sleep(LOOK_EVERY)

    def start(self) -> None:
        """Start looking; at the first request, because a server's workers are separate processes."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="generations")
                self._thread.start()

    def trusted(self) -> bool:
        """Tell whether the last look is recent enough to serve from memory."""
        return time.monotonic() - self._looked < TRUST_FOR

    def number(self, place: str) -> tuple[int, int]:
        """Return (of the place, of the shared tree) as last seen."""
        return self._numbers.get(place, 0), self._numbers.get(SHARED, 0)


watch = Watch()


_look: ContextVar[dict[str, int] | None] = ContextVar("generations_look", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Look at the generations once for a whole request, where no watch runs (commands, tests)."""
    numbers = None if watch.trusted() else dict(Generation.objects.values_list("place", "number"))
    token, touched = _look.set(numbers), _touched.set(False)
    try:
        yield
    finally:
        _look.reset(token)
        _touched.reset(touched)


def seen(place: str = SHARED) -> tuple[int, int]:
    """Return the generation for data held in memory: from the watch where it runs, else from the database."""
    if watch.trusted():
        return watch.number(place)
    look = _look.get()
    if look is not None and not _touched.get():
        return look.get(place, 0), look.get(SHARED, 0)
    rows = dict(Generation.objects.filter(place__in=[place, SHARED]).values_list("place", "number"))
    return rows.get(place, 0), rows.get(SHARED, 0)


def in_doubt() -> bool:
    """Tell whether this context bumped inside a transaction that still runs: memory must not be trusted then."""
    return _touched.get() and connection.in_atomic_block
