"""Regular work of the worker: warn of what is late, forget the hashes of old forms. Idempotent and short."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from naast.contact.actions import question_url
from naast.contact.models import ONCE_KEPT, Question
from naast.contact.reading import scope_of
from naast.core import clock, mail
from naast.people import queries as people
from naast.places import queries as places

AT_ONCE = 200


def warn_of_overdue() -> int:
    """Tell the coordinators of questions that passed their promised moment, once each. Returns how many."""
    waiting = Question.objects.overdue(clock.now()).filter(warned_at=None).values_list("pk", flat=True)[:AT_ONCE]
    return sum(_warn(question_id) for question_id in waiting)


@transaction.atomic
def _warn(question_id: UUID) -> int:
    question = Question.objects.select_for_update().overdue(clock.now()).filter(pk=question_id, warned_at=None).first()
    if question is None:
        return 0
    question.warned_at = clock.now()
    question.save(update_fields=["warned_at"])
    desk = places.by_id(question.desk_id)
    name = desk.name if desk else ""
    context = {"place": name, "number": question.number, "url": question_url(question)}
    for user in people.who_may("desk.assign", scope_of(question)):
        mail.queue_mail(
            kind="contact/overdue", to=user.email, context=context, message_id=f"overdue:{question.pk}:{user.pk}"
        )
    return 1


def forget_forms() -> int:
    """Drop the hashes of forms that are older than a day; returns how many."""
    return Question.objects.filter(asked_with__isnull=False, asked_at__lt=clock.now() - ONCE_KEPT).update(
        asked_with=None
    )
