"""A place's own steps in a guide: reading them, fitting them into a flow, writing them.

A flow with a place's steps in it is a flow like any other, so the engine, the plan's page, its PDF and its calendar need
to know nothing of places. What no longer fits a version (an answer that was dropped) is left out for readers and shown
to the editor.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from naast.core import audit, clock, generations
from naast.flows import analysis, loading, paths
from naast.flows import queries as flows
from naast.flows.conditions import Condition
from naast.flows.parts import Flow, Order, Rule, Step, Who
from naast.flows.problems import LoadError, Problem
from naast.flows.queries import Version
from naast.guide.models import LocalStep
from naast.people.models import User
from naast.people.policy import Scope, may
from naast.places import queries as places
from naast.places.rules import PlaceInfo

KIND = LocalStep._meta.label
EDIT = "guide.local"


class NotAllowedError(PermissionError):
    """The policy does not let this person write steps for this place."""


@dataclass(frozen=True)
class LocalVersion(Version):
    """A published version with a place's steps in it; `own` says which step is whose (id → name of the place)."""

    own: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)  # step id → address elsewhere
    fresh: frozenset[str] = frozenset()  # ids of steps that the guide itself does not have


# --- Fitting into a flow ---------------------------------------------------------------------------------------------


def condition_of(step: LocalStep) -> Condition:
    """Return under which answers the step is in a plan. Raises LoadError."""
    return loading.condition(step.condition or "always")


def problems(flow: Flow, step: LocalStep) -> tuple[Problem, ...]:
    """Return why the step does not fit this flow; nothing when it does. Such a step is left out for readers."""
    if step.replaces:
        found = next((item for item in flow.steps if item.id == step.replaces), None)
        return () if found is not None and found.local else (Problem("unknown-step", "", step.replaces),)
    try:
        condition = condition_of(step)
    except LoadError as error:
        return error.problems
    named = tuple(analysis.condition_problems(flow, "", condition))
    if not named and paths.witness(flow, condition) is None:
        return (Problem("contradiction", ""),)
    return named


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _as_step(own: LocalStep) -> Step:
    return Step(
        id=own.step_id,
        title=own.title,
        why=own.why,
        order=Order(own.order),
        who=Who.BOTH if own.both else Who.SELF,
        how=_lines(own.how),
        with_whom=own.with_whom,
        costs=own.costs,
        read=(own.page,) if own.page else (),
    )


def _in_place_of(step: Step, own: LocalStep) -> Step:
    """Return the guide's step with a place's words wherever it wrote some."""
    return replace(
        step,
        why=own.why or step.why,
        how=_lines(own.how) or step.how,
        with_whom=own.with_whom or step.with_whom,
        costs=own.costs or step.costs,
        read=(*step.read, own.page) if own.page and own.page not in step.read else step.read,
    )


def fit(flow: Flow, steps: Iterable[LocalStep], *, planned: Collection[str] | None = None) -> Flow:
    """Return the flow with these steps in it, those that do not fit left out.

    With `planned` (the step ids of a kept plan) a step counts when the plan holds it, whatever the version asks now.
    """
    for own in steps:
        if own.replaces:
            if not problems(flow, own):
                changed = (_in_place_of(item, own) if item.id == own.replaces else item for item in flow.steps)
                flow = replace(flow, steps=tuple(changed))
        elif planned is not None:
            if own.step_id in planned:
                flow = replace(flow, steps=(*flow.steps, _as_step(own)))
        elif not problems(flow, own):
            rule = Rule(condition_of(own), (own.step_id,))
            flow = replace(flow, steps=(*flow.steps, _as_step(own)), rules=(*flow.rules, rule))
    return flow


def at_place(version: Version, place: PlaceInfo, planned: Collection[str] | None = None) -> Version:
    """Return the version as this place shows it: its own steps and those of its region. One query."""
    along = {info.id: info.name for info in places.path(place)}
    # The region's first, so that a municipality's own words win.
    rows = list(LocalStep.objects.filter(flow_id=version.flow.slug, place_id__in=along, shown=True))
    rows.sort(key=lambda row: (row.place_id == place.id, row.updated_at))
    if not rows:
        return version
    flow = fit(version.flow, rows, planned=planned)
    return LocalVersion(
        version.digest,
        version.number,
        flow,
        own={row.step_id: along[row.place_id] for row in rows},
        links={row.step_id: row.url for row in rows if row.url},
        fresh=frozenset(row.step_id for row in rows if not row.replaces),
    )


# --- For editors -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A step as its editor's list shows it, with what no longer fits."""

    step: LocalStep
    title: str
    when: str
    problems: tuple[str, ...]


def rows_of(place: PlaceInfo, version: Version) -> list[Row]:
    """Return a place's own steps in a guide, those that no longer fit first."""
    from naast.flows import telling

    found = []
    titles = {step.id: step.title for step in version.flow.steps}
    for step in LocalStep.objects.select_related("updated_by").filter(place_id=place.id, flow_id=version.flow.slug):
        wrong = tuple(problem.message("nl") for problem in problems(version.flow, step))
        try:
            when = telling.condition_words(version.flow, condition_of(step))
        except LoadError:
            when = ""
        title = titles.get(step.replaces, step.replaces) if step.replaces else step.title
        found.append(Row(step, title, "" if step.replaces else when, wrong))
    return sorted(found, key=lambda row: not row.problems)


def replaceable(version: Version) -> list[Step]:
    """Return the steps in which a municipality may put words of its own."""
    return [step for step in version.flow.steps if step.local]


def guides() -> list[Version]:
    """Return the guides in the order of their list."""
    return flows.all_current()


# --- Writing ---------------------------------------------------------------------------------------------------------


def _allowed(user: User | None, place: PlaceInfo) -> None:
    if user is not None and not may(user, EDIT, Scope(place.kind, place.id)):
        raise NotAllowedError(EDIT)


def _changed(place: PlaceInfo) -> None:
    generations.bump(place.slug)
    for member in places.members(place) if place.is_region else ():
        generations.bump(member.slug)


@transaction.atomic
def save(
    *,
    user: User | None,
    place: PlaceInfo,
    slug: str,
    step: LocalStep | None,
    fields: Mapping[str, Any],
    replaces: str = "",
    is_example: bool = False,
) -> LocalStep:
    """Write a place's own step (or its words in a marked step); readers there see it at once.

    `user` None is the loader of the demonstration. Raises NotAllowedError. What does not fit the guide is kept and left
    out for readers.
    """
    _allowed(user, place)
    kept = step or LocalStep(place_id=place.id, flow_id=slug, replaces=replaces, is_example=is_example)
    for name, value in fields.items():
        setattr(kept, name, value)
    kept.updated_at, kept.updated_by = clock.now(), user
    kept.save()
    actor = f"staff:{user.pk}" if user is not None else "system"
    act = "edit" if step else "add"
    audit.record(actor=actor, act=act, kind=KIND, record_id=kept.pk, fields=sorted(fields), place=place.slug)
    _changed(place)
    return kept


@transaction.atomic
def remove(*, user: User, place: PlaceInfo, step: LocalStep) -> None:
    """Take a place's own step away; plans that hold it go on without it."""
    _allowed(user, place)
    record_id = step.pk
    step.delete()
    audit.record(actor=f"staff:{user.pk}", act="remove", kind=KIND, record_id=record_id, place=place.slug)
    _changed(place)
