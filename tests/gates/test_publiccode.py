"""
publiccode.yml is complete, true and of this version, so that catalogues of public software show what Naast is.

The rules are those of publiccode.yml 0.7; its own validator needs the internet and another language.
"""

import copy
import re
import tomllib
from typing import Any

import pytest
import yaml

from .running import ROOT

MANDATORY = (
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
)
DEPRECATED = ("monochromeLogo", "inputTypes", "outputTypes")
STATUSES = ("concept", "development", "beta", "stable", "obsolete")
TYPES = ("internal", "contract", "community", "none")


def package() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def described() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "publiccode.yml").read_text())


def problems(data: dict[str, Any], version: str, licence: str) -> list[str]:
    """What is wrong with this publiccode.yml, in words; empty when all is well."""
    wrong = [f"{key} is missing" for key in MANDATORY if not data.get(key)]
    wrong += [f"{key} is deprecated" for key in DEPRECATED if key in data]
    if data.get("developmentStatus") not in STATUSES:
        wrong.append("developmentStatus is not one of the standard")
    if data.get("softwareType") != "standalone/web":
        wrong.append("softwareType is not standalone/web")
    if not str(data.get("url", "")).startswith("https://"):
        wrong.append("url is not an https address")
    if data.get("softwareVersion") != version:
        wrong.append(f"softwareVersion is not the package's {version}")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(data.get("releaseDate", ""))):
        wrong.append("releaseDate is not a date")
    for language, text in (data.get("description") or {}).items():
        if not 0 < len(text.get("shortDescription", "").strip()) <= 150:
            wrong.append(f"shortDescription in {language} is missing or longer than 150 characters")
        if not 150 <= len(text.get("longDescription", "").strip()) <= 10_000:
            wrong.append(f"longDescription in {language} has not 150 to 10,000 characters")
        if not text.get("features"):
            wrong.append(f"features in {language} are missing")
        if "genericName" in text:
            wrong.append("genericName is deprecated")
    if (data.get("legal") or {}).get("license") != licence:
        wrong.append(f"legal.license is not the package's {licence}")
    upkeep = data.get("maintenance") or {}
    if upkeep.get("type") not in TYPES:
        wrong.append("maintenance.type is not one of the standard")
    named = all(one.get("name") for one in upkeep.get("contacts", [{}]))
    if upkeep.get("type") in ("internal", "community") and not named:
        wrong.append("maintenance.contacts needs a name")
    if upkeep.get("type") == "contract" and not upkeep.get("contractors"):
        wrong.append("maintenance.contractors is missing")
    spoken = data.get("localisation") or {}
    if not isinstance(spoken.get("localisationReady"), bool) or not spoken.get("availableLanguages"):
        wrong.append("localisation needs localisationReady and availableLanguages")
    if "organisation" in data and not data["organisation"].get("uri"):
        wrong.append("organisation.uri is missing")
    return wrong


def test_it_follows_the_standard_and_the_package():
    assert problems(described(), package()["version"], package()["license"]) == []


def test_the_languages_are_those_of_the_interface():
    shipped = {folder.name for folder in ROOT.glob("src/naast/*/locale/*") if folder.is_dir()}

    assert set(described()["localisation"]["availableLanguages"]) == shipped


def test_the_changelog_knows_this_version():
    assert f"## [{package()['version']}] - " in (ROOT / "CHANGELOG.md").read_text()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": None}, "name is missing"),
        ({"softwareVersion": "0.0.1"}, "softwareVersion is not the package's"),
        ({"monochromeLogo": "logo.svg"}, "monochromeLogo is deprecated"),
        ({"developmentStatus": "t.b.d."}, "developmentStatus is not one"),
        ({"legal": {"license": "proprietary"}}, "legal.license is not"),
        ({"maintenance": {"type": "community", "contacts": [{}]}}, "contacts needs a name"),
        ({"description": {"nl": {"shortDescription": "x" * 151}}}, "longer than 150"),
        ({"organisation": {}}, "organisation.uri is missing"),
    ],
)
def test_canary_a_stale_or_broken_description_is_found(change: dict[str, Any], said: str):
    broken = {**copy.deepcopy(described()), **change}

    assert any(said in one for one in problems(broken, package()["version"], package()["license"]))
