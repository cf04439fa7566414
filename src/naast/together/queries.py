"""Reading polls, their outcomes and evenings. A place shows its own and its region's."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet, Sum

from naast.core import clock
from naast.ledger import queries as ledger
from naast.people.policy import Scope
from naast.places import queries as places
from naast.places.rules import PlaceInfo

from . import rules
from .models import Evening, Poll, SignUp
from .rules import Outcome, Stage


@dataclass(frozen=True)
class PollView:
    """A poll as its page shows it."""

    poll: Poll
    stage: Stage
    outcome: Outcome


@dataclass(frozen=True)
class EveningView:
    """An evening with the seats that are left; `state` is yes, full, over or off."""

    evening: Evening
    left: int
    state: str


@dataclass(frozen=True)
class TakingPart:
    """What there is to take part in, and what was heard."""

    polls: list[PollView]
    evenings: list[EveningView]
    heard: list[Poll | Evening]
    closed: list[PollView]

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing at all."""
        return not (self.polls or self.evenings or self.heard or self.closed)


def _shown_at(place: PlaceInfo) -> list[PlaceInfo]:
    return [step for step in places.path(place) if step.kind in ("municipality", "region")]


def _polls(place: PlaceInfo) -> QuerySet[Poll]:
    ids = [step.id for step in _shown_at(place)]
    return Poll.objects.filter(published=True, place_id__in=ids).prefetch_related("options")


def _evenings(place: PlaceInfo) -> QuerySet[Evening]:
    ids = [step.id for step in _shown_at(place)]
    taken = Sum("sign_ups__together", default=0)
    return Evening.objects.filter(published=True, place_id__in=ids).annotate(taken=taken)


def _view(poll: Poll, answers: Mapping[str, Mapping[str, int]]) -> PollView:
    options = {option.code: option.text for option in poll.options.all()}
    stage = rules.stage(poll.opens_on, poll.closes_on, clock.today())
    return PollView(poll, stage, rules.outcome(options, answers.get(poll.code, {})))


def _answers(polls: Iterable[Poll]) -> dict[str, dict[str, int]]:
    """Return poll code → option code → answers, of all places together."""
    wanted = {poll.code for poll in polls}
    found: dict[str, Counter[str]] = {}
    if not wanted:
        return {}
    for dimensions, amount in ledger.by_dimensions("poll-answer"):
        if (code := dimensions.get("poll", "")) in wanted:
            found.setdefault(code, Counter())[dimensions.get("option", "")] += amount
    return {code: dict(counts) for code, counts in found.items()}


def _evening_view(evening: Evening) -> EveningView:
    left = rules.seats_left(evening.seats, evening.taken)  # type: ignore[attr-defined]
    state = rules.may_sign_up(starts_at=evening.starts_at, now=clock.now(), cancelled=evening.cancelled, left=left)
    return EveningView(evening, left, state)


def taking_part(place: PlaceInfo) -> TakingPart:
    """Return everything to take part in at a place, soonest first, and what was heard, newest first."""
    polls = list(_polls(place))
    answers = _answers(polls)
    views = [_view(poll, answers) for poll in polls]
    evenings = list(_evenings(place))
    coming = [_evening_view(evening) for evening in evenings if evening.ends_at > clock.now()]
    told: list[Poll | Evening] = [poll for poll in polls if poll.heard]
    told += [evening for evening in reversed(evenings) if evening.heard]
    return TakingPart(
        polls=[view for view in views if view.stage == "open"],
        evenings=coming,
        heard=told,
        closed=[view for view in views if view.stage == "closed" and not view.poll.heard],
    )


def poll_at(place: PlaceInfo, slug: str) -> PollView | None:
    """Return a published poll by its address, or None."""
    poll = _polls(place).filter(slug=slug).first()
    if poll is None or rules.stage(poll.opens_on, poll.closes_on, clock.today()) == "waiting":
        return None
    return _view(poll, _answers([poll]))


def evening_at(place: PlaceInfo, slug: str) -> EveningView | None:
    """Return a published evening by its address, or None."""
    evening = _evenings(place).select_related("place").filter(slug=slug).first()
    return _evening_view(evening) if evening else None


# ---------- for editors ----------


def polls_within(scopes: Iterable[Scope]) -> QuerySet[Poll]:
    """Return the polls at these scopes with their options."""
    return Poll.objects.all().within(scopes).select_related("place").prefetch_related("options")


def evenings_within(scopes: Iterable[Scope]) -> QuerySet[Evening]:
    """Return the evenings at these scopes with who comes, in the order of signing up."""
    comes = Prefetch("sign_ups", queryset=SignUp.objects.order_by("signed_up_on", "id"))
    rows = Evening.objects.all().within(scopes)
    return rows.select_related("place").prefetch_related(comes)


def views_of(polls: Iterable[Poll]) -> list[PollView]:
    """Return polls with stage and outcome."""
    rows = list(polls)
    answers = _answers(rows)
    return [_view(poll, answers) for poll in rows]
