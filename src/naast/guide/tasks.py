"""Regular work of this room."""

from naast.guide import drafts


def publish_due() -> int:
    """Publish guides whose moment has come; returns how many."""
    return drafts.publish_due()
