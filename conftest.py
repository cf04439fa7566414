"""What every test may use: a database with the country's places, clients, a still clock."""

import pytest

from naast.core import generations
from tests import fixtures


@pytest.fixture(autouse=True)
def _forget_what_memory_held(monkeypatch):
    """No test sees places or pages that another one held in memory."""
    from django.core.cache import caches

    from naast.places import queries

    queries._held = None
    generations.watch._looked = 0.0
    for name in ("default", "limits", "shared"):
        caches[name].clear()
    yield
    queries._held = None


@pytest.fixture
def places(db):
    """The country's municipalities, the demonstration's regions, desks and postcodes."""
    return fixtures.load_places()
