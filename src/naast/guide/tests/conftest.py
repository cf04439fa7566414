"""What the tests of this room share: the shipped pages, which steps name."""

from naast.content.tests.conftest import shared_tree

__all__ = ["shared_tree"]
