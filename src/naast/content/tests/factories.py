"""The shared tree in words of the domain: loaded texts, editors, a place's own words."""

from datetime import date, timedelta

from naast.content import actions
from naast.content.models import ArticlePage, SlotFill
from naast.core import clock
from naast.people.models import User
from naast.people.tests.factories import staff
from naast.places.queries import by_slug
from naast.places.rules import PlaceInfo


def place(slug: str) -> PlaceInfo:
    """Return a place that is known."""
    found = by_slug(slug)
    assert found is not None, slug
    return found


def editor_of(slug: str) -> User:
    """Make an editor of a municipality."""
    return staff("editor", place(slug))


def regional_editor_of(slug: str) -> User:
    """Make an editor of a region's shared pages."""
    return staff("regional-editor", place(slug))


def filled(slug: str, key: str, body: str = "Loop gerust binnen.", *, due: date | None = None) -> SlotFill:
    """Let a place have its own words in a slot."""
    due = due or clock.today() + timedelta(days=90)
    return actions.fill_slot(user=None, place=place(slug), key=key, body=body, review_due=due)


def article(slug: str) -> ArticlePage:
    """Return a shipped article."""
    return ArticlePage.objects.get(shipped_slug=slug)


def texts(page: ArticlePage, words: str) -> ArticlePage:
    """Give an article a body of one paragraph, not saved."""
    page.body = [("text", f"<p>{words}</p>")]
    return page
