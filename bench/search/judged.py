"""
Reading a judged set: questions as typed, with graded answers.

Input: a YAML file as bench/search/judged.yaml, whose head says what the fields are; beside it `<name>_none.yaml` may hold
what was looked at and judged 0. Raises ValueError with what is wrong.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.search.metrics import DEPTH, GOOD

OWN_SET = Path(__file__).parent / "judged.yaml"
AUDIENCES = ("ouders", "kinderen", "jongeren", "omgeving", "professionals")
GRADES = (3, 2, 1)
DANGER = frozenset({"112", "veilig-thuis", "113"})  # where one of these has 3, danger was told


@dataclass(frozen=True)
class Question:
    """What somebody types, the slug of their place, who they are, slug -> grade of what answers them, and what does not."""

    q: str
    place: str
    audience: str
    grades: dict[str, int]
    none: frozenset[str] = frozenset()

    @property
    def judged(self) -> frozenset[str]:
        """The offers that somebody judged for this question."""
        return self.none | set(self.grades)

    @property
    def danger(self) -> frozenset[str]:
        """The lines of which one must stand first because danger was told: 113 itself where it is about suicide."""
        lines = frozenset(slug for slug in DANGER if self.grades.get(slug) == GRADES[0])
        return lines & {"113"} or lines


def read(file: Path) -> list[Question]:
    """Read a judged set."""
    rows = yaml.safe_load(file.read_text())
    if not isinstance(rows, list):
        raise ValueError(f"{file}: not a list of questions")
    beside = file.with_name(f"{file.stem}_none.yaml")
    none = yaml.safe_load(beside.read_text()) if beside.is_file() else []
    looked_at = {(row["q"], row["place"]): frozenset(map(str, row[0])) for row in none}
    return [_question(row, looked_at) for row in rows]


def _question(row: Any, none: dict[tuple[str, str], frozenset[str]]) -> Question:
    if not isinstance(row, dict) or set(row) != {"q", "place", "audience", *GRADES}:
        raise ValueError(f"{row}: a question has q, place, audience, 3, 2 and 1")
    named = [(str(slug), grade) for grade in GRADES for slug in row[grade]]
    grades = dict(named)
    if len(grades) < len(named):
        raise ValueError(f"{row['q']}: an offer stands twice")
    found_none = none.get((row["q"], row["place"]), frozenset())
    if found_none & set(grades):
        raise ValueError(f"{row['q']}: an offer has a grade and none")
    return Question(str(row["q"]), row["place"], row["audience"], grades, found_none)


def faults(questions: Collection[Question], areas: dict[str, list[str]], regions: dict[str, str]) -> list[str]:
    """Say what is wrong with a set. `areas`: offer -> places it serves; `regions`: municipality -> its region."""
    wrong = [f"twice: {q.q}" for q in questions if sum((q.q, q.place) == (o.q, o.place) for o in questions) > 1]
    for question in questions:
        here = {question.place, regions.get(question.place), "nederland"}
        good = sum(grade >= GOOD for grade in question.grades.values())
        if question.audience not in AUDIENCES:
            wrong.append(f"{question.q}: who is {question.audience}?")
        if not 1 <= good <= DEPTH:
            wrong.append(f"{question.q}: {good} good answers; 1 to {DEPTH} can be found among the first {DEPTH}")
        for slug in question.grades:
            if slug not in areas:
                wrong.append(f"{question.q}: there is no offer {slug}")
            elif not here & set(areas[slug]):
                wrong.append(f"{question.q}: {slug} does not serve {question.place}")
    return wrong
