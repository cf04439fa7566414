"""Build the documentation site into var/site/: `make docs`. Exit 1 on a broken link or anchor, or a foreign request.

Needs Python alone: the site's packages come into an environment of their own, .venvs/docs, from requirements/docs.txt.
"""

import os
import re
import subprocess
import sys
import venv
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "var" / "site"
ENVIRONMENT = ROOT / ".venvs" / "docs"
LOCK = ROOT / "requirements" / "docs.txt"
# Attributes whose address a browser fetches by itself; a link of <a> waits for a reader.
FETCHED = {
    "img": "src",
    "script": "src",
    "link": "href",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "object": "data",
}
STYLE_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
NOT_FETCHED = {"canonical", "alternate", "prev", "next", "edit"}  # rel of a <link> that only says something


class Page(HTMLParser):
    """What one built page names: ids, links, and what a browser fetches for it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what this element names."""
        named = dict(attrs)
        if mark := named.get("id") or named.get("name"):
            self.ids.add(mark)
        if tag == "html":
            self.language = named.get("lang") or ""
        if tag == "a" and (href := named.get("href")):
            self.links.append(href)
        only_said = tag == "link" and set((named.get("rel") or "").split()) <= NOT_FETCHED
        if (address := named.get(FETCHED.get(tag, ""))) and not only_said:
            self.fetched.append(address)


def foreign_requests(pages: dict[Path, Page], styles: dict[Path, str]) -> list[str]:
    """Return what a browser would fetch from elsewhere, one line each."""
    found = [f"{path}: {address}" for path, page in pages.items() for address in page.fetched if is_foreign(address)]
    for path, text in styles.items():
        named = [one or other for one, other in STYLE_ADDRESS.findall(text)]
        found += [f"{path}: {address}" for address in named if is_foreign(address)]
    return found


def is_foreign(address: str) -> bool:
    """Tell whether an address leads to another host."""
    return bool(urlsplit(address.strip()).netloc)


def broken_links(pages: dict[Path, Page], files: set[Path]) -> list[str]:
    """Return links of one page to another (or to an anchor in it) that lead nowhere; paths are those of the site."""
    found = []
    for path, page in pages.items():
        for link in [*page.links, *page.fetched]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = Path(_normal(path.parent / unquote(parts.path))) if parts.path else path
            if target not in files and target / "index.html" in files:
                target = target / "index.html"
            there = target in files
            if there and parts.fragment and target in pages:
                there = unquote(parts.fragment) in pages[target].ids
            if not there:
                found.append(f"{path}: {link}")
    return found


def _normal(path: Path) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def environment() -> Path:
    """Return the `mkdocs` command, after installing the lock where that was not done yet."""
    mark = ENVIRONMENT / ".stamp"
    now = sha256(LOCK.read_bytes()).hexdigest()
    if not mark.exists() or mark.read_text() != now:
        print("Installing the packages of the documentation …", flush=True)
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
        pip = [str(ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
        mark.write_text(now)
    return ENVIRONMENT / "bin" / "mkdocs"


def look(site: Path) -> list[str]:
    """Return everything that is wrong with a built site."""
    files = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    pages = {path: Page((site / path).read_text(encoding="utf-8")) for path in files if path.suffix == ".html"}
    styles = {path: (site / path).read_text(encoding="utf-8") for path in files if path.suffix == ".css"}
    # 404.html is shown at any address, so Material gives it absolute ones.
    linked = {path: page for path, page in pages.items() if path.name != "404.html"}
    return [
        *(f"fetched from elsewhere: {line}" for line in foreign_requests(pages, styles)),
        *(f"leads nowhere: {line}" for line in broken_links(linked, files)),
        *(f"no language: {path}" for path, page in pages.items() if not page.language),
    ]


def main() -> int:
    """Build and look; returns 1 when something is wrong."""
    command = [str(environment()), "build", "--strict", "--clean", "--quiet"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    if done.returncode:
        return 1
    wrong = look(SITE)
    print("\n".join(wrong) if wrong else f"{len(list(SITE.rglob('*.html')))} pages: {SITE / 'index.html'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
