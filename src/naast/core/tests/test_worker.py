"""The worker: beat, reaper, retries."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from naast.core import clock, jobs, worker
from naast.core.models import WorkerBeat

pytestmark = pytest.mark.django_db(transaction=True)
done: list[str] = []


@pytest.fixture(autouse=True)
def no_regular_work(monkeypatch):
    """What the rooms let a worker do at its start has tests of its own, and would put jobs among these."""
    monkeypatch.setattr(worker, "_regular", [])


@jobs.task()
def note(mark: str) -> None:
    """Note a mark."""
    done.append(mark)


@jobs.task()
def fail(mark: str) -> None:
    """Fail with a message that holds what a person typed."""
    raise RuntimeError(f"geheim van {mark}")


def test_queued_work_is_done():
    jobs.enqueue(note, mark="a")
    worker.HouseWorker(batch=True).run(signals=False)
    assert done[-1] == "a"
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_work_of_a_dead_worker_runs_again():
    jobs.enqueue(note, mark="b")
    row = DBTaskResult.objects.get()
    row.claim("dead-worker")
    WorkerBeat.objects.create(worker_id="dead-worker", at=clock.now() - timedelta(seconds=31))
    assert worker.reap("me") == 1
    worker.HouseWorker(batch=True).run(signals=False)
    assert done[-1] == "b"


def test_work_of_a_living_worker_is_left_alone():
    jobs.enqueue(note, mark="c")
    DBTaskResult.objects.get().claim("other")
    WorkerBeat.objects.create(worker_id="other", at=clock.now() - timedelta(seconds=20))
    assert worker.reap("me") == 0


def test_a_task_past_its_time_limit_is_taken_back_though_its_worker_beats():
    jobs.enqueue(note, mark="d")
    DBTaskResult.objects.get().claim("other")
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        WorkerBeat.objects.create(worker_id="other", at=clock.now())
        assert worker.reap("me") == 1


def test_a_failure_is_tried_again_with_growing_pauses_and_ends_in_the_visible_list():
    jobs.enqueue(fail, mark="iemand")
    moment = clock.now()
    pauses = []
    for _ in range(jobs.TRIES):
        row = DBTaskResult.objects.get()
        row.claim("w")
        row.set_failed(RuntimeError("geheim"))
        with clock.frozen(moment):
            worker.reap("me")
        row.refresh_from_db()
        if row.status == "READY":
            pauses.append((row.run_after - moment).total_seconds())
    assert pauses == sorted(pauses)
    assert len(pauses) == jobs.TRIES - 1
    assert jobs.unfinished_failures() == 1


def test_only_the_class_of_an_error_is_kept():
    jobs.enqueue(fail, mark="iemand")
    worker.HouseWorker(batch=True).run(signals=False)
    row = DBTaskResult.objects.get()
    assert row.traceback == ""
    assert row.exception_class_path.endswith("RuntimeError")


def test_finished_rows_go_after_two_days():
    jobs.enqueue(note, mark="e")
    worker.HouseWorker(batch=True).run(signals=False)
    with clock.frozen(clock.now() + timedelta(days=3)):
        assert worker.prune() == 1
