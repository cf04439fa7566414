"""The embedded installation with one more model: the texts that Wagtail's own search looks in."""

from naast.settings.embedded import *  # noqa: F403
from naast.settings.embedded import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench.search.texts"]
