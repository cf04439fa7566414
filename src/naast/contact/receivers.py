"""What this room does when something happens in a thread below."""

from __future__ import annotations

from typing import Any

from naast.contact import actions
from naast.conversations.actions import resident_finished, resident_wrote
from naast.conversations.models import Thread


def _wrote(sender: type, thread: Thread, **kwargs: Any) -> None:
    actions.note_written_by_asker(thread=thread)


def _finished(sender: type, thread: Thread, **kwargs: Any) -> None:
    actions.note_finished_by_asker(thread=thread)


def connect() -> None:
    """Hear when an asker writes again, or says that it helped."""
    resident_wrote.connect(_wrote, sender=Thread, dispatch_uid="contact.wrote")
    resident_finished.connect(_finished, sender=Thread, dispatch_uid="contact.finished")
