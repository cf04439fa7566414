"""What people do with a question: each act keeps it, moves it, writes it down, counts it and tells who should know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from naast.contact import actions, queries, reading, tasks
from naast.contact.models import Draft, Question
from naast.contact.rules import NotNow, State
from naast.contact.tests.factories import CALM, URGENT, ask, asked, number, place
from naast.conversations import actions as conversations
from naast.conversations import queries as threads
from naast.core import clock
from naast.core.models import AuditLine, OutboxMail
from naast.ledger.queries import total
from naast.lockers.models import Locker
from naast.people.models import User
from naast.people.policy import scopes_for
from naast.people.tests.factories import AbsenceFactory, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _still_clock(places: None) -> Iterator[None]:
    """It is Monday morning."""
    with clock.frozen(MONDAY):
        yield


@pytest.fixture
def marije() -> User:
    return staff("adviser", place(), display_name="Marije de Boer")


@pytest.fixture
def sander() -> User:
    return staff("adviser", place(), display_name="Sander Koopmans")


def mails(kind: str) -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(kind=f"contact/{kind}"))


class TestAsking:
    def test_is_kept_in_a_new_locker_with_a_code_of_five_words(self) -> None:
        result = ask()
        assert len(result.code_words) == 5
        assert result.question.state == State.NEW
        assert result.question.title == "Mag mijn dochter zelf kiezen waar ze slaapt?"
        assert threads.last_text(result.question.thread) == CALM

    def test_is_promised_in_working_days(self) -> None:
        with clock.frozen(MONDAY):
            question = ask().question
        assert question.due_at == datetime(2026, 11, 25, 16, 0, tzinfo=UTC)  # Wednesday 17.00 in Amsterdam

    def test_names_who_reads_it(self, marije: User) -> None:
        assert ask().readers == ("Marije",)

    def test_tells_its_readers_without_a_word_of_it(self, marije: User) -> None:
        ask()
        (mail,) = mails("new_question")
        assert mail.to == marije.email
        assert "dochter" not in str(mail.context)

    def test_urgent_words_tell_it_as_urgent(self, marije: User) -> None:
        question = ask(URGENT, audience="kinderen").question
        assert question.urgent
        assert question.urgent_kinds
        assert mails("urgent_question")
        assert not mails("new_question")

    def test_is_counted_without_a_person(self) -> None:
        ask()
        assert total("question", place="enschede") == 1

    def test_the_same_form_again_is_the_same_question_with_the_same_code(self) -> None:
        form = number()
        first, second = ask(form=form), ask(form=form)
        assert second.again
        assert (first.question, first.code_words) == (second.question, second.code_words)
        assert Question.objects.count() == Locker.objects.count() == 1

    def test_after_fifteen_minutes_the_code_is_not_shown_again(self) -> None:
        form, start = number(), clock.now()
        ask(form=form)
        with clock.frozen(start + timedelta(minutes=16)):
            assert ask(form=form).code_words == ()

    def test_with_an_open_locker_it_lands_there_and_no_code_is_shown(self) -> None:
        locker = ask().question.thread.locker
        second = ask("En hoe zit het met de vakantie?", locker=locker)
        assert second.question.thread.locker_id == locker.pk
        assert second.code_words == ()
        assert Locker.objects.count() == 1

    def test_comes_to_the_region_when_the_own_desk_is_away(self, marije: User) -> None:
        AbsenceFactory(user=marije)
        noor = staff("adviser", place("twente"), display_name="Noor Wiggers")
        question = ask().question
        assert question.desk_id == place("twente").id
        assert mails("new_question")[0].to == noor.email

    def test_a_text_over_the_limit_is_refused_whole(self) -> None:
        with pytest.raises(ValueError, match="4,000"):
            ask("a" * 4001)
        assert not Question.objects.exists()

    @pytest.mark.parametrize("slug", ["enschede", "haaksbergen", "houten", "zwolle"])
    def test_is_never_lost_where_nobody_works(self, slug: str) -> None:
        question = ask(at=slug).question
        assert question.desk_id in {info.id for info in (place(slug), place("twente"))} | {place(slug).id}


class TestAtTheDesk:
    def test_taking_makes_it_mine(self, marije: User) -> None:
        question = actions.take(question_id=asked().pk, by=marije)
        assert (question.state, question.taken_by) == (State.TAKEN, marije)

    def test_answering_reaches_the_locker_and_stops_the_clock(self, marije: User) -> None:
        question = asked()
        actions.keep_draft(question_id=question.pk, by=marije, text="Dat mag")
        question = actions.answer(question_id=question.pk, by=marije, text="Dat mag ze zeggen.")
        assert question.state == State.ANSWERED
        assert question.first_answer_at
        assert threads.last_text(question.thread) == "Dat mag ze zeggen."
        assert not Draft.objects.exists()

    def test_time_to_answer_is_counted_in_bands_once(self, marije: User) -> None:
        question = asked()
        actions.answer(question_id=question.pk, by=marije, text="Ja.")
        actions.answer(question_id=question.pk, by=marije, text="En nog iets.")
        assert total("answer", place="enschede") == 1

    def test_the_asker_gets_a_signal_only_with_an_address(self, marije: User) -> None:
        silent, loud = ask().question, ask(email="ouder@voorbeeld.example").question
        for question in (silent, loud):
            actions.answer(question_id=question.pk, by=marije, text="Ja.")
        (mail,) = OutboxMail.objects.filter(kind__startswith="conversations/")
        assert mail.to == "ouder@voorbeeld.example"

    def test_asking_back_waits_without_a_running_clock(self, marije: User) -> None:
        question = actions.ask_back(question_id=asked().pk, by=marije, text="Zijn jullie getrouwd?")
        assert question.state == State.WAITING
        assert not question.is_overdue(clock.now() + timedelta(days=30))

    def test_writing_back_brings_it_to_its_holder_with_a_new_promise(self, marije: User) -> None:
        with clock.frozen(MONDAY):
            question = asked()
            actions.ask_back(question_id=question.pk, by=marije, text="Zijn jullie getrouwd?")
        with clock.frozen(MONDAY + timedelta(days=1)):
            conversations.write_back(
                once=number(), locker=question.thread.locker, thread_id=question.thread_id, text="Nee."
            )
        question.refresh_from_db()
        assert question.state == State.TAKEN
        assert question.due_at == datetime(2026, 11, 26, 16, 0, tzinfo=UTC)
        assert mails("written_again")[0].to == marije.email

    def test_urgent_words_in_a_later_message_put_it_on_top(self, marije: User) -> None:
        question = asked()
        actions.answer(question_id=question.pk, by=marije, text="Ja.")
        conversations.write_back(
            once=number(), locker=question.thread.locker, thread_id=question.thread_id, text=URGENT
        )
        question.refresh_from_db()
        assert question.urgent
        assert question.state == State.TAKEN

    def test_the_asker_can_say_that_it_helped(self, marije: User) -> None:
        question = asked()
        actions.answer(question_id=question.pk, by=marije, text="Ja.")
        conversations.finish(locker=question.thread.locker, thread_id=question.thread_id)
        question.refresh_from_db()
        assert question.state == State.CLOSED

    def test_handing_to_a_colleague(self, marije: User, sander: User) -> None:
        question = actions.hand_to_person(question_id=asked().pk, by=marije, to=sander, note="Jij weet dit.")
        assert question.taken_by == sander
        assert question.steps.last().note == "Jij weet dit."
        assert mails("handed_over")[0].to == sander.email

    def test_not_to_somebody_who_may_not_answer_here(self, marije: User) -> None:
        stranger = staff("adviser", place("zwolle"))
        with pytest.raises(PermissionDenied):
            actions.hand_to_person(question_id=asked().pk, by=marije, to=stranger)

    def test_handing_to_the_region_keeps_the_promise(self, marije: User) -> None:
        question = asked()
        actions.take(question_id=question.pk, by=marije)
        moved = actions.hand_to_desk(question_id=question.pk, by=marije, desk=place("twente"))
        assert (moved.desk_id, moved.state, moved.taken_by) == (place("twente").id, State.NEW, None)
        assert moved.due_at == question.due_at

    def test_not_to_a_desk_far_away(self, marije: User) -> None:
        with pytest.raises(PermissionDenied):
            actions.hand_to_desk(question_id=asked().pk, by=marije, desk=place("zwolle"))

    def test_closing_leaves_the_door_open_for_the_asker(self, marije: User) -> None:
        question = actions.close(question_id=asked().pk, by=marije)
        conversations.write_back(
            once=number(), locker=question.thread.locker, thread_id=question.thread_id, text="Toch nog iets."
        )
        question.refresh_from_db()
        assert question.state == State.NEW

    def test_answering_what_is_closed_is_refused_and_writes_nothing(self, marije: User) -> None:
        question = actions.close(question_id=asked().pk, by=marije)
        with pytest.raises(NotNow):
            actions.answer(question_id=question.pk, by=marije, text="Te laat.")
        assert threads.last_text(question.thread) == CALM

    def test_an_empty_answer_is_refused(self, marije: User) -> None:
        with pytest.raises(actions.Empty):
            actions.answer(question_id=asked().pk, by=marije, text="  \n ")

    @pytest.mark.parametrize("act", ["take", "answer", "ask_back", "close"])
    @pytest.mark.parametrize(("role", "slug"), [("adviser", "zwolle"), ("editor", "enschede"), ("buddy", "enschede")])
    def test_nobody_else_may_touch_it(self, act: str, role: str, slug: str) -> None:
        stranger, words = staff(role, place(slug)), {"text": "Hoi"} if act in ("answer", "ask_back") else {}
        with pytest.raises(PermissionDenied):
            getattr(actions, act)(question_id=asked().pk, by=stranger, **words)

    def test_every_act_stands_in_the_access_log(self, marije: User) -> None:
        question = asked()
        reading.read_question(question=question, by=marije)
        actions.take(question_id=question.pk, by=marije)
        actions.answer(question_id=question.pk, by=marije, text="Ja.")
        lines = AuditLine.objects.filter(kind=actions.KIND, record_id=str(question.pk)).order_by("pk")
        assert [line.act for line in lines] == ["ask", "read", "take", "answer"]


class TestByItself:
    def test_the_coordinator_hears_once_of_what_is_late(self) -> None:
        iris = staff("coordinator", place(), display_name="Iris Veldhuis")
        asked(on=MONDAY)
        with clock.frozen(MONDAY + timedelta(days=7)):
            assert tasks.warn_of_overdue() == 1
            assert tasks.warn_of_overdue() == 0
        (mail,) = mails("overdue")
        assert mail.to == iris.email

    def test_the_hash_of_a_form_goes_after_a_day(self) -> None:
        form, start = number(), clock.now()
        ask(form=form)
        with clock.frozen(start + timedelta(hours=25)):
            assert tasks.forget_forms() == 1
        assert queries.asked_with(form.digest) is None


class TestWhoReadWhat:
    def test_a_line_says_whose_question_it_was_and_by_which_role(self, marije: User) -> None:
        question = asked()
        reading.read_question(question=question, by=marije)
        line = AuditLine.objects.get(act="read")
        assert (line.place, line.role) == ("enschede", "adviser")
        assert line.about == str(question.thread.locker_id)
        assert line.actor == f"staff:{marije.pk}"

    def test_the_list_and_a_search_are_lines_too_and_never_what_was_typed(self, marije: User) -> None:
        scopes = scopes_for(marije, "desk.read")
        reading.read_list(by=marije, scopes=scopes)
        reading.read_list(by=marije, scopes=scopes)
        reading.read_list(by=marije, scopes=scopes, searched="email")
        assert [(line.act, line.fields, line.place) for line in AuditLine.objects.exclude(kind="people.Grant")] == [
            ("list", ["title"], "enschede"), ("search", ["email"], "enschede"),
        ]  # fmt: skip

    def test_a_regions_adviser_leaves_one_line_for_the_region(self, places: None) -> None:
        noor = staff("adviser", place("twente"))
        reading.read_list(by=noor, scopes=scopes_for(noor, "desk.read"))
        assert [line.place for line in AuditLine.objects.filter(act="list")] == ["twente"]
