"""Reading in English: the interface whole, the key pages translated, what is Dutch said to be Dutch."""

import re

import pytest
from playwright.sync_api import expect

from tests.gates import looking

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_the_english_start_to_help_and_back_to_dutch(installation, javascript):
    with looking.browser() as browser:
        page = browser.new_context(
            base_url=installation.address, java_script_enabled=javascript, viewport={"width": 360, "height": 740}
        ).new_page()
        page.goto("/en/enschede/")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.locator("h1").first).to_be_visible()

        # A page that is translated.
        page.locator("main a[href='/en/enschede/ouders/een-ouderschapsplan-maken/']").first.click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.locator("h1")).to_contain_text(re.compile("parenting plan", re.IGNORECASE))
        assert page.locator("h1").get_attribute("lang") is None

        # One that is not: in Dutch, said so, and marked as Dutch for who hears it.
        page.goto("/en/enschede/ouders/omgang-loopt-vast/")
        expect(page.locator("main [lang=nl]").first).to_be_visible()
        page.get_by_role("link", name=re.compile("Nederlands")).first.click()
        page.wait_for_url("**/enschede/ouders/omgang-loopt-vast/")
        assert "/en/" not in page.url
        expect(page.locator("html")).to_have_attribute("lang", "nl")
