"""A term is explained by mouse, touch and keyboard, without scripts, and never over the button that leaves the site."""

import pytest
from playwright.sync_api import expect

from tests.gates import looking

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]

ARTICLE = "/enschede/ouders/omgang-loopt-vast/"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_term_opens_by_key_and_closes_by_escape(installation, scripts, width):
    with looking.browser() as browser:
        size = {"width": width, "height": 740}
        context = browser.new_context(base_url=installation.address, java_script_enabled=scripts, viewport=size)
        page = context.new_page()
        page.goto(ARTICLE)
        term = page.locator(".naast-term").first
        note = page.locator(".naast-term__note").first
        expect(note).to_be_hidden()

        term.focus()
        page.keyboard.press("Enter")
        expect(note).to_be_visible()
        # The way on is the next stop of the keyboard.
        page.keyboard.press("Tab")
        expect(note.locator("a")).to_be_focused()

        leave, shown = page.locator("[data-leave]:visible").last.bounding_box(), note.bounding_box()
        assert leave
        assert shown
        assert shown["x"] >= 0
        assert shown["x"] + shown["width"] <= width
        assert shown["y"] + shown["height"] <= leave["y"] or shown["y"] >= leave["y"] + leave["height"]

        page.keyboard.press("Escape")
        expect(note).to_be_hidden()
        expect(term).to_be_focused()


def test_nothing_happens_on_hover_and_a_tap_beside_it_closes(installation):
    with looking.browser() as browser:
        page = browser.new_context(base_url=installation.address, has_touch=True).new_page()
        page.goto(ARTICLE)
        term, note = page.locator(".naast-term").first, page.locator(".naast-term__note").first
        term.hover()
        expect(note).to_be_hidden()
        term.tap()
        expect(note).to_be_visible()
        page.locator("h1").tap()
        expect(note).to_be_hidden()


def test_on_paper_the_explanation_stands_behind_its_word(installation):
    with looking.browser() as browser:
        page = browser.new_context(base_url=installation.address).new_page()
        page.goto(ARTICLE)
        page.emulate_media(media="print")
        expect(page.locator(".naast-term__note").first).to_be_visible()


def test_the_list_leads_to_a_letter_and_marks_the_term_one_came_for(installation):
    with looking.browser() as browser:
        page = browser.new_context(base_url=installation.address).new_page()
        page.goto(ARTICLE)
        page.locator(".naast-term").first.click()
        page.locator(".naast-term__note a").first.click()
        page.wait_for_url("**/woordenlijst/#*")
        expect(page.locator(":target dt")).to_be_in_viewport()
        page.locator(".naast-letters a", has_text="Z").click()
        expect(page.locator("#letter-z")).to_be_in_viewport()
