"""Finding help by keyboard: suggestions, filters, chips; without JavaScript too; and what another process changed."""

import time

import pytest
import yaml
from playwright.sync_api import Page, expect

from tests.gates import looking

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {selector}")


def test_suggestions_filters_and_chips_by_keyboard_alone(installation):
    with looking.browser() as browser:
        page = browser.new_context(base_url=installation.address).new_page()
        here = f"{installation.address.rstrip('/')}/enschede/hulp/"
        page.goto("/enschede/hulp/")
        field = page.get_by_role("combobox")
        _tab_to(page, "#q")

        # The list opens while typing, says how many there are, and Escape closes it without losing a letter.
        page.keyboard.type("omgangsreg")
        expect(page.get_by_role("listbox")).to_be_visible()
        expect(field).to_have_attribute("aria-expanded", "true")
        expect(page.get_by_text("suggesties", exact=False).first).to_be_attached()
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(field).to_have_value("omgangsreg")

        # Arrow down opens it again and walks; Enter searches for what is chosen, and no word stands in the address.
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("listbox")).to_be_visible()
        page.keyboard.press("ArrowDown")
        chosen = page.get_by_role("option", selected=True)
        expect(chosen).to_have_count(1)
        expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
        text = chosen.inner_text()
        page.keyboard.press("Enter")
        expect(page.locator("[data-result]").first).to_be_visible()
        expect(field).to_have_value(text)
        assert page.url == here

        # A filter counts at once and keeps the focus; the button says how many there are.
        _tab_to(page, "#filters input")
        at = page.evaluate("document.activeElement.id")
        page.keyboard.press("Space")
        expect(page.locator("[data-chips]")).to_be_visible()
        assert page.evaluate("document.activeElement.id") == at
        expect(page.locator("[data-show]")).to_contain_text("Toon")

        # A folded filter opens by key and stays open when one of it is chosen.
        _tab_to(page, "#filter-vorm > summary")
        page.keyboard.press("Enter")
        _tab_to(page, "#filter-vorm input")
        page.keyboard.press("Space")
        expect(page.locator("[data-chips] .naast-chip")).to_have_count(2)
        expect(page.locator("#filter-vorm")).to_have_attribute("open", "")

        # A chip takes its filter away.
        _tab_to(page, "[data-chips] .naast-chip")
        page.keyboard.press("Enter")
        expect(page.locator("[data-chips] .naast-chip")).to_have_count(1)
        assert page.url == here


def test_what_was_read_in_the_words_can_be_taken_away_without_javascript(installation):
    with looking.browser() as browser:
        page = browser.new_context(base_url=installation.address, java_script_enabled=False).new_page()
        page.goto("/enschede/hulp/?q=hulp+voor+mijn+dochter+van+9")
        page.locator("[data-understood] .naast-chip", has_text="9 jaar").click()
        page.wait_for_url("**zonder=age%3A9**")
        assert page.locator("[data-understood] .naast-chip", has_text="9 jaar").count() == 0
        page.get_by_role("link", name="weer meetellen").first.click()
        assert page.locator("[data-understood] .naast-chip", has_text="9 jaar").count() == 1


def test_danger_that_was_set_aside_leaves_the_way_to_help(installation):
    with looking.browser() as browser:
        page = browser.new_context(base_url=installation.address, java_script_enabled=False).new_page()
        page.goto("/enschede/hulp/?q=mijn+man+slaat+me")
        assert "Veilig Thuis" in page.locator("[data-result]").first.inner_text()
        page.locator("[data-understood] .naast-chip", has_text="Niet veilig").click()
        assert page.locator("#danger-title").count() == 0
        assert "112" in page.locator("[data-calm-danger]").inner_text()


def test_a_change_is_found_within_a_second_of_another_process(installation):
    """`naast directory import` is a process of its own; the running server is not told and finds the offer."""
    reader = installation.visitor()
    assert "data-result" not in reader.get("/enschede/hulp/?q=boomhutten").text
    offer = {
        "id": "0b8f7c1e-6a55-4a0e-9f0e-6d2a3c1b9e77", "slug": "boomhutten", "name": "Boomhutten timmeren",
        "organisation": "boomhut", "summary": "Samen timmeren in het bos.", "audiences": ["kinderen"], "area": ["enschede"],
    }  # fmt: skip
    organisation = {
        "id": "6a0b2d7e-0d3c-4a39-8a54-1f6f3b0f1c11",
        "slug": "boomhut",
        "name": "De Boomhut",
        "kind": "lokaal",
    }
    path = installation.folder / "offer.yaml"
    path.write_text(yaml.safe_dump({"organisations": [organisation], "offers": [offer]}), encoding="utf-8")
    installation.run("directory", "import", str(path))
    time.sleep(1)
    assert "Boomhutten timmeren" in reader.get("/enschede/hulp/?q=boomhutten").text
