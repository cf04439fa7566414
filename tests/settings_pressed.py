"""An installation of the tests that a program presses: as the embedded one, without the limit on how often it may ask."""

from naast.settings.embedded import *  # noqa: F403
from naast.settings.embedded import NAAST_LIMITS as _LIMITS

NAAST_LIMITS = dict.fromkeys(_LIMITS, 10_000_000)
