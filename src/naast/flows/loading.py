"""
Reading a flow: from YAML text to the frozen parts, with every mistake said at once and in words.

All scalars are read as text (`nee` stays a word, a date stays a date), so YAML's guesses never change a flow.
Only plain lists, mappings and text are accepted; nothing in a file can make objects or run.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from naast.core import languages
from naast.flows import plain
from naast.flows.conditions import AllOf, Always, Answered, AnyOf, Condition, Is, Not, Within
from naast.flows.parts import (
    PLAN,
    Flow,
    Help,
    Kind,
    Option,
    Order,
    Outcome,
    Question,
    Route,
    Rule,
    Source,
    Step,
    Who,
)
from naast.flows.problems import LoadError, Problem
from naast.flows.translating import translated

DATA = Path(__file__).parent / "data"
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
RESERVED = {"all", "any", "not", PLAN}
YES_NO_UNKNOWN = (Option("ja", "Ja"), Option("nee", "Nee"), Option("weet-niet", "Weet ik niet"))


class _Reader:
    """Takes fields out of nested mappings and collects problems instead of stopping at the first."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, code: str, where: str, detail: str = "") -> None:
        self.problems.append(Problem(code, where, detail))

    def mapping(self, raw: object, where: str, allowed: set[str], needed: set[str]) -> dict[str, Any]:
        if not isinstance(raw, dict):
            self.wrong("not-a-map", where)
            return {}
        for key in raw:
            if key not in allowed:
                self.wrong("unknown-field", where, str(key))
        for key in sorted(needed - raw.keys()):
            self.wrong("missing-field", where, key)
        return raw

    def text(self, raw: object, where: str) -> str:
        if isinstance(raw, str):
            return " ".join(raw.split())
        if raw is not None:
            self.wrong("not-a-text", where)
        return ""

    def identifier(self, raw: object, where: str) -> str:
        found = self.text(raw, where)
        if found and not ID.fullmatch(found):
            self.wrong("bad-id", where, found)
        return found

    def number(self, raw: object, where: str, default: int) -> int:
        if raw is None or raw == "":
            return default
        try:
            return int(str(raw))
        except ValueError:
            self.wrong("not-a-number", where, str(raw))
            return default

    def flag(self, raw: object, where: str, default: bool) -> bool:
        if raw is None:
            return default
        if raw not in ("true", "false"):
            self.wrong("not-a-flag", where, str(raw))
        return raw == "true"

    def word(self, raw: object, where: str, kind: type[Kind] | type[Order] | type[Who], default: Any) -> Any:
        if raw is None or raw == "":
            return default
        try:
            return kind(str(raw))
        except ValueError:
            self.wrong("not-one-of", where, str(raw))
            return default

    def listed(self, raw: object, where: str) -> list[Any]:
        if raw is None or raw == "":
            return []
        if not isinstance(raw, list):
            self.wrong("not-a-list", where)
            return []
        return raw

    def texts(self, raw: object, where: str) -> tuple[str, ...]:
        items = [raw] if isinstance(raw, str) and raw else self.listed(raw, where)
        return tuple(self.text(item, f"{where}[{place}]") for place, item in enumerate(items, 1))

    def each(self, raw: object, where: str, make: Callable[[Any, str], Any]) -> tuple[Any, ...]:
        """Read a list of things; each is named by its place and, where it has one, its id."""
        found = []
        for place, item in enumerate(self.listed(raw, where), 1):
            name = item.get("id") if isinstance(item, dict) else None
            found.append(make(item, f"{where}[{name or place}]"))
        return tuple(found)

    # Conditions: `praten: [goed, soms]`, `kinderen: {min: 1}`, `leeftijd: answered`, all / any / not.

    def condition(self, raw: object, where: str) -> Condition:
        if raw is None or raw == "always":
            return Always()
        if isinstance(raw, list):
            return AllOf(tuple(self.condition(item, where) for item in raw))
        if not isinstance(raw, dict) or not raw:
            self.wrong("bad-condition", where, str(raw))
            return Always()
        parts = tuple(self._part(key, value, where) for key, value in raw.items())
        return parts[0] if len(parts) == 1 else AllOf(parts)

    def _part(self, key: str, value: object, where: str) -> Condition:
        if key in ("all", "any"):
            parts = tuple(self.condition(item, where) for item in self.listed(value, f"{where}.{key}"))
            return AllOf(parts) if key == "all" else AnyOf(parts)
        if key == "not":
            return Not(self.condition(value, where))
        if value == "answered":
            return Answered(key)
        if isinstance(value, str) and value:
            return Is(key, frozenset({value}))
        if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            return Is(key, frozenset(value))
        if isinstance(value, dict) and value and not value.keys() - {"min", "max"}:
            low, high = value.get("min"), value.get("max")
            return Within(
                key,
                None if low is None else self.number(low, where, 0),
                None if high is None else self.number(high, where, 0),
            )
        self.wrong("bad-condition", where, f"{key}: {value}")
        return Always()

    # The parts of a flow.

    def option(self, raw: object, where: str) -> Option:
        fields = {"id", "text", "hint", "summary", "danger", "exclusive"}
        data = self.mapping(raw, where, fields, {"id", "text"})
        return Option(
            id=self.identifier(data.get("id"), where),
            text=self.text(data.get("text"), where),
            hint=self.text(data.get("hint"), where),
            summary=self.text(data.get("summary"), where),
            danger=self.identifier(data.get("danger"), where),
            exclusive=self.flag(data.get("exclusive"), where, False),
        )

    def route(self, raw: object, where: str) -> Route:
        data = self.mapping(raw, where, {"when", "to"}, {"when", "to"})
        return Route(self.condition(data.get("when"), where), self.identifier(data.get("to"), where))

    def question(self, raw: object, where: str) -> Question:
        fields = {
            *("id", "kind", "title", "why", "help", "summary", "options", "minimum", "maximum", "unit"),
            *("optional", "routes", "next"),
        }
        data = self.mapping(raw, where, fields, {"id", "kind", "title", "why"})
        kind = self.word(data.get("kind"), f"{where}.kind", Kind, Kind.CHOICE)
        options = self.each(data.get("options"), f"{where}.options", self.option)
        if kind is Kind.YES_NO_UNKNOWN and not options:
            options = YES_NO_UNKNOWN
        name = self.identifier(data.get("id"), where)
        if name in RESERVED:
            self.wrong("bad-id", where, name)
        return Question(
            id=name,
            kind=kind,
            title=self.text(data.get("title"), where),
            why=self.text(data.get("why"), where),
            options=options,
            help=self.text(data.get("help"), where),
            summary=self.text(data.get("summary"), where),
            minimum=self.number(data.get("minimum"), f"{where}.minimum", 0),
            maximum=self.number(data.get("maximum"), f"{where}.maximum", 0),
            unit=self.text(data.get("unit"), where),
            optional=self.flag(data.get("optional"), f"{where}.optional", True),
            routes=self.each(data.get("routes"), f"{where}.routes", self.route),
            next=self.identifier(data.get("next"), where),
        )

    def step(self, raw: object, where: str) -> Step:
        fields = {
            *("id", "title", "why", "order", "who", "how", "avoid", "with", "costs", "subjects", "call", "link"),
            *("read", "calendar", "audience", "form", "local"),
        }
        data = self.mapping(raw, where, fields, {"id", "title", "why", "order"})
        return Step(
            id=self.identifier(data.get("id"), where),
            title=self.text(data.get("title"), where),
            why=self.text(data.get("why"), where),
            order=self.word(data.get("order"), f"{where}.order", Order, Order.SOON),
            who=self.word(data.get("who"), f"{where}.who", Who, Who.SELF),
            how=self.texts(data.get("how"), f"{where}.how"),
            avoid=self.texts(data.get("avoid"), f"{where}.avoid"),
            with_whom=self.text(data.get("with"), where),
            costs=self.text(data.get("costs"), where),
            subjects=self.texts(data.get("subjects"), f"{where}.subjects"),
            audience=self.identifier(data.get("audience"), where),
            form=self.identifier(data.get("form"), where),
            call=self.texts(data.get("call"), f"{where}.call"),
            read=self.texts(data.get("read"), f"{where}.read"),
            link=self.text(data.get("link"), where),
            calendar=self.text(data.get("calendar"), where),
            local=self.flag(data.get("local"), f"{where}.local", False),
        )

    def rule(self, raw: object, where: str) -> Rule:
        data = self.mapping(raw, where, {"when", "add", "order"}, {"add"})
        return Rule(
            when=self.condition(data.get("when"), where),
            add=self.texts(data.get("add"), f"{where}.add"),
            order=self.word(data.get("order"), f"{where}.order", Order, None),
        )

    def help(self, raw: object, where: str) -> Help:
        data = self.mapping(raw, where, {"id", "title", "text", "lines"}, {"id", "title", "text", "lines"})
        return Help(
            id=self.identifier(data.get("id"), where),
            title=self.text(data.get("title"), where),
            text=self.texts(data.get("text"), f"{where}.text"),
            lines=self.texts(data.get("lines"), f"{where}.lines"),
        )

    def outcome(self, raw: object, where: str) -> Outcome:
        fields = {"id", "when", "title", "text", "audience", "phase"}
        data = self.mapping(raw, where, fields, {"id", "title", "text"})
        return Outcome(
            id=self.identifier(data.get("id"), where),
            when=self.condition(data.get("when"), where),
            title=self.text(data.get("title"), where),
            text=self.text(data.get("text"), where),
            audience=self.identifier(data.get("audience"), where),
            phase=self.identifier(data.get("phase"), where),
        )

    def source(self, raw: object, where: str) -> Source:
        data = self.mapping(raw, where, {"name", "url", "checked"}, {"name"})
        return Source(
            name=self.text(data.get("name"), where),
            url=self.text(data.get("url"), where),
            checked=self.text(data.get("checked"), where),
        )

    def flow(self, raw: object) -> Flow:
        needed = {"flow", "title", "lead", "audience", "phase", "minutes", "owner", "questions", "rules", "steps"}
        fields = needed | {"language", "drawing", "help", "outcomes", "sources", "now_limit", "translations"}
        data = self.mapping(raw, "", fields, needed)
        questions = self.each(data.get("questions"), "questions", self.question)
        flow = Flow(
            slug=self.identifier(data.get("flow"), "flow"),
            title=self.text(data.get("title"), "title"),
            lead=self.text(data.get("lead"), "lead"),
            audience=self.identifier(data.get("audience"), "audience"),
            phase=self.identifier(data.get("phase"), "phase"),
            language=self.text(data.get("language"), "language") or "nl",
            minutes=self.number(data.get("minutes"), "minutes", 5),
            drawing=self.text(data.get("drawing"), "drawing"),
            owner=self.text(data.get("owner"), "owner"),
            questions=_in_line(questions),
            rules=self.each(data.get("rules"), "rules", self.rule),
            steps=self.each(data.get("steps"), "steps", self.step),
            helps=self.each(data.get("help"), "help", self.help),
            outcomes=self.each(data.get("outcomes"), "outcomes", self.outcome),
            sources=self.each(data.get("sources"), "sources", self.source),
            now_limit=self.number(data.get("now_limit"), "now_limit", 5),
        )
        others = self.mapping(
            data.get("translations", {}), "translations", set(languages.known()) - {flow.language}, set()
        )
        made = [translated(self, flow, code, raw, f"translations.{code}") for code, raw in others.items()]
        return replace(flow, translations=tuple(made))


def _in_line(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Let a question without `next` lead to the one below it, and the last one to the plan."""
    following = [question.id for question in questions[1:]] + [PLAN]
    return tuple(
        question if question.next else _with_next(question, after)
        for question, after in zip(questions, following, strict=False)
    )


def _with_next(question: Question, after: str) -> Question:
    """Return the question with its default way on filled in."""
    return replace(question, next=after)


def parse(text: str) -> Flow:
    """Read a flow from YAML text. Raises LoadError with every problem found."""
    reader = _Reader()
    flow = reader.flow(plain.tree(text))
    if reader.problems:
        raise LoadError(reader.problems)
    return flow


def sketch(text: str) -> Flow:
    """Read as much of a draft as can be read, for its lists and its drawing. Raises LoadError when it is no YAML."""
    return _Reader().flow(plain.tree(text))


def condition(raw: object) -> Condition:
    """Read one condition from its plain form. Raises LoadError."""
    reader = _Reader()
    found = reader.condition(raw, "")
    if reader.problems:
        raise LoadError(reader.problems)
    return found


def digest(text: str) -> str:
    """Return the content hash (SHA-256, hex) that names a version of a flow."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def shipped() -> dict[str, str]:
    """Return the YAML texts of the flows that come with Naast, by slug, each with its translations (`<language>/`)."""
    return {file.stem: _with_translations(file) for file in sorted(DATA.glob("*.yaml"))}


def _with_translations(file: Path) -> str:
    """Return one text, to which what stands in the folders of other languages was added."""
    text = file.read_text(encoding="utf-8")
    others = [other for code in languages.known() if (other := DATA / code / file.name).is_file()]
    if others:
        text += "\ntranslations:\n"
    for other in others:
        text += f"  {other.parent.name}:\n" + textwrap.indent(other.read_text(encoding="utf-8"), "    ")
    return text
