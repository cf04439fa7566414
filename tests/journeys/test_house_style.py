"""A place administrator chooses a colour that cannot be read, takes the nearest, sees it live, publishes, goes back."""

import re

import pytest
from playwright.sync_api import expect

from tests.gates import looking
from tests.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]
STYLE = "/loket/plaats/enschede/huisstijl/"


def test_from_a_refused_colour_to_a_published_style_and_back(installation: Installation) -> None:
    reader = installation.visitor()
    before = reader.get("/enschede/").text
    with looking.browser() as browser:
        context = looking.context_for(browser, installation.address, "place-admin", width=1280)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        page.goto(STYLE)

        page.locator("[name=light_link]").fill("#ffff00")
        wrong = page.locator("[data-wrong=light_link]")
        expect(wrong).to_contain_text("Te weinig contrast")
        wrong.get_by_role("button").click()
        expect(wrong).to_be_empty()
        taken = page.locator("[name=light_link]").input_value()
        assert re.fullmatch(r"#[0-9a-f]{6}", taken)

        link = page.frame_locator("iframe").locator("main a.utrecht-link").first
        shown = tuple(int(taken[at : at + 2], 16) for at in (1, 3, 5))
        expect(link).to_have_css("color", "rgb({}, {}, {})".format(*shown))
        assert complaints == []

        page.get_by_role("button", name="Publiceer").click()
        expect(page.get_by_role("status")).to_contain_text("Gepubliceerd")
        sheet = re.search(r"/-/thema/enschede\.\w+\.css", reader.get("/enschede/").text)
        assert sheet
        assert taken in reader.get(sheet[0]).text

        page.get_by_role("button", name="Zet deze terug").first.click()
        expect(page.get_by_role("status")).to_contain_text("terug")
        context.close()
    assert ("/-/thema/" in before) == ("/-/thema/" in reader.get("/enschede/").text)


def test_without_scripts_the_same_is_done_by_buttons(installation: Installation) -> None:
    admin = installation.visitor()
    admin.post("/demo/as/place-admin/")
    form = admin.get(STYLE)
    refused = admin.send(form, base="naast", do="look", light_link="#ffff00").text
    offer = re.search(r'value="light_link:(#[0-9a-f]{6})"', refused)
    assert offer
    assert "voorbeeld/begin/?" in refused
