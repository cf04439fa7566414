"""What one search finds, group by group."""

from dataclasses import dataclass

from naast.content import library as lib
from naast.content.library import Answered
from naast.content.search import shelf
from naast.directory.queries import SearchQuery, SearchResult
from naast.directory.queries import search as search_offers
from naast.places.rules import PlaceInfo

MOST_PAGES, MOST_FAQ, MOST_GUIDES, MOST_OFFERS = 8, 4, 2, 3


@dataclass(frozen=True)
class Everything:
    """What one search finds, group by group, each best first; `total` counts what is shown and all help nearby."""

    pages: list[shelf.Text]
    faq: list[Answered]
    guides: list[shelf.Text]
    help: SearchResult

    @property
    def total(self) -> int:
        """Return how much there is."""
        return len(self.pages) + len(self.faq) + len(self.guides) + self.help.total


def _said_better(text: shelf.Text, by_key: dict[str, Answered], language: str) -> bool:
    """Tell whether a Dutch text has a translation in this language, so that it stands in a list once."""
    if language == lib.LANGUAGE or text.language != lib.LANGUAGE:
        return False
    if text.kind == "faq":
        return (language, by_key[text.key].group) in lib.library().faq_in
    card = lib.library().by_path.get((lib.LANGUAGE, text.path))
    return card is not None and (language, card.group) in lib.library().by_group


def everything(typed: str, place: PlaceInfo, language: str = lib.LANGUAGE) -> Everything:
    """Find pages, answered questions, guides and offers for what somebody typed; any text is allowed, none fails."""
    held = shelf.shelf()
    found = shelf.find(held.analyser.analyse(typed), held, language, typed=typed)
    if not (place.takes_part or place.is_region):  # elsewhere only guides and help are open
        found = [text for text in found if text.kind == "guide"]
    shared = lib.library()
    by_key = {entry.key: entry for entry in shared.faq_in.values()}
    found = [text for text in found if not _said_better(text, by_key, language)]
    return Everything(
        pages=[text for text in found if text.kind == "page"][:MOST_PAGES],
        faq=[by_key[text.key] for text in found if text.kind == "faq"][:MOST_FAQ],
        guides=[text for text in found if text.kind == "guide"][:MOST_GUIDES],
        help=search_offers(SearchQuery(q=typed, place=place, page_size=MOST_OFFERS)),
    )
