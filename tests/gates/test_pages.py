"""Every own page in the real browser, once: accessible, valid, readable at 320 px, nothing from elsewhere, no cookies,
the right headers, light enough. `NAAST_ALL_PAGES=1` (`make pages`) adds widths, dark and every editor's page.
"""

import os

import pytest

from tests.gates import looking, own_pages
from tests.gates.looking import Seen, State

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]

ALL = bool(os.environ.get("NAAST_ALL_PAGES"))
VARIANTS = [(320, False), (768, False), (1280, False), (360, True)] if ALL else [(320, False)]
FIRST_VISIT = 150_000  # bytes, docs/experience.md
HEADERS = {
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
}


@pytest.fixture(scope="session")
def seen(installation) -> list[Seen]:
    """One pass over all pages."""
    found = []
    with looking.browser() as browser:
        for state in own_pages.states(installation):
            for width, dark in VARIANTS:
                context = looking.context_for(
                    browser, installation.address, state.role, width=width, dark=dark, cookies=state.cookies
                )
                try:
                    found.append(looking.look(context.new_page(), state, installation.address))
                except Exception as error:
                    found.append(Seen(state, problem=str(error).splitlines()[0]))
                context.close()
    return found


def report(lines: list[str]) -> None:
    assert not lines, f"{len(lines)} findings:\n" + "\n".join(lines[:60])


def test_every_page_opens(seen):
    report([f"{s.state.name}: {s.problem or s.status}" for s in seen if s.problem or s.status != s.state.status])


# A previewed page is inert as a whole (looked at in a frame, never used), so axe sees no landmark and no heading in it.
OF_AN_INERT_PAGE = ("landmark-one-main:", "page-has-heading-one:")


def test_axe_finds_nothing(seen):
    report(
        [
            f"{s.state.name}: {line}"
            for s in seen
            for line in s.axe
            if not (s.state.covers == "upkeep:preview" and line.startswith(OF_AN_INERT_PAGE))
        ]
    )


def test_nothing_must_be_moved_sideways(seen):
    report([f"{s.state.name}: {s.wide} px too wide" for s in seen if s.wide > 0])


def test_nothing_is_loaded_from_elsewhere(seen):
    report([f"{s.state.name}: {url}" for s in seen for url in s.foreign])


def test_nothing_is_blocked_or_breaks(seen):
    lines = []
    for s in seen:
        # A page that should be missing says so itself, once; a second one is a file that is missing.
        refused = max(s.state.status, s.state.sent)
        own = f"status of {refused}"
        texts = [text for text in s.console if own not in text] if refused >= 400 else s.console
        extra = sum(own in text for text in s.console) - 1 if refused >= 400 else 0
        lines += [f"{s.state.name}: {text}" for text in texts] + [f"{s.state.name}: a file is missing"] * max(0, extra)
    report(lines)


def test_readers_get_no_cookie(seen):
    readers = [s for s in seen if not s.state.role and not s.state.path.startswith(("/kluisje/", "/loket/"))]
    allowed = ("naast-guide", "naast-wegwijzer", "naast-plan")  # a guide in progress, its path only
    report([f"{s.state.name}: {name}" for s in readers for name in s.cookies if not name.startswith(allowed)])


def test_every_answer_has_its_headers(seen):
    lines = []
    for s in seen:
        if s.problem:
            continue
        lines += [f"{s.state.name}: {k} is {s.headers.get(k)}" for k, v in HEADERS.items() if s.headers.get(k) != v]
        # what stands behind a mailed link tells nobody its address, not even us
        referrer = "no-referrer" if str(s.state.covers).startswith("offer-check") else "same-origin"
        if s.headers.get("referrer-policy") != referrer:
            lines.append(f"{s.state.name}: referrer-policy is {s.headers.get('referrer-policy')}")
        policy = s.headers.get("content-security-policy", "")
        # a preview of a house style stands in a frame of our own editor
        framed = "'self'" if s.state.covers == "upkeep:preview" else "'none'"
        for word in ("default-src 'self'", f"frame-ancestors {framed}", "form-action 'self'", "base-uri 'none'"):
            if word not in policy:
                lines.append(f"{s.state.name}: the policy lacks {word}")
        if "unsafe" in policy:
            lines.append(f"{s.state.name}: unsafe in the policy")
        if "permissions-policy" not in s.headers or "cache-control" not in s.headers:
            lines.append(f"{s.state.name}: no permissions policy or cache control")
        if s.state.role and "no-store" not in s.headers.get("cache-control", ""):
            lines.append(f"{s.state.name}: may be kept: {s.headers.get('cache-control')}")
    report(lines)


def test_the_html_is_valid(seen):
    pages = {f"{s.state.name}": s.html for s in seen if s.html}
    report(looking.html_findings(pages))


def test_a_first_visit_is_light(seen):
    # the house-style editor shows a whole page beside itself: two first visits
    most = {s.state.name: FIRST_VISIT * (2 if s.state.covers == "upkeep:style" else 1) for s in seen}
    report([f"{s.state.name}: {s.transferred} bytes" for s in seen if s.transferred > most[s.state.name]])


def test_every_own_address_was_looked_at(seen):
    covered = {s.state.covers for s in seen}
    own = {o.name for o in looking.own_addresses() if not o.pattern.startswith(("api/", "hsds/", "demo/"))}
    missing = own - covered - own_pages.NO_PAGES - own_pages.WRITES
    report(sorted(missing))


# ---- canaries: each look finds a known violation ----

BAD = """<!doctype html><html lang="nl"><head><title>x</title></head><body><main><h1>x</h1>
<img src="http://elsewhere.example/pixel.png"><div style="width:2000px">breed</div><input id="a">
<p id="a">x</p></main></body></html>"""


@pytest.fixture(scope="session")
def bad():
    with looking.browser() as browser:
        context = browser.new_context(viewport={"width": 320, "height": 600}, base_url="http://here.test/")
        page = context.new_page()
        page.route("**/*", lambda route: route.fulfill(body=BAD, content_type="text/html", status=200))
        found = looking.look(page, State("bad", "/"), "http://here.test/")
        context.close()
    return found


def test_canary_axe_finds_a_picture_without_words(bad):
    assert any(line.startswith("image-alt") for line in bad.axe)


def test_canary_a_wide_page_is_found(bad):
    assert bad.wide > 1000


def test_canary_a_foreign_request_is_found(bad):
    assert bad.foreign == ["http://elsewhere.example/pixel.png"]


def test_canary_a_missing_file_is_found():
    found = Seen(State("x", "/"), console=["Failed to load resource: the server responded with a status of 404 ()"])
    with pytest.raises(AssertionError, match="status of 404"):
        test_nothing_is_blocked_or_breaks([found])


def test_canary_missing_headers_are_found(bad):
    bad.headers["content-security-policy"] = "script-src 'unsafe-inline'"
    with pytest.raises(AssertionError, match="unsafe in the policy"):
        test_every_answer_has_its_headers([bad])


def test_canary_invalid_html_is_found(bad):
    assert any("no-dup-id" in line for line in looking.html_findings({"bad": BAD}))
