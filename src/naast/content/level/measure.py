"""The language level of what we ship and of what editors write, held against the shipped word lists."""

from collections.abc import Iterable, Sequence
from typing import Any

from naast.content import loading
from naast.content.level.prose import pieces
from naast.content.level.readability import Level, measure, measures_for
from naast.content.rules import Block, Shipped, inline, paragraphs


def of_text(texts: Iterable[str], audiences: Sequence[str]) -> Level:
    """Measure pieces of text or HTML for their first audience."""
    return measure([piece for text in texts for piece in pieces(text)], measures_for(audiences), loading.word_lists())


def of_body(
    blocks: Iterable[Block], audiences: Sequence[str], *, summary: str = "", short: Sequence[str] = ()
) -> Level:
    """Measure a page: its summary, its points and its body, as readers meet them."""
    return of_text([summary, *short, *paragraphs(blocks)], audiences)


def of_shipped(page: Shipped) -> Level:
    """Measure a shipped page."""
    return of_body(page.blocks, page.audiences, summary=page.summary, short=page.short)


def of_faq(entry: dict[str, Any]) -> Level:
    """Measure a shipped question with its answer; a question that children read too is held to their measure."""
    audiences = ["kinderen"] if "kinderen" in entry["audiences"] else entry["audiences"]
    return of_text([str(entry["question"]), *map(inline, str(entry["answer"]).split("\n\n"))], audiences)
