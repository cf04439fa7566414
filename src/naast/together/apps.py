"""The app."""

from datetime import timedelta

from django.apps import AppConfig


class TogetherConfig(AppConfig):
    """Polls and evenings."""

    name = "naast.together"
    label = "together"
    verbose_name = "Together"

    def ready(self) -> None:
        """Declare what is kept about people, and let the worker forget who came."""
        from naast.core import worker

        from . import keeping, tasks

        keeping.register_together()
        worker.every(timedelta(hours=12), "together.forget_sign_ups", tasks.forget_sign_ups)
