"""Regular work: ask who keeps texts, and look at links elsewhere where that is switched on."""

from django.conf import settings

from . import actions


def remind() -> None:
    """Ask people to look at texts again."""
    actions.remind()
    actions.forget_old()


def collect_links() -> None:
    """Bring the list of links up to date."""
    actions.collect_links()


def look_at_links() -> None:
    """Look at links whose turn it is. Off in the demonstration, which asks nothing of anybody elsewhere."""
    if settings.NAAST_CHECK_LINKS:
        actions.look_at_links()
