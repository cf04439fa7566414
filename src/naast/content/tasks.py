"""Regular work of the content room: what was scheduled goes live, what was to end ends."""

from django.core.management import call_command
from django.db import transaction


def publish_due() -> None:
    """Publish what is due and take down what expired (Wagtail's schedule), each run in one transaction. Idempotent."""
    with transaction.atomic():
        call_command("publish_scheduled", verbosity=0)
