"""Guides in the real browser: a covering set of paths walked to the end, and an editor who changes a guide."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from naast.core import clock
from naast.flows import loading, paths
from naast.flows.parts import Flow, Kind
from tests.gates import looking
from tests.installation import ROOT, Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]

WALKED = "naast-een-gezin"  # the guide with the most ways through
EDITED = "bij-elkaar-blijven"
AT = "/beheer/wegwijzers/"
NOW = """
import django; django.setup()
from datetime import timedelta
from naast.core import clock
from naast.guide import drafts
with clock.frozen(clock.now() + timedelta(days=2)):
    print(drafts.publish_due())
"""


@contextmanager
def page_of(installation: Installation, role: str, width: int) -> Iterator[Page]:
    with looking.browser() as browser:
        context = looking.context_for(browser, installation.address, role, width=width)
        yield context.new_page()
        context.close()


# ---------- every part of one guide, as readers walk it ----------


def answer(page: Page, flow: Flow, question_id: str, value: object) -> None:
    """Give one answer on the page where its question stands, and go on."""
    question = flow.question(question_id)
    expect(page.locator("h1")).to_contain_text(question.title[:20].split("\N{NO-BREAK SPACE}")[0])
    if value is None:
        looking_on(page, page.locator("main form [name=skip]"))
        return
    if question.kind is Kind.NUMBER:
        page.locator("main form [name=answer]").fill(str(value))
    for option in value if isinstance(value, tuple) else (value,):
        if question.kind is not Kind.NUMBER:
            page.locator(f"main form [name=answer][value='{option}']").check()
    looking_on(page, page.locator("main form button[type=submit]:not([name=skip])").first)


def looking_on(page: Page, button: Locator) -> None:
    with page.expect_navigation():
        button.click()


def test_every_answer_route_step_and_danger_of_one_guide_is_walked(installation: Installation) -> None:
    flow = loading.parse(loading.shipped()[WALKED])
    start = f"/enschede/wegwijzer/{flow.slug}/"
    with page_of(installation, "", 360) as page:
        for path in paths.fewest(flow):
            page.context.clear_cookies()
            page.goto(start)
            given = dict(path.answers)
            for question_id in path.route:
                if path.help and question_id == path.route[-1]:
                    danger = next(o.id for o in flow.question(question_id).options if o.danger == path.help)
                    answer(page, flow, question_id, danger)
                    expect(page.locator("h1")).to_contain_text(flow.help(path.help).title[:20])
                    expect(page.locator("main")).to_contain_text("112")
                else:
                    answer(page, flow, question_id, given[question_id])
            if not path.help:
                shown = page.locator(".naast-step").evaluate_all("steps => steps.map(step => step.id)")
                own = {f"stap-{step.id}" for step in flow.steps}
                assert [name for name in shown if name in own] == [f"stap-{name}" for name in path.steps]
                assert page.locator(".naast-path__stage--now .naast-step").count() <= flow.now_limit + 1


# ---------- an editor ----------


def save(page: Page) -> None:
    looking_on(page, page.get_by_role("button", name="Opslaan als concept").last)


def first_title(page: Page) -> str:
    page.goto(f"/enschede/wegwijzer/{EDITED}/vraag/1/")
    return page.locator("h1").inner_text()


def test_an_editor_changes_checks_tries_and_publishes_a_guide(installation: Installation) -> None:
    with page_of(installation, "regional-editor", 1280) as page:
        page.goto(f"{AT}{EDITED}/deel/questions/1/")
        field = page.get_by_label("De vraag", exact=True)
        before = field.input_value()
        field.fill("Waar staan jullie nu samen?")
        save(page)
        expect(page.get_by_text(f"Lezers zien nu: {before}")).to_be_visible()
        page.goto(f"{AT}{EDITED}/versies/")
        expect(page.locator("dd ins").first).to_be_visible()
        page.goto(f"{AT}{EDITED}/proberen/")
        looking_on(page, page.get_by_role("button", name="Toon het plan"))
        expect(page.get_by_role("heading", name=re.compile(r"^Nu \("))).to_be_visible()
        expect(page.locator(".ge-plan")).to_contain_text("Regel")
        page.goto(f"{AT}{EDITED}/plaatsen/")
        page.get_by_label("Wat er verandert").fill("Eerste vraag anders")
        looking_on(page, page.get_by_role("button", name="Nu plaatsen"))
        expect(page.get_by_text("Lezers zien hem meteen")).to_be_visible()
        assert first_title(page) == "Waar staan jullie nu samen?"


def test_a_guide_that_runs_in_a_circle_is_refused_and_nothing_typed_is_lost(installation: Installation) -> None:
    with page_of(installation, "regional-editor", 1280) as page:
        live = first_title(page)
        page.goto(f"{AT}{EDITED}/deel/questions/3/")
        page.get_by_label("Waarom je het vraagt").fill("Dit mag niet weg.")
        page.get_by_label("Ga dan naar").first.select_option(index=1)
        # Beside the form, before anything is kept.
        expect(page.locator("[data-check-panel]")).to_contain_text("De vragen lopen rond", timeout=15_000)
        save(page)
        page.goto(f"{AT}{EDITED}/plaatsen/")
        looking_on(page, page.get_by_role("button", name="Nu plaatsen"))
        expect(page.get_by_role("alert").first).to_contain_text("Niet geplaatst")
        expect(page.get_by_role("alert").first).to_contain_text("De vragen lopen rond")
        page.goto(f"{AT}{EDITED}/deel/questions/3/")
        expect(page.get_by_label("Waarom je het vraagt")).to_have_value("Dit mag niet weg.")
        page.goto(f"{AT}{EDITED}/tekening/")
        assert page.locator(".ge-drawing img").evaluate("image => image.naturalWidth") > 300
        assert first_title(page) == live
        page.goto(f"{AT}{EDITED}/")
        page.get_by_text("Concept weggooien").click()
        looking_on(page, page.get_by_role("button", name="Ja, gooi weg"))
        expect(page.get_by_text("Er is geen concept")).to_be_visible()


def test_a_guide_is_published_later_as_it_was_planned(installation: Installation) -> None:
    with page_of(installation, "regional-editor", 1280) as page:
        live = first_title(page)
        page.goto(f"{AT}{EDITED}/deel/questions/1/")
        page.get_by_label("De vraag", exact=True).fill("Hoe staan jullie ervoor?")
        save(page)
        page.goto(f"{AT}{EDITED}/plaatsen/")
        page.get_by_label("Dag").fill(str(clock.today() + timedelta(days=1)))
        page.get_by_label("Tijd").fill("09:00")
        looking_on(page, page.get_by_role("button", name="Plaats op dat moment"))
        expect(page.locator(".ge-state")).to_contain_text("Er staat een versie klaar")
        assert first_title(page) == live
        done = subprocess.run(
            [sys.executable, "-c", NOW],
            env=installation.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == "1"
        page.goto(f"{AT}{EDITED}/")
        expect(page.locator(".ge-state")).to_contain_text("Er is geen concept")
        page.context.clear_cookies()
        assert first_title(page) == "Hoe staan jullie ervoor?"


def test_a_municipality_adds_a_step_that_only_its_readers_see(installation: Installation) -> None:
    with page_of(installation, "editor", 1280) as page:
        page.goto(f"{AT}eigen/")
        page.locator(f"a[href$='/{EDITED}/nieuw/']").click()
        page.get_by_label("Wat je doet").fill("Kom naar het koffie-uur in de wijk")
        page.get_by_label("Waarom het helpt").fill("Daar is altijd iemand die luistert.")
        page.get_by_label("Met wie").fill("Het wijkteam")
        page.get_by_label("Kosten").fill("Gratis.")
        looking_on(page, page.get_by_role("button", name="Opslaan en tonen aan lezers"))
        expect(page.get_by_text("Lezers in Enschede zien het meteen")).to_be_visible()
        for place, seen in (("enschede", True), ("zwolle", False)):
            page.context.clear_cookies()
            page.goto(f"/{place}/wegwijzer/{EDITED}/")
            while page.locator("main form [name=skip]").count():
                looking_on(page, page.locator("main form [name=skip]").first)
            assert page.get_by_role("heading", name="Kom naar het koffie-uur").count() == seen
