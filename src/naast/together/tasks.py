"""Regular work of this room."""

from . import actions


def forget_sign_ups() -> None:
    """Forget who came to evenings that are over."""
    actions.forget_sign_ups()
