"""Reading aloud and big letters, each on a page of its own in the browser, without a server.

The voice is a stand-in that behaves as browsers do: voices come later, a sentence begins and ends by events, what is
cancelled reports an error, and a text of more than fifteen seconds is broken off in silence.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.gates.looking import browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STATIC = Path(__file__).resolve().parent.parent / "static/naast"
HERE = "http://naast.test"
POLICY = {"Content-Security-Policy": "default-src 'self'", "Cache-Control": "no-store"}

VOICES = """
(() => {
  class Utterance extends EventTarget {
    constructor(text) {
      super();
      Object.assign(this, { text, rate: 1, lang: "", voice: null, onend: null, onerror: null });
    }
  }
  let voices = [], now = null;
  const said = [];
  const synth = new EventTarget();
  Object.assign(synth, {
    getVoices: () => voices,
    speak(one) {
      if (now) { synth.waiting = true; return; }  // a real one would queue: our page never asks for two at a time
      now = one;
      said.push({ text: one.text, lang: one.lang, rate: one.rate, voice: one.voice?.name ?? "whichever" });
    },
    cancel() {
      const one = now;
      now = null;
      if (one?.onerror) setTimeout(() => one.onerror({ error: "canceled" }));
    },
    pause() {}, resume() {},
  });
  Object.defineProperty(window, "speechSynthesis", { value: synth });
  window.SpeechSynthesisUtterance = Utterance;
  window.test = {
    said, synth,
    voices(list) {
      voices = list.map(([name, lang, localService]) => ({ name, lang, localService, default: false }));
      synth.dispatchEvent(new Event("voiceschanged"));
    },
    // A text longer than the browser holds never ends.
    end() { const one = now; now = null; if (one && one.text.length / 14 < 15) one.onend?.({}); },
    fail() { const one = now; now = null; one.onerror?.({ error: "synthesis-failed" }); },
    speaking: () => now !== null,
    marked: () => [...CSS.highlights.get("naast-read")].map((range) => String(range)).join("|"),
  };
})();
"""
TOOLS = """
<div class="naast-tools naast-tools--page" data-read-not>
  <button type="button" data-big aria-pressed="false">Grote letters</button>
  <div data-read-tools="none" role="group" aria-label="Lees voor"
       data-play="Lees voor" data-pause="Pauze" data-resume="Lees verder"
       data-reading="begonnen" data-paused="op pauze" data-stopped="gestopt" data-done="klaar" data-failed="doet het niet">
    <button type="button" data-read-play><span data-word>Lees voor</span></button>
    <button type="button" data-read-stop hidden>Stop</button>
    <label hidden>Tempo <select data-read-speed>
      <option value="0.75">langzaam</option><option value="1" selected>gewoon</option><option value="1.3">snel</option>
    </select></label>
    <span role="status"></span>
  </div>
</div>"""
TEXT = f"""<article data-read><h1>Twee huizen</h1>{TOOLS}
<p>Je woont in twee huizen. Dat is <b>wennen</b>, en <a href="/x">hier lees</a> je meer.</p>
<p aria-hidden="true">Niet voor lezen.</p><nav>Menu.</nav>
<ul><li>Eén knuffel</li></ul>
<p lang="en">Good luck.</p>
<details><summary>Waarom?</summary><p>Daarom.</p></details></article>
<a href="/-/weg/" data-leave>Verlaat deze site</a>"""
DUTCH = [["Verweg", "nl-NL", False], ["Dichtbij", "nl-NL", True], ["Nearby", "en-GB", True]]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as made:
        yield made


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 800, "height": 600})
    yield context.new_page()
    context.close()


def opened(page: Page, voices: list[list[object]] | None = DUTCH, body: str = TEXT, lang: str = "nl") -> Page:
    """Open a page with a text; its voices arrive after it was loaded. None: a browser that cannot speak."""
    html = (
        f'<!doctype html><html lang="{lang}" class="naast-theme"><head><title>Naast</title>'
        '<link rel="stylesheet" href="/tokens.css"><link rel="stylesheet" href="/layout.css"><script src="/big.js"></script>'
        '<script type="module" src="/read.js"></script><script type="module" src="/leave.js"></script></head>'
        f"<body>{body}</body></html>"
    )

    def answer(route):
        path = route.request.url.removeprefix(HERE)
        if path.endswith((".js", ".css")):
            kind = "text/javascript" if path.endswith(".js") else "text/css"
            route.fulfill(
                body=(STATIC / path[1:]).read_text(), content_type=kind, headers={"Cache-Control": "no-store"}
            )
        else:
            route.fulfill(
                body="weg" if path == "/-/weg/" else html, content_type="text/html; charset=utf-8", headers=POLICY
            )

    page.route("**/*", answer)
    page.add_init_script(VOICES if voices is not None else "delete window.speechSynthesis")
    page.goto(f"{HERE}/enschede/")
    if voices is not None:
        page.evaluate("list => test.voices(list)", voices)
    return page


def play(page: Page) -> None:
    page.click("[data-read-play]")


def said(page: Page) -> list[str]:
    return page.evaluate("test.said.map(one => one.text)")


def read_to_the_end(page: Page, most: int = 40) -> None:
    for _ in range(most):
        if not page.evaluate("test.speaking()"):
            return
        page.evaluate("test.end()")


class TestReading:
    def test_the_text_is_read_sentence_by_sentence_across_links_and_nothing_else(self, page):
        play(opened(page))
        read_to_the_end(page)
        assert said(page) == [
            "Twee huizen",
            "Je woont in twee huizen.",
            "Dat is wennen, en hier lees je meer.",
            "Eén knuffel",
            "Good luck.",
            "Waarom?",
            "Daarom.",
        ]
        assert page.inner_text("[role=status]") == "klaar"
        assert page.evaluate("test.marked()") == ""

    def test_the_sentence_that_is_read_is_marked_and_the_text_stays_whole(self, page):
        play(opened(page))
        before = page.inner_html("article p")
        page.evaluate("test.end(); test.end()")
        assert page.evaluate("test.marked()") == "Dat is wennen, en hier lees je meer."
        assert page.inner_html("article p") == before

    def test_only_a_voice_on_the_device_reads_each_language_with_its_own(self, page):
        play(opened(page))
        read_to_the_end(page)
        assert set(page.evaluate("test.said.map(one => `${one.voice} ${one.text === 'Good luck.'}`)")) == {
            "Dichtbij false",
            "Nearby true",
        }

    @pytest.mark.parametrize("voices", [None, [], [["Verweg", "nl-NL", False]], [["Nearby", "en-GB", True]]])
    def test_without_such_a_voice_there_is_no_button_and_no_gap_in_the_way(self, page, voices):
        opened(page, voices)
        assert not page.is_visible("[data-read-play]")
        assert page.is_visible("[data-big]")

    def test_what_is_folded_opens_when_its_turn_comes(self, page):
        play(opened(page))
        assert not page.evaluate("document.querySelector('details').open")
        read_to_the_end(page)
        assert page.evaluate("document.querySelector('details').open")

    def test_a_long_sentence_is_cut_so_that_no_browser_breaks_it_off(self, page):
        words = ", ".join(["dit is een stuk van een heel lange zin"] * 40)
        play(opened(page, body=f"<article data-read><h1>Lang</h1>{TOOLS}<p>{words}.</p></article>"))
        read_to_the_end(page)
        assert max(map(len, said(page))) <= 200
        assert " ".join(said(page)[1:]) == f"{words}."
        assert page.inner_text("[role=status]") == "klaar"

    def test_the_page_comes_along_with_who_follows_and_not_with_who_looks_elsewhere(self, page):
        rows = "".join(f"<p>Zin nummer {number}.</p>" for number in range(60))
        play(opened(page, body=f"<article data-read><h1>Lang</h1>{TOOLS}{rows}</article>"))
        for _ in range(40):
            page.evaluate("test.end()")
        assert page.evaluate("scrollY") > 300
        page.evaluate("scrollTo(0, 0)")
        page.evaluate("test.end()")
        assert page.evaluate("scrollY") == 0


class TestButtons:
    def test_pause_remembers_the_sentence_and_tells(self, page):
        play(opened(page))
        page.evaluate("test.end()")
        play(page)
        assert not page.evaluate("test.speaking()")
        assert page.inner_text("[data-read-play]") == "Lees verder"
        assert page.inner_text("[role=status]") == "op pauze"
        play(page)
        assert said(page)[-2:] == ["Je woont in twee huizen."] * 2
        assert page.inner_text("[data-read-play]") == "Pauze"

    def test_stop_begins_anew_and_keeps_the_focus(self, page):
        play(opened(page))
        page.evaluate("test.end()")
        page.focus("[data-read-stop]")
        page.keyboard.press("Enter")
        assert not page.is_visible("[data-read-stop]")
        assert page.evaluate("document.activeElement.hasAttribute('data-read-play')")
        assert page.evaluate("test.marked()") == ""
        page.keyboard.press("Space")
        assert said(page)[-1] == "Twee huizen"

    def test_another_speed_says_the_sentence_again(self, page):
        play(opened(page))
        page.evaluate("test.end()")
        page.select_option("[data-read-speed]", "0.75")
        assert page.evaluate("test.said.at(-1)") == {
            "text": "Je woont in twee huizen.", "lang": "nl-NL", "rate": 0.75, "voice": "Dichtbij"
        }  # fmt: skip

    def test_a_voice_that_fails_is_said(self, page):
        play(opened(page))
        page.evaluate("test.fail()")
        assert page.inner_text("[role=status]") == "doet het niet"
        assert page.inner_text("[data-read-play]") == "Lees voor"

    def test_whoever_leaves_takes_the_voice_along_at_once(self, page):
        opened(page)
        play(page)
        page.evaluate("document.documentElement.hidden = true")  # what leaving does first
        page.wait_for_function("!test.speaking()")

    def test_going_on_to_another_page_stops_the_voice(self, page):
        play(opened(page))
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
        assert not page.evaluate("test.speaking()")

    def test_nothing_is_sent(self, page):
        opened(page)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        play(page)
        read_to_the_end(page)
        assert asked == []


class TestBigLetters:
    def size(self, page: Page) -> float:
        return page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")

    def test_they_are_kept_on_the_device_and_there_before_the_page_is_drawn(self, page):
        opened(page)
        small = self.size(page)
        page.click("[data-big]")
        assert self.size(page) == small * 1.25
        assert page.get_attribute("[data-big]", "aria-pressed") == "true"
        page.add_init_script(
            "window.shift = 0;"
            "new PerformanceObserver(list => { for (const one of list.getEntries()) window.shift += one.value; })"
            ".observe({type: 'layout-shift', buffered: true})"
        )
        page.reload()
        assert self.size(page) == small * 1.25
        assert page.get_attribute("[data-big]", "aria-pressed") == "true"
        assert page.evaluate("window.shift") == 0
        assert page.evaluate("document.cookie") == ""

    def test_once_more_makes_them_small_and_keeps_nothing(self, page):
        opened(page)
        page.click("[data-big]")
        page.click("[data-big]")
        assert page.evaluate("localStorage.length") == 0

    def test_a_device_that_keeps_nothing_still_shows_them(self, page):
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('off') } })"
        )
        opened(page)
        page.click("[data-big]")
        assert page.get_attribute("[data-big]", "aria-pressed") == "true"

    def test_leaving_forgets_them(self, page):
        opened(page)
        page.click("[data-big]")
        page.click("[data-leave]")
        page.wait_for_url(f"{HERE}/-/weg/")
        assert page.evaluate("localStorage.length") == 0

    def test_without_scripts_there_are_no_buttons_that_do_nothing(self, chromium):
        context = chromium.new_context(java_script_enabled=False)
        page = context.new_page()
        opened_html = opened_without_scripts(page)
        assert opened_html
        context.close()


def opened_without_scripts(page: Page) -> bool:
    """Open the page where scripts are off; tell whether its buttons stay away."""
    css = "".join((STATIC / name).read_text() for name in ("tokens.css", "layout.css"))
    page.set_content(f"<style>{css}</style><div class='naast-theme'>{TEXT}</div>")
    return not page.is_visible("[data-big]") and not page.is_visible("[data-read-play]")
