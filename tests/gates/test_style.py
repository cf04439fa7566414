"""Code and templates have one style, the storeys hold, and what decides, reads and writes is typed."""

import re
import tomllib
from pathlib import Path

import pytest

from .running import ROOT, run, words

SETTINGS = ROOT / "pyproject.toml"
LAYERS = tomllib.loads(SETTINGS.read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
ROOMS = tuple(re.findall(r"\w+", " ".join(LAYERS)))


def house(folder: Path, **modules: str) -> Path:
    """A made-up house with all rooms empty, but for `room__module=source`; gives its source folder."""
    for room in ROOMS:
        package = folder / "naast" / room
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("")
    (folder / "naast" / "__init__.py").write_text("")
    for name, source in modules.items():
        room, module = name.split("__")
        (folder / "naast" / room / f"{module}.py").write_text(source)
    return folder


def without_django(settings: str, source: Path) -> str:
    """Our settings for a made-up house: its own folder, and no plugin that would start Django."""
    settings = re.sub(r"^plugins = .*$", "", settings, flags=re.MULTILINE)
    return re.sub(r"^mypy_path = .*$", f'mypy_path = "{source}"', settings, flags=re.MULTILINE)


# ruff


def test_code_has_no_lint():
    result = run("ruff", "check", "--no-cache", ".")

    assert result.returncode == 0, words(result)


def test_code_is_formatted():
    result = run("ruff", "format", "--no-cache", "--check", ".")

    assert result.returncode == 0, words(result)


def test_canary_lint_is_found(tmp_path: Path):
    (tmp_path / "bad.py").write_text("import os\n")

    result = run("ruff", "check", "--no-cache", "--config", SETTINGS, tmp_path)

    assert result.returncode == 1
    assert "F401" in result.stdout
    assert "D100" in result.stdout


def test_canary_unformatted_code_is_found(tmp_path: Path):
    (tmp_path / "bad.py").write_text("x = {'a':1}\n")

    assert run("ruff", "format", "--no-cache", "--check", "--config", SETTINGS, tmp_path).returncode == 1


# djlint


@pytest.mark.slow
def test_templates_are_formatted():
    result = run("djlint", "src", "--check", "--quiet")

    assert result.returncode == 0, words(result)


@pytest.mark.slow
def test_templates_have_no_lint():
    result = run("djlint", "src", "--lint", "--quiet")

    assert result.returncode == 0, words(result)


def test_canary_bad_templates_are_found(tmp_path: Path):
    (tmp_path / "bad.html").write_text("<div><p>a</p>\n        <img src='x.png'></div>\n")
    here = ("--configuration", SETTINGS, "--quiet")

    assert run("djlint", tmp_path, "--check", *here).returncode == 1
    assert run("djlint", tmp_path, "--lint", *here).returncode == 1


# storeys


def test_storeys_hold():
    result = run("lint-imports", "--config", SETTINGS, "--no-cache")

    assert result.returncode == 0, words(result)


@pytest.mark.parametrize(
    ("modules", "said"),
    [
        ({"core__queries": "from naast.desk import queries\n", "desk__queries": ""}, "naast.core"),
        ({"lockers__rules": "import naast.conversations\n"}, "naast.lockers"),
        ({"guide__views": "from naast.contact import actions\n", "contact__actions": ""}, "naast.guide"),
    ],
    ids=["upwards", "within a storey", "between journeys"],
)
def test_canary_an_arrow_that_is_not_allowed_is_found(tmp_path: Path, modules: dict[str, str], said: str):
    source = house(tmp_path, **modules)

    result = run("lint-imports", "--config", SETTINGS, "--no-cache", cwd=source, path=source)

    assert result.returncode == 1, words(result)
    assert f"{said} is not allowed to import" in result.stdout, words(result)


# mypy


@pytest.mark.slow
def test_types_hold():
    result = run("mypy", "--config-file", SETTINGS)

    assert result.returncode == 0, words(result)


@pytest.mark.parametrize("module", ["rules", "queries", "actions"])
def test_canary_untyped_thinking_reading_and_writing_are_found(tmp_path: Path, module: str):
    source = house(tmp_path / "src", **{f"ledger__{module}": "def band(duration):\n    return duration\n"})
    (tmp_path / "pyproject.toml").write_text(without_django(SETTINGS.read_text(), source))

    result = run("mypy", "--config-file", tmp_path / "pyproject.toml", "--cache-dir", tmp_path / "cache", cwd=tmp_path)

    assert result.returncode == 1, words(result)
    assert f"naast/ledger/{module}.py:1" in result.stdout
    assert "no-untyped-def" in result.stdout
