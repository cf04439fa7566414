"""The privacy officer sees who did what at the own places, in plain sentences, and looking is a line itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from naast.contact import reading
from naast.contact.tests.factories import asked, place
from naast.core import audit, clock
from naast.core.auditing import checking
from naast.core.models import AuditCheck, AuditLine, OutboxMail
from naast.people import actions
from naast.people.access import tasks
from naast.people.rules import Scope
from naast.people.tests.factories import sign_in, staff

pytestmark = pytest.mark.django_db
LOG, SHEET = "/loket/inzage/", "/loket/inzage/regels.csv"
TUESDAY = datetime(2026, 11, 24, 13, 5, tzinfo=UTC)


@pytest.fixture
def marije(places):
    return staff("adviser", place(), display_name="Marije de Boer")


@pytest.fixture
def joost(places):
    return staff("privacy-officer", place(), display_name="Joost Terpstra")


@pytest.fixture
def window(client: Client, joost):
    return sign_in(client, joost)


@pytest.fixture
def question(marije):
    made = asked()
    with clock.frozen(TUESDAY):
        reading.read_question(question=made, by=marije)
    return made


def _page(window: Client, **asked: str) -> str:
    return " ".join(window.get(LOG, asked).content.decode().split())


def test_a_read_is_a_sentence_with_name_role_number_day_and_time(window, question):
    said = _page(window)
    assert f"<strong>Marije de Boer (adviseur)</strong> las vraag {question.number}." in said
    assert "24 november 2026" in said.replace("\xa0", " ").replace("&nbsp;", " ")
    assert "14.05" in said or "14:05" in said


def test_only_lines_of_the_own_places_are_shown(window, question):
    audit.record(actor=f"staff:{question.pk}", act="read", kind="contact.Question", record_id="x", place="zwolle")
    said = _page(window)
    assert said.count('<li> <span class="naast-num"') == 2  # the reading, and this very looking
    assert "een vraag die intussen is gewist" not in said


def test_what_residents_do_themselves_is_not_shown(window, question):
    assert AuditLine.objects.filter(actor="locker", place="enschede").exists()
    assert "locker" not in _page(window)


@pytest.mark.parametrize(
    ("asked_for", "there"),
    [
        ({"van": "2026-11-24", "tot": "2026-11-24"}, True), ({"van": "25-11-2026"}, False), ({"tot": "2026-11-23"}, False),
        ({"wat": "gelezen"}, True), ({"wat": "veranderd"}, False), ({"wat": "bestand"}, False), ({"wat": "nood"}, False),
        ({"plaats": "enschede"}, True),
    ],
)  # fmt: skip
def test_lines_are_found_by_day_and_by_what_was_done(window, question, asked_for, there):
    assert ("las vraag" in _page(window, **asked_for)) is there


def test_lines_are_found_by_number_however_it_is_typed(window, question):
    assert "las vraag" in _page(window, nummer=question.number.lower().replace("-", " "))
    assert "Er is geen vraag met het nummer" in _page(window, nummer="K7M3-0000")


def test_lines_are_found_by_colleague(window, question, marije, joost):
    assert "las vraag" in _page(window, wie=str(marije.pk))
    assert "las vraag" not in _page(window, wie=str(joost.pk))


def test_a_day_that_is_none_gets_clear_words_and_nothing_typed_is_lost(window, question):
    said = _page(window, van="31-02-2026", nummer=question.number)
    assert "Dit is geen dag" in said
    assert f'value="{question.number}"' in said
    assert "las vraag" not in said


def test_looking_into_the_log_is_a_line_of_it_and_names_the_record(window, question, joost):
    _page(window, nummer=question.number)
    _page(window, nummer=question.number)
    line = AuditLine.objects.get(kind="core.AuditLine")
    assert (line.actor, line.act, line.record_id) == (f"staff:{joost.pk}", "read", str(question.pk))
    assert (line.place, line.role) == ("enschede", "privacy-officer")


def test_the_sheet_is_a_line_too_and_holds_no_formula(window, question, marije):
    marije.display_name = "=HYPERLINK(1)"
    marije.save()
    body = window.get(SHEET).content.decode()
    assert "'=HYPERLINK(1)" in body
    assert question.number in body
    assert AuditLine.objects.filter(kind="core.AuditLine", act="export").count() == 1


def test_the_sheet_asks_who_you_are_after_a_while(client, joost, question):
    answer = sign_in(client, joost, minutes_ago=11).get(SHEET)
    assert answer.status_code == 302
    assert "bevestigen" in answer["Location"]
    assert not AuditLine.objects.filter(act="export").exists()


@pytest.mark.parametrize("role", ["adviser", "coordinator", "editor", "policy-officer", "place-admin"])
def test_nobody_else_opens_it(client, places, role):
    assert sign_in(client, staff(role, place())).get(LOG).status_code == 403


def test_pages_follow_each_other(window, marije):
    for number in range(60):
        with clock.frozen(TUESDAY + timedelta(minutes=number)):
            audit.record(actor=f"staff:{marije.pk}", act="read", kind="x", record_id=number, place="enschede")
    assert "blad=2" in _page(window)
    assert _page(window, blad="2").count('class="naast-num"') == 60 - 50 + 1  # and the looking itself


class TestTheNightlyCheck:
    def test_it_is_noted_and_shown(self, window, question):
        with clock.frozen(TUESDAY + timedelta(hours=3)):
            tasks.verify_log.func()
        assert AuditCheck.objects.get().whole
        assert "zoals ze zijn geschreven" in _page(window)

    def test_it_runs_once_a_night(self, places):
        night = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
        assert tasks.ask_for_check()  # the very first
        checking.note(checking.verify())
        assert not tasks.ask_for_check()
        with clock.frozen(night + timedelta(days=2)):
            assert tasks.ask_for_check()
            checking.note(checking.verify())
            assert not tasks.ask_for_check()
        with clock.frozen(night + timedelta(days=3, hours=9)):
            assert not tasks.ask_for_check()

    def test_a_broken_log_is_mailed_and_stands_on_the_page(self, window, question, joost):
        from django.db import connection

        from naast.core.auditing import guard

        with clock.frozen(TUESDAY + timedelta(hours=3)):
            audit.seal_hours()
            guard.take(connection)
            line = AuditLine.objects.get(act="read")
            AuditLine.objects.filter(pk=line.pk).update(actor="staff:somebody-else")
            tasks.verify_log.func()
        said = _page(window)
        assert "Een regel zegt iets anders dan toen die werd verzegeld." in said
        assert f"Regel {line.pk}." in said
        mail = OutboxMail.objects.get(kind="people/log_broken")
        assert str(mail.to) == joost.email


def test_a_line_about_a_role_says_whose_and_which(window, marije):
    role = marije.grants.get()
    karin = staff("place-admin", place(), display_name="Karin Meijerink")
    actions.grant_role(user=marije, role="editor", scope=Scope(role.scope_kind, role.scope_id), by=karin)
    assert "gaf een rol (Marije de Boer, redacteur)" in _page(window)


def test_closing_an_account_is_seen_where_somebody_worked(window, marije):
    karin = staff("place-admin", place(), display_name="Karin Meijerink")
    actions.close_account(user=marije, by=karin)
    assert "sloot een account (Marije de Boer)" in _page(window)


def test_the_sheet_of_who_sees_what_is_no_role_that_somebody_took(window, joost):
    audit.record(actor=f"staff:{joost.pk}", act="export", kind="people.Grant", record_id="x", place="enschede")
    assert "downloadde de tabel van wie wat ziet" in _page(window)
