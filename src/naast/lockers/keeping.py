"""What lockers keep, declared for the register, the locker's own page, export, erasing and retention."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from naast.core import audit, kept
from naast.core.retention import tombstones
from naast.lockers import actions, queries, readers
from naast.lockers.models import Locker

# Erased last: what lies in a locker goes before the locker itself.
MODEL = "lockers.Locker"


def _export(locker_id: UUID) -> list[Mapping[str, Any]]:
    return [
        {
            "gemeente": locker.place.name,
            "gemaakt op": locker.created_on,
            "laatst gebruikt op": locker.last_used_on,
            "e-mailadres voor een seintje": locker.email or "geen",
        }
        for locker in Locker.objects.select_related("place").filter(pk=locker_id)
    ]


def declare() -> None:
    """Declare the one model of this room."""
    tombstones.register_part(actions.ADDRESS, actions.forget_addresses)
    kept.register(
        kept.Kept(
            model=MODEL,
            name="Kluisjes",
            purpose="Je kluisje openen met jouw code, en een seintje sturen als je dat wilt",
            ground="AVG artikel 6 lid 1 onder e",
            retention="zolang er iets in ligt, en anders 12 maanden nadat je het voor het laatst opende",
            show="Een willekeurig nummer, je gemeente en twee data. Je code bewaren we niet. "
            "Je e-mailadres alleen als je het zelf gaf.",
            export=_export,
            erase=actions.erase_locker_row,
            past=queries.unused,
            remove=actions.erase_locker_rows,
            place="place__slug",
            locker="pk",
            receivers="de adviseurs van het loket zien niet wie je bent",
        )
    )
    kept.register(
        kept.Kept(
            model="core.AuditLine",
            name="Wie je vraag las",
            purpose="Laten zien wie van de medewerkers in een vraag las of iets veranderde",
            ground="AVG artikel 5 lid 2 en artikel 32",
            retention="5 jaar, elk uur verzegeld",
            show="Wie wanneer welke vraag las of veranderde. Nooit wat erin staat.",
            export=readers.export,
            past=audit.past,
            receivers="de privacyfunctionaris van de gemeente",
        )
    )
