"""Writing in threads: one function per thing a person does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.dispatch import Signal

from naast.conversations import queries, rules, urgent
from naast.conversations.models import Message, Thread, Turning
from naast.core import audit, clock, languages, mail
from naast.core import once as once_numbers
from naast.core.once import Once
from naast.core.retention import actions as retention
from naast.lockers import actions as lockers
from naast.lockers.models import Locker
from naast.people.actions import actor_of
from naast.people.models import User
from naast.places import queries as places

KIND = "conversations.Thread"

# Journeys above listen: a resident wrote again, or said that it helped. Sent inside the transaction, with `thread`.
resident_wrote = Signal()
resident_finished = Signal()

WRITE_BACK = "write-back"  # what a form's number is used for here


class NotYours(LookupError):
    """No such thread in this locker."""


class UsedElsewhere(ValueError):
    """The form's number was used on another form: nothing was written."""


@dataclass(frozen=True)
class Written:
    """What writing back came to: `again` when the same form was sent before."""

    thread: Thread
    urgent: bool = False
    again: bool = False


@transaction.atomic
def start(*, locker: Locker, place: str, audience: str, subject: str, text: str, kind: str = "question") -> Thread:
    """Start a thread in a locker with its first message. `place` is a slug; LookupError for an unknown one.

    Raises rules.Refused for an empty or too long text.
    """
    clean = rules.keepable(text)
    info = places.by_slug(place)
    if info is None:
        raise LookupError(place)
    moment = clock.now()
    thread = Thread(
        locker=locker, place_id=info.id, kind=kind, audience=audience, subject=subject,
        started_at=moment, last_message_at=moment,
    )  # fmt: skip
    thread.save(force_insert=True)
    Turning.objects.create(thread=thread, at=moment, act="start", before="", after=thread.state)
    _add(thread, rules.Author.RESIDENT, None, clean, moment)
    thread.seen = thread.length
    thread.save()
    audit.record(actor="locker", act="start", kind=KIND, record_id=thread.pk, **_whose(thread))
    return thread


@transaction.atomic
def reply(*, thread: Thread, author: User, text: str) -> Message:
    """Let staff answer: the resident finds it in the locker, and gets a signal without content where that was wished.

    Raises rules.Refused. Whether this person may answer is the caller's to decide (people.policy).
    """
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    message = _say(thread, rules.Act.ANSWER, rules.Author.STAFF, author, rules.clean_text(text))
    audit.record(
        actor=actor_of(author), act="answer", kind=KIND, record_id=thread.pk, fields=("text",), **_whose(thread)
    )
    _signal(thread, message)
    return message


@transaction.atomic
def say_by_house(*, thread: Thread, text: str) -> Message:
    """Let the house itself say something in a thread (closing hours, another desk); it goes as staff's words do."""
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    message = _say(thread, rules.Act.ANSWER, rules.Author.SYSTEM, None, rules.keepable(text))
    audit.record(actor="system", act="answer", kind=KIND, record_id=thread.pk, fields=("text",), **_whose(thread))
    _signal(thread, message)
    return message


@transaction.atomic
def write_back(*, once: Once, locker: Locker, thread_id: UUID, text: str) -> Written:
    """Let the resident write in their own thread. Idempotent on the form's one-time number.

    Raises NotYours for a thread of another locker, rules.Refused for an empty or too long text, UsedElsewhere.
    """
    clean = rules.keepable(text)
    thread = Thread.objects.select_for_update().filter(pk=thread_id, locker_id=locker.pk).first()
    if thread is None:
        raise NotYours(str(thread_id))
    if not once_numbers.claim(once, WRITE_BACK):
        if (once_numbers.used(once) or ("",))[0] != WRITE_BACK:
            raise UsedElsewhere(WRITE_BACK)
        return Written(thread, again=True)
    message = _say(thread, rules.Act.WRITE, rules.Author.RESIDENT, None, clean)
    thread.seen = thread.length
    thread.save(update_fields=["seen"])
    audit.record(actor="locker", act="write", kind=KIND, record_id=thread.pk, fields=("text",), **_whose(thread))
    resident_wrote.send(sender=Thread, thread=thread)
    return Written(thread, urgent=message.urgent)


@transaction.atomic
def finish(*, locker: Locker, thread_id: UUID) -> Thread:
    """Let the resident say that it helped: nobody needs to do more. Writing again opens it. Raises NotYours."""
    thread = Thread.objects.select_for_update().filter(pk=thread_id, locker_id=locker.pk).first()
    if thread is None:
        raise NotYours(str(thread_id))
    if thread.state != rules.State.DONE:
        _turn(thread, rules.Act.FINISH)
        thread.save()
        audit.record(actor="locker", act="finish", kind=KIND, record_id=thread.pk, fields=("state",), **_whose(thread))
        resident_finished.send(sender=Thread, thread=thread)
    return thread


def _whose(thread: Thread) -> dict[str, str]:
    """Return what the access log says beside the act: at which place, and of which locker."""
    place = places.by_id(thread.place_id)
    return {"place": place.slug if place else "", "about": str(thread.locker_id)}


def mark_seen(*, thread: Thread) -> None:
    """Note that the resident opened all messages. Staff never sees this."""
    if thread.seen < thread.length:
        Thread.objects.filter(pk=thread.pk).update(seen=thread.length)
        thread.seen = thread.length


def last_text(thread: Thread) -> str:
    """Return the text of the last message, or an empty text."""
    return queries.last_text(thread)


def _say(thread: Thread, act: rules.Act, kind: rules.Author, author: User | None, text: str) -> Message:
    if not text:
        raise rules.Refused("empty")
    moment = clock.now()
    _turn(thread, act)
    message = _add(thread, kind, author, text, moment)
    if act is rules.Act.ANSWER:
        thread.answered_at = moment
    thread.save()
    return message


def _add(thread: Thread, kind: rules.Author, author: User | None, text: str, moment: datetime) -> Message:
    """Append a message; what a resident writes is judged for urgent words."""
    judged = urgent.judge(text) if kind is rules.Author.RESIDENT else urgent.CALM
    thread.length += 1
    thread.last_message_at = moment
    if judged.urgent:
        thread.urgent = True
        thread.urgent_kinds = sorted({*thread.urgent_kinds, *judged.kinds})
    message = Message(
        thread=thread, number=thread.length, author_kind=kind.value, author=author, at=moment, urgent=judged.urgent
    )
    message.text = text
    message.save(force_insert=True)
    return message


def _turn(thread: Thread, act: rules.Act) -> None:
    before = rules.State(thread.state)
    after = rules.next_state(before, act)
    thread.state = after.value
    if after is not before:
        Turning.objects.create(thread=thread, act=act.value, before=before.value, after=after.value)


def _signal(thread: Thread, message: Message) -> None:
    """Queue the signal "there is a new message": never who wrote, about what, or a word of it."""
    locker = Locker.objects.get(pk=thread.locker_id)
    if locker.has_email:
        with languages.reading_in(locker.language):  # in the language of the page where the address was left
            url = lockers.locker_url(locker.place_id)
        mail.queue_mail(
            kind="conversations/new_message",
            to=str(locker.email),
            context={"url": url},
            message_id=_signal_key(message.pk),
            language=languages.interface(locker.language),
        )


def _signal_key(message_id: UUID) -> str:
    return f"conversations/new_message:{message_id}"


# --- Erasing ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def erase(*, locker: Locker, thread_id: UUID) -> None:
    """Erase one thread of a locker at once, with all that other rooms tied to it. Raises NotYours, Held."""
    thread = Thread.objects.filter(pk=thread_id, locker_id=locker.pk).first()
    if thread is None:
        raise NotYours(str(thread_id))
    retention.check_free(KIND, thread.pk)
    erase_threads([thread.pk])
    audit.record(actor="locker", act="erase", kind=KIND, record_id=thread_id, **_whose(thread))


def erase_of_locker(locker_id: UUID) -> int:
    """Erase all threads of a locker; returns how many."""
    return erase_threads(list(Thread.objects.filter(locker_id=locker_id).values_list("pk", flat=True)))


@transaction.atomic
def expire() -> int:
    """Erase threads whose last message is 6 months old; returns how many."""
    return erase_threads(list(queries.past_rule().values_list("pk", flat=True)[:500]))


def erase_threads(thread_ids: Sequence[UUID]) -> int:
    """Erase threads with their messages, history and waiting signals; their random ids stay 35 days."""
    messages = list(Message.objects.filter(thread__in=thread_ids).values_list("pk", flat=True))
    mail.withdraw(_signal_key(message_id) for message_id in messages)
    Thread.objects.filter(pk__in=thread_ids).delete()
    lockers.bury("conversations.Message", messages)
    return lockers.bury(KIND, thread_ids)
