"""The app."""

from datetime import timedelta

from django.apps import AppConfig

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


class FreshnessConfig(AppConfig):
    """Reminders to look at texts again, and a look at the links in them."""

    name = "naast.freshness"
    label = "freshness"
    verbose_name = "Freshness"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the worker ask who keeps texts, and look at links."""
        from naast.core import worker

        from . import tasks

        worker.every(DAY, "freshness.remind", tasks.remind)
        worker.every(DAY, "freshness.collect_links", tasks.collect_links)
        worker.every(HOUR, "freshness.look_at_links", tasks.look_at_links)
