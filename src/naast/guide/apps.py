"""The app."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuideConfig(AppConfig):
    """The guide: questions, step plan."""

    name = "naast.guide"
    label = "guide"

    def ready(self) -> None:
        """Declare what is kept, and show kept plans in the locker."""
        from naast.content import uses
        from naast.core import leaving, worker
        from naast.guide import keeping, naming, queries, tasks
        from naast.lockers import contents

        keeping.register_guide()
        contents.register(
            contents.Section(
                key="plans",
                label=_("Your step plans"),
                order=20,
                entries=keeping.entries,
                empty=_("There is no plan here yet. The guide makes one in a few minutes."),
            )
        )
        leaving.register(queries.cookies_below)
        uses.register(naming.found)
        worker.every(timedelta(minutes=1), "guide.publish_due", tasks.publish_due)
