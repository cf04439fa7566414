"""What lies at the own place and that nobody outside may read, made once a process: for addresses that are open to all."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from naast.lockers.tests.factories import a_locker, opened
from tests.factories import SAMPLES
from tests.gates.matrix.cast import FRESH_FOR, OWN, Rows, place

# Samples whose marks stand for what may never be read in the open.
SECRETS = ("desk:question", "own:contact", "together_evening", "help:proposal")
HIDDEN = "Verborgen proefaanbod"
ADDRESS = "zilverpopulier@voorbeeld.example"


@dataclass(frozen=True)
class World:
    """The marks of all that is secret, ids of records, and the cookie of somebody else's open locker."""

    marks: tuple[str, ...]
    ids: tuple[str, ...]
    locker: str


class Held:
    """The world, made when first asked for, and anew when its open locker might have closed."""

    def __init__(self) -> None:
        self.rows: Rows | None = None
        self.made_at = 0.0

    def put(self) -> World:
        """Put everything into this test's transaction, behind the cast."""
        if self.rows is None or time.monotonic() - self.made_at > FRESH_FOR:
            self.rows = Rows(self._build)
            self.made_at = time.monotonic()
        self.rows.put()
        made: World = self.rows.result
        return made

    @staticmethod
    def _build() -> World:
        from naast.directory.models import Offer, State
        from naast.directory.tests.factories import offer

        own = place(OWN)
        found = [SAMPLES[name](own) for name in SECRETS]
        hidden = offer(name=HIDDEN, area=[OWN], keeper=OWN)
        Offer.objects.filter(pk=hidden.pk).update(state=State.HIDDEN)
        shown = offer(name="Zichtbaar proefaanbod", area=[OWN], keeper=OWN)
        a_locker(place=OWN, email=ADDRESS)
        other: Any = opened(a_locker(place=OWN))
        ids = [str(value) for one in found for value in one.kwargs.values() if "-" in str(value)]
        marks = tuple(mark for one in found for mark in one.marks if mark != "Proefaanbod van deze plaats")
        return World(
            (*marks, HIDDEN, ADDRESS),
            (str(shown.pk), str(hidden.pk), *ids),
            other.cookies[settings.SESSION_COOKIE_NAME].value,
        )


WORLD = Held()
