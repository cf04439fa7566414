"""What is installed is locked: every package with its hash, and no lock says where it came from."""

import json
import re
from typing import Any

import pytest

from .running import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def problems_of_python(lock: str) -> list[str]:
    """Requirements without a hash or a version, and lines that name an address; empty when all is well."""
    wrong = []
    for line in lock.replace("\\\n", " ").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not re.match(r"^[A-Za-z0-9_.\[\],-]+==[^ ;]+", line):
            wrong.append(f"not one fixed version: {line[:80]}")
        elif "--hash=sha256:" not in line:
            wrong.append(f"no hash: {line[:80]}")
    if re.search(r"https?://|--(extra-)?index-url|--find-links|file:/", lock):
        wrong.append("an address stands in the lock")
    return wrong


def problems_of_npm(lock: dict[str, Any]) -> list[str]:
    """Packages without integrity, and packages that say where they were fetched; empty when all is well."""
    wrong = []
    for name, entry in lock["packages"].items():
        if name and not entry.get("link") and not entry.get("integrity", "").startswith("sha512-"):
            wrong.append(f"no hash: {name}")
        if "resolved" in entry:
            wrong.append(f"an address stands in the lock: {name}")
    return wrong


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_python_packages_are_locked_with_hashes(lock):
    assert problems_of_python(lock.read_text()) == []


def test_every_list_of_requirements_has_its_lock():
    wanted = {source.stem for source in (ROOT / "requirements").glob("*.in")}

    assert wanted
    assert wanted == {lock.stem for lock in LOCKS}


def test_npm_packages_are_locked_with_hashes():
    assert problems_of_npm(json.loads((ROOT / "package-lock.json").read_text())) == []


def test_npm_leaves_addresses_out_of_the_lock():
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text()


@pytest.mark.parametrize(
    "lock",
    [
        "django==5.2\n",
        "django>=5.2 --hash=sha256:00\n",
        "--index-url https://packages.example.org/simple\ndjango==5.2 --hash=sha256:00\n",
        "naast @ git+https://git.example.org/naast --hash=sha256:00\n",
    ],
)
def test_canary_a_loose_requirement_is_found(lock: str):
    assert problems_of_python(lock)


@pytest.mark.parametrize(
    "entry",
    [{"version": "1.0.0"}, {"integrity": "sha512-x", "resolved": "https://packages.example.org/x.tgz"}],
)
def test_canary_a_loose_npm_package_is_found(entry: dict[str, str]):
    assert problems_of_npm({"packages": {"": {"name": "naast"}, "node_modules/x": entry}})
