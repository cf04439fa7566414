"""`make bench-search`: what search finds beside plain searches over the same texts, by a judged set.

Options: `--set FILE` another set, `--misses` every question that went wrong, `--pool FILE` what nobody judged yet.
No mark is asked and no test asserts these figures: they are reported as found.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.search import metrics  # noqa: E402
from bench.search.judged import AUDIENCES, DANGER, GRADES, OWN_SET, Question, faults, read  # noqa: E402

Row = tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """One question with the first ten that a search gave."""

    question: Question
    results: list[str]

    @property
    def ndcg(self) -> float:
        """nDCG@10."""
        return metrics.ndcg(self.results, self.question.grades)

    @property
    def lost(self) -> list[str]:
        """What they just needed and did not get among the first ten."""
        return [
            slug for slug, grade in self.question.grades.items() if grade == max(GRADES) and slug not in self.results
        ]

    @property
    def missed(self) -> bool:
        """Whether nothing good stands among the first three, or something that they just needed not among the ten."""
        return not metrics.success(self.results, self.question.grades) or bool(self.lost)


def set_up(folder: str) -> None:
    """Fill an installation with the demonstration's places and the offers that come with the project."""
    os.environ.update(NAAST_VAR=folder, NAAST_NO_COUNTRY="1", DJANGO_SETTINGS_MODULE="bench.search.settings")
    import django

    django.setup()
    from naast.core.commands import run_migrate
    from naast.demo.places import load_demo_places
    from naast.directory.actions import load_shipped

    run_migrate(argparse.Namespace())
    load_demo_places(publish=False)
    load_shipped()


def figures(name: str, answers: Sequence[Answered]) -> Row:
    """One row of the table."""

    def mean(values: list[float]) -> str:
        return f"{sum(values) / len(values):.3f}"

    return (
        name,
        str(len(answers)),
        mean([one.ndcg for one in answers]),
        mean([metrics.recall(one.results, one.question.grades) for one in answers]),
        mean([metrics.success(one.results, one.question.grades) for one in answers]),
    )


def danger(answers: Sequence[Answered]) -> None:
    """Print how danger was heard: whether its line is among the first three, and whether one stood first for nothing."""
    told = [one for one in answers if one.question.danger]
    deaf = [one for one in told if not one.question.danger & set(one.results[: metrics.FIRST])]
    false = [one for one in answers if set(one.results[:1]) & (DANGER - set(one.question.grades))]
    print(
        f"\nDanger told in {len(told)} questions; 112, Veilig Thuis or 113 is in the first three of {len(told) - len(deaf)}."
    )
    print(f"A line for danger stands first in {len(false)} questions that have no need of it.")
    for label, some in (("not heard", deaf), ("no need", false)):
        for one in some:
            print(f"  {label}: {one.question.q} ({one.question.place}, {one.question.audience})")


def show(rows: Sequence[Row]) -> None:
    """Print a table."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in (rows[0], tuple("─" * width for width in widths), *rows[1:]):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def misses(answers: Sequence[Answered]) -> None:
    """Print what went wrong, worst first: the question, what came, what they just needed and did not get."""
    wrong = sorted((one for one in answers if one.missed), key=lambda one: one.ndcg)
    print(
        f"\nMisses of {len(answers)}: {len(wrong)} (nothing good in the first three, or the best help not in the ten)"
    )
    for one in wrong:
        came = " ".join(f"{slug}[{one.question.grades.get(slug, 0)}]" for slug in one.results) or "nothing"
        where = f"({one.question.place}, {one.question.audience})"
        print(f"\n{one.ndcg:.2f}  {one.question.q} {where}\n      came: {came}")
        if one.lost:
            print(f"      lost: {' '.join(one.lost)}")


def pool(file: Path, answers: dict[str, list[Answered]]) -> int:
    """Write what some search gave among its ten and nobody judged, by name so that nobody sees which gave it."""
    rows = []
    for same in zip(*answers.values(), strict=True):
        question = same[0].question
        fresh = sorted({slug for one in same for slug in one.results} - question.judged)
        if fresh:
            rows.append({"q": question.q, "place": question.place, 0: fresh})
    file.write_text(yaml.safe_dump(rows, allow_unicode=True, default_flow_style=None, sort_keys=False, width=120))
    return len(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--set", type=Path, default=OWN_SET, help="a judged set (default: ours)", metavar="FILE")
    parser.add_argument("--misses", action="store_true", help="list every question that went wrong")
    parser.add_argument("--pool", type=Path, help="write what nobody judged yet", metavar="FILE")
    options = parser.parse_args(arguments)
    questions = read(options.set)
    with tempfile.TemporaryDirectory(prefix="naast-bench-search-") as folder:
        set_up(folder)
        from bench.search.systems import OURS, regions, systems, texts

        wrong = faults(questions, {text.slug: sorted(text.areas) for text in texts()}, regions())
        if wrong:
            print("\n".join(wrong), file=sys.stderr)
            return 2
        with systems() as searches:
            answers = {
                name: [Answered(one, run(one.q, one.place)[: metrics.DEPTH]) for one in questions]
                for name, run in searches.items()
            }
    show([("search", "questions", "nDCG@10", "recall@10", "success@3"),
          *(figures(name, rows) for name, rows in answers.items())])  # fmt: skip
    print()
    who = {name: [one for one in answers[OURS] if one.question.audience == name] for name in AUDIENCES}
    show([(f"{OURS}, by who asks", "questions", "nDCG@10", "recall@10", "success@3"),
          *(figures(name, rows) for name, rows in who.items() if rows)])  # fmt: skip
    danger(answers[OURS])
    if options.misses:
        misses(answers[OURS])
    if options.pool:
        print(f"\nQuestions with something not judged: {pool(options.pool, answers)} ({options.pool})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
