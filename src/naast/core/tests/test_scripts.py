"""What our scripts do, each on a page of its own in the browser, without a server: every address is answered here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.gates.looking import browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STATIC = Path(__file__).resolve().parent.parent / "static/naast"
HERE = "http://naast.test"
POLICY = {"Content-Security-Policy": "default-src 'self'", "Cache-Control": "no-store"}
# 24 November 2026 is a Tuesday; 10.00 in Amsterdam.
TUESDAY_TEN = "2026-11-24T09:00:00Z"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as made:
        yield made


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def serve(page: Page, body: str, script: str, lang: str = "nl") -> None:
    """Answer every address: scripts from our folder, /-/weg/ and the neutral page with words, all else with `body`."""
    html = (
        f'<!doctype html><html lang="{lang}"><title>Naast</title><script type="module" src="/{script}"></script>{body}'
    )

    def answer(route):
        path = route.request.url.removeprefix(HERE)
        if path.endswith(".js"):
            route.fulfill(body=(STATIC / path[1:]).read_text(), content_type="text/javascript")
        elif path == "/-/weg/":
            route.fulfill(body="gone", content_type="text/html; charset=utf-8", headers=POLICY)
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=POLICY)

    page.route("**/*", answer)


LEAVE = '<input id="q"><a href="/-/weg/" data-leave>Verlaat deze site</a>'


def press_shift(page: Page, times: int = 3) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


def test_a_click_leaves_at_once_and_takes_the_pages_place(page):
    serve(page, LEAVE, "leave.js")
    page.goto(f"{HERE}/enschede/")
    page.goto(f"{HERE}/enschede/ouders/")
    page.evaluate("localStorage.setItem('naast.place', 'x')")
    page.click("[data-leave]")
    page.wait_for_url(f"{HERE}/-/weg/")
    page.go_back()
    assert page.url == f"{HERE}/enschede/"
    assert page.evaluate("localStorage.length") == 0


def test_three_times_shift_leaves(page):
    serve(page, LEAVE, "leave.js")
    page.goto(f"{HERE}/enschede/")
    press_shift(page)
    page.wait_for_url(f"{HERE}/-/weg/")


def test_two_times_shift_and_a_letter_stay(page):
    serve(page, LEAVE, "leave.js")
    page.goto(f"{HERE}/enschede/")
    press_shift(page, 2)
    page.keyboard.press("a")
    press_shift(page, 2)
    page.evaluate("new Promise((done) => requestAnimationFrame(done))")
    assert page.url == f"{HERE}/enschede/"


def test_shift_while_typing_stays(page):
    serve(page, LEAVE, "leave.js")
    page.goto(f"{HERE}/enschede/")
    page.focus("#q")
    press_shift(page, 4)
    page.evaluate("new Promise((done) => requestAnimationFrame(done))")
    assert page.url == f"{HERE}/enschede/"


def test_shift_over_more_than_five_seconds_stays(page):
    serve(page, LEAVE, "leave.js")
    page.goto(f"{HERE}/enschede/")
    # The moment of a key is the browser's own: give three presses their moments by hand.
    page.evaluate(
        """() => { for (const moment of [0, 3000, 5001]) {
             const press = new KeyboardEvent("keydown", { key: "Shift", bubbles: true });
             Object.defineProperty(press, "timeStamp", { value: moment });
             document.body.dispatchEvent(press);
           } }"""
    )
    assert page.url == f"{HERE}/enschede/"


def test_the_way_out_works_without_scripts(chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    serve(page, LEAVE, "leave.js")
    page.goto(f"{HERE}/enschede/")
    page.click("[data-leave]")
    assert page.url == f"{HERE}/-/weg/"
    context.close()


OFFER = """<main><p data-last-place hidden><a href="/">Verder naar <span data-name></span></a><button>Vergeet</button></p>
<input></main>"""


def remembered(page: Page, value: str) -> None:
    serve(page, OFFER, "place.js")
    page.goto(f"{HERE}/")
    page.evaluate("(value) => localStorage.setItem('naast.place', value)", value)
    page.reload()


def test_the_chosen_place_is_offered_and_can_be_forgotten(page):
    remembered(page, '{"href": "/enschede/", "name": "Enschede"}')
    assert page.get_attribute("a", "href") == "/enschede/"
    assert page.inner_text("[data-name]") == "Enschede"
    page.click("button")
    assert page.is_hidden("[data-last-place]")
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize(
    "kept", ['{"href": "javascript:alert(1)", "name": "x"}', '{"href": "//elders.test/"}', "kapot", "null"]
)
def test_only_an_address_of_ours_becomes_a_link(page, kept):
    remembered(page, kept)
    assert page.is_hidden("[data-last-place]")


def test_a_places_home_is_remembered_on_the_device_only(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    serve(page, '<div data-remember-place="Enschede" data-href="/enschede/">x</div>', "place.js")
    page.goto(f"{HERE}/enschede/")
    assert page.evaluate("JSON.parse(localStorage.getItem('naast.place')).name") == "Enschede"
    assert asked == [f"{HERE}/enschede/", f"{HERE}/place.js"]


def test_going_back_after_leaving_does_not_remember_the_place_again(page):
    serve(page, '<div data-remember-place="Enschede" data-href="/enschede/">x</div>', "place.js")
    page.goto(f"{HERE}/enschede/")
    page.goto(f"{HERE}/-/weg/")
    page.evaluate("localStorage.clear()")
    page.go_back()
    page.wait_for_function("document.readyState === 'complete'")
    assert page.evaluate("performance.getEntriesByType('navigation')[0].type") == "back_forward"
    assert page.evaluate("localStorage.length") == 0


OPEN = """<p hidden data-hours="2 09:00-12:00;4 13:00-16:00" data-shut="{shut}" data-open-text="Nu open, tot {{time}} uur"
data-shut-text="Weer open op {{day}}, {{time}} uur"></p>"""


@pytest.mark.parametrize(
    ("moment", "shut", "said"),
    [
        (TUESDAY_TEN, "", "Nu open, tot 12.00 uur"),
        ("2026-11-24T11:00:00Z", "", "Weer open op donderdag, 13.00 uur"),
        ("2026-11-22T10:00:00Z", "", "Weer open op dinsdag, 9.00 uur"),
        (TUESDAY_TEN, "2026-11-24,2026-11-26", "Weer open op dinsdag, 9.00 uur"),
        ("2026-06-30T07:30:00Z", "", "Nu open, tot 12.00 uur"),  # summer time
    ],
)
def test_opening_is_marked_by_the_clock_of_amsterdam(page, moment, shut, said):
    page.clock.set_fixed_time(moment)
    serve(page, OPEN.format(shut=shut), "open_now.js")
    page.goto(f"{HERE}/enschede/")
    assert page.inner_text("p") == said


def test_a_summary_of_errors_takes_the_focus_and_htmx_may_not_eval(page):
    # A stand-in for htmx: only its settings matter here.
    serve(page, '<div data-errors tabindex="-1">x</div><button data-needs-script hidden>Print</button>', "enhance.js")
    page.add_init_script("window.htmx = { config: { allowEval: true, historyCacheSize: 10 } }")
    page.goto(f"{HERE}/x/")
    assert page.evaluate("document.activeElement.hasAttribute('data-errors')")
    assert page.is_visible("button")
    assert page.evaluate("[htmx.config.allowEval, htmx.config.historyCacheSize]") == [False, 0]
