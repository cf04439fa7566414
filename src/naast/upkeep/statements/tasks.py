"""Regular work: who keeps a statement hears in time that it must be looked at."""

from naast.upkeep.statements import actions


def remind() -> None:
    """Mail about statements whose day is near or past; what fails today goes on tomorrow."""
    actions.remind()
