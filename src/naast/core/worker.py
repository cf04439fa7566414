"""The worker: our own loop round the table of jobs, with a beat, a reaper and retries (docs/decisions/0006).

The stock worker dies on a locked SQLite and loses a task whose process is killed. This one does neither: a task whose
worker has not beaten for 30 seconds runs again, a failed one runs again with growing pauses, and what fails six times
stays in a visible list.
"""

import logging
import secrets
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import OperationalError, close_old_connections, connections, transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as StockWorker
from django_tasks_db.models import DBTaskResult

from . import jobs
from .clock import now
from .models import WorkerBeat

log = logging.getLogger("naast.worker")

BEAT = 2.0  # seconds
DEAD = timedelta(seconds=30)  # longer than the database's time-out: a waiting worker is not a dead one
TIME_LIMIT = timedelta(minutes=10)  # of one task; a hanging task keeps its beat
FINISHED_KEPT = timedelta(days=2)

Regular = Callable[[], Any]
_regular: list[tuple[str, timedelta, Regular]] = []


def every(period: timedelta, name: str, work: Regular) -> None:
    """Let the worker do something regularly (idempotent, short); rooms register it in AppConfig.ready."""
    if name not in [known for known, _, _ in _regular]:
        _regular.append((name, period, work))


def reap(own_id: str) -> int:
    """Give tasks of dead workers, and failed ones with attempts left, back to the queue; returns how many."""
    moment = now()
    returned = 0
    with transaction.atomic():
        WorkerBeat.objects.update_or_create(worker_id=own_id, defaults={"at": moment})
        alive = set(WorkerBeat.objects.filter(at__gt=moment - DEAD).values_list("worker_id", flat=True))
        for row in DBTaskResult.objects.select_for_update(skip_locked=True).filter(status=TaskResultStatus.RUNNING):
            hanging = row.started_at is not None and row.started_at < moment - TIME_LIMIT
            if row.worker_ids and row.worker_ids[-1] in alive and not hanging:
                continue
            row.status = TaskResultStatus.READY if len(row.worker_ids) < jobs.TRIES else TaskResultStatus.FAILED
            row.save(update_fields=["status"])
            returned += 1
        for row in DBTaskResult.objects.select_for_update(skip_locked=True).filter(status=TaskResultStatus.FAILED):
            tried = len(row.worker_ids)
            if tried >= jobs.TRIES:
                continue
            row.status = TaskResultStatus.READY
            row.run_after = moment + timedelta(seconds=jobs.PAUSES[min(max(tried, 1), len(jobs.PAUSES)) - 1])
            row.save(update_fields=["status", "run_after"])
            returned += 1
        WorkerBeat.objects.filter(at__lt=moment - timedelta(days=1)).delete()
    return returned


def prune() -> int:
    """Drop finished rows after two days; failed ones that still wait for a person stay."""
    return DBTaskResult.objects.successful().filter(finished_at__lt=now() - FINISHED_KEPT).delete()[0]


class _Loop(StockWorker):
    """The stock loop, without its own restart of signals."""

    def shutdown(self, signum: int, frame: Any) -> None:
        # Finish the task in hand, then stop; a second signal changes nothing (the reaper would have to mend it).
        self.running = False


class HouseWorker:
    """Runs tasks until told to stop."""

    def __init__(self, *, worker_id: str = "", interval: float = 0.5, batch: bool = False) -> None:
        self.worker_id = worker_id or secrets.token_hex(8)
        self.batch = batch
        self.loop = _Loop(
            queue_names=["*"],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.worker_id,
            excluded_queue_names=[],
        )
        self._stop = threading.Event()
        self._last: dict[str, float] = {}

    def run(self, *, signals: bool = True) -> None:
        """Work until stopped (or, in batch mode, until the queue is empty)."""
        if signals:
            self.loop.configure_signals()
        beat = threading.Thread(target=self._beat, daemon=True, name="beat")
        beat.start()
        while self.loop.running:
            try:
                self.loop.run()
                if self.batch:
                    break
            except OperationalError:
                log.warning("database busy; the worker goes on")
                connections.close_all()
                time.sleep(1)
        self._stop.set()
        beat.join(timeout=BEAT * 2)

    def _beat(self) -> None:
        while not self._stop.is_set():
            try:
                close_old_connections()
                reap(self.worker_id)
                self._regular_work()
            except Exception as error:
                log.warning("beat: %s", type(error).__name__)
                connections.close_all()
            self._stop.wait(BEAT)
        connections.close_all()

    def _regular_work(self) -> None:
        for name, period, work in _regular:
            last = self._last.get(name)
            if last is None or time.monotonic() - last >= period.total_seconds():
                self._last[name] = time.monotonic()
                try:
                    work()
                except Exception as error:
                    log.warning("regular work %s: %s", name, type(error).__name__)
                    connections.close_all()
