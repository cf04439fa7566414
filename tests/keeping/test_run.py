"""Erasing what is past its rule: a dry run changes nothing, a run leaves nothing old and takes nothing young."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naast.conversations.models import Message, Thread
from naast.conversations.tests.factories import a_thread, adviser, answered
from naast.core import clock, kept
from naast.core.models import AuditLine, OutboxMail, RetentionLine, RetentionRun, Tombstone
from naast.core.retention import actions, queries
from naast.core.retention.commands import run_retention
from naast.lockers.models import Locker
from naast.lockers.tests.factories import EMAIL, a_locker
from naast.people.models import Absence, Grant, StaffSession
from naast.people.tests.factories import AbsenceFactory, GrantFactory, UserFactory

pytestmark = pytest.mark.django_db

RULE = "tot 6 maanden na het laatste bericht"


class Options:
    def __init__(self, **given):
        self.__dict__ = {"json": False, "dry_run": False, **given}


def old_thread(days=400, **how):
    with clock.frozen(clock.now() - timedelta(days=days)):
        return a_thread(**how)


def test_a_dry_run_says_what_would_go_and_changes_nothing(places, capsys):
    old_thread(), a_thread()
    assert run_retention(Options(dry_run=True)) == 0
    said = capsys.readouterr().out
    assert f"conversations.Thread (enschede): 1 over de termijn ({RULE})" in said
    assert "Zilverpopulier" not in said
    assert Thread.objects.count() == 2
    assert not RetentionRun.objects.exists()
    assert not Tombstone.objects.exists()


def test_what_is_past_its_rule_goes_with_a_line_in_the_protocol_and_tombstones(places):
    gone, stays = old_thread(), a_thread()
    message = gone.messages.get()
    run = actions.run(actor="command")
    assert list(Thread.objects.all()) == [stays]
    line = run.lines.get(kind="conversations.Thread")
    assert (line.place, line.erased, line.held, line.rule) == ("enschede", 1, 0, RULE)
    assert run.ended_at
    buried = set(Tombstone.objects.values_list("model", "record_id"))
    assert {("conversations.Thread", str(gone.pk)), ("conversations.Message", str(message.pk))} <= buried


def test_a_run_after_a_run_has_nothing_to_do(places):
    old_thread()
    actions.run(actor="command")
    again = actions.run(actor="command")
    assert not again.lines.exists()
    assert again.ended_at


def test_a_run_that_was_killed_goes_on_in_the_same_protocol(places, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    made = a_locker()
    for _ in range(5):
        old_thread(made=made)

    def killed():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.run(actor="command", between=killed)
    assert Thread.objects.count() == 3
    stopped = RetentionRun.objects.get()
    assert stopped.ended_at is None
    finished = actions.run(actor="command")
    assert finished.pk == stopped.pk
    assert not Thread.objects.exists()
    assert finished.lines.get(kind="conversations.Thread").erased == 5


def test_the_worker_stops_in_time_and_goes_on_later(places, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    made = a_locker()
    old_thread(made=made), old_thread(made=made)
    run = actions.run(actor="system", budget=0.000001)
    assert run.ended_at is None
    assert Thread.objects.count() == 1
    actions.tick()
    while RetentionRun.objects.get().ended_at is None:
        actions.tick()
    assert not Thread.objects.exists()
    actions.tick()  # six hours have not passed
    assert RetentionRun.objects.count() == 1


def test_two_runs_at_once_are_refused(places, capsys):
    RetentionRun.objects.create(actor="system")
    assert run_retention(Options()) == 1
    assert "er loopt al een ronde" in capsys.readouterr().err


def test_one_kind_that_fails_keeps_no_other_kind_past_its_rule(places, monkeypatch, capsys):
    old_thread()
    AbsenceFactory(starts=clock.today() - timedelta(days=800), ends=clock.today() - timedelta(days=790))

    def broken():
        raise RuntimeError("Zilverpopulier")

    entry = kept.of_model("guide.KeptPlan")
    monkeypatch.setitem(kept._registry, "guide.keptplan", kept.Kept(**{**entry.__dict__, "past": broken}))
    assert run_retention(Options()) == 1
    assert "niet klaar" in capsys.readouterr().out
    assert not Thread.objects.exists()
    assert not Absence.objects.exists()
    monkeypatch.setitem(kept._registry, "guide.keptplan", entry)
    assert run_retention(Options()) == 0


def test_the_protocol_is_printed_as_json_without_content(places, capsys):
    old_thread()
    run_retention(Options(json=True))
    said = json.loads(capsys.readouterr().out)
    assert said["finished"] is True
    assert {"kind": "conversations.Thread", "place": "enschede", "erased": 1, "held": 0, "rule": RULE} in said["kinds"]


def test_a_locker_goes_when_what_lay_in_it_went(places):
    with clock.frozen(clock.now() - timedelta(days=500)):
        made = a_locker()
        a_thread(made)
    actions.run(actor="command")
    assert not Locker.objects.filter(pk=made.locker.pk).exists()


AGES = st.lists(st.integers(min_value=0, max_value=800), min_size=1, max_size=3)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(threads=AGES, lockers=AGES, ended=AGES, away=AGES, ahead=st.integers(min_value=0, max_value=900))
def test_after_a_run_no_row_is_older_than_its_rule_and_nothing_younger_is_gone(
    places, threads, lockers, ended, away, ahead
):
    """Whatever is there at whatever moment: what stays is exactly what is not past its rule."""
    start = clock.now()
    for days in threads:
        old_thread(days)
    for days in lockers:
        with clock.frozen(start - timedelta(days=days)):
            made = a_locker(email=EMAIL)
            answered(a_thread(made)) if days % 2 else None
    for days in ended:
        last = clock.today() - timedelta(days=days * 4)
        GrantFactory(starts=last - timedelta(days=9), ends=last)
        OutboxMail.objects.create(message_id=f"{days}-{Grant.objects.count()}", sent_at=start - timedelta(hours=days))
        StaffSession.objects.create(user=UserFactory(), created=start - timedelta(hours=days), last_seen=start)
    for days in away:
        last = clock.today() - timedelta(days=days)
        AbsenceFactory(starts=last, ends=last)
    with clock.frozen(start + timedelta(days=ahead)):
        kinds = [entry for entry in kept.all_kept() if entry.past and entry.model != "lockers.Locker"]
        # A signal that waits goes with its conversation, however young it is.
        own = {"core.OutboxMail": {"kind": ""}}
        stays = {
            entry.model: set(
                entry.rows.exclude(pk__in=entry.past().values("pk"))
                .filter(**own.get(entry.model, {}))
                .values_list("pk", flat=True)
            )
            for entry in kinds
            if entry.buries and entry.model != "core.Tombstone"
        }
        in_use = set(
            Locker.objects.filter(last_used_on__gt=clock.today() - timedelta(days=365)).values_list("pk", flat=True)
        )
        assert actions.run(actor="command").ended_at
        assert queries.look() == []
        for entry in kinds:
            if entry.model in stays:
                there = set(entry.rows.filter(**own.get(entry.model, {})).values_list("pk", flat=True))
                assert stays[entry.model] <= there, entry.model
                assert there - stays[entry.model] <= set(RetentionRun.objects.values_list("pk", flat=True)), entry.model
        assert in_use <= set(Locker.objects.values_list("pk", flat=True))
        assert not Thread.objects.filter(last_message_at__lt=clock.now() - timedelta(days=186)).exists()
        assert not Message.objects.exclude(thread__in=Thread.objects.all()).exists()
    for model in (Thread, Locker, Grant, OutboxMail, StaffSession, Absence, RetentionLine, RetentionRun, Tombstone):
        model.objects.all().delete()


def test_every_kind_that_expires_can_be_shown_before_it_goes():
    assert [entry.model for entry in kept.all_kept() if entry.expire and not entry.past] == []


def test_reading_the_protocol_gives_a_place_its_own_lines_and_those_of_no_place(places):
    run = RetentionRun.objects.create(actor="system", ended_at=clock.now())
    for place in ("enschede", "hengelo", ""):
        RetentionLine.objects.create(run=run, kind="conversations.Thread", place=place, rule=RULE, erased=3)
    assert {line.place for line in queries.protocol(["enschede"])} == {"enschede", ""}


def test_nobody_is_named_in_the_access_log_by_erasing(places):
    answered(old_thread(), text=f"Groet, {adviser().display_name}")
    before = AuditLine.objects.count()
    with clock.frozen(clock.now() + timedelta(days=300)):
        actions.run(actor="command")
    assert AuditLine.objects.count() == before


def test_what_is_held_while_a_run_is_busy_is_held_at_once(places, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    threads = [old_thread(), old_thread()]
    laid = []

    def officer():
        if not laid:
            left = Thread.objects.get()
            until = clock.today() + timedelta(days=9)
            laid.append(left)
            actions.hold(
                place="enschede",
                reason="Bezwaar",
                until=until,
                actor="staff:1",
                record=("conversations.Thread", left.pk),
            )

    actions.run(actor="command", between=officer)
    assert list(Thread.objects.all()) == laid
    assert len(threads) == 2
