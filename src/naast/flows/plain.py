"""
YAML as plain text, lists and mappings: nothing in a file can make objects, run, or grow without end.

All scalars are read as text (`nee` stays a word, a date stays a date), so YAML's guesses never change a flow.
"""

from __future__ import annotations

import json
from collections.abc import Hashable
from functools import lru_cache
from typing import Any

import yaml

from naast.flows.problems import LoadError, Problem

DEEPEST = 40  # a guide needs about ten

# libyaml, where it is built in, reads a guide eight times as fast.
_BASE: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _TextLoader(_BASE):  # type: ignore[misc]
    """YAML where each scalar is text and a key may stand in a mapping only once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Build a mapping; a double key is a mistake, not a silent overwrite."""
        seen: set[str] = set()
        for key, _ in node.value:
            # A key that is a list or a mapping is refused by the library itself, below.
            if isinstance(key.value, str):
                if key.value in seen:
                    line = node.start_mark.line + 1
                    raise LoadError([Problem("double-key", f"regel {line}", key.value)])
                seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def _plain(text: str) -> None:
    """Refuse what grows without end: parts that stand for other parts, and parts too deep in each other.

    The parser in C ends the whole process on ten thousand brackets; its events hold nothing and cost nothing.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_TextLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.AliasEvent) or depth > DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise LoadError([Problem("yaml", "", f"regel {line}: {'*' if depth <= DEEPEST else '[[…'}")])


def tree(text: str) -> Any:
    """Return YAML text as plain lists, mappings and texts. Raises LoadError when it is no YAML, or one without end."""
    return json.loads(_read_once(text))


@lru_cache(maxsize=32)
def _read_once(text: str) -> str:
    """The tree of a text as JSON: an editor's screen asks for the same one several times, and may change what it gets."""
    try:
        _plain(text)
        return json.dumps(yaml.load(text, Loader=_TextLoader))  # noqa: S506 - a BaseLoader: text, lists, mappings
    except yaml.YAMLError as error:
        # The library's own words are a programmer's English; a line can be found in any editor.
        mark = getattr(error, "problem_mark", None)
        raise LoadError([Problem("yaml", "", f"regel {mark.line + 1 if mark else 1}")]) from None
