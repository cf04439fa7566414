"""The main job, as the person lives it: from a postcode to help nearby, a step plan, and an answered question."""

import re

import pytest
from playwright.sync_api import expect

from tests.gates import looking, own_pages

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]

QUESTION = "Mag mijn dochter van elf zelf kiezen waar ze woensdag slaapt? Ik wil er geen ruzie over."
ANSWER = "Goed dat je dit vraagt. Je dochter mag altijd zeggen wat ze wil. Kiezen doen jullie als ouders."


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_a_postcode_to_an_answer(installation, javascript):
    with looking.browser() as browser:
        parent = browser.new_context(
            base_url=installation.address, java_script_enabled=javascript, viewport={"width": 360, "height": 740}
        )
        page = parent.new_page()

        # A postcode leads to the place.
        page.goto("/")
        page.get_by_label(re.compile("postcode", re.IGNORECASE)).fill("7511")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/enschede/$"))
        expect(page.locator("body")).to_have_attribute("data-place", "enschede")

        # The guide ends in a plan with help nearby.
        page.goto("/enschede/wegwijzer/")
        page.locator("main a[href*='uit-elkaar']").first.click()
        own_pages.answer_until_the_plan(page)
        expect(page.locator("main")).to_contain_text(re.compile("nu", re.IGNORECASE))
        assert page.locator("main a[href*='/enschede/hulp/']").count() >= 1

        # Help nearby is found, spelling mistake and all.
        page.goto("/enschede/hulp/?q=omgangsregelng")
        assert page.locator("[data-result]").count() >= 1

        # A question, without a name.
        page.goto("/enschede/vraag/")
        page.locator("[name=text]").fill(QUESTION)
        if page.locator("input[name=audience][value=ouders]").count():
            page.locator("input[name=audience][value=ouders]").check()
        page.locator("main form button[type=submit]").last.click()
        code = page.locator("[data-locker-code]").get_attribute("data-locker-code")
        assert code is not None
        assert len(code.split()) == 5

        # A person answers.
        adviser = looking.context_for(browser, installation.address, "adviser", width=1280)
        desk = adviser.new_page()
        desk.goto("/loket/")
        desk.get_by_role("link", name=re.compile("Mag mijn dochter van elf")).first.click()
        desk.locator("textarea[name=text]").first.fill(ANSWER)
        desk.get_by_role("button", name=re.compile("^(Verstuur|Antwoord)")).first.click()
        desk.wait_for_load_state("load")
        adviser.close()

        # The answer lies in the locker, which opens with the five words however they are typed.
        later = browser.new_context(base_url=installation.address, java_script_enabled=javascript)
        locker = later.new_page()
        locker.goto("/kluisje/")
        locker.locator("[name=code]").first.fill(code.upper().replace(" ", "-"))
        locker.keyboard.press("Enter")
        expect(locker.locator("main")).to_be_visible()
        locker.locator("main a[href*='/kluisje/gesprek/']").first.click()
        expect(locker.locator("main")).to_contain_text("Kiezen doen jullie als ouders")
        parent.close()
        later.close()
