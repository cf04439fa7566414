"""Whoever changes, adds or removes a line or a seal of the access log is found, and the first broken line is named."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from naast.core import audit, clock
from naast.core.auditing import checking, guard, rules
from naast.core.auditing.rules import What
from naast.core.models import AuditLine, AuditSeal

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)
LATER = MORNING + timedelta(hours=6)


@pytest.fixture
def log():
    """Three sealed hours of three lines each, one hour without lines between, and a line that still waits."""
    for hour in (0, 1, 3):
        for number in range(3):
            with clock.frozen(MORNING + timedelta(hours=hour, seconds=number)):
                audit.record(
                    actor=f"staff:{number}", act="read", kind="contact.Question", record_id=number,
                    fields=["title", "thread"], place="enschede", about="locker", role="adviser",
                )  # fmt: skip
    with clock.frozen(LATER):
        audit.seal_hours()
        audit.record(actor="staff:1", act="read", kind="contact.Question", record_id=1)
        yield list(AuditLine.objects.order_by("pk"))


@pytest.fixture
def owner():
    """Somebody who owns the database: the guard is off."""
    guard.take(connection)


def _fault():
    return checking.verify().fault


def test_a_whole_log_is_whole_and_says_what_still_waits(log):
    found = checking.verify()
    assert found.whole
    assert found.guarded
    assert (found.hours, found.lines, found.waiting) == (3, 9, 1)
    assert found.waiting_since == LATER


@pytest.mark.parametrize(
    "words",
    [
        "UPDATE core_auditline SET act = 'x'", "DELETE FROM core_auditline",
        "UPDATE core_auditseal SET root = 'x'", "DELETE FROM core_auditseal",
    ],
)  # fmt: skip
def test_the_database_itself_refuses(log, words):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(words)
    assert checking.verify().whole


def test_a_changed_line_is_named(log, owner):
    AuditLine.objects.filter(pk=log[4].pk).update(act="change")
    AuditLine.objects.filter(pk=log[7].pk).update(act="change")
    assert (_fault().what, _fault().line, _fault().position) == (What.CHANGED, log[4].pk, 2)
    assert _fault().hour == MORNING.replace(hour=9, minute=0)


def test_a_missing_line_is_named_where_only_one_fits(log, owner):
    AuditLine.objects.filter(pk=log[1].pk).delete()
    assert (_fault().what, _fault().line) == (What.MISSING, log[1].pk)


def test_of_a_missing_last_line_the_place_is_named(log, owner):
    AuditLine.objects.filter(pk=log[2].pk).delete()
    assert (_fault().what, _fault().line, _fault().after, _fault().position) == (What.MISSING, None, log[1].pk, 3)


def test_an_added_line_is_named(log, owner):
    AuditLine.objects.bulk_create([AuditLine(at=log[0].at, actor="staff:9", act="read", kind="x", record_id="1")])
    added = AuditLine.objects.get(actor="staff:9")
    assert (_fault().what, _fault().line) == (What.ADDED, added.pk)


def test_a_line_put_into_an_hour_that_had_none_is_named(log, owner):
    at = MORNING + timedelta(hours=2)
    AuditLine.objects.bulk_create([AuditLine(at=at, actor="staff:9", act="read", kind="x", record_id="1")])
    assert (_fault().what, _fault().line) == (What.ADDED, AuditLine.objects.get(actor="staff:9").pk)


def test_a_seal_taken_away_with_its_lines_breaks_the_chain(log, owner):
    hour = log[3].at.replace(minute=0, second=0)
    AuditLine.objects.filter(at__gte=hour, at__lt=hour + timedelta(hours=1)).delete()
    AuditSeal.objects.filter(hour=hour).delete()
    assert _fault().what is What.SEAL_MISSING


def test_the_last_seal_taken_away_with_its_lines_is_missed_after_a_check(log, owner):
    checking.note(checking.verify())
    hour = log[6].at.replace(minute=0, second=0)
    AuditLine.objects.filter(at__gte=hour, at__lt=hour + timedelta(hours=1)).delete()
    AuditSeal.objects.filter(hour=hour).delete()
    assert (_fault().what, _fault().hour) == (What.SEAL_MISSING, hour)


def test_an_hour_made_anew_by_who_has_the_database_but_not_the_key_is_found(log, owner):
    AuditLine.objects.filter(pk=log[8].pk).update(act="change")
    last = AuditSeal.objects.order_by("-hour")[0]
    before = AuditSeal.objects.order_by("-hour")[1].root
    leaves = [rules.leaf(row) for row in checking.rows_of(last.hour)]
    AuditSeal.objects.filter(pk=last.pk).update(leaves=b"".join(leaves), root=rules.merkle_root(leaves, before))
    assert (_fault().what, _fault().hour) == (What.SEAL, last.hour)


def test_a_seal_whose_key_left_the_ring_is_named(log, settings):
    settings.NAAST_KEYRING = {"new": b"n" * 32}
    assert _fault().what is What.KEY


def test_a_later_seal_covers_those_whose_key_left_the_ring(log, owner, settings):
    settings.NAAST_KEYRING = {"new": b"n" * 32}
    with clock.frozen(LATER + timedelta(minutes=30)):
        audit.record(actor="system", act="test", kind="x.Y", record_id="1")
    with clock.frozen(LATER + timedelta(hours=2)):
        audit.seal_hours()
        verdict = checking.verify()
        assert (verdict.whole, verdict.keyless_hours > 0) == (True, True)
        AuditLine.objects.filter(pk=log[4].pk).update(act="change")
        assert _fault().line == log[4].pk


def test_lines_that_nobody_seals_are_named(log):
    with clock.frozen(LATER + timedelta(hours=9)):
        assert (_fault().what, _fault().hour) == (What.UNSEALED, LATER.replace(minute=0))


def test_a_seal_of_before_names_its_hour(log, owner):
    AuditSeal.objects.all().delete()
    root = rules.GENESIS
    for hour in sorted({rules.hour_of(line.at) for line in log[:9]}):
        leaves = [rules.old_leaf(row) for row in checking.rows_of(hour)]
        root = rules.merkle_root(leaves, root)
        AuditSeal.objects.create(hour=hour, lines=len(leaves), root=root)
    assert (checking.verify().whole, checking.verify().old_hours) == (True, 3)
    AuditLine.objects.filter(pk=log[4].pk).update(act="change")
    assert (_fault().what, _fault().line, _fault().hour.hour) == (What.HOUR, None, 9)


FIELDS = {
    "actor": st.text(max_size=20), "act": st.text(max_size=20), "kind": st.text(max_size=20),
    "record_id": st.text(max_size=20), "fields": st.lists(st.text(max_size=8), max_size=3), "place": st.text(max_size=9),
    "about": st.text(max_size=9), "role": st.text(max_size=9), "why": st.text(max_size=9),
    "at": st.datetimes(datetime(2020, 1, 1), datetime(2026, 11, 23, 14), timezones=st.just(UTC)),
    "id": st.integers(10**6, 10**9),
}  # fmt: skip
SEAL_FIELDS = {
    "lines": st.integers(0, 99), "root": st.text("0123456789abcdef", min_size=64, max_size=64),
    "leaves": st.none() | st.binary(max_size=200), "signature": st.text(max_size=80),
    "hour": st.datetimes(datetime(2020, 1, 1), datetime(2026, 11, 23, 14), timezones=st.just(UTC)),
}  # fmt: skip
WORK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@WORK
@given(data=st.data(), at=st.integers(0, 8), field=st.sampled_from(sorted(FIELDS)))
def test_any_one_field_of_any_line_that_is_changed_is_found_and_the_first_is_named(log, owner, data, at, field):
    value = data.draw(FIELDS[field].filter(lambda drawn: "\x00" not in str(drawn)))
    assume(value != getattr(log[at], field))
    with transaction.atomic():
        AuditLine.objects.filter(pk=log[at].pk).update(**{field: value})
        fault = _fault()
        transaction.set_rollback(True)
    hour = rules.hour_of(log[at].at)
    if field in ("at", "id"):  # it may have gone to an earlier hour, or to another place in its own
        assert fault is not None
        assert fault.hour <= hour
    else:
        assert (fault.what, fault.hour, fault.line, fault.position) == (What.CHANGED, hour, log[at].pk, at % 3 + 1)


@WORK
@given(data=st.data(), at=st.integers(0, 2), field=st.sampled_from(sorted(SEAL_FIELDS)))
def test_any_one_field_of_any_seal_that_is_changed_is_found(log, owner, data, at, field):
    checking.note(checking.verify())
    seal = AuditSeal.objects.order_by("hour")[at]
    value = data.draw(SEAL_FIELDS[field].filter(lambda drawn: "\x00" not in str(drawn)))
    was = getattr(seal, field)
    assume(value != (bytes(was) if isinstance(was, bytes | memoryview) else was))
    with transaction.atomic():
        try:
            with transaction.atomic():
                AuditSeal.objects.filter(pk=seal.pk).update(**{field: value})
        except IntegrityError:  # the hour of another seal
            assume(False)
        assert _fault() is not None
        transaction.set_rollback(True)


@WORK
@given(at=st.integers(0, 11))
def test_any_one_line_or_seal_that_goes_is_found(log, owner, at):
    checking.note(checking.verify())
    with transaction.atomic():
        if at < 9:
            AuditLine.objects.filter(pk=log[at].pk).delete()
        else:
            AuditSeal.objects.filter(hour=AuditSeal.objects.order_by("hour")[at - 9].hour).delete()
        fault = _fault()
        transaction.set_rollback(True)
    assert fault is not None
    assert fault.what is (What.MISSING if at < 9 else What.SEAL_MISSING)


@WORK
@given(kept=st.lists(st.binary(min_size=4, max_size=4), unique=True, max_size=8), seed=st.randoms())
def test_two_lists_of_lines_differ_at_the_first_place_where_they_do(kept, seed):
    mixed = list(kept)
    seed.shuffle(mixed)
    found = rules.first_difference(kept, mixed, list(range(len(mixed))))
    first = next((at for at, (was, now) in enumerate(zip(kept, mixed, strict=True)) if was != now), None)
    assert (found is None) == (first is None)
    if found:
        assert (found.what, found.position) == (What.ORDER, first + 1)


def _verify(capsys, *words):
    from naast.cli import main

    status = main(["audit", "verify", *words])
    return status, capsys.readouterr().out


def test_the_command_says_so_and_exits_with_1_naming_the_line(log, owner, capsys):
    status, said = _verify(capsys)
    assert status == 0
    assert "De zegels kloppen." in said
    assert "1 regels sinds 2026-11-23T14:10+00:00 zijn nog niet verzegeld" in said
    AuditLine.objects.filter(pk=log[4].pk).update(act="change")
    status, said = _verify(capsys)
    assert status == 1
    assert f"GEBROKEN. 2026-11-23T09:00+00:00, 2e regel van dat uur: regel {log[4].pk} is veranderd" in said
    status, said = _verify(capsys, "--json")
    assert status == 1
    assert (
        json.loads(said)["fault"] | {"line": log[4].pk, "what": "changed", "position": 2} == json.loads(said)["fault"]
    )


def test_every_fault_has_words():
    for what in What:
        assert rules.hour_of(MORNING).isoformat(timespec="minutes") in checking.in_words(
            checking.Fault(what, rules.hour_of(MORNING), after=3)
        )
