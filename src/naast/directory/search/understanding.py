"""Understanding: one question through the analyser and through the urgent words of messages, which serve both rooms. Pure."""

from dataclasses import replace

from naast.conversations import urgent
from naast.directory.search.analyser import LONGEST_QUESTION, Analyser
from naast.directory.search.analysis import Analysis, Recognised, sort_recognised
from naast.directory.search.words import tokenise

# the urgent words that the desk knows, in the kinds of the helplines
URGENT = {
    "violence": "violence",
    "danger-now": "violence",
    "abuse": "abuse",
    "suicide": "suicide",
    "abduction": "abduction",
}

# Fear alone is no danger, but who says it should see at once where to call.
AFRAID = frozenset({"angst", "angstig", "bang", "bange", "benauwd", "doodsbang", "afraid", "frightened", "scared"})


def sounds_afraid(question: str) -> bool:
    """Whether somebody says to be afraid, of whatever it is. Any text is allowed."""
    return not AFRAID.isdisjoint(tokenise(question[:LONGEST_QUESTION]))


def understand(analyser: Analyser, question: str, without: frozenset[str] = frozenset()) -> Analysis:
    """Understand a question; `without` holds keys ("audience:kinderen") of what the asker switched off. Any text is allowed."""
    analysis = analyser.analyse(question, without)
    judged = urgent.judge(question[:LONGEST_QUESTION])
    words = " ".join(judged.words)
    also = [Recognised("danger", URGENT[kind], words) for kind in sorted(judged.kinds) if kind in URGENT]
    if not also:
        return analysis
    found, left_out = sort_recognised([*analysis.recognised, *analysis.left_out, *also], without)
    return replace(analysis, recognised=found, left_out=left_out)
