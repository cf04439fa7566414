"""The pages behind the link of a confirmation mail, and what readers see of help that was or was not confirmed."""

import re
import time

from playwright.sync_api import Page

from tests.gates.looking import State
from tests.installation import Installation

LINK = re.compile(r"/aanbod-bevestigen/[\w-]+/")
LOOKED_AT = "samen-verder"  # an organisation of the demonstration whose mail nobody answers: journeys answer another's
HELP = "/enschede/hulp"


def mailed_link(installation: Installation, who: str) -> str:
    """The page of the link that was mailed to this organisation of the demonstration; waits until the mail left."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        letters = [str(mail.get_content()) for mail in installation.mails() if who in str(mail["To"])]
        for letter in letters:
            if found := LINK.search(letter):
                return found[0]
        time.sleep(0.5)
    raise AssertionError("no mail with a link left")


def mailed_pages(installation: Installation) -> list[State]:
    """The list, a wrong link, the form with and without a mistake, the question before something ends; three offers."""
    path = mailed_link(installation, LOOKED_AT)
    page = installation.visitor().get(path).text
    change, ended = (re.findall(rf'href="([^"]+/{name}/)"', page)[0] for name in ("aanpassen", "gestopt"))
    return [
        State("offer-check", path, covers="offer-check"),
        State("offer-check-wrong", "/aanbod-bevestigen/niet-goed/", covers="offer-check", status=404),
        State("offer-check-change", change, covers="offer-check-change"),
        State("offer-check-unsound", change, do=_no_summary, covers="offer-check-change"),
        State("offer-check-ended", ended, covers="offer-check-ended"),
        State("offer-overdue", f"{HELP}/voorbeeld-relatiehulp-enschede/", covers="directory:offer"),
        State("offer-waited", f"{HELP}/voorbeeld-kindergroep-enschede/", covers="directory:offer"),
    ]


def _no_summary(page: Page) -> None:
    page.locator("main [name=summary]").fill("")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
