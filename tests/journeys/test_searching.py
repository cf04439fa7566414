"""Searching without a trace: with JavaScript no word that was typed stands in the address or in the history."""

import re

import pytest
from playwright.sync_api import expect

from tests.gates import looking

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]


def test_words_load_in_place_and_leave_no_trace(installation):
    with looking.browser() as browser:
        page = browser.new_context(base_url=installation.address).new_page()
        here = f"{installation.address.rstrip('/')}/enschede/hulp/"

        page.goto("/enschede/hulp/")
        before = page.evaluate("history.length")
        page.get_by_role("combobox").fill("omgangsregelng")
        page.keyboard.press("Enter")
        expect(page.locator("[data-did-you-mean]")).to_contain_text("omgangsregeling")
        assert page.url == here
        assert page.evaluate("history.length") == before

        # A filter, and the chip that takes it away, load in place too.
        page.locator("#doelgroep-kinderen").check()
        page.locator("[data-filters] button").click()
        expect(page.locator("[data-chips]")).to_be_visible()
        page.locator("[data-chips] .naast-chip").first.click()
        expect(page.locator("[data-chips]")).to_have_count(0)
        assert page.url == here

        # Who looks at an offer and comes back finds the results again.
        page.locator("[data-result] a").first.click()
        page.wait_for_url("**/hulp/*/")
        page.go_back()
        expect(page.get_by_role("combobox")).to_have_value("omgangsregelng")

        # An address with words loses them; words of the home page never get there.
        page.goto("/enschede/hulp/?q=buddy")
        expect(page).to_have_url(here)
        page.goto("/enschede/")
        page.get_by_role("combobox").fill("mediator")
        page.keyboard.press("Enter")
        expect(page.locator("[data-result]").first).to_be_visible()
        everything = here.replace("/hulp/", "/zoeken/")
        assert page.url == everything

        # From everything to all help: the words go along, the address stays clean.
        page.get_by_role("link", name=re.compile("met filters")).click()
        expect(page.get_by_role("combobox")).to_have_value("mediator")
        assert page.url == here

        # Leaving forgets the words.
        page.goto("/enschede/hulp/")
        page.evaluate("sessionStorage.setItem('naast.search', 'q=geheim')")
        page.route("**/-/weg/", lambda route: route.fulfill(status=200, body="weg", content_type="text/plain"))
        page.locator("a[data-leave]").last.click()
        page.wait_for_url("**/-/weg/")
        assert page.evaluate("sessionStorage.length") == 0


def test_each_search_tells_the_server_once_that_it_is_new(installation):
    """What found nothing is counted once a search (directory.overview), not again for its map or on the way back."""
    with looking.browser() as browser:
        page = browser.new_context(base_url=installation.address).new_page()
        told: list[str | None] = []
        page.on(
            "request",
            lambda asked: told.append(asked.header_value("naast-search")) if asked.url.find("/hulp/?") > 0 else None,
        )
        page.goto("/enschede/hulp/")
        page.get_by_role("combobox").fill("buddy")
        page.keyboard.press("Enter")
        map_link = page.get_by_role("link", name="Kaart", exact=True)
        expect(map_link).to_have_attribute("href", re.compile("q=buddy"))  # the results stand there, with their own map
        map_link.click()
        expect(page.locator("figure")).to_be_visible()
        page.locator("#doelgroep-kinderen").check()
        expect(page.locator("[data-chips]")).to_be_visible()
        page.locator("[data-result] a").first.click()
        page.wait_for_url("**/hulp/*/")
        page.go_back()
        expect(page.locator("[data-chips]")).to_be_visible()
        assert told == ["new", "again", "new", "again"]

        page.goto("/enschede/hulp/?q=buddy")  # the navigation itself counted
        page.get_by_role("link", name="Kaart", exact=True).click()
        expect(page.locator("figure")).to_be_visible()
        assert told[4:] == [None, "again"]


def test_without_javascript_everything_works_and_a_line_says_what_stays(installation):
    with looking.browser() as browser:
        page = browser.new_context(base_url=installation.address, java_script_enabled=False).new_page()
        page.goto("/enschede/hulp/")
        page.get_by_role("searchbox").fill("bezoekregeling")
        page.keyboard.press("Enter")
        page.wait_for_url("**/hulp/?q=bezoekregeling")
        assert page.locator("[data-result]").count() > 0
        # inner_text: what a reader sees, the words of <noscript> included
        assert "geschiedenis van je browser" in page.locator("main").inner_text()
