"""The pages about trust: people and roles, who read what, what is kept, statements, sign-in with keys."""

from tests.gates.looking import State
from tests.installation import Installation

# Plain addresses by the role they are for; files and leading on; addresses that only take what a form sends.
WHOSE: dict[str, str] = {}
NO_PAGES: frozenset[str] = frozenset()
WRITES: frozenset[str] = frozenset()


def trust_pages(installation: Installation) -> list[State]:
    """Pages with an argument, and states reached by doing something."""
    return []
