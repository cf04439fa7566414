"""What the tests of this room share."""

import pytest
from tests.shipped import Shipped

from naast.content import actions, queries

TEXTS = Shipped(actions.load_shipped, "wagtail", "content_", "auth_group", "modelsearch")


@pytest.fixture
def shared_tree(places):
    """The shipped texts, in the demonstration's places; gives the loader's counts."""
    counts = TEXTS.put()
    queries.forget()
    return dict(counts)
