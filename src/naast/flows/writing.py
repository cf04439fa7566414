"""
A flow's text as plain lists, mappings and texts that an editor's form changes, and back to YAML. Pure.

Nothing typed is lost here: what is not understood stays as it is, and the checks say so. Fields that a form does not
know (a translation, a comment's neighbour) pass through untouched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from naast.flows import loading, plain
from naast.flows.conditions import AllOf, Always, Answered, AnyOf, Condition, Is, Not, Within
from naast.flows.problems import LoadError

Tree = dict[str, Any]
PARTS = ("questions", "steps", "rules", "help", "outcomes", "sources")
MOST_BLOCKS = 8  # more than a person can oversee in one form


class _Dumper(yaml.SafeDumper):
    """YAML as people write it: lists under their key are indented, nothing is an alias."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def read(text: str) -> Tree:
    """Return a flow's text as a mapping; anything else becomes an empty one. Raises LoadError when it is no YAML."""
    found = plain.tree(text)
    return found if isinstance(found, dict) else {}


def write(tree: Mapping[str, Any]) -> str:
    """Return the mapping as YAML text, its keys in their own order."""
    return yaml.dump(dict(tree), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def listed(tree: Mapping[str, Any], part: str) -> list[Any]:
    """Return the things of one part as a list; anything that is no list counts as none."""
    found = tree.get(part)
    return list(found) if isinstance(found, list) else []


def new_id(title: str, taken: Collection[str], otherwise: str) -> str:
    """Return a technical name made from a title: short, plain, not taken yet, never a reserved word."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    words = [word for word in re.split(r"[^a-z0-9]+", plain) if word]
    base = "-".join(words[:4])[:32].strip("-") or otherwise
    number, name = 2, base
    while name in taken or name in loading.RESERVED:
        name, number = f"{base}-{number}", number + 1
    return name


# --- Conditions ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ask:
    """What a condition asks of one question: options (one of them), bounds or any answer; `never` turns it round."""

    question: str
    options: frozenset[str] = frozenset()
    minimum: int | None = None
    maximum: int | None = None
    answered: bool = False
    never: bool = False


# Each block is "all of these", the whole is "one of the blocks"; no block at all is "always".
Blocks = tuple[tuple[Ask, ...], ...]


def blocks(condition: Condition) -> Blocks | None:
    """Return the condition as blocks that a form can show, or None when it is too knotted for that."""
    if isinstance(condition, Always):
        return ()
    found = _spread(condition, never=False)
    if found is None or not found or len(found) > MOST_BLOCKS or any(not block for block in found):
        return None
    for block in found:
        if len({ask.question for ask in block}) != len(block):
            return None
    return tuple(found)


def _spread(condition: Condition, *, never: bool) -> list[tuple[Ask, ...]] | None:
    match condition:
        case Always():
            return [] if never else [()]
        case Not(part):
            return _spread(part, never=not never)
        case Is(question, options):
            return [(Ask(question, options, never=never),)]
        case Within(question, minimum, maximum):
            return [(Ask(question, minimum=minimum, maximum=maximum, never=never),)]
        case Answered(question):
            return [(Ask(question, answered=True, never=never),)]
        case AllOf(parts) | AnyOf(parts):
            spread = [_spread(part, never=never) for part in parts]
            if any(found is None for found in spread):
                return None
            sure = [found for found in spread if found is not None]
            if isinstance(condition, AnyOf) != never:
                return [block for found in sure for block in found]
            made: list[tuple[Ask, ...]] = [()]
            for found in sure:
                made = [(*left, *right) for left in made for right in found]
                if len(made) > MOST_BLOCKS:
                    return None
            return made


def raw_condition(found: Blocks) -> Any:
    """Return blocks in the plain form of the file: `always`, a mapping, or `any` of mappings."""
    if not found:
        return "always"
    made = [_raw_block(block) for block in found]
    return made[0] if len(made) == 1 else {"any": made}


def _raw_block(block: tuple[Ask, ...]) -> Any:
    plain: Tree = {}
    turned: list[Any] = []
    for ask in block:
        if ask.never:
            turned.append({"not": _raw_ask(ask)})
        else:
            plain.update(_raw_ask(ask))
    if not turned:
        return plain
    if len(turned) == 1:
        return {**plain, **turned[0]}
    return {"all": [*([plain] if plain else []), *turned]}


def _raw_ask(ask: Ask) -> Tree:
    if ask.answered:
        return {ask.question: "answered"}
    if ask.options:
        named = sorted(ask.options)
        return {ask.question: named if len(named) > 1 else named[0]}
    bounds = {"min": ask.minimum, "max": ask.maximum}
    return {ask.question: {key: str(value) for key, value in bounds.items() if value is not None}}


def blocks_of(raw: object) -> Blocks | None:
    """Return the blocks of a condition in plain form; None when it cannot be read or is too knotted."""
    try:
        return blocks(loading.condition(raw))
    except LoadError:
        return None
