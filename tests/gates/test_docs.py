"""What the documentation says is there: links, anchors, commands, settings, roles; and its examples run."""

import argparse
import re
import shlex
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import yaml
from tools.build_docs import look

from naast.cli import parser

from .running import ROOT

DOCS = ROOT / "docs"
FENCE = re.compile(r"^( *)```(\w*)[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+(?:\([^()\s]*\))?)\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
DECISIONS = "decisions/"  # the hook adds these to the nav (tools/docs_hooks.py)


def papers() -> list[Path]:
    """Every page of the site, and the papers on top of the project that link to it."""
    return [
        *sorted(DOCS.rglob("*.md")),
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "GOVERNANCE.md", "SECURITY.md")),
    ]


def without_code(text: str) -> str:
    return INLINE.sub("", FENCE.sub("", text))


def slug(heading: str) -> str:
    """The anchor of a heading, as Python-Markdown's toc makes it."""
    bare = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").replace("*", "")
    plain = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


def anchors(text: str) -> set[str]:
    return {slug(heading) for heading in HEADING.findall(FENCE.sub("", text))}


def dead_links(paper: Path, text: str, root: Path = ROOT) -> list[str]:
    """Relative links of a paper that lead to no file, or to no heading in it."""
    found = []
    for target in LINK.findall(without_code(text)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (paper.parent / name).resolve() if name else paper
        there = file.exists() and file.is_relative_to(root)
        if there and anchor and file.suffix == ".md":
            there = anchor in anchors(text if file == paper else file.read_text())
        if not there:
            found.append(f"{paper.name}: {target}")
    return found


def pages_of_nav(nav: Iterable[object]) -> Iterator[str]:
    for entry in nav:
        if isinstance(entry, str):
            yield entry
        elif isinstance(entry, dict):
            for inner in entry.values():
                yield from pages_of_nav(inner if isinstance(inner, list) else [inner])


def not_in_nav(pages: Iterable[str], nav: Iterable[object]) -> list[str]:
    named = set(pages_of_nav(nav))
    return sorted(page for page in pages if page not in named and not page.startswith(DECISIONS)) + sorted(
        page for page in named if not (DOCS / page).is_file()
    )


# ---------- commands ----------


def code_of(text: str) -> Iterator[str]:
    """Each line of code in a paper, and each piece of inline code."""
    for _indent, _kind, block in FENCE.findall(text):
        yield from block.splitlines()
    yield from INLINE.findall(FENCE.sub("", text))


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def wrong_commands(text: str) -> list[str]:
    """`make` targets and `naast` commands (with their options) that do not exist."""
    found = []
    for line in code_of(text):
        command = line.partition("#")[0].strip()
        if (match := re.match(r"make +([a-z][a-z-]*)", command)) and match[1] not in make_targets():
            found.append(command)
        if match := re.match(r"(?:ExecStart=)?(?:\S*/)?naast +([a-z-].*)", command):
            found += [f"{command}: {why}" for why in wrong_words(match[1])]
    return found


def wrong_words(command: str) -> list[str]:
    """What in the words after `naast` does not exist: a verb or an option."""
    at = parser()
    for word in shlex.split(re.sub(r"[|;<>].*|\[.*?\]", "", command)):
        if word.startswith("--"):
            if word.partition("=")[0] not in at._option_string_actions:
                return [word]
            continue
        below = next((a for a in at._actions if isinstance(a, argparse._SubParsersAction)), None)
        if below is None:
            continue
        if word not in below.choices:
            return [word]
        at = below.choices[word]
    return []


# ---------- settings ----------


def settings_of_code() -> set[str]:
    """Every setting that the program reads from the environment, and every number of our own."""
    found = set()
    for file in (ROOT / "src" / "naast").rglob("*.py"):
        if "tests" not in file.parts:
            text = file.read_text()
            found |= set(
                re.findall(
                    r"(?:environ(?:\.get)?|needed|strong_secret|count_of|one_of|getenv)[\[(]\"(NAAST_\w+)\"", text
                )
            )
    return found | set(re.findall(r"^(NAAST_\w+)", (ROOT / "src/naast/settings/base.py").read_text(), re.MULTILINE))


def needed_settings() -> set[str]:
    text = (ROOT / "src/naast/settings/production.py").read_text()
    return set(re.findall(r"(?:needed|strong_secret)\(\"(NAAST_\w+)\"", text))


def rows(text: str) -> list[list[str]]:
    """The cells of all tables of a paper."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]


def settings_of_page(text: str) -> dict[str, str]:
    """Setting → second cell of its row."""
    return {cells[0].strip("`"): cells[1] for cells in rows(text) if cells[0].startswith("`NAAST_")}


# ---------- the gates ----------


@pytest.mark.parametrize("paper", papers(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_anchors_lead_somewhere(paper):
    assert dead_links(paper, paper.read_text()) == []


@pytest.mark.parametrize("paper", papers(), ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_exist(paper):
    assert wrong_commands(paper.read_text()) == []


def test_every_page_stands_in_the_menu():
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text())["nav"]

    assert not_in_nav([path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")], nav) == []


def test_every_decision_stands_in_their_list():
    listed = (DOCS / "decisions" / "README.md").read_text()

    assert [path.name for path in (DOCS / "decisions").glob("0*.md") if f"({path.name})" not in listed] == []


def test_the_operators_table_names_every_setting_and_no_other():
    assert set(settings_of_page((DOCS / "settings.md").read_text())) == settings_of_code()


def test_the_operators_table_says_which_settings_are_needed():
    page = settings_of_page((DOCS / "settings.md").read_text())

    assert {name for name, needed in page.items() if needed == "yes"} == needed_settings()


def test_every_role_is_told_to_municipalities():
    from naast.people.policy_table import ROLE_NAMES

    told = {word for cells in rows((DOCS / "municipality.md").read_text()) for word in INLINE.findall(cells[0])}

    assert set(ROLE_NAMES) <= told


def test_pictures_are_light_few_and_used():
    pictures = sorted((DOCS / "pictures").iterdir())
    texts = "".join(paper.read_text() for paper in papers())

    assert len(pictures) <= 20
    assert [file.name for file in pictures if file.stat().st_size > 150_000] == []
    assert [file.name for file in pictures if file.name not in texts] == []


def test_nothing_of_the_site_is_asked_of_others():
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text())

    assert settings["theme"]["font"] is False
    assert "analytics" not in settings["extra"]
    assert not [one for one in [*settings["extra_css"], *settings.get("extra_javascript", [])] if "//" in one]


# ---------- the operator's examples run ----------


def python_blocks() -> list[str]:
    return [block for _indent, kind, block in FENCE.findall((DOCS / "install.md").read_text()) if kind == "python"]


@pytest.mark.slow  # it loads all shipped texts
def test_the_operators_scripts_open_a_municipality(places, capsys):
    from naast.content import actions as content
    from naast.people import actions as people
    from naast.people.rules import Scope
    from naast.places.queries import by_slug
    from naast.upkeep.statements.tests.factories import declared

    content.load_shipped()
    make_region, take_part, publish = python_blocks()
    exec(make_region, {})  # noqa: S102
    exec(take_part, {})  # noqa: S102
    exec(publish, {})  # noqa: S102
    said = capsys.readouterr().out
    assert "/loket/verklaringen/leeuwarden/privacy/" in said
    assert "Er is nog geen adviseur" in said

    here = by_slug("leeuwarden")
    declared("leeuwarden")
    adviser = people.add_staff(email="loket@gemeente.example", display_name="Marije Voorbeeld")
    people.grant_role(user=adviser, role="adviser", scope=Scope(here.kind, here.id))
    exec(publish, {})  # noqa: S102

    assert capsys.readouterr().out == "Open.\n"
    assert by_slug("leeuwarden").live


# ---------- canaries ----------


def test_canary_a_dead_link_and_a_dead_anchor_are_found(tmp_path):
    (tmp_path / "there.md").write_text("# Wel hier, één keer\n")
    text = "[a](gone.md) [b](there.md#gone) ![c](gone.png) [d](#gone)\n```\n[no link](in-code.md)\n```\n"

    assert len(dead_links(tmp_path / "paper.md", text, tmp_path)) == 4
    assert dead_links(tmp_path / "paper.md", "[e](there.md#wel-hier-een-keer) [f](https://x.example)", tmp_path) == []


def test_canary_a_page_outside_the_menu_and_a_menu_without_its_page_are_found():
    assert not_in_nav(["stray.md", "house.md"], ["house.md", {"A": [{"B": "gone.md"}]}]) == ["stray.md", "gone.md"]


@pytest.mark.parametrize(
    "text",
    ["`make nothing`", "`naast nothing`", "```sh\n.venv/bin/naast staff remove x\n```", "`naast demo --prot 1`"],
)
def test_canary_a_command_that_does_not_exist_is_found(text):
    assert wrong_commands(text)


def test_canary_commands_that_exist_pass():
    assert (
        wrong_commands("`naast keys new --salt` `make test` `naast places load FILE` `naast.settings.production`") == []
    )


def test_canary_a_setting_that_nobody_reads_is_found():
    assert settings_of_page("| `NAAST_GONE` | yes | x |") == {"NAAST_GONE": "yes"}
    assert "NAAST_GONE" not in settings_of_code()
    assert {"NAAST_KEYRING", "NAAST_VAR", "NAAST_LIMITS", "NAAST_PROXIES"} <= settings_of_code()


def test_canary_the_look_at_the_built_site_finds_what_is_wrong(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "index.html").write_text(
        '<html lang="nl"><link rel="stylesheet" href="https://fonts.example/a.css"><a href="sub/page.html#gone">a</a>'
        '<a href="gone.html">b</a><a href="sub/page.html#here">c</a><a href="https://x.example">d</a>'
    )
    (tmp_path / "sub" / "page.html").write_text('<html><h1 id="here">x</h1><img src="../gone.png">')
    (tmp_path / "site.css").write_text("a { background: url(//cdn.example/x.png) }")

    assert sorted(look(tmp_path)) == [
        "fetched from elsewhere: index.html: https://fonts.example/a.css",
        "fetched from elsewhere: site.css: //cdn.example/x.png",
        "leads nowhere: index.html: gone.html",
        "leads nowhere: index.html: sub/page.html#gone",
        "leads nowhere: sub/page.html: ../gone.png",
        "no language: sub/page.html",
    ]
