"""What becomes of somebody's open questions when they may no longer answer them: who stands in takes them, else the list.

The promised moment stays: it was made to the asker. What goes back is a step in the question's history.
"""

from __future__ import annotations

from django.db import transaction

from naast.contact import actions, queries, reading, rules
from naast.contact.models import Question
from naast.contact.rules import Act
from naast.core import clock
from naast.people.models import Absence, User
from naast.people.policy import may
from naast.people.staffing.work import Work, register
from naast.places import queries as places


def held(user: User) -> int:
    """Return how many open questions somebody holds."""
    return queries.open_counts([user.pk]).get(user.pk, 0)


@transaction.atomic
def hand_back(user: User, by: User | None) -> int:
    """Hand on the open questions that this person may no longer answer; returns how many.

    Each goes to who stands in for them today, if that person may answer there, else back to the list of its desk.
    """
    day = clock.today()
    absence = Absence.objects.filter(user=user, starts__lte=day, ends__gte=day).select_related("deputy").first()
    deputy = absence.deputy if absence else None
    rows = Question.objects.select_for_update().still_open().filter(taken_by=user)
    gone = [row for row in rows if not may(user, "desk.answer", reading.scope_of(row))]
    for question in gone:
        if deputy and may(deputy, "desk.answer", reading.scope_of(question)):
            question.taken_by, question.taken_at = deputy, clock.now()
            actions._move(question, Act.HAND_TO_PERSON, by, fields=("taken_by",))
            actions._tell_person(question, deputy)
        else:
            question.taken_by, question.taken_at = None, None
            actions._move(question, Act.HAND_BACK, by, fields=("taken_by",))
            _tell(question)
    return len(gone)


def _tell(question: Question) -> None:
    """Tell who should read it now, as for a new question."""
    desk = places.by_id(question.desk_id)
    if desk is None:
        return
    day = clock.today()
    facts = rules.QuestionFacts((rules.DeskPlace(desk.kind, desk.slug),), question.audience, question.subject)
    routing = rules.route(facts, queries.staff_of([desk], day), day)
    actions._tell_desk(question, desk, routing.candidates)


def connect() -> None:
    """Let people's screens know that there are questions to hand back."""
    register(Work("contact.questions", held, hand_back))
