"""The map beside the list: by keyboard, by touch at 320 pixels, and without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.gates import looking

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]


def test_from_the_list_to_the_map_and_back_by_keys(installation):
    with looking.browser() as browser:
        page = browser.new_context(base_url=installation.address).new_page()
        page.goto("/enschede/hulp/")
        page.get_by_label("Afstand vanaf postcode").fill("7511")
        page.keyboard.press("Enter")
        expect(page.locator("[data-result]").first).to_be_visible()
        expect(page.locator("ol").get_by_text(re.compile(r"km$")).first).to_be_visible()

        page.get_by_role("link", name="Kaart", exact=True).focus()
        page.keyboard.press("Enter")
        pins = page.locator(".naast-spot")
        expect(pins.first).to_be_visible()
        assert page.url.endswith("/enschede/hulp/")

        # Keys go from pin to pin in the order of the list; each leads to its own number there.
        pins.first.focus()
        seen = []
        while page.evaluate("document.activeElement.matches('.naast-spot')"):
            seen.append(page.evaluate("document.activeElement.getAttribute('href')"))
            page.keyboard.press("Tab")
        numbers = [int(href.rpartition("-")[2]) for href in seen]
        assert numbers == sorted(numbers)
        assert len(numbers) == pins.count()
        pins.last.focus()
        drawn = "document.activeElement.querySelector('path')"
        assert page.evaluate(f"getComputedStyle({drawn}).strokeWidth") == "5px"
        page.keyboard.press("Enter")
        target = page.locator(f"#hulp-{numbers[-1]}")
        expect(target).to_be_in_viewport()
        assert target.evaluate("one => one.matches(':target')")
        page.keyboard.press("Tab")
        assert target.evaluate("one => one.contains(document.activeElement)")

        # All the map has stands in the list, with the same name.
        said = [pin.get_attribute("aria-label") for pin in pins.all()]
        for number, name in re.findall(r"(\d+): ([^;]+)", "; ".join(filter(None, said))):
            expect(page.locator(f"#hulp-{number}")).to_contain_text(name)

        page.get_by_role("link", name="Lijst", exact=True).focus()
        page.keyboard.press("Enter")
        expect(page.locator(".naast-spot")).to_have_count(0)
        expect(page.locator("[data-result]").first).to_be_visible()


def test_without_a_script_on_a_narrow_phone_the_map_works_and_pins_can_be_touched(installation):
    with looking.browser() as browser:
        context = browser.new_context(
            base_url=installation.address, java_script_enabled=False, viewport={"width": 320, "height": 640}
        )
        page = context.new_page()
        page.goto("/enschede/hulp/")
        page.get_by_role("link", name="Kaart", exact=True).click()
        expect(page.locator("figure")).to_be_visible()
        for pin in page.locator(".naast-spot").all():
            box = pin.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 24
        page.locator(".naast-spot").first.click()
        assert re.search(r"beeld=kaart#hulp-\d+$", page.url)

        # A wrong postcode is said; what was chosen stays.
        page.goto("/enschede/hulp/?q=gesprek&doelgroep=ouders&beeld=kaart")
        page.get_by_label("Afstand vanaf postcode").fill("75")
        page.get_by_role("button", name="Meet").click()
        expect(page.get_by_role("alert")).to_contain_text("geen postcode")
        expect(page.get_by_label("Afstand vanaf postcode")).to_have_value("75")
        expect(page.get_by_role("searchbox")).to_have_value("gesprek")


def test_a_region_leads_to_the_map_of_a_municipality(installation):
    with looking.browser() as browser:
        page = browser.new_context(base_url=installation.address).new_page()
        page.goto("/twente/hulp/?beeld=kaart")
        link = page.locator(".naast-land__link[aria-label=Hengelo]")
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/hengelo/hulp/**")
        expect(page.locator("figure svg")).to_have_attribute("aria-label", "Kaart van Hengelo")
