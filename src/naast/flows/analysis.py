"""
What is wrong with a flow: structure, words, danger, and what no run can ever reach. Pure.

`check` is the gate before publishing: an empty result means that every run ends at a plan with something to do now,
that every question, route, rule and step can happen, and that danger always has help.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from naast.flows import paths
from naast.flows.conditions import AllOf, Condition, Is, Not, Value, Within, asked, holds, leaves
from naast.flows.parts import PLAN, Flow, Kind, Order, Question
from naast.flows.problems import Problem

# docs/experience.md: 20 words at most, 15 for children.
LONGEST = 20
LONGEST_FOR_CHILDREN = 15
YOUNG = {"kinderen", "jongeren"}
SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")


def check(flow: Flow) -> tuple[Problem, ...]:
    """Return every problem of the flow, in the order structure, graph, words, runs."""
    found = [*_structure(flow), *_conditions(flow), *_graph(flow), *_words(flow)]
    # Only a sound graph can be walked.
    if not any(problem.code in ("no-questions", "unknown-target", "loop", "double-id") for problem in found):
        try:
            found += _runs(flow)
        except paths.TooManyPathsError:
            found.append(Problem("too-many-paths", ""))
    return tuple(dict.fromkeys(found))


def _at(question: Question) -> str:
    """Name a question's place in the file."""
    return f"questions[{question.id}]"


def _twice(items: Iterable[str]) -> Iterator[str]:
    """Yield each item that comes a second time."""
    seen: set[str] = set()
    for item in items:
        if item in seen:
            yield item
        seen.add(item)


def _structure(flow: Flow) -> Iterator[Problem]:
    """Ids, options, ranges, rules' steps, danger and help."""
    if not flow.questions:
        yield Problem("no-questions", "")
    for kind, things in (
        ("questions", flow.questions),
        ("steps", flow.steps),
        ("help", flow.helps),
        ("outcomes", flow.outcomes),
    ):
        for double in _twice(thing.id for thing in things):
            yield Problem("double-id", kind, double)
    help_ids = {item.id for item in flow.helps}
    used = set()
    for question in flow.questions:
        where = _at(question)
        if question.kind is Kind.NUMBER:
            if question.minimum >= question.maximum:
                yield Problem("no-range", where)
        elif len([option for option in question.options if not option.danger]) < 2:
            yield Problem("no-options", where)
        for double in _twice(option.id for option in question.options):
            yield Problem("double-id", where, double)
        for double in _twice(option.text for option in question.options):
            yield Problem("double-words", where, double)
        for option in question.options:
            if option.danger:
                used.add(option.danger)
                if option.danger not in help_ids:
                    yield Problem("danger-without-help", f"{where}.options[{option.id}]", option.danger)
                if not question.optional:
                    yield Problem("danger-not-optional", where)
    for item in flow.helps:
        if not item.lines:
            yield Problem("help-without-lines", f"help[{item.id}]")
        if item.id not in used:
            yield Problem("help-unused", f"help[{item.id}]")
    step_ids = {step.id for step in flow.steps}
    for place, rule in enumerate(flow.rules, 1):
        for step_id in rule.add:
            if step_id not in step_ids:
                yield Problem("unknown-step", f"rules[{place}]", step_id)


def _all_conditions(flow: Flow) -> Iterator[tuple[str, Condition]]:
    """Yield each condition with its place."""
    for question in flow.questions:
        for place, route in enumerate(question.routes, 1):
            yield f"{_at(question)}.routes[{place}]", route.when
    for place, rule in enumerate(flow.rules, 1):
        yield f"rules[{place}]", rule.when
    for outcome in flow.outcomes:
        yield f"outcomes[{outcome.id}]", outcome.when


def _conditions(flow: Flow) -> Iterator[Problem]:
    """Conditions that name what is not there, or what is never kept."""
    for where, condition in _all_conditions(flow):
        yield from condition_problems(flow, where, condition)


def condition_problems(flow: Flow, where: str, condition: Condition) -> Iterator[Problem]:
    """Yield what one condition names that this flow does not have, or never keeps."""
    questions = {question.id: question for question in flow.questions}
    for leaf in leaves(condition):
        question = questions.get(leaf.question)
        if question is None:
            yield Problem("unknown-question", where, leaf.question)
        elif isinstance(leaf, Within | Is) and isinstance(leaf, Within) != (question.kind is Kind.NUMBER):
            yield Problem("wrong-kind", where, leaf.question)
        elif isinstance(leaf, Is):
            for option_id in sorted(leaf.options):
                option = question.option(option_id)
                if option is None:
                    yield Problem("unknown-option", where, f"{leaf.question}: {option_id}")
                elif option.danger:
                    yield Problem("danger-in-condition", where, f"{leaf.question}: {option_id}")


def _targets(question: Question) -> tuple[str, ...]:
    """Return every place the question can lead to."""
    return (*(route.to for route in question.routes), question.next)


def _reach(start: str, edges: dict[str, tuple[str, ...]]) -> set[str]:
    """Return everything that can be reached from `start`, itself included."""
    seen, todo = set(), [start]
    while todo:
        here = todo.pop()
        if here not in seen:
            seen.add(here)
            todo += edges.get(here, ())
    return seen


def _graph(flow: Flow) -> Iterator[Problem]:
    """Targets, loops, dead ends, questions out of reach, and routes that look ahead."""
    edges = {question.id: _targets(question) for question in flow.questions}
    if not edges:
        return
    from_start = _reach(flow.questions[0].id, edges)
    in_loop: set[str] = set()
    for question in flow.questions:
        where = _at(question)
        for to in dict.fromkeys(edges[question.id]):
            if to != PLAN and to not in edges:
                yield Problem("unknown-target", where, to)
        if question.id not in in_loop:
            circle = _circle(question.id, edges)
            if circle:
                in_loop.update(circle)
                yield Problem("loop", where, " → ".join(circle))
        if PLAN not in _reach(question.id, edges):
            yield Problem("dead-end", where)
        if question.id not in from_start:
            yield Problem("unreachable", where)
        before = {other for other in edges if question.id in _reach(other, edges)}
        for place, route in enumerate(question.routes, 1):
            for named in sorted(asked(route.when) - before):
                if named in edges:
                    yield Problem("not-yet-asked", f"{where}.routes[{place}]", named)


def _circle(start: str, edges: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return a way from `start` back to itself, or nothing."""
    todo: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while todo:
        way = todo.pop(0)
        for to in edges.get(way[-1], ()):
            if to == start:
                return (*way, start)
            if to not in seen:
                seen.add(to)
                todo.append((*way, to))
    return ()


def _words(flow: Flow) -> Iterator[Problem]:
    """Words that are missing, and sentences that are too long for their reader."""
    longest = LONGEST_FOR_CHILDREN if flow.audience in YOUNG else LONGEST
    for where, name, text, needed in all_words(flow):
        if needed and not text:
            yield Problem("missing-words", where, name)
        for sentence in SENTENCE_END.split(text):
            count = len(sentence.split())
            if count > longest:
                yield Problem("long-sentence", where, f"{count} > {longest}: {sentence}")


def all_words(flow: Flow) -> Iterator[tuple[str, str, str, bool]]:
    """Yield (place, field, text, needed) for everything a reader sees."""
    yield "title", "title", flow.title, True
    yield "lead", "lead", flow.lead, True
    for question in flow.questions:
        where = _at(question)
        yield where, "title", question.title, True
        yield where, "why", question.why, True
        yield where, "help", question.help, False
        yield where, "summary", question.summary, question.kind is Kind.NUMBER
        for option in question.options:
            yield f"{where}.options[{option.id}]", "text", option.text, True
            yield f"{where}.options[{option.id}]", "hint", option.hint, bool(option.danger)
    for step in flow.steps:
        where = f"steps[{step.id}]"
        yield where, "title", step.title, True
        yield where, "why", step.why, True
        yield where, "with", step.with_whom, True
        yield where, "costs", step.costs, True
        for text in (*step.how, *step.avoid):
            yield where, "how", text, True
    for item in flow.helps:
        yield f"help[{item.id}]", "title", item.title, True
        for text in item.text or ("",):
            yield f"help[{item.id}]", "text", text, True
    for outcome in flow.outcomes:
        yield f"outcomes[{outcome.id}]", "title", outcome.title, True
        yield f"outcomes[{outcome.id}]", "text", outcome.text, True


def _runs(flow: Flow) -> Iterator[Problem]:
    """What no run can reach: routes, questions, rules, outcomes and steps; and plans with nothing to do."""
    every_route = paths.routes(flow)
    taken = {question_id for route in every_route for question_id in route}
    for question in flow.questions:
        if question.id not in taken:
            yield Problem("unreachable", _at(question))
    used = {
        (question_id, _fired(flow, question_id, run))
        for runs in every_route.values()
        for run in runs
        for question_id in run
    }
    for question in flow.questions:
        for place, route in enumerate(question.routes):
            if question.id in taken and (question.id, place) not in used:
                yield Problem("route-never", f"{_at(question)}.routes[{place + 1}]", route.to)
    living: set[str] = set()
    for place, rule in enumerate(flow.rules, 1):
        if paths.witness(flow, rule.when) is None:
            yield Problem("contradiction", f"rules[{place}]")
        else:
            living.update(rule.add)
    before: list[Condition] = []
    for outcome in flow.outcomes:
        if paths.witness(flow, AllOf((outcome.when, *before))) is None:
            yield Problem("contradiction", f"outcomes[{outcome.id}]")
        before.append(Not(outcome.when))
    for step in flow.steps:
        if step.id not in living:
            yield Problem("step-never", f"steps[{step.id}]")
    yield from _empty(flow)


def _fired(flow: Flow, question_id: str, run: dict[str, Value]) -> int:
    """Return the place of the route this run took at the question, or -1 for its default way on."""
    order = list(run)
    known = {key: run[key] for key in order[: order.index(question_id) + 1]}
    for place, route in enumerate(flow.question(question_id).routes):
        if holds(route.when, known):
            return place
    return -1


def _empty(flow: Flow) -> Iterator[Problem]:
    """Runs that end without a step, or without a step for now."""
    due = {step.id: step.order for step in flow.steps}
    silent = AllOf(tuple(Not(rule.when) for rule in flow.rules if rule.add))
    run = paths.witness(flow, silent)
    if run is not None:
        yield Problem("empty-plan", "", _told(run))
        return
    for_now = [
        rule
        for rule in flow.rules
        if rule.add
        and (rule.order is Order.NOW or (any(due.get(item) is Order.NOW for item in rule.add) and not rule.order))
    ]
    run = paths.witness(flow, AllOf(tuple(Not(rule.when) for rule in for_now)))
    if run is not None:
        yield Problem("nothing-now", "", _told(run))


def _told(run: dict[str, Value]) -> str:
    """Write a run as one line."""
    return ", ".join(f"{key}={'-' if value is None else value}" for key, value in run.items())
