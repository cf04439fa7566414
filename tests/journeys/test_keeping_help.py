"""Who gives help proposes a change, an editor takes over part of it, readers see that part; doubles lead on to one page."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.gates import looking

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]
OFFER = "Woonspreekuur voor ouders"
PUBLIC = "/enschede/hulp/voorbeeld-woonspreekuur-enschede/"


def page_of(browser: Browser, installation, role: str, width: int) -> Page:
    context = looking.context_for(browser, installation.address, role, width=width)
    return context.new_page()


def test_a_provider_changes_three_facts_and_readers_see_the_two_that_were_taken_over(installation):
    with looking.browser() as browser:
        provider = page_of(browser, installation, "provider", 390)
        provider.goto(f"{installation.address}loket/aanbod/")
        provider.get_by_role("link", name=OFFER, exact=True).click()
        provider.get_by_role("link", name="Aanpassen").click()
        provider.locator("[name=name]").fill("Woonspreekuur in de wijk")
        provider.locator("[name=phone]").fill("053 000 00 77")
        provider.locator("[name=opening_4]").fill("19.30-21")
        provider.get_by_role("button", name="Verstuur naar de redactie").click()
        expect(provider.get_by_role("status")).to_contain_text("Verstuurd")

        reader = page_of(browser, installation, "", 390)
        reader.goto(f"{installation.address}{PUBLIC[1:]}")
        expect(reader.get_by_role("heading", level=1)).to_have_text(OFFER)

        editor = page_of(browser, installation, "editor", 1280)
        editor.goto(f"{installation.address}beheer/hulp/voorstellen/")
        editor.get_by_role("link", name=OFFER).click()
        editor.locator("[name=veld-name][value=ja]").check()
        editor.locator("[name=veld-phone][value=nee]").check()
        editor.locator("[name=veld-opening][value=ja]").check()
        editor.locator("[name=reden]").fill("Dit nummer hoort bij een ander.")
        editor.get_by_role("button", name="Besluiten").click()
        editor.wait_for_url(re.compile("/beheer/hulp/voorstellen/$"))

        reader.reload()
        expect(reader.get_by_role("heading", level=1)).to_have_text("Woonspreekuur in de wijk")
        expect(reader.locator("main")).not_to_contain_text("053 000 00 77")
        provider.reload()
        expect(provider.locator("main")).to_contain_text("Deels overgenomen")
        expect(provider.locator("main")).to_contain_text("Dit nummer hoort bij een ander.")


def test_an_editor_makes_two_offers_one_and_the_old_address_leads_on(installation):
    with looking.browser() as browser:
        editor = page_of(browser, installation, "editor", 1280)
        editor.goto(f"{installation.address}beheer/hulp/nieuw/")
        editor.locator("[name=name]").fill("Middag voor opa’s en oma’s!")
        editor.locator("[name=summary]").fill("Praat met andere opa’s en oma’s.")
        editor.locator("[name=organisation]").select_option(label="De Brug Enschede (voorbeeld)")
        editor.locator("[name=audiences][value=omgeving]").check()
        save = editor.get_by_role("button", name="Opslaan en tonen aan lezers")
        save.click()
        expect(editor.get_by_role("alert")).to_contain_text("Lijkt op hulp die er al staat")
        editor.locator("[name=anders]").check()
        editor.get_by_role("button", name="Opslaan", exact=True).click()
        editor.wait_for_url(re.compile("/beheer/hulp/[0-9a-f-]{36}/$"))

        editor.goto(f"{installation.address}beheer/hulp/dubbel/")
        row = editor.get_by_role("row").filter(has_text="Middag voor opa’s en oma’s!").first
        row.get_by_role("link", name="Voeg samen").click()
        if "Middag voor opa’s en oma’s! blijft" in editor.locator("main").inner_text():
            editor.get_by_role("link", name="Laat het andere blijven").click()
        editor.get_by_role("button", name="Voeg samen").click()
        editor.wait_for_url(re.compile("/geschiedenis/$"))

        answer = installation.visitor().get("enschede/hulp/middag-voor-opa-s-en-oma-s/")
        assert answer.address.endswith("/enschede/hulp/voorbeeld-opa-oma-enschede/")
        assert answer.status == 200
