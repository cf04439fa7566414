"""An editor adds a language, translates a title and publishes: residents read it under that language's address."""

import re

import pytest
from playwright.sync_api import expect

from tests.gates import looking

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]

SLUG = "omgang-loopt-vast"
READ = f"/uk/enschede/ouders/{SLUG}/"
TITLE = "Зустрічі не вдаються"


def test_an_editor_adds_a_language_and_translates_a_page(installation):
    with looking.browser() as browser:
        context = browser.new_context(base_url=installation.address)
        page = context.new_page()
        blocked: list[str] = []
        page.on("console", lambda line: blocked.append(line.text) if "Content Security Policy" in line.text else None)
        page.goto("/")
        page.locator(".naast-demo summary").click()
        page.locator('form[action="/demo/as/regional-editor/"] button').click()
        page.wait_for_url("**/beheer/**")

        # A language is added: its addresses exist, everything is Dutch still and says so.
        assert page.request.get("/uk/enschede/").status == 404
        page.get_by_role("link", name="Talen").click()
        page.get_by_role("link", name="Taalregio toevoegen").first.click()
        page.select_option("select[name=language_code]", "uk")
        page.get_by_role("button", name="Opslaan").click()
        page.wait_for_url("**/beheer/locales/")
        reader = browser.new_context(base_url=installation.address).new_page()
        reader.goto(READ)
        expect(reader.locator(".naast-stands-in")).to_contain_text("Цю сторінку ще не перекладено")

        # A page is handed to translation: a draft, so readers see no difference.
        found = page.request.get(f"/beheer/api/main/pages/?slug={SLUG}&fields=_,id").json()["items"]
        page.goto(f"/beheer/localize/submit/page/{found[0]['id']}/")
        page.get_by_label("Oekraïens").check()
        page.locator("main form [type=submit]").last.click()
        page.wait_for_url("**/edit/")
        page.get_by_role("button", name="Vertaal").first.click()
        page.locator("textarea").first.fill(TITLE)
        page.get_by_role("button", name="Opslaan").first.click()
        expect(page.get_by_text(TITLE).first).to_be_visible()
        assert TITLE not in page.request.get(READ).text()

        # Published: the title in its language, what was left in Dutch marked as Dutch.
        page.get_by_role("button", name=re.compile("Publiceer")).click()
        expect(page.locator(".messages")).to_contain_text(TITLE)
        reader.goto(READ)
        heading = reader.get_by_role("heading", level=1)
        expect(heading).to_have_text(TITLE)
        expect(heading).to_have_attribute("lang", "uk")
        expect(reader.locator('article p[lang="nl"]').first).to_be_visible()
        reader.goto(f"/enschede/ouders/{SLUG}/")
        expect(reader.get_by_role("heading", level=1)).to_contain_text("De omgang loopt vast")
        assert blocked == []
