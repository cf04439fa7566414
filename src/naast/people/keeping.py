"""What this room keeps about people, for the register, retention and the privacy page."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from naast.core import clock, kept
from naast.people.models import Absence, Grant, StaffSession
from naast.people.rights import keeping as rights
from naast.people.rights.actions import anonymise
from naast.people.rules import LONGEST

NAMES = {"people.Grant": "Rollen", "people.StaffSession": "Open sessies", "people.Absence": "Afwezigheid"}
GROUND = "AVG artikel 6 lid 1 onder e"
# After this a role that ended, or an absence that is over, explains nothing any more: the access log lasts as long.
AFTER_END = timedelta(days=5 * 365)


def _past_sessions() -> QuerySet[Any]:
    return StaffSession.objects.filter(created__lt=clock.now() - LONGEST)


def _past_grants() -> QuerySet[Any]:
    return Grant.objects.filter(ends__lt=clock.today() - AFTER_END)


def _past_absences() -> QuerySet[Any]:
    return Absence.objects.filter(ends__lt=clock.today() - timedelta(days=365))


def register_people() -> None:
    """Declare all models of this room that hold a person."""
    for model, purpose, retention, show, past, export in (
        (
            "people.Grant",
            "Bepalen wie wat mag zien en doen",
            "5 jaar na het einde van de rol",
            "Welke rol een medewerker waar heeft of had.",
            _past_grants,
            rights.grants,
        ),
        (
            "people.StaffSession",
            "Een medewerker laten zien waar die is aangemeld, en dat beëindigen",
            "tot afmelden, hoogstens 10 uur",
            "Begin en laatste gebruik van een sessie. Geen adres, geen soort apparaat.",
            _past_sessions,
            rights.sessions,
        ),
        (
            "people.Absence",
            "Een vraag bij een vervanger brengen als iemand weg is",
            "1 jaar na afloop",
            "De dagen waarop een medewerker weg is, en wie vervangt.",
            _past_absences,
            rights.absences,
        ),
    ):
        kept.register(
            kept.Kept(
                model=model,
                name=NAMES[model],
                purpose=purpose,
                ground=GROUND,
                retention=retention,
                show=show,
                past=past,
                staff_export=export,
                about="medewerkers",
                receivers="plaatsbeheerder en privacyfunctionaris van de plaats",
            )
        )
    kept.register(
        kept.Kept(
            model="people.User",
            name="Accounts van medewerkers",
            purpose="Medewerkers laten aanmelden en laten zien wie antwoord geeft",
            ground=GROUND,
            retention="zolang iemand er werkt, en daarna 5 jaar bij de regels van het inzagelog",
            show="Naam en e-mailadres van het werk.",
            staff_export=rights.account,
            restored=anonymise,
            about="medewerkers",
            receivers="collega's; inwoners zien de voornaam bij een antwoord",
        )
    )
