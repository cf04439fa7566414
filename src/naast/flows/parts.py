"""
The parts of a question flow as frozen data: questions, rules, steps, help, and the errors about them.

Only data and look-ups by id; what is done with them stands in `rules`. No Django, no clock, no database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from naast.flows.conditions import Condition, Value

PLAN = "plan"


class Kind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    YES_NO_UNKNOWN = "yes-no-unknown"


class Order(StrEnum):
    """When a step is due: this week, within six weeks, within half a year."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"


ORDERS: tuple[Order, ...] = (Order.NOW, Order.SOON, Order.LATER)


class Who(StrEnum):
    """Who does a step: the reader alone, or together with the other parent."""

    SELF = "self"
    BOTH = "both"


class FlowError(Exception):
    """A flow that the checks would have refused was walked: a loop or a target that does not exist."""


class AnswerError(ValueError):
    """An answer does not fit its question; `code` is one of missing, unknown, number, range, exclusive."""

    def __init__(self, code: str, question: Question) -> None:
        super().__init__(code)
        self.code = code
        self.question = question


class DangerError(AnswerError):
    """The answer points at danger: `help_id` names the help to show at once, and nothing may be kept."""

    def __init__(self, question: Question, help_id: str) -> None:
        super().__init__("danger", question)
        self.help_id = help_id


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer; `danger` names the help it leads to, `exclusive` means "none of these"."""

    id: str
    text: str
    hint: str = ""
    summary: str = ""
    danger: str = ""
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """When the condition holds after this question, go to the target (a question id or `plan`)."""

    when: Condition
    to: str


@dataclass(frozen=True, slots=True)
class Question:
    """One page of the guide. `next` is where it leads when no route fits; `summary` is a line with `{}`.

    `language` stands here, and at steps, helps and outcomes, only where it differs from the flow's: a translation
    that lacks these words shows them as they were written.
    """

    id: str
    kind: Kind
    title: str
    why: str
    options: tuple[Option, ...] = ()
    help: str = ""
    summary: str = ""
    minimum: int = 0
    maximum: int = 0
    unit: str = ""
    optional: bool = True
    routes: tuple[Route, ...] = ()
    next: str = PLAN
    language: str = ""

    def option(self, option_id: str) -> Option | None:
        """Return the option with this id, or None."""
        return next((option for option in self.options if option.id == option_id), None)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: why, when, who, with whom, what it costs, and which local offers and phone lines fit.

    Offers are found by subject, and where given for another audience than the plan's or of one form only.
    `read` names articles by slug; `link` is `vraag` (ask the desk) or `wegwijzer:<slug>` (another guide).
    In a `local` step each municipality may put words of its own.
    """

    id: str
    title: str
    why: str
    order: Order
    who: Who = Who.SELF
    how: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    with_whom: str = ""
    costs: str = ""
    subjects: tuple[str, ...] = ()
    audience: str = ""
    form: str = ""
    call: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    link: str = ""
    calendar: str = ""
    local: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """When the condition holds, these steps join the plan; `order` may bring them forward."""

    when: Condition
    add: tuple[str, ...]
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Help:
    """What a danger answer leads to: words, and the phone lines in the order to show them."""

    id: str
    title: str
    text: tuple[str, ...]
    lines: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The words above a plan; the first whose condition holds is used.

    `audience` and `phase` may replace the flow's own: they say which local offers fit.
    """

    id: str
    when: Condition
    title: str
    text: str
    audience: str = ""
    phase: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the flow's facts come from, and the day (ISO) somebody saw it; empty when nobody did."""

    name: str
    url: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """One guide: its questions in order, its rules, its steps and its help. `now_limit` caps this week's steps.

    `translations` are the same guide in other languages: same ids and rules, other words.
    """

    slug: str
    title: str
    lead: str
    audience: str
    phase: str
    language: str
    minutes: int
    drawing: str
    owner: str
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    steps: tuple[Step, ...]
    helps: tuple[Help, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    sources: tuple[Source, ...] = ()
    now_limit: int = 5
    translations: tuple[Flow, ...] = ()

    def in_language(self, language: str) -> Flow:
        """Return the guide in this language, or as it was written when nobody translated it."""
        return next((flow for flow in self.translations if flow.language == language), self)

    @property
    def audiences(self) -> tuple[str, ...]:
        """Return for whom the guide is: its own audience, then those of its outcomes."""
        return tuple(dict.fromkeys([self.audience, *(item.audience for item in self.outcomes if item.audience)]))

    @property
    def phases(self) -> tuple[str, ...]:
        """Return the phases of life that the guide serves: its own, then those of its outcomes."""
        return tuple(dict.fromkeys([self.phase, *(item.phase for item in self.outcomes if item.phase)]))

    def question(self, question_id: str) -> Question:
        """Return one question. Raises FlowError when it does not exist."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise FlowError(f"no question {question_id!r} in flow {self.slug!r}")

    def step(self, step_id: str) -> Step:
        """Return one step. Raises FlowError when it does not exist."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise FlowError(f"no step {step_id!r} in flow {self.slug!r}")

    def help(self, help_id: str) -> Help:
        """Return one help. Raises FlowError when it does not exist."""
        for item in self.helps:
            if item.id == help_id:
                return item
        raise FlowError(f"no help {help_id!r} in flow {self.slug!r}")


@dataclass(frozen=True, slots=True)
class Walk:
    """The questions answered in order, the one to ask next (None: the plan is ready), and the answers that count."""

    visited: tuple[str, ...]
    next: str | None
    known: dict[str, Value] = field(hash=False)

    @property
    def finished(self) -> bool:
        """True when no question is left."""
        return self.next is None


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step of one person's plan, with the moment the rules gave it."""

    step: Step
    order: Order
