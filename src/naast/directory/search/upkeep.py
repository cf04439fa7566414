"""Upkeep: whether the index still says what this release would write, and making it anew where it does not.

Stems, stop words and parts of compounds in the index come from the language data and the code of the release that wrote
them. A mark beside the index tells which; a release with other data or code makes the index anew before it is searched.
"""

from functools import lru_cache
from hashlib import blake2b
from importlib import metadata, resources

from django.db import transaction

from naast.core import upgrades
from naast.directory.models import IndexMark
from naast.directory.search import index
from naast.directory.search.thesaurus import DATA

# what decides which stems an offer has: data, and the code between an offer's text and the index
LANGUAGE = ("stopwords.yaml", "stem_exceptions.yaml", "thesaurus.yaml", "subjects.yaml", "special_groups.yaml")
CODE = (
    "rules.py",
    "search/analyser.py",
    "search/index.py",
    "search/thesaurus.py",
    "search/vocabulary.py",
    "search/words.py",
)


@lru_cache(maxsize=1)
def made_from() -> str:
    """A mark of everything in this release that decides what the index holds; 32 signs."""
    digest = blake2b(metadata.version("snowballstemmer").encode(), digest_size=16)
    room = resources.files("naast.directory")
    for source in (*(DATA / name for name in LANGUAGE), *(room.joinpath(name) for name in CODE)):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def renew() -> str:
    """Make the index anew where another release made it; returns a line for the operator, empty where it is of now."""
    with transaction.atomic():
        # the row is held, so that two processes that start together do not both make the index
        mark, _new = IndexMark.objects.select_for_update().get_or_create(pk=1, defaults={"made_from": ""})
        if mark.made_from == made_from():
            return ""
        count = index.rebuild()
        mark.made_from = made_from()
        mark.save(update_fields=["made_from"])
    # a new installation has nothing to tell
    return f"De zoekindex is opnieuw gemaakt: {count} keer hulp. De taal van het zoeken is veranderd." if count else ""


def connect() -> None:
    """Let every upgrade and every start look at the index."""
    upgrades.after("search-index", renew)
