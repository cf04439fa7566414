"""The desk by keyboard: from the list to a sent answer without a mouse, and a draft that keeps itself."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.gates import looking
from tests.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]

WORDS = "Je mag altijd zeggen wat je wilt. Wij denken met je mee."


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent || document.activeElement.tagName"))


def test_from_the_list_to_an_answer_with_keys_only(installation: Installation) -> None:
    with looking.browser() as browser:
        context = looking.context_for(browser, installation.address, "adviser", width=1280)
        page = context.new_page()
        page.goto("/loket/?lijst=new")
        titles = page.locator("a[data-row]").all_inner_texts()
        assert len(titles) > 2

        page.keyboard.press("j")
        page.keyboard.press("j")
        assert focused(page) == titles[1]
        page.keyboard.press("k")
        assert focused(page) == titles[0]
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page.locator("[data-question] h1")).to_have_text(titles[1])

        page.keyboard.press("n")
        expect(page.locator("[data-question]")).to_contain_text("Jij hebt deze vraag.")

        page.keyboard.press("a")
        page.keyboard.type(WORDS)
        expect(page.locator("[data-draft-line]")).to_contain_text("concept bewaard", timeout=10_000)
        page.reload()
        expect(page.locator("textarea[name=text]")).to_have_value(WORDS)

        page.keyboard.press("a")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("status").filter(has_text="is verstuurd")).to_be_visible()
        expect(page).to_have_url(re.compile(r"/loket/\?lijst=new$"))
        assert titles[1] not in page.locator("a[data-row]").all_inner_texts()
        context.close()


def test_keys_do_nothing_while_one_types(installation: Installation) -> None:
    with looking.browser() as browser:
        context = looking.context_for(browser, installation.address, "adviser", width=1280)
        page = context.new_page()
        page.goto("/loket/")
        page.keyboard.press("/")
        page.keyboard.type("jaknax")
        expect(page.locator("#zoek")).to_have_value("jaknax")
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text("Geen vraag past bij dit filter.")
        context.close()
