"""Our own screens in the editors' admin, in the real browser: accessible, in Dutch, nothing blocked or foreign.

Wagtail's frame around them is its own: axe looks at the main part. `make pages` adds the wide screen.
"""

import os

import pytest
from playwright.sync_api import Page

from tests.gates import looking
from tests.gates.looking import AXE, TAGS, Seen, State

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]

WIDTHS = (768, 1280) if os.environ.get("NAAST_ALL_PAGES") else (768,)
GUIDE = "/beheer/wegwijzers/uit-elkaar/"
STATES = [
    State("home", "/beheer/", role="regional-editor"),
    State("slots", "/beheer/plekken/", role="editor"),
    State("slot", "/beheer/plekken/enschede/ontmoeten/", role="editor"),
    State("levels", "/beheer/taalniveau/", role="regional-editor"),
    State("freshness", "/beheer/nakijken/", role="editor"),
    State("freshness of shared texts", "/beheer/nakijken/", role="regional-editor"),
    State("taking part", "/beheer/meedoen/", role="editor"),
    State("poll", "/beheer/meedoen/enschede/peiling/", role="editor"),
    State("evening", "/beheer/meedoen/enschede/avond/", role="editor"),
    State("offers", "/beheer/hulp/", role="editor"),
    State("new offer", "/beheer/hulp/nieuw/", role="editor"),
    State("proposals", "/beheer/hulp/voorstellen/", role="editor"),
    State("doubles", "/beheer/hulp/dubbel/", role="regional-editor"),
    State("guides", "/beheer/wegwijzers/", role="regional-editor"),
    State("guide", GUIDE, role="regional-editor"),
    State("question", f"{GUIDE}deel/questions/1/", role="regional-editor"),
    State("step", f"{GUIDE}deel/steps/1/", role="regional-editor"),
    State("drawing", f"{GUIDE}tekening/", role="regional-editor"),
    State("trying", f"{GUIDE}proberen/", role="regional-editor"),
    State("versions", f"{GUIDE}versies/", role="regional-editor"),
    State("publishing", f"{GUIDE}plaatsen/", role="regional-editor"),
    State("own steps", "/beheer/wegwijzers/eigen/enschede/", role="editor"),
    State("own step", "/beheer/wegwijzers/eigen/enschede/uit-elkaar/nieuw/", role="editor"),
]


def axe_of_main(page: Page) -> list[str]:
    """Run axe over the main part; returns one line a finding."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(
        page.evaluate(
            """async tags => (await axe.run("main", {runOnly: {type: "tag", values: tags}})).violations
                .flatMap(item => item.nodes.slice(0, 3).map(node => `${item.id}: ${node.target[0]}`))""",
            TAGS,
        )
    )


@pytest.fixture(scope="session")
def seen(installation) -> list[Seen]:
    """One pass over all screens."""
    found = []
    with looking.browser() as browser:
        for role in ("editor", "regional-editor"):
            for width in WIDTHS:
                context = looking.context_for(browser, installation.address, role, width=width)
                for state in [one for one in STATES if one.role == role]:
                    page = context.new_page()
                    looked = looking.look(page, state, installation.address, with_axe=False)
                    looked.axe = [f"{width} px: {line}" for line in axe_of_main(page)]
                    found.append(looked)
                    page.close()
                context.close()
    return found


def report(lines: list[str]) -> None:
    assert not lines, f"{len(lines)} findings:\n" + "\n".join(sorted(set(lines))[:60])


def test_every_screen_opens(seen):
    report([f"{one.state.name}: {one.status}" for one in seen if one.status != 200])


def test_axe_finds_nothing(seen):
    report([f"{one.state.name}: {line}" for one in seen for line in one.axe])


def test_nothing_must_be_moved_sideways(seen):
    report([f"{one.state.name}: {one.wide} px too wide" for one in seen if one.wide > 0])


def test_nothing_is_blocked_and_nothing_comes_from_elsewhere(seen):
    report([f"{one.state.name}: {line}" for one in seen for line in (*one.console, *one.foreign)])


def test_canary_axe_finds_a_field_without_a_name():
    with looking.browser() as browser:
        page = browser.new_page()
        page.set_content('<html lang="nl"><title>x</title><main><h1>x</h1><input></main></html>')
        assert any(line.startswith("label") for line in axe_of_main(page))
