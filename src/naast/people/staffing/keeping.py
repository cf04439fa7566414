"""What this alcove keeps about people, for the register, retention and the privacy page."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from naast.core import clock, kept
from naast.people.staffing.models import Invitation, Mandate, Team

NAMES = {"people.Invitation": "Uitnodigingen", "people.Team": "Teams", "people.Mandate": "Mandaten"}
GROUND = "AVG artikel 6 lid 1 onder e"
# As long as the access log explains who could do what.
EXPLAINS = timedelta(days=5 * 365)


def _past_invitations() -> QuerySet[Any]:
    return Invitation.objects.filter(ends_at__lt=clock.now() - timedelta(days=365))


def _past_mandates() -> QuerySet[Any]:
    return Mandate.objects.filter(ends__lt=clock.today() - EXPLAINS)


def _teams(user_id: UUID) -> list[kept.Row]:
    return [{"team": team.name} for team in Team.objects.filter(members=user_id).order_by("name")]


def register_staffing() -> None:
    """Declare the models of this alcove that hold a person."""
    for model, purpose, retention, show, past, export, erase in (
        (
            "people.Invitation",
            "Een nieuwe medewerker een account laten openen",
            "1 jaar nadat de uitnodiging afloopt",
            "Wie wanneer is uitgenodigd en door wie. De link zelf bewaren we niet.",
            _past_invitations,
            None,
            lambda user_id: Invitation.objects.filter(user_id=user_id).delete()[0],
        ),
        (
            "people.Team",
            "Een vraag bij mensen brengen die het onderwerp kennen",
            "zolang het team bestaat",
            "In welk team een medewerker werkt.",
            None,
            _teams,
            lambda user_id: Team.members.through.objects.filter(user_id=user_id).delete()[0],
        ),
        (
            "people.Mandate",
            "Vastleggen wie waarover beslist",
            "5 jaar na het einde van het mandaat",
            "Welke functie waarover beslist, wie die functie heeft en tot wanneer.",
            _past_mandates,
            None,
            lambda user_id: Mandate.objects.filter(person_id=user_id).update(person=None),
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
                staff_erase=erase,
                about="medewerkers",
            )
        )
