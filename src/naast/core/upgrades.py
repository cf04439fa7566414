"""Upgrades: what a room brings up to date after the code changed, beside its tables; at `naast migrate` and at a start.

A room registers a function in AppConfig.ready. It does nothing where all is as this release wants it, so it may run often.
"""

from collections.abc import Callable

# returns one line for the operator, empty where there was nothing to do
Work = Callable[[], str]
_after: dict[str, Work] = {}


def after(name: str, work: Work) -> None:
    """Let `work` run after an upgrade; a name that is known is replaced."""
    _after[name] = work


def run() -> list[str]:
    """Bring everything up to date; returns what was done, a line each."""
    return [line for work in _after.values() if (line := work())]


def tell() -> None:
    """Bring everything up to date and print what was done."""
    for line in run():
        print(line, flush=True)
