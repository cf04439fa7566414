"""An editor sees the language level beside the text while typing; nothing is saved by looking."""

import pytest
from playwright.sync_api import expect

from tests.gates import looking

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]


def test_a_long_sentence_and_a_hard_word_are_named_while_one_types(installation):
    with looking.browser() as browser:
        page = looking.context_for(browser, installation.address, "regional-editor", width=1440).new_page()
        page.goto("/beheer/taalniveau/")
        page.get_by_role("link", name="Twee huizen", exact=True).click()
        page.locator('[data-side-panel-toggle="checks"]').click()
        shown = page.locator("[data-level-shown]")
        expect(shown).to_contain_text("Dit leest goed.")

        page.locator("textarea[name=short]").fill("Indien het kan, bel je. " + "Ja en " * 10 + "nee.")
        expect(shown.locator("[data-kind=hard]")).to_contain_text("Liever: als.")
        expect(shown.locator("[data-kind=sentence]")).to_contain_text("hoogstens 15")

        # In the text itself too: it is a rich editor, not a field.
        page.locator(".public-DraftEditor-content").first.click()
        page.keyboard.press("Control+Home")
        page.keyboard.type("Wij verstrekken hulp. ")
        expect(shown).to_contain_text("verstrekken")
