"""Reading about questions: who could read one, what lies where, and the facts that routing needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.db.models import Count

from naast.contact import rules
from naast.contact.models import Expertise, Question
from naast.core import clock
from naast.directory import queries as directory
from naast.people.models import Absence, Grant, User
from naast.people.staffing.queries import known_by_team
from naast.places import queries as places
from naast.places.rules import DeskInfo, PlaceInfo, working_deadline

ROUTED_ROLES = ("adviser", "coordinator")


def path_of(place: PlaceInfo) -> tuple[rules.DeskPlace, ...]:
    """Return the way up from a place as routing wants it: nearest first; a country has no desk of its own."""
    way = tuple(rules.DeskPlace(info.kind, info.slug) for info in places.path(place) if info.kind != "country")
    return way or (rules.DeskPlace(place.kind, place.slug),)


def staff_of(way: Sequence[PlaceInfo], day: date) -> list[rules.Adviser]:
    """Return everybody who works at one of these desks, with expertise, teams, absence and open questions. Five queries."""
    by_id = {info.id: info.slug for info in way}
    desks: dict[UUID, set[str]] = {}
    coordinators: set[UUID] = set()
    advisers: set[UUID] = set()
    grants = Grant.objects.in_force(day).filter(role__in=ROUTED_ROLES, scope_id__in=list(by_id), user__is_active=True)
    for user_id, role, scope_id in grants.values_list("user_id", "role", "scope_id"):
        desks.setdefault(user_id, set()).add(by_id[scope_id])
        (coordinators if role == "coordinator" else advisers).add(user_id)
    if not desks:
        return []
    away: dict[UUID, list[tuple[date, date]]] = {}
    for user_id, starts, ends in Absence.objects.filter(user_id__in=desks, ends__gte=day).values_list(
        "user_id", "starts", "ends"
    ):
        away.setdefault(user_id, []).append((starts, ends))
    known = dict(Expertise.objects.filter(user_id__in=desks).values_list("user_id", "kinds"))
    subjects = known_by_team(desks)
    load = open_counts(desks)
    return [
        rules.Adviser(
            id=str(user_id),
            desks=frozenset(slugs),
            expertise=frozenset(known.get(user_id, ())),
            away=tuple(away.get(user_id, ())),
            open_items=load.get(user_id, 0),
            coordinator=user_id in coordinators and user_id not in advisers,
            subjects=subjects.get(user_id, frozenset()),
        )
        for user_id, slugs in desks.items()
    ]


def open_counts(users: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many open questions each of these people holds."""
    rows = Question.objects.still_open().filter(taken_by_id__in=list(users))
    return dict(rows.values_list("taken_by_id").annotate(number=Count("id")))


def colleagues(place_ids: Iterable[UUID]) -> list[User]:
    """Return the active advisers and coordinators of these desks today, by name."""
    day = clock.today()
    grants = Grant.objects.in_force(day).filter(role__in=ROUTED_ROLES, scope_id__in=list(place_ids))
    return list(User.objects.filter(is_active=True, pk__in=grants.values("user_id")))


def away_until(users: Collection[UUID], day: date) -> dict[UUID, date]:
    """Return the last day of absence of those who are away on this day."""
    return dict(
        Absence.objects.filter(user_id__in=users, starts__lte=day, ends__gte=day).values_list("user_id", "ends")
    )


def routing_for(*, place: PlaceInfo, audience: str, subject: str) -> rules.Routing:
    """Return which desk and which people a question from this place would come to, today."""
    day = clock.today()
    facts = rules.QuestionFacts(path=path_of(place), audience=audience, subject=subject)
    return rules.route(facts, staff_of(places.path(place), day), day)


def desk_info(place: PlaceInfo) -> DeskInfo:
    """Return what readers see of a place's desk; a place without one shows the region's, else its own name."""
    for info in places.path(place):
        if info.desk:
            return info.desk
    return DeskInfo(name=place.name, answer_days=rules.ANSWER_DAYS)


def deadline(place: PlaceInfo, start: datetime | None = None) -> datetime:
    """Return by when the desk of this place answers what is asked at `start` (now when left out), in working days."""
    local = (start or clock.now()).astimezone(clock.AMSTERDAM)
    return working_deadline(local, desk_info(place).answer_days, places.holidays())


def first_names(user_ids: Sequence[str]) -> list[str]:
    """Return the first names of these people in the same order; a question shows them to who asked."""
    names = {str(user.pk): user.get_short_name() for user in User.objects.filter(pk__in=user_ids)}
    return [names[user_id] for user_id in user_ids if user_id in names]


def asked_with(digest: bytes) -> Question | None:
    """Return the question that was asked with this form, for as long as the hash of its number is kept (a day)."""
    return Question.objects.select_related("thread", "place").filter(asked_with=digest).first()


def of_thread(thread_id: UUID) -> Question | None:
    """Return the question that a thread belongs to, if it is one."""
    return Question.objects.filter(thread_id=thread_id).first()


@cache
def subject_labels() -> dict[str, str]:
    """Return slug → Dutch label of the subjects that offers, guides and questions share."""
    return {subject.slug: subject.label for subject in directory.subjects()}
