"""What keeping offers true keeps of people: a provider's few words why an offer would have ended."""

from datetime import timedelta

from naast.core import clock, kept
from naast.directory.models import Confirmation, ConfirmationLink

KEPT_FOR = timedelta(days=730)


def expire() -> int:
    """Erase what was asked about dates more than two years ago, and links past their day; returns how many."""
    links = ConfirmationLink.objects.filter(expires_on__lt=clock.today() - timedelta(days=90)).delete()[0]
    return links + Confirmation.objects.filter(due__lt=clock.today() - KEPT_FOR).delete()[0]


def declare() -> None:
    """Declare the one model with somebody's words."""
    kept.register(
        kept.Kept(
            model=Confirmation._meta.label,
            purpose="Weten of hulp nog bestaat, en waarom iemand zegt van niet",
            ground="AVG artikel 6 lid 1 onder e",
            retention="2 jaar na de datum waarop we het vroegen",
            show="Wat een aanbieder schreef over hulp die stopt. Zonder naam.",
            expire=expire,
        )
    )
