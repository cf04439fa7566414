"""Answering without identity, the last seat, signing off, forgetting; and who may write."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from naast.core import clock
from naast.core.models import AuditLine
from naast.ledger import actions as ledger
from naast.people.tests.factories import staff
from naast.together import actions, queries
from naast.together.models import SignUp

from .factories import answered, evening, fresh, place, poll

pytestmark = pytest.mark.django_db


def test_an_answer_is_counted_and_nothing_else_is_kept(places):
    row = poll()
    before = SignUp.objects.count()
    assert actions.answer_poll(once=fresh(), poll=row, option="a", place=place())
    assert queries._answers([row]) == {row.code: {"a": 1}}
    assert SignUp.objects.count() == before


def test_a_double_click_counts_once(places):
    row, once = poll(), fresh()
    assert actions.answer_poll(once=once, poll=row, option="a", place=place())
    assert not actions.answer_poll(once=once, poll=row, option="b", place=place())
    assert queries._answers([row]) == {row.code: {"a": 1}}


def test_an_answer_the_poll_does_not_have_is_refused(places):
    with pytest.raises(ValueError, match="z"):
        actions.answer_poll(once=fresh(), poll=poll(), option="z", place=place())


def test_answers_count_the_same_before_and_after_folding(places):
    row = poll()
    answered(row, a=12, b=3)
    ledger.fold()
    answered(row, b=5)
    assert queries._answers([row]) == {row.code: {"a": 12, "b": 8}}


def test_signing_up_twice_with_one_form_is_one_seat(places):
    row, once = evening(seats=1), fresh()
    first = actions.sign_up(once=once, evening=row, nickname="Ster", together=1, place=place())
    second = actions.sign_up(once=once, evening=row, nickname="Ster", together=1, place=place())
    assert (first.word, second.again) == (second.word, True)
    assert row.sign_ups.count() == 1


def test_who_comes_after_the_last_seat_is_told_it_is_full(places):
    row = evening(seats=2)
    actions.sign_up(once=fresh(), evening=row, nickname="Ster", together=1, place=place())
    with pytest.raises(actions.Refused, match="full"):
        actions.sign_up(once=fresh(), evening=row, nickname="Maan", together=2, place=place())
    actions.sign_up(once=fresh(), evening=row, nickname="Maan", together=1, place=place())
    with pytest.raises(actions.Refused, match="full"):
        actions.sign_up(once=fresh(), evening=row, nickname="Zon", together=1, place=place())


def test_a_cancelled_or_begun_evening_takes_nobody(places):
    with pytest.raises(actions.Refused, match="off"):
        actions.sign_up(once=fresh(), evening=evening(cancelled=True), nickname="Zon", together=1, place=place())
    with pytest.raises(actions.Refused, match="over"):
        actions.sign_up(once=fresh(), evening=evening(in_days=-0.01), nickname="Zon", together=1, place=place())


def test_signing_off_frees_the_seat_and_forgets_the_nickname(places):
    row = evening(seats=1)
    done = actions.sign_up(once=fresh(), evening=row, nickname="Ster", together=1, place=place())
    assert not actions.sign_off(evening=row, word="geraden", place=place())
    assert actions.sign_off(evening=row, word=done.word, place=place())
    assert not actions.sign_off(evening=row, word=done.word, place=place())
    assert SignUp.objects.count() == 0
    actions.sign_up(once=fresh(), evening=row, nickname="Maan", together=1, place=place())


def test_the_word_of_one_evening_opens_no_other(places):
    done = actions.sign_up(once=fresh(), evening=evening(), nickname="Ster", together=1, place=place())
    assert not actions.sign_off(evening=evening(), word=done.word, place=place())


def test_nicknames_are_forgotten_two_weeks_after_the_evening(places, still_clock):
    actions.sign_up(once=fresh(), evening=evening(in_days=1), nickname="Ster", together=1, place=place())
    with clock.frozen(clock.now() + timedelta(days=14)):
        assert actions.forget_sign_ups() == 0
    with clock.frozen(clock.now() + timedelta(days=16)):
        assert actions.forget_sign_ups() == 1


def test_a_nickname_lies_encrypted(places, django_assert_num_queries):
    from django.db import connection

    actions.sign_up(once=fresh(), evening=evening(), nickname="Zonnebloem", together=1, place=place())
    with connection.cursor() as cursor:
        cursor.execute("SELECT nickname FROM together_signup")
        stored = bytes(cursor.fetchone()[0])
    assert b"Zonnebloem" not in stored


def test_an_editor_writes_at_the_own_place_alone_and_it_is_logged(places):
    editor = staff("editor", place("enschede"))
    fields = {"question": "Mist er iets?", "lead": "", "published": True}
    days = {"opens_on": clock.today(), "closes_on": clock.today()}
    made = actions.save_poll(
        user=editor, place=place("enschede"), poll=None, options=["Ja", "Nee"], fields=fields, **days
    )
    assert AuditLine.objects.filter(kind="together.Poll", record_id=str(made.pk), actor=f"staff:{editor.pk}").exists()
    with pytest.raises(PermissionDenied):
        actions.save_poll(user=editor, place=place("hengelo"), poll=None, options=["Ja", "Nee"], fields=fields, **days)


def test_two_polls_with_one_question_get_two_addresses(places):
    assert poll().slug != poll().slug


def test_changed_words_of_an_answer_keep_its_count(places):
    row = poll(options=("Ja", "Nee"))
    answered(row, a=62, b=20)
    changed = actions.save_poll(
        user=None,
        place=place(),
        poll=row,
        options=["Zeker", "Nee"],
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        fields={"question": row.question},
    )
    view = queries.views_of([type(changed).objects.prefetch_related("options").get(pk=changed.pk)])[0]
    assert [(share.text, share.percent) for share in view.outcome.shares] == [("Zeker", 75), ("Nee", 25)]


def test_one_form_sent_to_two_evenings_is_two_seats_with_words_of_their_own(places):
    once = fresh()
    first = actions.sign_up(once=once, evening=evening(), nickname="Ster", together=1, place=place())
    second = actions.sign_up(once=once, evening=evening(), nickname="Ster", together=1, place=place())
    assert not second.again
    assert first.word != second.word
