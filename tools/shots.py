"""A picture of every own page and role at 360, 768 and 1280 px in `var/shots/`; `make shots`.

With names after the command only states whose name holds one of them are taken. `--dark` adds dark pictures.
"""

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

WIDTHS = (360, 768, 1280)


def main(arguments: list[str]) -> int:
    """Take the pictures; returns 1 when a page could not be opened."""
    import django

    django.setup()
    from tests.gates import looking, own_pages
    from tests.installation import Installation

    folder = ROOT / "var" / "shots"
    wanted = [word for word in arguments if not word.startswith("--")]
    if not wanted:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    themes = (False, True) if "--dark" in arguments else (False,)
    made = Installation().prepare().start()
    failed = 0
    try:
        with looking.browser() as browser:
            for state in own_pages.states(made):
                if wanted and not any(word in state.name for word in wanted):
                    continue
                for width in WIDTHS:
                    for dark in themes:
                        context = looking.context_for(
                            browser, made.address, state.role, width=width, dark=dark, cookies=state.cookies
                        )
                        page = context.new_page()
                        try:
                            page.goto(state.path)
                            if state.do:
                                state.do(page)
                            name = f"{state.name}-{width}{'-dark' if dark else ''}.png"
                            page.screenshot(path=folder / name, full_page=True)
                        except Exception as error:
                            failed += 1
                            print(f"{state.name} at {width}: {str(error).splitlines()[0]}")
                        context.close()
        print(f"{len(list(folder.glob('*.png')))} pictures in {folder.relative_to(ROOT)}/")
    finally:
        made.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
