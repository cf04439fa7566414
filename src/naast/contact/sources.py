"""Questions as the access log, breaking the glass and "who read along" know them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from naast.contact.models import Question
from naast.conversations.models import Message
from naast.core.sharing import outside
from naast.people.access import records
from naast.people.access.records import Found, Named

KIND = "contact.Question"


def _find(number: str) -> Found | None:
    typed = number.replace(" ", "").upper()
    if len(typed) == 8 and "-" not in typed:
        typed = f"{typed[:4]}-{typed[4:]}"
    row = Question.objects.select_related("thread").filter(number=typed).first()
    if row is None:
        return None
    return Found(KIND, str(row.pk), row.number, row.place_id, row.desk_id, str(row.thread.locker_id))


def _numbers(ids: Collection[str]) -> Mapping[str, str]:
    known = [UUID(one) for one in ids if len(one) == 36]
    return {str(pk): number for pk, number in Question.objects.filter(pk__in=known).values_list("pk", "number")}


def _named(locker_id: UUID) -> Mapping[str, Named]:
    """Return the questions of a locker as their owner knows them, with the advisers whose first name stands there."""
    rows = list(Question.objects.filter(thread__locker_id=locker_id).order_by("-asked_at"))
    shown: dict[UUID, dict[str, str]] = {}
    for message in Message.objects.select_related("author").filter(thread__locker_id=locker_id, author__isnull=False):
        assert message.author is not None  # noqa: S101 - the query says so
        shown.setdefault(message.thread_id, {})[str(message.author_id)] = message.author.get_short_name()
    return {
        str(row.pk): Named(str(row.title), outside("conversations:thread", row.thread_id), shown.get(row.thread_id, {}))
        for row in rows
    }


def declare() -> None:
    """Tell the rooms below about questions."""
    records.register(
        records.Source(
            kind=KIND,
            find=_find,
            numbers=_numbers,
            named=_named,
            glass_url=lambda glass_id: outside("desk:glass", glass_id),
        )
    )
