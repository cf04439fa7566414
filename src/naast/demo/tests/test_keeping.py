"""The year that the demonstration plays: it never reaches back into hours of the access log that are sealed."""

from datetime import timedelta

import pytest

from naast.core import audit, clock
from naast.core.auditing import checking
from naast.core.models import AuditLine, RetentionRun
from naast.demo.keeping import load_keeping

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def a_line(days_ago):
    with clock.frozen(clock.now() - timedelta(days=days_ago)):
        audit.record(actor="system", act="read", kind="contact.Question", record_id="1", place="enschede")


def test_a_year_is_played_and_the_log_is_whole():
    assert load_keeping() == 3
    assert RetentionRun.objects.count() == 2
    a_line(1)
    audit.seal_hours()
    assert checking.verify().whole


def test_a_log_that_is_sealed_already_stays_whole():
    a_line(30)
    audit.seal_hours()
    before = AuditLine.objects.count()
    assert load_keeping() == 0
    assert AuditLine.objects.count() == before
    assert checking.verify().whole
