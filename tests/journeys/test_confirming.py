"""A provider gets a mail, opens the link, confirms one offer and changes another; a used link says so; readers see it."""

import re

import pytest
from playwright.sync_api import expect

from tests.gates import looking
from tests.gates.mailed_pages import mailed_link

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]

CONFIRMED, CHANGED = "Groep voor kinderen met twee huizen", "Tienergroep na de scheiding"
READERS = "/enschede/hulp/voorbeeld-kindergroep-enschede/"


def test_a_provider_confirms_by_the_mailed_link_and_changes_by_proposal(installation):
    link = mailed_link(installation, "twee-huizen")
    for _ in range(2):  # a mail scanner opens it first
        assert "Klopt nog" in installation.visitor().get(link).text
    with looking.browser() as browser:
        # without scripts: every organisation's computer is another one
        page = browser.new_context(base_url=installation.address, java_script_enabled=False).new_page()
        page.goto(link)
        first = page.locator("section.naast-check", has_text=CONFIRMED)
        second = page.locator("section.naast-check", has_text=CHANGED)
        first.get_by_role("button", name=re.compile("Klopt nog")).click()
        expect(first).to_contain_text("klopt nog")
        expect(first.get_by_role("button")).to_have_count(0)

        second.get_by_role("link", name="Aanpassen").click()
        page.locator("[name=summary]").fill("")
        page.get_by_role("button", name="Verstuur mijn aanpassingen").click()
        expect(page.locator("main")).to_contain_text("Schrijf in één zin wat het is")
        page.locator("[name=summary]").fill("Zes avonden met jongeren die weten hoe het is.")
        page.get_by_role("button", name="Verstuur mijn aanpassingen").click()
        expect(page.locator("main")).to_contain_text("Alles is beantwoord")
        expect(second).to_contain_text("De gemeente bekijkt ze eerst")

        page.goto(link)  # used: says what was answered, and asks nothing more
        expect(page.locator("main")).to_contain_text("Alles is beantwoord")
        expect(page.locator("section.naast-check button")).to_have_count(0)
        page.goto("/aanbod-bevestigen/geraden/")
        expect(page.locator("h1")).to_have_text("Deze link werkt niet")

        reader = browser.new_context(base_url=installation.address).new_page()
        reader.wait_for_timeout(1_000)  # each process looks twice a second
        reader.goto(READERS)
        expect(reader.locator("body")).to_contain_text("Nagekeken op")
        reader.goto("/hengelo/hulp/voorbeeld-tienergroep-hengelo/")
        expect(reader.locator("main")).to_contain_text("Vier avonden")
        expect(reader.locator("main")).not_to_contain_text("Zes avonden")

        editor = looking.context_for(browser, installation.address, "regional-editor", width=1280).new_page()
        editor.goto("/beheer/hulp/voorstellen/")
        expect(editor.locator("main")).to_contain_text(CHANGED)
