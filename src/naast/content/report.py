"""What `naast content` prints about language: a table of figures and, under it, what to mend."""

from collections import Counter

from . import level, loading
from .readability import Level

FOLDERS = ("articles", "roles", "pages")
HEAD = f"{'tekst':44} {'wrd':>4} {'gem':>5} {'max':>4} {'FD':>5} {'lang':>5} {'lijd':>5}  te doen"


def levels() -> dict[str, Level]:
    """Return the level of every shipped page and question by slug or key. Raises ContentError on a bad file."""
    found = {page.slug: level.of_shipped(page) for folder in FOLDERS for page in loading.pages(folder)}
    return found | {f"faq:{entry['key']}": level.of_faq(entry) for entry in loading.faq()}


def level_table(found: dict[str, Level], *, in_full: bool) -> str:
    """Return a line of figures a text; `in_full` adds each finding with its advice."""
    lines = [HEAD]
    for slug, one in found.items():
        kinds = Counter(finding.kind for finding in one.findings)
        lines.append(
            f"{slug:44.44} {one.words:4} {one.average:5.1f} {one.longest:4} {one.ease:5.1f} "
            f"{one.long_words:5.0%} {one.passive:5.0%}  "
            + ", ".join(f"{number} {kind}" for kind, number in kinds.items())
        )
        if in_full:
            lines += [f"    {finding.kind}: {finding.text}\n        → {finding.say}" for finding in one.findings]
    return "\n".join(lines)
