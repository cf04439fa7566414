"""Starting, answering, writing back, finishing, erasing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from naast.conversations import actions, queries, rules
from naast.conversations.models import Message, Thread, Turning
from naast.conversations.tests.factories import ANSWER, QUESTION, URGENT, a_thread, adviser, answered, number
from naast.core import clock, kept, once
from naast.core.models import OutboxMail, Tombstone
from naast.lockers import actions as lockers
from naast.lockers.models import Locker
from naast.lockers.tests.factories import EMAIL, a_locker

pytestmark = pytest.mark.django_db


def written(thread: Thread, text: str = "Dank je wel!", form: str = ""):
    return actions.write_back(once=once.read(form or number()), locker=thread.locker, thread_id=thread.pk, text=text)


def test_a_thread_begins_with_the_residents_words(places):
    thread = a_thread()
    (message,) = queries.messages(thread)
    assert (message.text, message.author_kind, message.number) == (QUESTION, "resident", 1)
    assert (thread.state, thread.length, queries.new_in(thread)) == ("asked", 1, 0)


def test_an_answer_is_new_until_it_is_opened(places):
    thread = a_thread()
    answered(thread)
    thread.refresh_from_db()
    assert thread.state == "answered"
    assert queries.new_in(thread) == 1
    actions.mark_seen(thread=thread)
    thread.refresh_from_db()
    assert queries.new_in(thread) == 0


def test_the_resident_reads_the_first_name_and_the_desk(places):
    thread = a_thread()
    answered(thread)
    thread.refresh_from_db()
    mine, theirs = queries.turns(thread, queries.messages(thread))
    assert mine.by == "Jij"
    assert (theirs.by, theirs.where) == ("Marije", "Scheidingsloket Enschede")
    assert theirs.text == ANSWER


def test_writing_back_makes_it_somebodys_turn_again_and_tells_the_rooms_above(places):
    thread = a_thread()
    answered(thread)
    heard = []
    actions.resident_wrote.connect(lambda **kwargs: heard.append(kwargs["thread"]), weak=False, dispatch_uid="test")
    try:
        written(thread)
    finally:
        actions.resident_wrote.disconnect(dispatch_uid="test")
    thread.refresh_from_db()
    assert (thread.state, thread.length) == ("asked", 3)
    assert heard == [thread]
    assert list(Turning.objects.values_list("act", "after")) == [
        ("start", "asked"), ("answer", "answered"), ("write", "asked"),
    ]  # fmt: skip


def test_a_form_sent_twice_makes_one_message(places):
    thread, form = a_thread(), number()
    assert not written(thread, form=form).again
    assert written(thread, form=form).again
    assert thread.messages.count() == 2


def test_nobody_writes_in_anothers_thread(places):
    thread, other = a_thread(), a_locker().locker
    with pytest.raises(actions.NotYours):
        actions.write_back(once=once.read(number()), locker=other, thread_id=thread.pk, text="Hoi")
    with pytest.raises(actions.NotYours):
        actions.erase(locker=other, thread_id=thread.pk)
    with pytest.raises(actions.NotYours):
        actions.finish(locker=other, thread_id=thread.pk)
    assert queries.of_owner(thread_id=thread.pk, locker_id=other.pk) is None


@pytest.mark.parametrize("text", ["", "  \n ", "a" * (rules.MAX_TEXT + 1)])
def test_an_empty_or_too_long_text_is_refused_and_uses_no_number(places, text):
    thread, form = a_thread(), number()
    with pytest.raises(rules.Refused):
        written(thread, text, form)
    assert not written(thread, "Goed dan", form).again


def test_urgent_words_mark_the_thread_and_the_message(places):
    thread = a_thread()
    assert not thread.urgent
    assert written(thread, URGENT).urgent
    thread.refresh_from_db()
    assert thread.urgent
    assert set(thread.urgent_kinds) >= {"violence"}
    assert "slaat" not in str(thread.urgent_kinds)


def test_what_staff_writes_is_not_judged(places):
    thread = a_thread()
    answered(thread, "Wie jou slaat, doet iets wat niet mag. Slaat hij jou nu?")
    thread.refresh_from_db()
    assert not thread.urgent


def test_history_is_appended_never_edited(places):
    message = a_thread().messages.get()
    message.text = "anders"
    with pytest.raises(TypeError):
        message.save()
    with pytest.raises(TypeError):
        Turning.objects.get().save()
    assert Message.objects.get().text == QUESTION


def test_the_database_refuses_what_cannot_be(places):
    thread = a_thread()
    for wrong in (
        {"number": 1, "author_kind": "resident"},
        {"number": 2, "author_kind": "ghost"},
        {"number": 2, "author_kind": "resident", "author": adviser()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message(thread=thread, **wrong).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Thread.objects.filter(pk=thread.pk).update(state="lost")


def test_no_word_and_no_address_lies_readable_in_our_tables(places):
    made = a_locker(email=EMAIL)
    thread = a_thread(made)
    answered(thread)
    seen = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith(("conversations_", "lockers_", "core_", "ledger_", "django_session", "django_tasks")):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names come from the database itself
                seen += repr([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor]).encode()
    for word in (
        "Zilverpopulier",
        "dochter",
        "Kwikstaartje",
        EMAIL,
        EMAIL.split("@")[0],
        made.code,
        *made.code.split(),
    ):
        if len(word) > 4:
            assert word.encode() not in seen, word


def test_an_answer_sends_a_signal_without_content_where_an_address_was_left(places):
    quiet, told = a_thread(), a_thread(a_locker(email=EMAIL))
    answered(quiet)
    answered(told)
    mail = OutboxMail.objects.get()
    assert mail.kind == "conversations/new_message"
    assert mail.to == EMAIL
    assert mail.context.keys() == {"url", "language"}
    assert mail.context["url"].endswith("/kluisje/")


def test_the_signal_says_that_something_is_new_and_nothing_more(places):
    from naast.core.mail import compose

    answered(a_thread(a_locker(email=EMAIL)))
    letter = compose(OutboxMail.objects.get())
    assert letter.subject == "Er is een nieuw bericht voor je"
    for word in ("Zilverpopulier", "Kwikstaartje", "Marije", "Enschede", "scheiding"):
        assert word not in letter.subject + letter.body


def test_saying_that_it_helped_ends_the_turn_and_writing_opens_it(places):
    thread = a_thread()
    answered(thread)
    assert actions.finish(locker=thread.locker, thread_id=thread.pk).state == "done"
    written(thread)
    thread.refresh_from_db()
    assert thread.state == "asked"


def test_the_house_itself_can_say_something(places):
    thread = a_thread()
    message = actions.say_by_house(thread=thread, text="Het loket is vandaag dicht.")
    assert (message.author_kind, message.author) == ("system", None)


def test_erasing_one_conversation_leaves_the_others(places):
    made = a_locker(email=EMAIL)
    gone, stays = a_thread(made), a_thread(made)
    answered(gone)
    ids = [str(pk) for pk in gone.messages.values_list("pk", flat=True)]
    actions.erase(locker=made.locker, thread_id=gone.pk)
    assert list(Thread.objects.all()) == [stays]
    assert not OutboxMail.objects.exists(), "a signal that waited must not leave any more"
    stones = set(Tombstone.objects.values_list("record_id", flat=True))
    assert stones == {str(gone.pk), *ids}
    assert Locker.objects.filter(pk=made.locker.pk).exists()


def test_emptying_a_locker_erases_its_threads(places):
    made = a_locker(email=EMAIL)
    answered(a_thread(made))
    other = a_thread()
    lockers.empty(locker=made.locker)
    assert list(Thread.objects.all()) == [other]
    assert Message.objects.filter(thread=other).count() == Message.objects.count()
    assert not OutboxMail.objects.exists()


def test_a_thread_goes_six_months_after_its_last_message(places):
    with clock.frozen(datetime(2026, 1, 15, 12, tzinfo=UTC)):
        old = a_thread()
    with clock.frozen(datetime(2026, 3, 1, 12, tzinfo=UTC)):
        answered(old)
    assert queries.erased_on(Thread.objects.get()).isoformat() == "2026-09-01"
    with clock.frozen(datetime(2026, 9, 1, 12, tzinfo=UTC)):
        assert actions.expire() == 0
    with clock.frozen(datetime(2026, 9, 2, 12, tzinfo=UTC)):
        assert actions.expire() == 1
    assert not Message.objects.exists()


def test_a_locker_with_a_thread_is_not_unused(places):
    thread = a_thread()
    Locker.objects.update(last_used_on=clock.today() - timedelta(days=900))
    assert lockers.expire_unused() == 0
    actions.erase(locker=thread.locker, thread_id=thread.pk)
    assert lockers.expire_unused() == 1


def test_the_export_reads_as_the_talk_went(places):
    made = a_locker()
    answered(a_thread(made))
    entry = next(entry for entry in kept.all_kept() if entry.model == "conversations.Thread")
    (row,) = entry.export(made.locker.pk)
    assert [part["van"] for part in row["berichten"]] == ["jij", "Marije, Scheidingsloket Enschede"]
    assert [part["tekst"] for part in row["berichten"]] == [QUESTION, ANSWER]


def test_lists_cost_the_same_for_one_thread_and_for_many(places, django_assert_num_queries):
    made = a_locker()
    for _ in range(6):
        answered(a_thread(made))
    with django_assert_num_queries(2):
        assert len(queries.of_locker(made.locker.pk)) == 6
