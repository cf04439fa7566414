"""The index, thought through by hand: what a lookup must give, from the words of the offers and without a database's search.

SQLite and PostgreSQL are both held to it, so they give the same hits.
"""

from naast.directory.models import Offer
from naast.directory.rules import LEVELS
from naast.directory.search import index
from naast.directory.search.analyser import Analyser
from naast.directory.search.analysis import Group, Term

QUESTIONS = (
    "omgangsregelng",
    "bezoekregeling",
    "papa ziet de kinderen niet",
    "vechtscheiding",
    "ruzie met de andere ouder",
    "we kunnen niet met elkaar praten",
    "buddy",
    "een maatje voor mijn zoon van 12",
    "KIES",
    "advocaat betalen",
    "mediator",
    "stiefkind",
    "bonusmoeder",
    "zwanger",
    "huilbaby",
    "gratis groep voor kinderen",
    "mijn dochter huilt om de scheiding",
    "relatietherapie",
    "loket",
    "spreekuur",
    "juf",
    "opa ziet kleinkind niet",
    "geen geld",
    "alimentatie",
    "waar kan ik wonen",
    "ouderschapsplan",
    "hoe vertel ik het mijn kinderen",
    "kindgesprek rechter",
    "mijn man slaat me",
    "ik wil niet meer leven",
    "verkracht",
    "kinderen meegenomen naar buitenland",
    "alleenstaande moeder",
    "cursus voor ouders",
    "online",
    "hulp",
    "ouders",
    "scheiding",
    "mijn vriendin gaat scheiden hoe steun ik haar",
    "kindertelefon",
)


def by_hand(full: Analyser, groups: tuple[Group, ...]) -> list[dict[int, float]]:
    """For each group the offers (by number) that have it, with the weight of the best way."""
    offers = Offer.objects.select_related("organisation", "indexed")
    documents = [index.document_of(full, offer, offer.indexed.number) for offer in offers]
    held = {one.number: [set(level) for level in index.stems_by_level(full, one)] for one in documents}
    found = []
    for group in groups:
        best = {number: max(worth(term, levels) for term in group.terms) for number, levels in held.items()}
        found.append({number: weight for number, weight in best.items() if weight})
    return found


def worth(term: Term, levels: list[set[str]]) -> float:
    """The weight of a term in an offer: by the first level on which, with the better ones, all its stems stand."""
    seen: set[str] = set()
    for level, weight in zip(levels, LEVELS, strict=True):
        seen |= level
        if seen.issuperset(term.stems):
            return term.weight * weight
    return 0.0
