"""What editors do in a real browser: fill a slot, have a text looked at, publish later, paste from Word, sign in again."""

import json
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.gates import looking

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]

WORD = (
    "<html><body><!--[if gte mso 9]><xml>opmerking</xml><![endif]-->"
    '<p class="MsoNormal" style="mso-x:y"><font face="Calibri">Luister eerst, <b>rustig</b>.<o:p></o:p></font></p>'
    '<table class="MsoTableGrid"><tr><td>Maandag</td><td>Bij mama</td></tr></table></body></html>'
)
# The clock goes on: what is planned for tomorrow is planned for a minute ago, and the worker's regular work runs.
A_DAY_LATER = """
import datetime, django
django.setup()
from django.utils import timezone
from wagtail.models import Revision
past = timezone.now() - datetime.timedelta(minutes=1)
for revision in Revision.objects.exclude(approved_go_live_at=None):
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
from naast.content import tasks
tasks.publish_due()
"""


def open_page(page: Page, title: str) -> None:
    """Open a page in the editor by searching for it."""
    page.goto("/beheer/")
    page.get_by_role("searchbox", name=re.compile("Zoek")).or_(page.locator("main input[name=q]")).first.fill(title)
    page.keyboard.press("Enter")
    page.locator("main a", has_text=title).first.click()
    page.wait_for_url("**/edit/**")


def first_text(page: Page) -> None:
    """Put the cursor at the end of the first piece of text."""
    page.locator("[data-contentpath=body] [contenteditable=true]").first.click()
    page.keyboard.press("Control+End")


def choose(page: Page, action: str) -> None:
    """Press one of the buttons under the arrow beside 'Bewaar concept'."""
    page.get_by_role("button", name="Meer acties").click()
    with page.expect_navigation():
        page.locator("footer").get_by_role("button", name=re.compile(action)).first.click()


def shown(installation, path: str) -> str:
    return installation.visitor().get(path).text


def type_words(page: Page, words: str) -> None:
    """Type where the cursor stands, and wait until the editor put it in the form."""
    page.keyboard.type(words)
    page.wait_for_function(
        "words => [...document.querySelectorAll('[name^=body-]')].some(one => one.value.includes(words))",
        arg=words.strip(),
    )


def test_a_municipality_fills_a_slot_and_readers_see_it_at_once(installation):
    with looking.browser() as browser:
        editor = looking.context_for(browser, installation.address, "editor", width=1280).new_page()
        editor.goto("/beheer/")
        editor.get_by_role("link", name="Andere ouders ontmoeten").first.click()
        editor.locator("[name=review_due]").fill("")
        # A mistake is said beside the field, and nothing typed is lost.
        editor.locator("[name=body]").fill("Elke zondag om 14 uur lopen we een rondje in het park.")
        editor.get_by_role("button", name=re.compile("Opslaan")).click()
        expect(editor.locator("main")).to_contain_text("Kies een dag")
        expect(editor.locator("[name=body]")).to_have_value(re.compile("rondje in het park"))
        editor.locator("[name=review_due]").fill("2099-01-01")
        editor.get_by_role("button", name=re.compile("Opslaan")).click()
        expect(editor.locator("body")).to_contain_text("Lezers in Enschede zien het meteen")

        reader = browser.new_context(base_url=installation.address).new_page()
        reader.goto("/enschede/ouders/je-ziet-je-kind-niet/")
        expect(reader.locator("main")).to_contain_text("rondje in het park")
        reader.goto("/hengelo/ouders/je-ziet-je-kind-niet/")
        expect(reader.locator("main")).not_to_contain_text("rondje in het park")


def test_a_text_is_changed_looked_at_and_published(installation):
    with looking.browser() as browser:
        page = looking.context_for(browser, installation.address, "regional-editor", width=1280).new_page()
        blocked: list[str] = []
        page.on("console", lambda message: blocked.append(message.text) if "Content Security" in message.text else None)
        open_page(page, "Twee huizen")
        first_text(page)
        type_words(page, " Je mag overal je knuffel meenemen.")
        choose(page, "Stuur door")
        assert "knuffel meenemen" not in shown(installation, "/enschede/kinderen/twee-huizen/")
        open_page(page, "Twee huizen")
        choose(page, "Goedkeuren")
        page.wait_for_timeout(500)
        assert "knuffel meenemen" in shown(installation, "/enschede/kinderen/twee-huizen/")
        assert not blocked


def test_words_from_word_are_pasted_without_their_dress(installation):
    with looking.browser() as browser:
        page = looking.context_for(browser, installation.address, "regional-editor", width=1280).new_page()
        open_page(page, "Kies geen kant")
        first_text(page)
        page.evaluate(
            """html => {
                const data = new DataTransfer();
                data.setData("text/html", html);
                data.setData("text/plain", "Luister eerst, rustig. Maandag Bij mama");
                document.activeElement.dispatchEvent(
                    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }""",
            WORD,
        )
        expect(page.locator("[data-contentpath=body]")).to_contain_text("Luister eerst, rustig.")
        page.wait_for_function("() => document.querySelector('[name=body-0-value]').value.includes('rustig')")
        stored = json.dumps(page.evaluate("[...document.querySelectorAll('[name^=body-]')].map(one => one.value)"))
        for gone in ("mso", "Mso", "Calibri", "opmerking"):
            assert gone not in stored, gone
        for kept in ("Luister eerst", "Maandag", "Bij mama", "BOLD"):
            assert kept in stored, kept
        choose(page, "Plaatsen$")
        seen = shown(installation, "/enschede/omgeving/kies-geen-kant/")
        assert "<b>rustig</b>" in seen
        assert "Maandag" in seen


def test_a_text_is_published_on_the_day_that_was_planned(installation):
    with looking.browser() as browser:
        page = looking.context_for(browser, installation.address, "regional-editor", width=1280).new_page()
        open_page(page, "Is het mijn schuld?")
        first_text(page)
        type_words(page, " Morgen is er weer een dag.")
        page.locator("[data-side-panel-toggle=status]").click()
        page.get_by_role("button", name="Stel schema in").click()
        page.locator("[name=go_live_at]").fill("2099-01-01 09:00")
        page.keyboard.press("Tab")
        # the calendar goes when it pleases, and lies over the button until then
        page.evaluate("for (const one of document.querySelectorAll('.xdsoft_datetimepicker')) one.remove()")
        with page.expect_navigation():
            page.get_by_role("button", name="Schema opslaan").click()
        choose(page, "Plaatsen|Inplannen|[Pp]lannen|schema")
        address = "/enschede/kinderen/is-het-mijn-schuld/"
        assert "Morgen is er weer een dag" not in shown(installation, address)
        subprocess.run(
            [sys.executable, "-c", A_DAY_LATER], env=installation.environment, cwd=installation.folder, check=True
        )
        page.wait_for_timeout(1_000)  # each process looks twice a second
        assert "Morgen is er weer een dag" in shown(installation, address)
