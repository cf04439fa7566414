"""What statements tell the ground: what is kept, what a place lacks before it may be published, the work of each day."""

from datetime import timedelta
from typing import Any

from naast.core import kept, live, worker

DAY = timedelta(days=1)


def declare() -> None:
    """Register with the ground."""
    from naast.upkeep.statements import tasks

    kept.register(
        kept.Kept(
            model="upkeep.Statement",
            name="Wie een verklaring veranderde",
            about="medewerkers",
            purpose="Weten welke medewerker een verklaring van de gemeente veranderde",
            ground="AVG artikel 6 lid 1 onder e",
            retention="zolang de verklaring of een eerdere versie ervan bestaat; de naam vervalt met het account",
            show="Bij een verklaring staat intern welke medewerker haar veranderde. Lezers zien alleen de gemeente.",
        )
    )
    live.register(statements_are_there)
    worker.every(DAY, "upkeep.remind_of_statements", tasks.remind)


def statements_are_there(place: Any) -> list[str]:
    """Say which statements a place lacks before it may be published, and where to mend that."""
    from naast.upkeep.statements import queries, words

    return [
        live.Lacking(words.for_going_live(row, gap), words.href(place.slug, row.kind))
        for row in queries.overview_of(place)
        for gap in row.in_the_way
    ]
