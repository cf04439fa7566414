"""What is kept of a form whose session ended: one day at most."""

from typing import Any

from django.db.models import QuerySet

from naast.core import clock, kept
from naast.people.drafts.models import KeptForm
from naast.people.drafts.rules import KEPT

GROUND = "AVG artikel 6 lid 1 onder e"


def past_kept_forms() -> QuerySet[Any]:
    """Return what is older than a day."""
    return KeptForm.objects.filter(created__lte=clock.now() - KEPT)


def register_drafts() -> None:
    """Declare the kept form."""
    kept.register(
        kept.Kept(
            model="people.KeptForm",
            purpose="Wat een medewerker typte teruggeven als de sessie intussen afliep",
            ground=GROUND,
            retention="tot het terug is in het formulier, hoogstens 24 uur",
            show="De tekst van een formulier, versleuteld, alleen voor wie hem typte.",
            past=past_kept_forms,
            about="medewerkers",
            staff_erase=lambda user_id: KeptForm.objects.filter(user_id=user_id).delete()[0],
        )
    )
