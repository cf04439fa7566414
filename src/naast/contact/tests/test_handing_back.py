"""Whoever may no longer answer loses no question: it goes to who stands in, else back on the list."""

from __future__ import annotations

import pytest

from naast.contact import actions
from naast.contact.models import Question
from naast.contact.rules import State
from naast.contact.tests.factories import asked, place
from naast.core.models import OutboxMail
from naast.people.models import Grant, User
from naast.people.staffing import actions as staffing
from naast.people.staffing import work
from naast.people.tests.factories import AbsenceFactory, GrantFactory, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def karin() -> User:
    return staff("place-admin", place())


def taken(by: User) -> Question:
    question = asked()
    return actions.take(question_id=question.pk, by=by)


def end(karin: User, user: User) -> int:
    return staffing.end_role(by=karin, grant=Grant.objects.get(user=user, role="adviser"))


def test_it_goes_back_to_the_list_and_the_promise_stays(karin: User) -> None:
    marije, sander = staff("adviser", place()), staff("adviser", place())
    question = taken(marije)
    OutboxMail.objects.all().delete()
    assert work.open_work(marije) == 1
    assert end(karin, marije) == 1
    question.refresh_from_db()
    assert (question.state, question.taken_by) == (State.NEW, None)
    assert question.due_at
    assert question.steps.last().act == "hand_back"
    assert OutboxMail.objects.get().to == sander.email


def test_it_goes_to_who_stands_in_today(karin: User) -> None:
    marije, sander = staff("adviser", place()), staff("adviser", place())
    AbsenceFactory(user=marije, deputy=sander)
    question = taken(marije)
    staffing.leaves_service(by=karin, user=marije)
    question.refresh_from_db()
    assert (question.state, question.taken_by) == (State.TAKEN, sander)


def test_who_stands_in_gets_nothing_that_they_may_not_read(karin: User) -> None:
    marije = staff("adviser", place())
    AbsenceFactory(user=marije, deputy=staff("editor", place()))
    question = taken(marije)
    end(karin, marije)
    question.refresh_from_db()
    assert question.taken_by is None


def test_what_waits_for_its_asker_goes_on_waiting(karin: User) -> None:
    marije = staff("adviser", place())
    question = asked()
    actions.ask_back(question_id=question.pk, by=marije, text="Hoe oud is je dochter?")
    end(karin, marije)
    question.refresh_from_db()
    assert (question.state, question.taken_by) == (State.WAITING, None)


def test_who_may_still_answer_by_another_role_keeps_it(karin: User) -> None:
    marije = staff("adviser", place())
    GrantFactory(user=marije, role="coordinator", scope_kind="municipality", scope_id=place().id)
    question = taken(marije)
    assert end(karin, marije) == 0
    question.refresh_from_db()
    assert question.taken_by == marije
