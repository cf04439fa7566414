"""The access log."""

from datetime import UTC, datetime, timedelta

import pytest

from naast.core import audit, clock
from naast.core.auditing import checking
from naast.core.models import AuditLine

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)


def _write(hours: int) -> None:
    for hour in range(hours):
        with clock.frozen(MORNING + timedelta(hours=hour)):
            for number in range(3):
                audit.record(actor="staff:1", act="read", kind="contact.Question", record_id=number)


def test_whole_hours_are_sealed_once():
    _write(2)
    with clock.frozen(MORNING + timedelta(hours=5)):
        assert audit.seal_hours() == 2
        assert audit.seal_hours() == 0
        assert checking.verify().whole


def test_lines_are_never_changed_or_deleted():
    _write(1)
    line = AuditLine.objects.first()
    with pytest.raises(TypeError):
        line.save()
    with pytest.raises(TypeError):
        line.delete()


def test_an_hour_is_sealed_a_quarter_after_its_end_because_a_transaction_may_still_write_in_it():
    _write(1)
    with clock.frozen(MORNING.replace(hour=9, minute=10)):
        assert audit.seal_hours() == 0
    with clock.frozen(MORNING.replace(hour=9, minute=15)):
        assert audit.seal_hours() == 1


def test_the_same_read_is_one_line_an_hour_and_the_next_hour_another():
    read = {"actor": "staff:1", "kind": "contact.Question", "record_id": 7, "place": "enschede", "role": "adviser"}
    with clock.frozen(MORNING):
        audit.record_read(**read)
        audit.record_read(**read)
        audit.record_read(**{**read, "actor": "staff:2"})
        audit.record_read(**{**read, "why": "glass"})
    with clock.frozen(MORNING + timedelta(hours=1)):
        audit.record_read(**read)
    assert list(AuditLine.objects.values_list("actor", "why")) == [
        ("staff:1", ""), ("staff:2", ""), ("staff:1", "glass"), ("staff:1", ""),
    ]  # fmt: skip


def test_lines_go_after_five_years_by_whole_sealed_hours_and_the_seals_stay():
    with clock.frozen(datetime(2020, 3, 2, 8, 10, tzinfo=UTC)):
        audit.record(actor="staff:1", act="read", kind="contact.Question", record_id=1)
    with clock.frozen(datetime(2020, 3, 2, 10, 0, tzinfo=UTC)):
        audit.seal_hours()
        assert audit.expire() == 0
    _write(2)
    with clock.frozen(MORNING + timedelta(hours=5)):
        audit.seal_hours()
        assert audit.expire() == 1
        assert audit.expire() == 0
        found = checking.verify()
    assert found.whole
    assert (found.hours, found.expired_hours, found.lines) == (3, 1, 6)
