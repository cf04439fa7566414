"""
Reading a judged set: questions as typed, with graded answers.

Input: a YAML file as bench/search/judged.yaml, whose head says what the fields are. Raises ValueError with what is wrong.
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


@dataclass(frozen=True)
class Question:
    """What somebody types: the words, the slug of their place, who they are, and slug -> grade of what answers them."""

    q: str
    place: str
    audience: str
    grades: dict[str, int]


def read(file: Path) -> list[Question]:
    """Read a judged set."""
    rows = yaml.safe_load(file.read_text())
    if not isinstance(rows, list):
        raise ValueError(f"{file}: not a list of questions")
    return [_question(row) for row in rows]


def _question(row: Any) -> Question:
    if not isinstance(row, dict) or set(row) != {"q", "place", "audience", *GRADES}:
        raise ValueError(f"{row}: a question has q, place, audience, 3, 2 and 1")
    named = [(str(slug), grade) for grade in GRADES for slug in row[grade]]
    grades = dict(named)
    if len(grades) < len(named):
        raise ValueError(f"{row['q']}: an offer stands twice")
    return Question(str(row["q"]), row["place"], row["audience"], grades)


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
