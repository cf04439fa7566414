"""The app."""

from datetime import timedelta

from django.apps import AppConfig


class ContactConfig(AppConfig):
    """Questions on their way to a person."""

    name = "naast.contact"
    label = "contact"
    verbose_name = "Contact"

    def ready(self) -> None:
        """Declare what is kept, hear when an asker writes again, and let the worker warn of what is late."""
        from naast.contact import handing_back, keeping, receivers, sources, tasks
        from naast.core import worker

        keeping.register_contact()
        receivers.connect()
        sources.declare()
        handing_back.connect()
        worker.every(timedelta(minutes=5), "contact.warn_of_overdue", tasks.warn_of_overdue)
        worker.every(timedelta(hours=1), "contact.forget_forms", tasks.forget_forms)
