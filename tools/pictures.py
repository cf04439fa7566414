"""The pictures of the README and the documentation, from the real screens, into docs/pictures/; `make pictures`.

With names after the command only those are taken. `--at http://127.0.0.1:8000/` looks at a demonstration that runs
already, for the pictures that need nothing but an address and a role.
"""

import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

FOLDER = ROOT / "docs" / "pictures"
HEAVIEST = 150_000  # bytes; a repository is fetched by everybody
WIDE = (1280, 900)
# Of the gates' states (tests/gates/own_pages.py): picture, state, size of the window.
STATES = (
    ("plan", "guide-uit-elkaar-plan", (1280, 1000)),
    ("desk", "desk-question", (1280, 1000)),
    ("kids", "page-enschede-kinderen", (1280, 1000)),
    ("asked", "ask-done", (390, 844)),
    ("search", "search-found", (1280, 1000)),
)
# An address of the demonstration as a role ("" = a reader): picture, role, address, size of the window.
ADDRESSES = (
    ("home", "", "/enschede/", (1280, 1000)),
    ("slots", "editor", "/beheer/plekken/", WIDE),
    ("slot", "editor", "/beheer/plekken/enschede/wonen/", WIDE),
    ("freshness", "editor", "/beheer/nakijken/", (1280, 700)),
    ("together", "editor", "/beheer/meedoen/", (1280, 700)),
    ("own-step", "editor", "/beheer/wegwijzers/eigen/enschede/uit-elkaar/nieuw/", WIDE),
    ("guide", "regional-editor", "/beheer/wegwijzers/uit-elkaar/", WIDE),
    ("guide-drawing", "regional-editor", "/beheer/wegwijzers/uit-elkaar/tekening/", WIDE),
    ("level", "regional-editor", "page:Geld en wonen in de eerste week", WIDE),
    ("house-style", "place-admin", "/loket/plaats/enschede/huisstijl/", (1280, 1000)),
    ("own-host", "place-admin", "/loket/plaats/enschede/adres/", (1280, 800)),
    ("work-list", "adviser", "/loket/", WIDE),
)
# Pictures of a screen with this button pressed.
OPENED = {"level": "Checks aan/uitzetten"}


def keep(page: Any, name: str) -> None:
    """Save what the window shows, in few colours; ValueError when it weighs too much."""
    from PIL import Image

    file = FOLDER / f"{name}.png"
    page.screenshot(path=file)
    with Image.open(file) as picture:
        picture.quantize(colors=128).save(file, optimize=True)
    if file.stat().st_size > HEAVIEST:
        raise ValueError(f"{file.name} weighs {file.stat().st_size} bytes; at most {HEAVIEST}")


def address_of(page: Any, path: str) -> str:
    """Return an address; `page:<title>` is the editors' screen of the page with this title."""
    if not path.startswith("page:"):
        return path
    title = path.removeprefix("page:")
    page.goto("/beheer/taalniveau/")
    return str(page.locator("main a", has_text=title).first.get_attribute("href"))


def take(browser: Any, at: str, wanted: set[str], states: dict[str, Any]) -> None:
    """Take the pictures that were asked for; none named means all that can be taken here."""
    from tests.gates import looking

    jobs = [(name, states[state].role, states[state], size) for name, state, size in STATES if state in states]
    jobs += [(name, role, path, size) for name, role, path, size in ADDRESSES]
    for name, role, what, (width, height) in jobs:
        if wanted and name not in wanted:
            continue
        cookies = () if isinstance(what, str) else what.cookies
        context = looking.context_for(browser, at, role, width=width, cookies=cookies)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address_of(page, what) if isinstance(what, str) else what.path)
        if not isinstance(what, str) and what.do:
            what.do(page)
        if name in OPENED:
            page.get_by_role("button", name=OPENED[name]).click()
            page.wait_for_timeout(1500)  # the panel slides open, then measures
        page.wait_for_load_state("networkidle")
        keep(page, name)
        print(f"{name}.png", flush=True)
        context.close()


def main(arguments: list[str]) -> int:
    """Take the pictures from an installation of their own, or from the one that `--at` names."""
    import django

    django.setup()
    from tests.gates import looking, own_pages
    from tests.installation import Installation

    FOLDER.mkdir(parents=True, exist_ok=True)
    if arguments[:1] == ["--at"]:
        with looking.browser() as browser:
            take(browser, arguments[1], set(arguments[2:]), {})
        return 0
    made = Installation().prepare().start()
    try:
        with looking.browser() as browser:
            take(browser, made.address, set(arguments), {state.name: state for state in own_pages.states(made)})
    finally:
        made.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
