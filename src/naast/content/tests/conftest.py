"""What the tests of this room share."""

import pytest

from naast.content import actions


@pytest.fixture
def shared_tree(places):
    """The shipped texts, in the demonstration's places."""
    return actions.load_shipped()
