"""Thinking about a run of a guide and the plan it ends in. Pure: no Django, no clock, no database.

A run is what a browser holds; a plan is what may be kept or shared. A plan holds step ids only, never an answer.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from naast.flows import rules as flows
from naast.flows.conditions import Answers, Value
from naast.flows.parts import Flow, FlowError, Order
from naast.places.rules import Hours

# docs/safety.md: gone 60 minutes after the last step, at most 3 kB.
RUN_LASTS = timedelta(minutes=60)
COOKIE_BYTES = 3_000
# docs/safety.md: a shared plan stands for 30 days; a kept one until its owner erases it or 2 years after last use.
SHARED_FOR = timedelta(days=30)
KEPT_FOR = timedelta(days=730)
LOOK_AHEAD = 14  # days within which a desk opens again, holidays included


@dataclass(frozen=True, slots=True)
class Run:
    """One person's way through a guide: the version it was begun with, safe answers, steps done, last touched."""

    version: str
    answers: dict[str, Value] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    counted: bool = False
    touched: int = 0

    def is_fresh(self, now: int) -> bool:
        """Say whether the run is still good at this moment (seconds since 1970)."""
        return 0 <= now - self.touched <= RUN_LASTS.total_seconds()


def write_run(run: Run) -> str:
    """Return the run as compact text."""
    answers = {key: list(value) if isinstance(value, tuple) else value for key, value in run.answers.items()}
    parts = [run.version, answers, list(run.done), int(run.counted), run.touched]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def read_run(text: str) -> Run | None:
    """Read a run back; None for anything that is not one."""
    try:
        version, answers, done, counted, touched = json.loads(text)
    except (ValueError, TypeError):
        return None
    if not (isinstance(version, str) and isinstance(answers, dict) and isinstance(done, list)):
        return None
    if not isinstance(touched, int):
        return None
    read: dict[str, Value] = {}
    for key, value in answers.items():
        if value is None or isinstance(value, str | int):
            read[key] = value
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            read[key] = tuple(value)
    return Run(version, read, tuple(str(item) for item in done), bool(counted), touched)


def tick(done: Collection[str], step_id: str, is_done: bool) -> tuple[str, ...]:
    """Return the done steps with one ticked or unticked; each once, in the order of ticking."""
    others = [item for item in done if item != step_id]
    return tuple([*others, step_id] if is_done else others)


class NotAPlanError(ValueError):
    """The text of a kept or shared plan cannot be read."""


# --- The plan ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan to keep or share: step ids with their moment, what is done, and which words stand above it."""

    steps: tuple[tuple[str, Order], ...]
    done: tuple[str, ...] = ()
    outcome: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of all its steps."""
        return tuple(step_id for step_id, _ in self.steps)

    def of(self, order: Order) -> tuple[str, ...]:
        """Return the ids of the steps at one moment."""
        return tuple(step_id for step_id, due in self.steps if due is order)


def plan_of(flow: Flow, answers: Answers, done: Collection[str] = ()) -> Plan:
    """Return the plan of these answers; done marks of steps that are not in it are dropped."""
    planned = tuple((item.step.id, item.order) for item in flows.steps(flow, answers))
    ids = {step_id for step_id, _ in planned}
    return Plan(planned, tuple(item for item in done if item in ids), flows.outcome(flow, answers).id)


def write_plan(plan: Plan) -> str:
    """Return the plan as text for an encrypted field."""
    parts = {"steps": [[step, order.value] for step, order in plan.steps], "done": plan.done, "outcome": plan.outcome}
    return json.dumps(parts, ensure_ascii=False)


def read_plan(text: str) -> Plan:
    """Read a plan back. Raises NotAPlanError for anything that is not one."""
    try:
        parts: Mapping[str, Any] = json.loads(text)
        steps = tuple((str(step), Order(order)) for step, order in parts["steps"])
        return Plan(steps, tuple(map(str, parts["done"])), str(parts["outcome"]))
    except (KeyError, TypeError, ValueError) as error:
        raise NotAPlanError from error


def known_steps(flow: Flow, plan: Plan) -> Plan:
    """Return the plan with only the steps that its flow declares."""
    known = {step.id for step in flow.steps}
    return replace(plan, steps=tuple(item for item in plan.steps if item[0] in known))


def audience_of(flow: Flow, outcome_id: str) -> str:
    """Return for whom the plan's offers are: the outcome's own audience, else the flow's."""
    return next((item.audience for item in flow.outcomes if item.id == outcome_id and item.audience), flow.audience)


def phase_of(flow: Flow, outcome_id: str) -> str:
    """Return in which phase of life the plan's offers must fit: the outcome's own, else the flow's."""
    return next((item.phase for item in flow.outcomes if item.id == outcome_id and item.phase), flow.phase)


# --- How far ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Progress:
    """Question `number` of about `total`; `dots` says done, now or nothing for each."""

    number: int
    total: int
    dots: tuple[str, ...]


def progress(flow: Flow, answers: Answers, question_id: str) -> Progress:
    """Say how far a question lies on the way. Raises FlowError for one that is not on it."""
    walk = flows.path(flow, answers)
    way = (*walk.visited, *((walk.next,) if walk.next else ()))
    if question_id not in way:
        raise FlowError(question_id)
    number = way.index(question_id) + 1
    total = max(len(walk.visited) + flows.remaining(flow, answers), number)
    dots = tuple("now" if place == number else "done" if place < number else "" for place in range(1, total + 1))
    return Progress(number, total, dots)


# --- Whom to call at what hour ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opening:
    """When a line or desk is open: now until `until`, or next on `day` from `since`; all None when nobody knows."""

    always: bool = False
    until: time | None = None
    day: date | None = None
    since: time | None = None


def opening(hours: Iterable[Hours] | None, always: bool, moment: datetime, holidays: Collection[date] = ()) -> Opening:
    """Say when somebody answers, from a local moment on. Hours None = not known."""
    if always:
        return Opening(always=True)
    stretches = sorted(hours or (), key=lambda stretch: (stretch.weekday, stretch.opens))
    for ahead in range(LOOK_AHEAD + 1):
        day = moment.date() + timedelta(days=ahead)
        if day in holidays:
            continue
        for stretch in stretches:
            if stretch.weekday != day.isoweekday():
                continue
            if ahead == 0 and stretch.closes <= moment.time():
                continue
            if ahead == 0 and stretch.opens <= moment.time():
                return Opening(until=stretch.closes)
            return Opening(day=day, since=stretch.opens)
    return Opening()


# --- In the calendar --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moment:
    """One line for a calendar: local begin, how long, and neutral words that say nothing about the reason."""

    begin: datetime
    minutes: int
    words: str


IN_THE_EVENING = time(20, 0)
SOON_AFTER = timedelta(days=14)
LATER_AFTER = timedelta(days=182)


def moments(flow: Flow, plan: Plan, local: datetime, desk: Opening, look_again: str) -> tuple[Moment, ...]:
    """Return calendar lines for what is not done: each step of now on a day of its own, then two looks back.

    A step that calls somebody stands when the desk opens, the others in the evening. `look_again` are the words of
    the looks back.
    """
    found: list[Moment] = []
    day = local.date() + timedelta(days=1)
    for step_id in plan.of(Order.NOW):
        if step_id in plan.done:
            continue
        step = flow.step(step_id)
        begin = datetime.combine(day, IN_THE_EVENING)
        if "loket" in step.call and desk.day and desk.since:
            begin = datetime.combine(desk.day, desk.since)
        found.append(Moment(begin, 30, step.calendar or look_again))
        day += timedelta(days=1)
    for after, order in ((SOON_AFTER, Order.SOON), (LATER_AFTER, Order.LATER)):
        if any(step_id not in plan.done for step_id in plan.of(order)):
            found.append(Moment(datetime.combine(local.date() + after, IN_THE_EVENING), 30, look_again))
    return tuple(sorted(found, key=lambda item: item.begin))
