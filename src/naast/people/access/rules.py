"""The thinking about who saw what: groups of acts, and when the glass may be broken. Pure."""

from datetime import timedelta
from enum import StrEnum

# Acts that only look; all others change something.
READS = ("read", "list", "search")
EXPORTS = ("export",)

# Breaking the glass (docs/decisions/0028).
OPEN_FOR = timedelta(minutes=60)
SHORTEST_REASON = 20  # characters
FEWEST_WORDS = 4  # "noodgeval noodgeval" is no reason


class Did(StrEnum):
    """What was done, as the window's filter says it."""

    ALL = ""
    READ = "gelezen"
    CHANGED = "veranderd"
    EXPORTED = "bestand"
    GLASS = "nood"


# act → how its sentence reads; the words stand in `shown`
KNOWN_ACTS = frozenset(
    {
        "read", "list", "search", "export", "ask", "take", "answer", "ask_back", "hand_to_person", "hand_to_desk",
        "close", "write", "break-glass", "end-glass", "judge-glass", "grant", "end", "invite", "add", "remove", "erase",
    }
)  # fmt: skip


def reason_fault(reason: str) -> str:
    """Say what is wrong with a reason: "short", "words", or "" when it will do."""
    words = reason.split()
    if len(" ".join(words)) < SHORTEST_REASON:
        return "short"
    return "words" if len({word.casefold() for word in words}) < FEWEST_WORDS else ""
