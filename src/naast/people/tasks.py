"""Regular work of this room: sessions that are over leave the table."""

from datetime import timedelta
from importlib import import_module

from django.conf import settings

from naast.core import worker
from naast.people import bursts


def forget_sessions() -> None:
    """Erase expired sessions, of staff and of lockers alike. Idempotent."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def register() -> None:
    """Let the worker do it hourly."""
    worker.every(timedelta(hours=24), "people.forget_bursts", bursts.forget_old)
    worker.every(timedelta(hours=1), "people.forget_sessions", forget_sessions)
