"""Reading the work list: what lies at somebody's desks, sorted and sifted by the database, in few queries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse

from naast.contact import queries as contact
from naast.contact import rules as contact_rules
from naast.contact.models import Question, QuestionQuerySet
from naast.content.library import by_slug
from naast.core import clock
from naast.core.sharing import outside
from naast.core.texts import fold
from naast.desk import rules
from naast.desk.rules import Clock, ClockWords, Drawer, Standing, WorkItem
from naast.directory import queries as directory
from naast.directory.editing.queries import with_contact
from naast.lockers import queries as lockers
from naast.people.models import User
from naast.people.policy import Scope
from naast.places import queries as places

PAGE = 50
OFFERS_SHOWN = 3
REPORTING_CODE = "de-meldcode-in-vijf-stappen"  # the article with the five steps

STANDINGS: Mapping[str, Standing] = {
    contact_rules.State.NEW: Standing.NEW,
    contact_rules.State.TAKEN: Standing.TAKEN,
    contact_rules.State.WAITING: Standing.WAITING,
    contact_rules.State.ANSWERED: Standing.DONE,
    contact_rules.State.CLOSED: Standing.DONE,
}

_DATE = re.compile(r"^(\d{1,2})[-/](\d{1,2})(?:[-/](\d{4}))?$")


@dataclass(frozen=True)
class Filters:
    """What the address says about the list: drawer, place (slug), subject, audience, words to search, page."""

    drawer: Drawer = Drawer.ALL
    place: str = ""
    subject: str = ""
    audience: str = ""
    words: str = ""
    page: int = 1

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Filters:
        """Read the filters from an address; what is unknown is left out, never an error."""
        drawer = str(values.get("lijst", ""))
        page = str(values.get("blad", "1"))
        audience = str(values.get("doelgroep", ""))
        return cls(
            drawer=Drawer(drawer) if drawer in set(Drawer) else Drawer.ALL,
            place=str(values.get("plaats", ""))[:80],
            subject=str(values.get("onderwerp", ""))[:40],
            audience=audience if audience in contact_rules.AUDIENCES else "",
            words=" ".join(str(values.get("q", "")).split())[:120],
            page=max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1,
        )

    def query(self, **changes: Any) -> str:
        """Return these filters as the end of an address ("?lijst=new&plaats=enschede"), with changes; "" for none."""
        new = replace(self, **changes)
        pairs = {
            "lijst": "" if new.drawer is Drawer.ALL else new.drawer.value,
            "plaats": new.place,
            "onderwerp": new.subject,
            "doelgroep": new.audience,
            "q": new.words,
            "blad": "" if new.page == 1 else str(new.page),
        }
        kept = urlencode({name: value for name, value in pairs.items() if value})
        return f"?{kept}" if kept else ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the drawer narrows the list."""
        return bool(self.place or self.subject or self.audience or self.words)


@dataclass(frozen=True)
class Row:
    """One line of the list, ready to show."""

    question: Question
    item: WorkItem
    clock: ClockWords
    place: str
    subject: str
    mine: bool
    holder_away: bool

    @property
    def late(self) -> bool:
        """Whether the promised moment has passed."""
        return self.clock.kind in (Clock.LATE_DAYS, Clock.LATE_HOURS)


@dataclass(frozen=True)
class Colleague:
    """Somebody of the team: open questions and absence (the last day, None when present)."""

    user: User
    open_items: int
    away_until: date | None = None


@dataclass(frozen=True)
class Fit:
    """Something to point at in an answer."""

    label: str
    url: str
    contact: str = ""  # where professionals read whom to ask, where somebody is named


@dataclass(frozen=True)
class WorkList:
    """The list as it is shown: rows of one page, counts of all drawers, how many there are in all."""

    filters: Filters
    rows: list[Row]
    counts: Mapping[Drawer, int]
    total: int
    desks: list[str] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """Number of pages, at least one."""
        return max(1, -(-self.total // PAGE))


def item_of(question: Question) -> WorkItem:
    """Return a question as a line of work."""
    return WorkItem(
        id=str(question.pk),
        standing=STANDINGS[question.state],
        received=question.asked_at,
        due=question.due_at,
        urgent=question.urgent,
        holder=str(question.taken_by_id) if question.taken_by_id else None,
        done_at=question.done_at,
    )


def visible(scopes: Iterable[Scope]) -> QuestionQuerySet:
    """Return the questions that lie at these desks: what this reader may see, and nothing else."""
    return cast(QuestionQuerySet, Question.objects.within(scopes))


def work_list(*, user: User, scopes: Iterable[Scope], filters: Filters) -> WorkList:
    """Return one page of the work list. Three queries, however long the list is."""
    now = clock.now()
    base = _narrowed(visible(scopes), filters)
    counts = _counts(base, user, now)
    inside = base if filters.words else _in_drawer(base, filters.drawer, user, now)
    total = inside.count() if filters.words else counts[filters.drawer]
    done_first = filters.drawer is Drawer.DONE and not filters.words
    ordered = inside.order_by("-done_at", "id") if done_first else inside.in_work_order(now)
    first = (filters.page - 1) * PAGE
    page = list(ordered.select_related("taken_by")[first : first + PAGE])
    away = contact.away_until({q.taken_by_id for q in page if q.taken_by_id}, clock.today())
    rows = [_row(q, user, now, away) for q in page]
    desks = sorted(info.name for scope in scopes if (info := places.by_id(scope.id)))
    return WorkList(filters, rows, counts, total, desks)


def _row(question: Question, user: User, now: datetime, away: Mapping[UUID, date]) -> Row:
    item = item_of(question)
    place = places.by_id(question.place_id)
    return Row(
        question=question,
        item=item,
        clock=rules.clock(item, now),
        place=place.name if place else "",
        subject=contact.subject_labels().get(question.subject, question.subject),
        mine=question.taken_by_id == user.pk,
        holder_away=question.taken_by_id in away,
    )


def _counts(questions: QuestionQuerySet, user: User, now: datetime) -> dict[Drawer, int]:
    """Count all drawers at once."""
    state = contact_rules.State
    still_open = Q(state__in=[value.value for value in contact_rules.OPEN_STATES])
    late = Q(state__in=[value.value for value in contact_rules.TICKING_STATES], due_at__lt=now)
    finished = Q(state__in=[state.ANSWERED.value, state.CLOSED.value], done_at__gte=rules.week_began(now))
    found = questions.aggregate(
        all=Count("pk", filter=still_open),
        new=Count("pk", filter=Q(state=state.NEW.value)),
        mine=Count("pk", filter=still_open & Q(taken_by=user)),
        waiting=Count("pk", filter=Q(state=state.WAITING.value)),
        overdue=Count("pk", filter=late),
        done=Count("pk", filter=finished),
    )
    return {drawer: found[drawer.value] for drawer in Drawer}


def _in_drawer(questions: QuestionQuerySet, drawer: Drawer, user: User, now: datetime) -> QuestionQuerySet:
    """Narrow to a drawer: the same choice as `rules.in_drawer`, made by the database (a test holds them together)."""
    match drawer:
        case Drawer.NEW:
            return questions.filter(state=contact_rules.State.NEW.value)
        case Drawer.MINE:
            return questions.still_open().filter(taken_by=user)
        case Drawer.WAITING:
            return questions.filter(state=contact_rules.State.WAITING.value)
        case Drawer.OVERDUE:
            return questions.overdue(now)
        case Drawer.DONE:
            return questions.finished_since(rules.week_began(now))
        case _:
            return questions.still_open()


def _narrowed(questions: QuestionQuerySet, filters: Filters) -> QuestionQuerySet:
    if filters.place:
        info = places.by_slug(filters.place)
        questions = questions.filter(place_id=info.id) if info else questions.none()
    if filters.subject:
        questions = questions.filter(subject=filters.subject)
    if filters.audience:
        questions = questions.filter(audience=filters.audience)
    if filters.words:
        questions = questions.filter(_found(filters.words))
    return questions


def _found(words: str) -> Q:
    """Return what the words may mean: number, e-mail address (exact), date, subject, place, state. Never the text."""
    flat = fold(words)
    if "@" in words:
        return Q(thread__locker__in=[locker.pk for locker in lockers.by_email(words)])
    if day := _date(words):
        return Q(asked_at__gte=_midnight(day), asked_at__lt=_midnight(date.fromordinal(day.toordinal() + 1)))
    meant = Q(number__icontains=words.replace(" ", ""))
    subjects = [slug for slug, label in contact.subject_labels().items() if flat in fold(label)]
    named = [info.id for info in places.all_places() if fold(info.name).startswith(flat)]
    states = [code for code, label in Question._meta.get_field("state").choices or () if fold(str(label)) == flat]
    return meant | Q(subject__in=subjects) | Q(place_id__in=named) | Q(state__in=states)


def searched_by(words: str) -> str:
    """Return by what kind of thing somebody searched, for the access log: "" for nothing, never what was typed."""
    if not words:
        return ""
    if "@" in words:
        return "email"
    return "day" if _date(words) else "words"


def _date(words: str) -> date | None:
    """Read a date as people at a desk type it: 24-11-2026 or 24-11 (this year). None when it is none."""
    match = _DATE.match(words)
    if not match:
        return None
    day, month, year = match.groups()
    try:
        found = date(int(year or clock.today().year), int(month), int(day))
    except ValueError:
        return None
    # The calendar's own first and last day have no moment before or after them to compare with.
    return found if date.min.year < found.year < date.max.year else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=clock.AMSTERDAM)


def team(scopes: Iterable[Scope]) -> list[Colleague]:
    """Return who else works at these desks, with their open questions and absence, by name. Three queries."""
    day = clock.today()
    wanted = {scope.id for scope in scopes}
    members = contact.colleagues(wanted)
    load = contact.open_counts([user.pk for user in members])
    away = contact.away_until([user.pk for user in members], day)
    return [Colleague(user, load.get(user.pk, 0), away.get(user.pk)) for user in members]


def away_until(user_id: UUID | None) -> date | None:
    """Return the last day on which this person is away; None when they are there, or when nobody is meant."""
    return contact.away_until([user_id], clock.today()).get(user_id) if user_id else None


def fitting(found: Question) -> list[Fit]:
    """Return up to three offers near the asker about this subject; with urgent words first the reporting code's steps."""
    place = places.by_id(found.place_id)
    if place is None:
        return []
    offers = directory.offers_for(place, audience=found.audience, subjects=[found.subject], limit=OFFERS_SHOWN)
    prefix = f"/{place.slug}"
    steps = by_slug(REPORTING_CODE) if found.urgent else None
    first = [Fit(steps.title, f"{prefix}/{steps.path}")] if steps else []
    named = with_contact(offer.pk for offer in offers)
    return first + [
        Fit(
            offer.name,
            prefix + reverse("directory:offer", urlconf=settings.PLACE_URLCONF, args=[offer.slug]),
            outside("own:contact", offer_id=offer.pk) if offer.pk in named else "",
        )
        for offer in offers
    ]


def question(*, question_id: UUID, scopes: Iterable[Scope]) -> Question | None:
    """Return one question if it lies at one of these desks, with its thread and holder."""
    return visible(scopes).select_related("thread", "taken_by").filter(pk=question_id).first()
