"""Reading threads: only within one locker, or by an id that a room above has checked."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import pgettext

from naast.conversations import rules
from naast.conversations.models import Message, Thread
from naast.core import clock
from naast.places import queries as places
from naast.places.rules import DeskInfo


@dataclass(frozen=True)
class Summary:
    """A thread in a list: its opening words and whether something new stands in it."""

    thread: Thread
    title: str
    new: int


def of_locker(locker_id: UUID) -> list[Summary]:
    """Return the threads of a locker, the latest first, with their opening words. Two queries."""
    threads = list(Thread.objects.filter(locker_id=locker_id).order_by("-last_message_at", "id"))
    first = {message.thread_id: message for message in Message.objects.filter(thread__in=threads, number=1)}
    return [
        Summary(
            thread=thread,
            title=rules.opening_words(str(first[thread.pk].text)) if thread.pk in first else "",
            new=new_in(thread),
        )
        for thread in threads
    ]


def new_in(thread: Thread) -> int:
    """Return how many messages the resident has not opened yet (their own count as opened)."""
    return max(0, thread.length - thread.seen)


def of_owner(*, thread_id: UUID, locker_id: UUID) -> Thread | None:
    """Return a thread if it lies in this locker; another locker's thread does not exist for it."""
    return Thread.objects.select_related("place").filter(pk=thread_id, locker_id=locker_id).first()


def messages(thread: Thread) -> list[Message]:
    """Return the messages of a thread in order, with their authors."""
    return list(thread.messages.select_related("author"))


def turns(thread: Thread, found: list[Message]) -> list[rules.Turn]:
    """Return messages as the resident reads them: "You", or a first name with the desk."""
    desk = desk_of(thread)
    return [
        rules.Turn(
            mine=message.author_kind == rules.Author.RESIDENT,
            by=pgettext("speaker", "You") if message.author_kind == rules.Author.RESIDENT else _name(message) or desk,
            where=desk if _name(message) else "",
            at=message.at,
            text=str(message.text),
        )
        for message in found
    ]


def _name(message: Message) -> str:
    return str(message.author.get_short_name()) if message.author else ""


def desk_of(thread: Thread) -> str:
    """Return the name of the desk that a thread is held with."""
    info = _desk_info(thread)
    return info.name if info else thread.place.name


def _desk_info(thread: Thread) -> DeskInfo | None:
    place = places.by_id(thread.place_id)
    return next((info.desk for info in places.path(place) if info.desk), None) if place else None


def last_speaker(found: list[Message]) -> str:
    """Return the first name of who of the desk wrote last, or an empty text."""
    for message in reversed(found):
        if message.author:
            return str(message.author.get_short_name())
    return ""


def past_rule() -> QuerySet[Thread]:
    """Return threads past their rule: the last message is 6 months old."""
    before = datetime.combine(rules.past_rule(clock.today()), time.min, tzinfo=clock.AMSTERDAM)
    return Thread.objects.filter(last_message_at__lt=before)


def last_text(thread: Thread) -> str:
    """Return the text of the last message, or an empty text."""
    message = thread.messages.order_by("-number").first()
    return str(message.text) if message else ""


def erased_on(thread: Thread) -> date:
    """Return the day on which this thread is erased if nobody writes."""
    return rules.erased_on(thread.last_message_at.astimezone(clock.AMSTERDAM).date())
