"""Several things at once, each on a connection of its own, for tests of what happens when two people press together."""

import threading
import time
from collections.abc import Callable, Sequence

from django.db import OperationalError, connection

PATIENCE = 10.0  # seconds


def at_once(works: Sequence[Callable[[], object]]) -> list[object]:
    """Run all at the same moment; returns what each returned, or the exception it ended with."""
    start = threading.Barrier(len(works))
    ended: list[object] = [None] * len(works)

    def run(number: int, work: Callable[[], object]) -> None:
        start.wait()
        until = time.monotonic() + PATIENCE
        while True:
            try:
                ended[number] = work()
            except OperationalError as error:
                # SQLite in memory refuses at once where a file waits for its turn.
                if "locked" in str(error) and time.monotonic() < until:
                    time.sleep(0.01)
                    continue
                ended[number] = error
            except Exception as error:
                ended[number] = error
            connection.close()
            return

    threads = [threading.Thread(target=run, args=(number, work)) for number, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended
