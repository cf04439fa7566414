"""What is kept of a form whose session ended: one day at most."""

from naast.core import clock, kept
from naast.people.drafts.models import KeptForm
from naast.people.drafts.rules import KEPT

GROUND = "AVG artikel 6 lid 1 onder e"


def expire_kept_forms() -> int:
    """Erase what is older than a day; returns how many."""
    return KeptForm.objects.filter(created__lte=clock.now() - KEPT).delete()[0]


def register_drafts() -> None:
    """Declare the kept form."""
    kept.register(
        kept.Kept(
            model="people.KeptForm",
            purpose="Wat een medewerker typte teruggeven als de sessie intussen afliep",
            ground=GROUND,
            retention="tot het terug is in het formulier, hoogstens 24 uur",
            show="De tekst van een formulier, versleuteld, alleen voor wie hem typte.",
            expire=expire_kept_forms,
        )
    )
