"""What the ground itself keeps about people, and how long."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from . import clock, kept
from .keys import actions as keys
from .models import LegalHold, OutboxMail, RetentionRun, Tombstone, UsedOnce
from .once import KEPT as ONCE_KEPT
from .retention import tombstones

GROUND = "AVG artikel 6 lid 1 onder e"
ACCOUNT = "AVG artikel 5 lid 2 (verantwoording)"
FIVE_YEARS = timedelta(days=5 * 365)
BURIED = timedelta(days=35)  # as long as the oldest backup may live
MAIL = timedelta(days=1)


def _sent() -> QuerySet[Any]:
    return OutboxMail.objects.filter(sent_at__lt=clock.now() - MAIL)


def _old_stones() -> QuerySet[Any]:
    return Tombstone.objects.filter(erased_at__lt=clock.now() - BURIED)


def _old_numbers() -> QuerySet[Any]:
    return UsedOnce.objects.filter(used_at__lt=clock.now() - ONCE_KEPT)


def _old_holds() -> QuerySet[Any]:
    limit = clock.now() - FIVE_YEARS
    return LegalHold.objects.filter(Q(ended_at__lt=limit) | Q(ended_at=None, ends__lt=limit.date()))


def _old_runs() -> QuerySet[Any]:
    return RetentionRun.objects.filter(ended_at__lt=clock.now() - FIVE_YEARS)


def _erase_keys(ids: list[str]) -> int:
    return sum(keys.erase(UUID(key_id)) for key_id in ids)


def declare() -> None:
    """Declare what the ground itself keeps."""
    tombstones.register_part(keys.KIND, _erase_keys)
    for row in (
        kept.Kept(
            model="core.OutboxMail",
            name="Uitgaande post",
            purpose="Een bericht sturen dat er antwoord is",
            ground=GROUND,
            retention="tot een dag na verzending",
            show="Je e-mailadres staat kort in de rij met uitgaande post, versleuteld.",
            past=_sent,
            receivers="de mailserver van de gemeente of haar leverancier",
        ),
        kept.Kept(
            model="core.Tombstone",
            name="Nummers van wat gewist is",
            purpose="Wat gewist is ook gewist houden als een reservekopie wordt teruggezet",
            ground=ACCOUNT,
            retention="35 dagen",
            show="Het willekeurige nummer van iets dat is gewist. Niet wat het was.",
            past=_old_stones,
            about="niemand",
        ),
        kept.Kept(
            model="core.UsedOnce",
            name="Gebruikte formulieren",
            purpose="Een formulier dat twee keer komt één keer behandelen",
            ground=GROUND,
            retention="24 uur",
            show="Een getal dat bij een formulier hoorde, onherkenbaar gemaakt.",
            past=_old_numbers,
            about="niemand",
        ),
        kept.Kept(
            model="core.LegalHold",
            name="Besluiten om te bewaren",
            purpose="Bewaren wat de wet nu verbiedt te wissen, en zeggen waarom",
            ground="AVG artikel 17 lid 3 en artikel 6 lid 1 onder c",
            retention="5 jaar nadat het bewaren eindigde",
            show="Waarom iets langer wordt bewaard, wie dat besloot en tot wanneer. Versleuteld.",
            past=_old_holds,
            place="place",
            about="medewerkers",
        ),
        kept.Kept(
            model="core.RetentionRun",
            name="Verslagen van het wissen",
            purpose="Laten zien dat op tijd is gewist",
            ground=ACCOUNT,
            retention="5 jaar",
            show="Wanneer er is gewist, volgens welke regel en hoeveel. Nooit wat.",
            past=_old_runs,
            about="niemand",
        ),
    ):
        kept.register(row)
