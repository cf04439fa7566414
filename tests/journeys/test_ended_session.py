"""A session ends while somebody types: the warning, signing in by the municipality, and the text that stands there again."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import oidc_provider
from tests.gates import looking
from tests.installation import Installation
from tests.oidc_provider import Municipality

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]

MARIJE = "marije.enschede@demo.example"
WORDS = "Je mag altijd zeggen wat je wilt. " * 40 + "Wij denken met je mee & <luisteren>."


@pytest.fixture
def municipality(installation: Installation) -> Iterator[Municipality]:
    person = {"sub": "Marije-1", "email": MARIJE, "email_verified": True, "acr": "mfa"}
    with oidc_provider.running(installation.provider_port, person=person, ask=True) as made:
        yield made


def end_elsewhere(browser: Browser, installation: Installation) -> None:
    """End all other sessions of the adviser, from another device."""
    context = looking.context_for(browser, installation.address, "adviser", width=1280)
    page = context.new_page()
    page.goto("/loket/account/")
    page.locator("form[action$='/sessies/beeindigen/'] button").click()
    context.close()


def open_question(page: Page) -> None:
    """Open a new question and take it."""
    page.goto("/loket/?lijst=new")
    page.locator("a[data-row]").last.click()
    take = page.locator("button[name=do][value=take]")
    if take.count():
        take.first.click()
    expect(page.locator("textarea[name=text]").first).to_be_visible()


def sign_in_by_the_municipality(page: Page) -> None:
    page.get_by_role("link", name="Aanmelden via gemeente Enschede").click()
    page.get_by_role("link", name="Ik ben het").click()


def without_scripts(browser: Browser, installation: Installation) -> BrowserContext:
    """Return a window of the adviser in which no script runs."""
    known = looking.context_for(browser, installation.address, "adviser", width=360)
    state = known.storage_state()
    known.close()
    return browser.new_context(
        base_url=installation.address,
        java_script_enabled=False,
        storage_state=state,
        viewport={"width": 360, "height": 800},
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_long_answer_that_is_sent_too_late_stands_in_the_form_after_sign_in(
    installation: Installation, municipality: Municipality, scripts: bool
) -> None:
    with looking.browser() as browser:
        if scripts:
            context = looking.context_for(browser, installation.address, "adviser", width=1280)
        else:
            context = without_scripts(browser, installation)
        page = context.new_page()
        open_question(page)
        where = page.url
        end_elsewhere(browser, installation)
        page.locator("textarea[name=text]").first.fill(WORDS)
        page.locator("form:has(textarea[name=text]) button[type=submit]").last.click()
        expect(page).to_have_url(re.compile(r"/loket/aanmelden/\?tijd=1&bewaard=1&next="))
        expect(page.get_by_text("Wat je typte is bewaard.")).to_be_visible()
        sign_in_by_the_municipality(page)
        expect(page).to_have_url(where)
        expect(page.get_by_role("heading", name="Je tekst is bewaard")).to_be_visible()
        expect(page.locator("textarea[name=text]").first).to_have_value(WORDS)
        page.get_by_role("button", name="Ik heb dit niet meer nodig").click()
        expect(page.get_by_role("heading", name="Je tekst is bewaard")).to_have_count(0)
        context.close()


def test_the_warning_comes_two_minutes_before_and_staying_takes_it_away(installation: Installation) -> None:
    with looking.browser() as browser:
        context = looking.context_for(browser, installation.address, "adviser", width=1280)
        page = context.new_page()
        page.clock.install()
        page.goto("/loket/account/")
        button = page.get_by_role("button", name="Blijf aangemeld")
        page.clock.run_for("12:50")
        expect(button).to_be_hidden()
        page.clock.run_for("00:15")
        expect(button).to_be_visible()
        expect(page.get_by_role("status")).to_contain_text("Over twee minuten melden we je af.")
        assert looking.axe_findings(page) == []
        assert page.evaluate("document.activeElement.tagName") == "BODY", "the warning takes nobody's place"
        button.click()
        expect(button).to_be_hidden()
        context.close()


def test_when_nobody_answers_the_page_leaves_and_what_was_typed_comes_back(
    installation: Installation, municipality: Municipality
) -> None:
    with looking.browser() as browser:
        context = looking.context_for(browser, installation.address, "adviser", width=1280)
        page = context.new_page()
        asked: list[str] = []
        page.on(
            "request", lambda request: asked.append(request.post_data or "") if "/bewaard/" in request.url else None
        )
        page.clock.install()
        open_question(page)
        page.locator("textarea[name=text]").first.fill(WORDS)
        # To the server hardly any time has passed: it says how long is left, and nobody is sent away.
        page.clock.run_for("14:59")
        expect(page.locator("textarea[name=text]").first).to_have_value(WORDS)
        assert len(asked) == 1
        assert WORDS[:30] in asked[0]
        # When it agrees, the page leaves for sign-in.
        href = "/loket/aanmelden/?tijd=1&bewaard=1&next=/loket/"
        page.route(
            "**/loket/bewaard/",
            lambda route: route.fulfill(body=json.dumps({"href": href}), content_type="application/json"),
        )
        page.clock.run_for("15:00")
        expect(page).to_have_url(re.compile(r"/loket/$"))  # still signed in here, so sign-in leads on
        assert len(asked) == 2
        context.close()


def test_going_on_working_is_use_and_passwords_never_leave_with_it(installation: Installation) -> None:
    with looking.browser() as browser:
        context = looking.context_for(browser, installation.address, "adviser", width=1280)
        page = context.new_page()
        stayed: list[str] = []
        page.on("request", lambda request: stayed.append(request.url) if "/blijf-aangemeld/" in request.url else None)
        page.clock.install()
        page.goto("/loket/account/")
        page.keyboard.press("ArrowDown")
        assert stayed == []
        page.clock.run_for("05:10")
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(300)
        assert len(stayed) == 1
        context.close()


def test_who_stops_at_the_municipality_reads_what_to_do(installation: Installation, municipality: Municipality) -> None:
    municipality.answer = lambda said: {"error": "access_denied", "state": said["state"], "iss": said["iss"]}
    with looking.browser() as browser:
        context = browser.new_context(base_url=installation.address, viewport={"width": 360, "height": 800})
        page = context.new_page()
        page.goto("/loket/aanmelden/")
        sign_in_by_the_municipality(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Je bent gestopt met aanmelden")
        municipality.answer = lambda said: said
        page.get_by_role("link", name="Probeer het opnieuw").click()
        page.get_by_role("link", name="Ik ben het").click()
        expect(page).to_have_url(re.compile(r"/loket/$"))
        context.close()
