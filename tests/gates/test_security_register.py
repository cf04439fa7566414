"""The register of requirements (OWASP ASVS 5.0, levels 1 and 2) and the threat model name tests: each of those exists."""

import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from .running import ROOT

REGISTER = ROOT / "docs/security/asvs.csv"
THREATS = ROOT / "docs/security/threats.md"
COLUMNS = ["requirement", "level", "applies", "how", "test"]
NUMBER = re.compile(r"V\d{1,2}\.\d{1,2}\.\d{1,2}")
NAMED = re.compile(r"`((?:src|tests)/[\w./-]+\.py)(?:::([\w:]+))?`")
# ASVS 5.0.0 has 70 requirements of level 1 and 183 of level 2 (docs/security/README.md).
LEVELS = {"1": 70, "2": 183}
# How something is met that no test can show: written down, done by the one who runs it, or by the make of the thing.
WITHOUT_TEST = ("by design: ", "by the operator: ", "written: ", "not met: ")


def rows() -> list[dict[str, str]]:
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def missing_tests(named: Iterable[str]) -> list[str]:
    """Name the tests that are not there; `path` or `path::name`, a class in between allowed."""
    gone: list[str] = []
    for one in named:
        path, _, name = one.partition("::")
        file = ROOT / path
        last = name.split("::")[-1]
        if not file.is_file() or (
            last and not re.search(rf"^\s*(?:def|class) {last}\b", file.read_text(), re.MULTILINE)
        ):
            gone.append(one)
    return gone


def faults(found: Iterable[Mapping[str, str]]) -> list[str]:
    """Say in words what is wrong with the register."""
    wrong: list[str] = []
    seen: set[str] = set()
    for row in found:
        number, how, tests = row["requirement"], row["how"].strip(), row["test"].split()
        if not NUMBER.fullmatch(number) or number in seen:
            wrong.append(f"{number}: no number, or twice")
        seen.add(number)
        if row["applies"] not in ("yes", "no") or not how:
            wrong.append(f"{number}: applies is yes or no, and how is said")
        if row["applies"] == "yes" and not tests and not how.startswith(WITHOUT_TEST):
            wrong.append(f"{number}: no test, and not said why: {', '.join(WITHOUT_TEST)}")
        wrong += [f"{number}: {one} does not exist" for one in missing_tests(tests)]
    return wrong


def test_every_requirement_says_how_and_names_tests_that_exist() -> None:
    assert faults(rows()) == []


def test_all_requirements_of_both_levels_are_there() -> None:
    found = [row["level"] for row in rows()]
    assert {level: found.count(level) for level in LEVELS} == LEVELS


def test_every_threat_names_tests_that_exist() -> None:
    named = ["::".join(filter(None, one)) for one in NAMED.findall(THREATS.read_text(encoding="utf-8"))]
    assert len(named) > 20
    assert missing_tests(named) == []


# ---------- canaries ----------


def test_canary_a_test_that_is_not_there_is_named() -> None:
    here = Path(__file__).relative_to(ROOT).as_posix()
    assert missing_tests([f"{here}::faults", f"{here}::test_that_nobody_wrote", "tests/gates/nowhere.py"]) == [
        f"{here}::test_that_nobody_wrote",
        "tests/gates/nowhere.py",
    ]


def test_canary_a_row_without_proof_is_named() -> None:
    row = {"requirement": "V1.1.1", "level": "2", "applies": "yes", "how": "we do that", "test": ""}
    assert faults([row]) == ["V1.1.1: no test, and not said why: by design: , by the operator: , written: , not met: "]
    assert faults([{**row, "applies": "no"}]) == []
    assert len(faults([row, {**row, "how": "by design: so made"}])) == 2
