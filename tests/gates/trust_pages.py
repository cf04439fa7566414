"""The pages about trust: people and roles, who read what, what is kept, statements, sign-in with keys."""

from playwright.sync_api import Page

from tests.gates.looking import State
from tests.installation import Installation

# Plain addresses by the role they are for; files and leading on; addresses that only take what a form sends.
WHOSE: dict[str, str] = {}
NO_PAGES: frozenset[str] = frozenset({"statements:home", "accessibility-data"})
WRITES: frozenset[str] = frozenset()


def trust_pages(installation: Installation) -> list[State]:
    """Pages with an argument, and states reached by doing something."""
    return [*_statements()]


def _statements() -> list[State]:
    ours = "/loket/verklaringen/enschede/"
    return [
        State("statements", ours, role="place-admin", covers="statements:place"),
        State("statement-accessibility", f"{ours}accessibility/", role="place-admin", covers="statements:statement"),
        State(
            "statement-refused",
            f"{ours}privacy/",
            role="place-admin",
            do=_published_without_an_officer,
            sent=422,
            covers="statements:statement",
        ),
    ]


def _published_without_an_officer(page: Page) -> None:
    page.locator("[name=fg]").fill("")
    page.locator("[name=fg_email]").fill("privacy@")
    with page.expect_navigation():
        page.locator("button[value=publish]").click()
