"""Reading in other ways: a film, big letters on a small phone, paper from the dark; on the running installation."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.gates import looking
from tests.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]

FILMED = "/enschede/kinderen/is-het-mijn-schuld/"
TELL = "/enschede/ouders/hoe-vertellen-we-het-de-kinderen/"
PLAY = """async second => {
  const film = document.querySelector("video");
  film.currentTime = second;
  await film.play();
  await new Promise(done => film.addEventListener("timeupdate", () => film.currentTime > second + 1 && done()));
  film.pause();
  const track = [...film.textTracks].find(one => one.mode === "showing");
  return { language: track.language, words: [...track.cues].length, length: Math.round(film.duration) };
}"""


def played(page: Page, second: float) -> dict[str, Any]:
    return page.evaluate(PLAY, second)


def test_a_film_waits_until_one_plays_it_then_comes_in_pieces_with_subtitles(installation: Installation) -> None:
    with looking.browser() as browser:
        context = looking.context_for(browser, installation.address, "", width=1280)
        page = context.new_page()
        answers: list[tuple[int, str]] = []
        page.on("response", lambda one: answers.append((one.status, one.url)))
        page.goto(FILMED)
        page.wait_for_load_state("networkidle")
        assert not [url for _, url in answers if url.endswith(".mp4")]

        found = played(page, 30)

        assert found == {"language": "nl", "words": 14, "length": 57}
        assert {status for status, url in answers if url.endswith(".mp4")} == {206}
        assert all(url.startswith(installation.address.rstrip("/")) for _, url in answers)
        context.close()


def test_a_film_can_be_read_without_scripts(installation: Installation) -> None:
    text = installation.visitor().get(FILMED).text
    assert "Twee ouders en een kind lopen hand in hand" in text
    assert "download" in text


@pytest.mark.parametrize(
    "path",
    [TELL, FILMED, "/enschede/", "/enschede/kinderen/", "/enschede/vraag/", "/enschede/vragen/", "/enschede/hulp/",
     "/enschede/lijsten/", "/enschede/lijsten/tas-tussen-twee-huizen/", "/enschede/ouders/uit-elkaar/", "/kluisje/"],
)  # fmt: skip
def test_big_letters_need_no_scrolling_sideways_on_the_smallest_phone(installation: Installation, path: str) -> None:
    with looking.browser() as browser:
        context = looking.context_for(browser, installation.address, "", width=320)
        context.add_init_script("localStorage.setItem('naast.letters', 'big')")
        page = context.new_page()
        page.goto(path)
        assert page.locator("html.naast-larger").count() == 1
        assert looking.too_wide(page) == 0
        context.close()


def test_paper_from_the_dark_is_black_on_white(installation: Installation) -> None:
    with looking.browser() as browser:
        context = looking.context_for(browser, installation.address, "", width=800)
        page = context.new_page()
        page.goto(TELL)
        page.emulate_media(media="print", color_scheme="dark")
        colours = page.evaluate(
            """() => [...document.querySelectorAll("main p, main li, main dt, main dd, main a, footer dt a, footer dd, h1, h2")]
              .filter(one => one.getClientRects().length).map(one => getComputedStyle(one).color)"""
        )
        assert colours
        assert {colour for colour in colours if colour not in ("rgb(0, 0, 0)", "rgb(51, 51, 51)")} == set()
        first = page.locator("article > *:visible").all_inner_texts()[:3]
        assert first[0] == "Hoe vertellen we het de kinderen?"
        assert first[2].startswith("In het kort")
        assert installation.address.rstrip("/") in page.locator(".naast-print-only").inner_text()
        context.close()
