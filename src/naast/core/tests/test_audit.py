"""The access log."""

from datetime import UTC, datetime, timedelta

import pytest

from naast.core import audit, clock
from naast.core.models import AuditLine, AuditSeal

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
    assert audit.first_broken_hour() is None


def test_a_changed_line_breaks_its_hour():
    _write(2)
    with clock.frozen(MORNING + timedelta(hours=5)):
        audit.seal_hours()
    AuditLine.objects.filter(pk=AuditLine.objects.order_by("pk")[4].pk).update(act="change")
    assert audit.first_broken_hour() == MORNING.replace(hour=9, minute=0)


def test_a_missing_line_breaks_its_hour():
    _write(1)
    with clock.frozen(MORNING + timedelta(hours=5)):
        audit.seal_hours()
    AuditLine.objects.order_by("pk")[:1].get()
    AuditLine.objects.filter(pk=AuditLine.objects.order_by("pk")[0].pk)._raw_delete("default")
    assert audit.first_broken_hour() is not None
    assert AuditSeal.objects.count() == 1


def test_lines_are_never_changed_or_deleted():
    _write(1)
    line = AuditLine.objects.first()
    with pytest.raises(TypeError):
        line.save()
    with pytest.raises(TypeError):
        line.delete()
