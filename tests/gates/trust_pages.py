"""The pages about trust: people and roles, who read what, what is kept, statements, sign-in with keys."""

import re
import subprocess
import sys
from collections.abc import Callable

from playwright.sync_api import Page

from tests.gates.key_pages import signed_in_with_a_key
from tests.gates.looking import State
from tests.installation import Installation

# Plain addresses by the role they are for; files and leading on; addresses that only take what a form sends.
WHOSE: dict[str, str] = {
    "access:log": "privacy-officer",
    "access:glass-list": "privacy-officer",
    "access:glass": "adviser",
    "lockers:readers": "parent",
}
NO_PAGES: frozenset[str] = frozenset(
    {
        "people:home",
        "people:mandates-home",
        "desk:teams-home",
        "people:matrix-sheet",
        "access:sheet",
        "statements:home",
        "accessibility-data",
        "upload",
        "keeping:home",
        "register:paper",
        "register:version-paper",
        "register:sheet",
        "people:own-data",
        "people:colleague-file",
    }
)
WRITES: frozenset[str] = frozenset(
    {
        "keeping:end-hold",
        "access:glass-end",
        "access:glass-judge",
        "people:invitation",
        "people:absence-end",
        "people:absence-end-colleague",
        "people:stay",
        "people:keep-and-leave",
        "people:discard-kept",
    }
)


def trust_pages(installation: Installation) -> list[State]:
    """Pages with an argument, and states reached by doing something."""
    return [
        *_access(installation),
        *_keeping(),
        *_register(installation),
        *_statements(),
        *_people(installation),
        *_elsewhere(),
        *signed_in_with_a_key(installation),
    ]


def _keeping() -> list[State]:
    """What is kept, what was erased, what is held back (with a form that is refused)."""
    ours = "/loket/gegevens/enschede/"
    return [
        State("kept-register", ours, role="privacy-officer", covers="keeping:register"),
        State("kept-protocol", f"{ours}gewist/", role="privacy-officer", covers="keeping:protocol"),
        State(
            "kept-holds",
            f"{ours}bewaren/",
            role="privacy-officer",
            do=_held_without_a_reason,
            sent=422,
            covers="keeping:holds",
        ),
    ]


def _register(installation: Installation) -> list[State]:
    """The register, a version of the DPIA that was decided on, and a decision that is refused."""
    officer = installation.visitor()
    officer.post("/demo/as/privacy-officer/")
    ours = "/loket/gegevens/enschede/"
    found = re.search(rf'href="({ours}dpia/[0-9a-f-]{{36}}/)"', officer.get(f"{ours}dpia/").text)
    assert found, "the demonstration has no DPIA that was decided on"
    who = "privacy-officer"
    return [
        State("register", f"{ours}register/", role=who, covers="register:page"),
        State("dpia-decided", found[1], role=who, covers="register:version"),
        State(
            "dpia-refused",
            f"{ours}dpia/invullen/",
            role=who,
            do=_decided_without_advice,
            sent=422,
            covers="register:fill",
        ),
    ]


def _decided_without_advice(page: Page) -> None:
    page.locator("[name=advice]").fill("")
    with page.expect_navigation():
        page.locator("button[value=decide]").click()


def _held_without_a_reason(page: Page) -> None:
    page.locator("[name=number]").fill("ZZZZ-ZZZZ")
    with page.expect_navigation():
        page.locator("form[novalidate] button").click()


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


def _people(installation: Installation) -> list[State]:
    """The people of a place, one invited and one at work; a refused invitation; absence, teams and mandates."""
    admin = installation.visitor()
    admin.post("/demo/as/place-admin/")
    at, mandates, teams = "/loket/mensen/enschede/", "/loket/mandaten/enschede/", "/loket/teams/enschede/"
    one = "[0-9a-f-]{36}/"

    def link(page: str, pattern: str) -> str:
        """The first link of this form on a page, as the administrator sees it."""
        found = re.search(rf'href="({pattern})"', admin.get(page).text)
        assert found, f"the demonstration has no {pattern} on {page}"
        return found[1]

    person, invited = link(at, f'{at}{one}(?=">Marije)'), link(at, f'{at}{one}(?=">Fleur)')
    who, iris = "place-admin", "coordinator"
    return [
        State("people", at, role=who, covers="people:place"),
        State("people-matrix", f"{at}wie-ziet-wat/", role=who, covers="people:matrix"),
        State("people-invite-refused", f"{at}uitnodigen/", role=who, do=_invite_nobody, covers="people:invite"),
        State("people-invited", invited, role=who, covers="people:person"),
        State("people-give-role", f"{person}rol/", role=who, covers="people:give-role"),
        State("people-role", link(person, f"{person}rol/{one}"), role=who, covers="people:role"),
        State("kept-of-colleague", f"{person}gegevens/", role=who, covers="people:colleague"),
        State("people-leaves", f"{person}uit-dienst/", role=who, covers="people:leaves"),
        State("away-of-colleagues", "/loket/afwezig/", role=iris, covers="people:absence"),
        State("mandates", mandates, role=who, covers="people:mandates"),
        State("mandate-new", f"{mandates}nieuw/", role=who, covers="people:mandate-new"),
        State("mandate", link(mandates, f"{mandates}{one}"), role=who, covers="people:mandate"),
        State("teams", teams, role=iris, covers="desk:teams"),
        State("team-new", f"{teams}nieuw/", role=iris, covers="desk:team-new"),
        State("team", link(teams, f"{teams}{one}"), role=iris, covers="desk:team"),
        State("team-knows", link(teams, f"{teams}kennis/{one}"), role=iris, covers="desk:knows"),
    ]


def _invite_nobody(page: Page) -> None:
    page.locator("[name=email]").fill("geen adres")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


def _elsewhere() -> list[State]:
    via = "/loket/aanmelden/via/enschede/"  # of the installation's settings; it is out of order
    return [
        State("sign-in-elsewhere-silent", via, status=503, covers="people:via"),
        State("sign-in-elsewhere-refused", f"{via}terug/?state=x&code=y", status=400, covers="people:via-back"),
        State("session-ends", "/loket/account/", role="adviser", do=_show_the_warning, covers="people:account"),
    ]


def _show_the_warning(page: Page) -> None:
    page.evaluate(
        "() => { const ends = document.querySelector('[data-idle]'); ends.hidden = false;"
        " const words = ends.querySelector('[data-idle-soon]').content.cloneNode(true);"
        " ends.querySelector('[data-idle-words]').replaceChildren(words); }"
    )


def _access(installation: Installation) -> list[State]:
    """Who saw what, wrongly asked for; breaking the glass, refused and done; what a child's locker shows of it."""
    return [
        State("log-wrong-day", "/loket/inzage/?van=31-02-2026", role="privacy-officer", covers="access:log"),
        State("glass-refused", "/loket/noodtoegang/", role="adviser", do=_break_without_words, covers="access:glass"),
        State(
            "glass-read", "/loket/noodtoegang/", role="adviser", do=_break_the_glass(installation), covers="desk:glass"
        ),
        State("readers-of-child", "/kluisje/wie-las-mee/", role="child", covers="lockers:readers"),
    ]


def _break_without_words(page: Page) -> None:
    page.locator("[name=reason]").fill("nood")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()


A_NUMBER = (
    "import django; django.setup(); from naast.contact.models import Question;"
    "print(Question.objects.filter(place__slug='hengelo', desk__slug='hengelo')[0].number)"
)


def _break_the_glass(installation: Installation) -> Callable[[Page], None]:
    """Read a question of another desk of the region; its number is the installation's own."""

    def do(page: Page) -> None:
        asked = subprocess.run(
            [sys.executable, "-c", A_NUMBER],
            env=installation.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        page.locator("[name=place]").select_option("hengelo")
        page.locator("[name=number]").fill(asked.stdout.split()[-1])
        page.locator("[name=reason]").fill("Iemand belde ons in paniek over deze vraag en klonk erg bang.")
        with page.expect_navigation():
            page.locator("main form button[type=submit]").last.click()

    return do
