"""What makes caches look again: any save, move or deletion of a page, a question or a slot bumps the shared tree."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import post_page_move

from naast.core import generations

from .models import BasePage, FaqEntry, Slot


def _shared_changed(sender: type, **kwargs: Any) -> None:
    # Runs inside the transaction of the save, so that nobody sees the number before the words.
    if issubclass(sender, BasePage | FaqEntry | Slot):
        generations.bump()


def connect() -> None:
    """Connect once."""
    for name, signal in (("save", post_save), ("delete", post_delete), ("move", post_page_move)):
        signal.connect(_shared_changed, dispatch_uid=f"naast.content.{name}")
