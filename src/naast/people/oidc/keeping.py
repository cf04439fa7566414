"""What is kept about sign-in elsewhere: a hash that finds the account, and no more."""

from typing import Any

from django.db.models import QuerySet

from naast.core import kept
from naast.people.models import User
from naast.people.oidc.models import SignInLink

GROUND = "AVG artikel 6 lid 1 onder e"


def _past_links() -> QuerySet[Any]:
    """Return the links of closed accounts: nobody comes in by them."""
    return SignInLink.objects.filter(user__in=User.objects.filter(is_active=False))


def register_sign_in_links() -> None:
    """Declare the link."""
    kept.register(
        kept.Kept(
            model="people.SignInLink",
            purpose="Een medewerker herkennen die zich via de eigen gemeente aanmeldt",
            ground=GROUND,
            retention="tot het account dichtgaat of de aanmelding opnieuw wordt ingesteld",
            show="Via welke gemeente iemand zich aanmeldt, en een versleuteld kenmerk. Niets van wat die gemeente verder zegt.",
            past=_past_links,
            about="medewerkers",
            staff_erase=lambda user_id: SignInLink.objects.filter(user_id=user_id).delete()[0],
        )
    )
