"""
All ways through a flow: exact enumeration of routes, a witness for a condition, and a covering set of paths.

Exact although the answers multiply: two values of a question that no looked-at condition can tell apart are one
class, and only questions that a route or the condition at hand looks at are branched over.
Pure; expects a flow without loops and unknown targets (`analysis` makes sure before it calls here).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from naast.flows import rules
from naast.flows.conditions import (
    Answered,
    Condition,
    Is,
    Leaf,
    Value,
    Within,
    holds,
    leaf_holds,
    leaves,
    may_hold,
)
from naast.flows.parts import PLAN, Flow, Kind, Question

# Enough for 12 questions with a handful of routing ones; a flow above it is too tangled to reason about.
BUDGET = 200_000
SUBSETS_UP_TO = 6

# Two answers of one run, in the order of the questions.
Pair = tuple[tuple[str, Value], tuple[str, Value]]


class TooManyPathsError(Exception):
    """The flow branches more often than the budget allows."""


@dataclass(frozen=True, slots=True)
class Path:
    """One way through: the questions asked, the answers given, and the plan's step ids or the help it ends at."""

    route: tuple[str, ...]
    answers: tuple[tuple[str, Value], ...]
    steps: tuple[str, ...]
    help: str = ""


def values(question: Question) -> tuple[Value, ...]:
    """Return every value worth trying: all safe options, bounds of a number, subsets of several, and "skipped"."""
    skipped: tuple[Value, ...] = (None,) if question.optional else ()
    safe = [option for option in question.options if not option.danger]
    if question.kind is Kind.NUMBER:
        return (*range(question.minimum, question.maximum + 1), *skipped)
    if question.kind is not Kind.SEVERAL:
        return (*(option.id for option in safe), *skipped)
    together = [option.id for option in safe if not option.exclusive]
    sizes = range(1, len(together) + 1) if len(together) <= SUBSETS_UP_TO else (1, 2, len(together))
    subsets = [subset for size in sizes for subset in combinations(together, size)]
    return (*subsets, *((option.id,) for option in safe if option.exclusive), *skipped)


def classes(question: Question, looked_at: Iterable[Leaf]) -> dict[tuple[bool, ...], list[Value]]:
    """Group the question's values by what the given leaves can tell about them."""
    mine = [leaf for leaf in looked_at if leaf.question == question.id]
    groups: dict[tuple[bool, ...], list[Value]] = {}
    for value in values(question):
        groups.setdefault(tuple(leaf_holds(leaf, value) for leaf in mine), []).append(value)
    return groups


def routing_leaves(flow: Flow) -> list[Leaf]:
    """Return the leaves of all route conditions."""
    return [leaf for question in flow.questions for route in question.routes for leaf in leaves(route.when)]


def walks(flow: Flow, looked_at: Sequence[Leaf], wanted: Condition | None = None) -> Iterator[dict[str, Value]]:
    """
    Yield one run per combination of classes that ends at the plan (and, when given, makes `wanted` true).

    Raises TooManyPathsError above the budget.
    """
    choices = {
        question.id: [group[0] for group in classes(question, looked_at).values()] for question in flow.questions
    }
    spent = 0

    def onward(here: str, known: dict[str, Value]) -> Iterator[dict[str, Value]]:
        nonlocal spent
        spent += 1
        if spent > BUDGET:
            raise TooManyPathsError(flow.slug)
        if here == PLAN:
            if wanted is None or holds(wanted, known):
                yield dict(known)
            return
        question = flow.question(here)
        for value in choices[here]:
            known[here] = value
            still_open = choices.keys() - known.keys()
            if wanted is None or may_hold(wanted, known, still_open) is not False:
                yield from onward(rules.target(question, known), known)
            del known[here]

    if flow.questions:
        yield from onward(flow.questions[0].id, {})


def witness(flow: Flow, wanted: Condition) -> dict[str, Value] | None:
    """Return answers of a complete run that make the condition true, or None when no run can."""
    return next(walks(flow, [*routing_leaves(flow), *leaves(wanted)], wanted), None)


def routes(flow: Flow) -> dict[tuple[str, ...], list[dict[str, Value]]]:
    """Return every possible sequence of questions with the runs (one per class combination) that take it."""
    found: dict[tuple[str, ...], list[dict[str, Value]]] = {}
    for run in walks(flow, routing_leaves(flow)):
        found.setdefault(tuple(run), []).append(run)
    return found


def covering(flow: Flow) -> tuple[Path, ...]:
    """
    Return a set of runs that takes every route, gives every answer, pairs every two answers of one route that
    can go together, makes every rule fire and stay silent where it can, and presses every danger answer once.
    """
    runs: dict[tuple[tuple[str, Value], ...], None] = {}
    pairs_done: set[Pair] = set()
    for alike in routes(flow).values():
        for place, start in enumerate(alike):
            for run in _pairwise(flow, start, pairs_done, needed=place == 0):
                runs[tuple(run.items())] = None
    for rule in flow.rules:
        fires = witness(flow, rule.when)
        if fires is not None:
            runs[tuple(fires.items())] = None
    found = [_as_path(flow, dict(run)) for run in runs]
    return (*found, *_danger(flow, found))


def fewest(flow: Flow) -> tuple[Path, ...]:
    """
    Return a few of the covering paths that still take every way on, give every answer, reach every step and press
    every danger answer: few enough to walk in a browser. Greedy, so not the fewest there could be.
    """
    left = {path: _covered(path) for path in covering(flow)}
    wanted = set().union(*left.values())
    chosen: list[Path] = []
    while wanted:
        best = max(left, key=lambda path: len(left[path] & wanted))
        wanted -= left.pop(best)
        chosen.append(best)
    return tuple(chosen)


def _covered(path: Path) -> set[object]:
    """Return what one path shows: its ways on, single answers, steps, or the danger answer it presses."""
    if path.help:
        return {("danger", path.route[-1], path.help)}
    found: set[object] = {("way", pair) for pair in zip(path.route, (*path.route[1:], PLAN), strict=True)}
    for name, value in path.answers:
        found |= {("answer", name, item) for item in (value if isinstance(value, tuple) else (value,))}
    return found | {("step", step_id) for step_id in path.steps}


def _as_path(flow: Flow, answers: dict[str, Value]) -> Path:
    """Describe one complete run."""
    planned = tuple(item.step.id for item in rules.steps(flow, answers))
    return Path(rules.path(flow, answers).visited, tuple(answers.items()), planned)


def _few(question: Question) -> tuple[Value, ...]:
    """Return the values that pairs are made of: single options, all together, the ends of a number, skipped."""
    every = values(question)
    if question.kind is Kind.NUMBER:
        return tuple(dict.fromkeys((every[0], question.minimum + 1, question.maximum, every[-1])))
    if question.kind is Kind.SEVERAL:
        longest = max((value for value in every if isinstance(value, tuple)), key=len)
        return tuple(value for value in every if value is None or value == longest or len(value) == 1)  # type: ignore[arg-type]
    return every


def _pairwise(flow: Flow, start: dict[str, Value], done: set[Pair], *, needed: bool) -> Iterator[dict[str, Value]]:
    """Yield runs on the route of `start` until no new pair of answers can be added; `needed`: at least one."""
    looked_at = routing_leaves(flow)
    allowed: dict[str, list[Value]] = {}
    for question_id, value in start.items():
        question = flow.question(question_id)
        same = next(group for group in classes(question, looked_at).values() if value in group)
        allowed[question_id] = [item for item in _few(question) if item in same] or [value]
    ids = list(allowed)
    while True:
        run: dict[str, Value] = {}
        for place, here in enumerate(ids):
            later = [(other, item) for other in ids[place + 1 :] for item in allowed[other]]
            # First what is new beside the answers chosen so far, then what promises most for the rest.
            run[here] = max(
                allowed[here],
                key=lambda item, here=here, later=later: (  # type: ignore[misc]
                    sum(((q, v), (here, item)) not in done for q, v in run.items()),
                    sum(((here, item), other) not in done for other in later),
                ),
            )
        items = list(run.items())
        pairs = {(one, two) for place, one in enumerate(items) for two in items[place + 1 :]}
        if pairs <= done and not needed:
            return
        needed = False
        done |= pairs
        yield run


def _danger(flow: Flow, found: list[Path]) -> Iterator[Path]:
    """Yield, for each danger option, one run that presses it; it ends at help and keeps nothing of it."""
    for question in flow.questions:
        before = next((path for path in found if question.id in path.route), None)
        if before is None:
            continue
        place = before.route.index(question.id)
        for option in question.options:
            if option.danger:
                yield Path(before.route[: place + 1], before.answers[:place], (), option.danger)


def dot(flow: Flow) -> str:
    """Return the flow as a Graphviz drawing: questions, routes with what opens them, danger and its help."""
    lines = [f'digraph "{flow.slug}" {{', "  node [shape=box];", '  "plan" [shape=doubleoctagon];']
    for question in flow.questions:
        lines.append(f'  "{question.id}" [label={_quoted(question.title)}];')
        for route in question.routes:
            told = " / ".join(sorted({_leaf_words(leaf) for leaf in leaves(route.when)}))
            lines.append(f'  "{question.id}" -> "{route.to}" [label={_quoted(told)}];')
        lines.append(f'  "{question.id}" -> "{question.next}";')
        for option in question.options:
            if option.danger:
                lines.append(f'  "hulp {option.danger}" [shape=octagon];')
                lines.append(
                    f'  "{question.id}" -> "hulp {option.danger}" [style=dashed, label={_quoted(option.text)}];'
                )
    return "\n".join([*lines, "}", ""])


def _quoted(text: str) -> str:
    """Return text as a quoted string of the drawing's language."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _leaf_words(leaf: Leaf) -> str:
    """Write one leaf of a condition as a few words."""
    match leaf:
        case Is(question, options):
            return f"{question} = {', '.join(sorted(options))}"
        case Within(question, minimum, maximum):
            return f"{question} {'' if minimum is None else minimum}–{'' if maximum is None else maximum}"
        case Answered(question):
            return f"{question} ?"
