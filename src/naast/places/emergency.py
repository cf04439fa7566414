"""Emergency pages in further languages: one file of words each in data/emergency/ (docs/languages.md)."""
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data/emergency"


@cache
def codes() -> frozenset[str]:
    """Return the languages that have an emergency page of their own."""
    return frozenset(path.stem for path in DATA.glob("*.yaml"))
