"""Help of the demonstration that must be confirmed: some due, some that nobody confirmed, one hidden; and waiting times.

All through the rooms' own actions, with the clock held at the days on which it would have happened. The mails with their
links stand on the page "Post".
"""

from datetime import timedelta

from naast.core import clock
from naast.directory.keeping import asking
from naast.directory.models import Confirmation, ConfirmedBy, Offer
from naast.directory.waiting import actions as waiting
from naast.directory.waiting.rules import RANGES

DAY = timedelta(days=1)
ASKED = (
    "voorbeeld-kindergroep-enschede", "voorbeeld-tienergroep-hengelo",  # of one organisation: one mail
    "voorbeeld-zwanger-hengelo",
)  # fmt: skip
ASKED_AS_PROVIDER = ("voorbeeld-koffie-enschede",)  # of the organisation that "Bekijk als…" plays
SILENT = "voorbeeld-relatiehulp-enschede"  # readers see that nobody confirmed it for long
HIDDEN = "voorbeeld-mediator-spreekuur"
# how long people waited, by days ago
HISTORIES = {
    "voorbeeld-kindergroep-enschede": ((300, "7-12"), (220, "langer"), (130, "7-12"), (60, "3-6"), (4, "3-6")),
    "voorbeeld-buddy-hengelo": ((200, "1-2"), (110, "3-6"), (30, "1-2")),
    "voorbeeld-omgang-almelo": ((240, "3-6"), (150, "7-12"), (70, "langer"), (20, "langer")),
}


def load_confirmations() -> int:
    """Let it have happened, once: what is there is kept. Returns how many owners were asked today."""
    if Confirmation.objects.exists():
        return 0
    now = clock.now()
    for slug, history in HISTORIES.items():
        offer = Offer.objects.get(slug=slug)
        for days_ago, code in history:
            with clock.frozen(now - days_ago * DAY):
                waiting.say(offer=offer, weeks=RANGES[code], said_by=ConfirmedBy.PROVIDER, actor="system")
    _due(SILENT, days_ago=90)
    _due(HIDDEN, days_ago=430)
    # their organisation has no address, so their editors were asked
    with clock.frozen(now - 90 * DAY):
        asking.ask_owners()
    asking.hide_forgotten()
    for slug in (*ASKED, *ASKED_AS_PROVIDER):
        _due(slug, days_ago=0)
    asking.set_dates()
    return asking.ask_owners()


def _due(slug: str, *, days_ago: int) -> None:
    """Let an offer's date have come so many days ago; its last look was half a year before that.

    Past days cannot be reached by an action, so this writes the dates themselves.
    """
    day = clock.today() - days_ago * DAY
    Offer.objects.filter(slug=slug).update(
        next_check=day, checked_on=day - 183 * DAY, confirmed_by=ConfirmedBy.PROVIDER
    )
