"""Regular work: the log verified each night, and the week's broken glass told on Monday."""


def register() -> None:
    """Let the worker do it."""
