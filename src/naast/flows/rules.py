"""
The pure functions that walk a question flow.

No Django, no clock, no database. A flow is routing and rules; its words are data beside them. The engine keeps
nothing: each function takes the flow and the answers and returns new values. It never decides about a person;
it only picks questions and steps. Danger answers are refused by `give`, so that no caller can keep one.
"""

from __future__ import annotations

from collections.abc import Sequence

from naast.flows.conditions import Always, Answers, Value, holds
from naast.flows.parts import (
    ORDERS,
    PLAN,
    AnswerError,
    DangerError,
    Flow,
    FlowError,
    Kind,
    Order,
    Outcome,
    PlannedStep,
    Question,
    Walk,
)


def target(question: Question, answers: Answers) -> str:
    """Return where the question leads with these answers: a question id or `plan`."""
    for route in question.routes:
        if holds(route.when, answers):
            return route.to
    return question.next


def path(flow: Flow, answers: Answers) -> Walk:
    """
    Follow the answers from the first question until one is missing or the plan is ready.

    Answers off the route are ignored: only what lies on it counts for routes, rules and steps.
    Raises FlowError on a loop or an unknown target.
    """
    known: dict[str, Value] = {}
    here = flow.questions[0].id if flow.questions else PLAN
    while here != PLAN:
        if here in known:
            raise FlowError(f"loop at {here!r} in flow {flow.slug!r}")
        question = flow.question(here)
        if here not in answers or not fits(question, answers[here]):
            return Walk(tuple(known), here, known)
        known[here] = answers[here]
        here = target(question, known)
    return Walk(tuple(known), None, known)


def next_question(flow: Flow, answers: Answers) -> Question | None:
    """Return the first question without an answer on the route, or None when the plan is ready."""
    walk = path(flow, answers)
    return None if walk.next is None else flow.question(walk.next)


def may_ask(flow: Flow, answers: Answers, question_id: str) -> bool:
    """Say whether the question may be shown now: already visited, or the next one."""
    walk = path(flow, answers)
    return question_id in walk.visited or question_id == walk.next


def back(flow: Flow, answers: Answers, question_id: str) -> str | None:
    """Return the question before this one on the route, or None at the first."""
    walk = path(flow, answers)
    order = (*walk.visited, *((walk.next,) if walk.next else ()))
    if question_id not in order:
        return walk.visited[-1] if walk.visited else None
    place = order.index(question_id)
    return order[place - 1] if place else None


def remaining(flow: Flow, answers: Answers) -> int:
    """Return how many questions are still to come if everything from here on were skipped; for "about 7"."""
    walk = path(flow, answers)
    known, here, count = dict(walk.known), walk.next or PLAN, 0
    while here != PLAN and here not in known:
        count += 1
        known[here] = None
        here = target(flow.question(here), known)
    return count


def fits(question: Question, value: Value) -> bool:
    """Say whether a kept value is a valid, safe answer to the question."""
    if value is None:
        return question.optional
    if question.kind is Kind.NUMBER:
        return isinstance(value, int) and question.minimum <= value <= question.maximum
    chosen = value if isinstance(value, tuple) else (value,)
    if (question.kind is Kind.SEVERAL) != isinstance(value, tuple) or not chosen:
        return False
    options = [question.option(item) if isinstance(item, str) else None for item in chosen]
    if any(option is None or option.danger for option in options):
        return False
    return len(options) == 1 or not any(option is not None and option.exclusive for option in options)


def read_answer(question: Question, raw: Sequence[str]) -> Value:
    """
    Turn what a form sent into a value.

    Raises DangerError when a chosen option is marked as danger (that goes before every other complaint), and
    AnswerError when nothing or something impossible was chosen.
    """
    given = [item.strip() for item in raw if item.strip()]
    if question.kind is Kind.NUMBER:
        return _read_number(question, given)
    options = [question.option(item) for item in given]
    for option in options:
        if option is not None and option.danger:
            raise DangerError(question, option.danger)
    if not options:
        raise AnswerError("missing", question)
    if None in options:
        raise AnswerError("unknown", question)
    if question.kind is not Kind.SEVERAL:
        if len(given) > 1:
            raise AnswerError("unknown", question)
        return given[0]
    if len(given) > 1 and any(option is not None and option.exclusive for option in options):
        raise AnswerError("exclusive", question)
    # The flow's own order, so that the same choice is always the same value.
    return tuple(option.id for option in question.options if option.id in given)


def _read_number(question: Question, given: list[str]) -> int:
    """Read one whole number within the question's bounds."""
    if not given:
        raise AnswerError("missing", question)
    try:
        number = int(given[0])
    except ValueError:
        raise AnswerError("number", question) from None
    if not question.minimum <= number <= question.maximum:
        raise AnswerError("range", question)
    return number


def give(flow: Flow, answers: Answers, question_id: str, value: Value) -> dict[str, Value]:
    """
    Return the answers with this one set; every other answer stays, so later ones survive a change.

    Raises AnswerError when the value does not fit its question (danger included: it is never kept).
    """
    question = flow.question(question_id)
    if not fits(question, value):
        raise AnswerError("unknown", question)
    return {**answers, question_id: value}


def tidy(flow: Flow, answers: Answers) -> dict[str, Value]:
    """Return only what must be kept: valid answers, and once the plan is ready only those on the route."""
    walk = path(flow, answers)
    if walk.finished:
        return dict(walk.known)
    known = {question.id: question for question in flow.questions}
    return {key: value for key, value in answers.items() if key in known and fits(known[key], value)}


def steps(flow: Flow, answers: Answers) -> tuple[PlannedStep, ...]:
    """
    Return the plan for these answers: now, soon, later; within each in the flow's own order.

    When two rules add the same step, the earliest moment wins. More than `now_limit` steps for now is more than a
    person can do in a week: the last ones move to soon.
    """
    known = path(flow, answers).known
    due: dict[str, Order] = {}
    for rule in flow.rules:
        if not holds(rule.when, known):
            continue
        for step_id in rule.add:
            order = rule.order or flow.step(step_id).order
            if step_id not in due or ORDERS.index(order) < ORDERS.index(due[step_id]):
                due[step_id] = order
    planned: list[PlannedStep] = []
    room = flow.now_limit
    for step in flow.steps:
        if step.id not in due:
            continue
        order = due[step.id]
        if order is Order.NOW:
            order, room = (Order.NOW, room - 1) if room else (Order.SOON, 0)
        planned.append(PlannedStep(step, order))
    return tuple(sorted(planned, key=lambda item: ORDERS.index(item.order)))


def outcome(flow: Flow, answers: Answers) -> Outcome:
    """Return the words above the plan: the first outcome that fits, or the flow's own title and lead."""
    known = path(flow, answers).known
    for item in flow.outcomes:
        if holds(item.when, known):
            return item
    return Outcome("", Always(), flow.title, flow.lead)


def said(question: Question, value: Value) -> str:
    """Return the answer as a sentence for the summary; an empty string when it was skipped."""
    if value is None:
        return ""
    if isinstance(value, int):
        words = f"{value} {question.unit}".strip()
    else:
        chosen = value if isinstance(value, tuple) else (value,)
        words = ", ".join(option.summary or option.text for option in question.options if option.id in chosen)
    return question.summary.replace("{}", words) if "{}" in question.summary else words


def reasons(flow: Flow, answers: Answers) -> dict[str, tuple[int, ...]]:
    """Return step id → the places (from 0) of the rules that brought it into the plan of these answers."""
    known = path(flow, answers).known
    found: dict[str, tuple[int, ...]] = {}
    for place, rule in enumerate(flow.rules):
        if holds(rule.when, known):
            for step_id in rule.add:
                found[step_id] = (*found.get(step_id, ()), place)
    return found
