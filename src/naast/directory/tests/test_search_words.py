"""Searching as people do: whole sentences, any rubbish, and an order that money and names cannot buy."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naast.core import generations
from naast.directory import actions
from naast.directory.models import Offer
from naast.directory.queries import SearchQuery, SearchResult, search
from naast.directory.search import index
from naast.directory.search.explaining import explain
from naast.places.queries import by_slug

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped(places: None) -> Iterator[None]:
    """What is shipped, read into memory once: nothing changes during these tests."""
    actions.load_shipped()
    with generations.one_look():
        yield


def ask(question: str, **more: object) -> SearchResult:
    return search(SearchQuery(q=question, place=by_slug("enschede"), **more))  # type: ignore[arg-type]


def first(question: str, number: int = 3) -> list[str]:
    return [one.offer.slug for one in ask(question).results][:number]


# a question in somebody's words, and what must stand among the first three
SENTENCES = {
    "ik zie mijn kleinzoon niet meer": "bemiddeling-grootouders",
    "mijn moeder huilt de hele tijd": "kindertelefoon",
    "papa slaat mama": "veilig-thuis",
    "ik ben bang voor mijn man": "veilig-thuis",
    "mijn ex komt de afspraken niet na": "ouderschap-blijft",
    "wie betaalt de advocaat": "juridisch-loket",
    "mijn vrouw wil bij me weg": "mediation-met-subsidie",
    "dochter van 9 slaapt slecht sinds de scheiding": "kies",
    "onze kleuter in groep 2 heeft verdriet, wij gaan uit elkaar": "stoere-schildpadden",
    "een leerling in mijn klas huilt veel": "scheiding-op-school-twente",
    "mijn ex betaalt geen alimentatie meer": "lbio",
    "chatten met iemand die ook gescheiden ouders heeft": "buddy-villa-pinedo",
    "patiënt gaat scheiden, waar verwijs ik naar": "richtlijn-scheiding",
    "ik ben twaalf en mijn ouders maken elke dag ruzie": "kindertelefoon",
}
RUBBISH = (
    "x" * 4000,
    "papa ziet de kinderen niet " * 150,
    "😀" * 2000,
    "👨‍👩‍👧‍👦 scheiding 💔",
    "' OR 1=1; DROP TABLE directory_offer; --",
    "Robert'); DELETE FROM directory_word;--",
    'a:* NEAR("b" c, 3) ^x {a b}: y - {d}',
    "omgang & !hulp | (x <-> y):*",
    "AND OR NOT NEAR",
    '"' * 400,
    "a" + "*" * 300,
    "\x00omgang\x00",
    "\x01\x02\x1b[31m",
    "\u202eedieweg\u202c מתגרשים طلاق",
    "١٢ سنة",
    "ǅ ﬁ ß ĳ",
    "%_\\%%s {0} %(x)s",
    "{{ 7*7 }} ${x} <b>",
    "9" * 60,
    "van 99999999999999999999",
    " \t\n\u00a0\u200b ",
    "-1 -0 +31",
)


def test_sentences_bring_what_helps(shipped: None) -> None:
    missed = {question: first(question) for question, slug in SENTENCES.items() if slug not in first(question)}
    assert missed == {}
    # filler words do not rule
    short = first("advocaat betalen", 5)
    long = first("beste mensen, ik hoop dat iemand weet hoe het nu precies zit met wie de advocaat moet betalen", 5)
    assert len(set(short) & set(long)) >= 4


@pytest.fixture
def some(places: None) -> Iterator[None]:
    """A few offers that differ in what the ranking sees."""
    factories.offer(slug="omgang", name="Omgangshuis", audiences=["ouders", "kinderen"])
    factories.offer(slug="kleuters", name="Groep voor kinderen", audiences=["kinderen"], age_min=4, age_max=6)
    factories.offer(slug="groten", name="Groep voor kinderen", audiences=["kinderen"], age_min=9, age_max=12)
    factories.offer(slug="regio", name="Ruzie? Praat erover", area=["twente"])
    factories.offer(slug="land", name="Hulp bij ruzie", area=["nederland"])
    factories.offer(slug="lijn", name="Bel bij ruzie", helpline=True)
    with generations.one_look():
        yield


def test_an_age_puts_what_fits_before_what_does_not(some: None) -> None:
    assert first("groep voor mijn kind van 5", 2) == ["kleuters", "groten"]
    assert first("groep voor mijn kind van 11", 2) == ["groten", "kleuters"]


def test_what_is_switched_off_has_no_say(some: None) -> None:
    question = "groep voor mijn kind van 5"
    off = frozenset(one.key for one in ask(question).analysis.recognised)
    plain = ask(question, without=off)
    assert plain.analysis.recognised == ()
    assert plain.total > 0


@pytest.mark.parametrize("question", RUBBISH)
def test_no_rubbish_breaks_the_search(some: None, question: str) -> None:
    result = ask(question)
    assert len(result.results) <= result.total
    assert Offer.objects.exists()


QUESTIONS = ["omgang kinderen", "ruzie", "groep voor mijn dochter van 9", "papa slaat mama en ruzie", ""]


@given(question=st.text(st.characters(codec="utf-8"), max_size=200) | st.sampled_from(QUESTIONS))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_explained_ranks_stand_in_the_order_of_the_results(some: None, question: str) -> None:
    explanation = explain(SearchQuery(q=question, place=by_slug("enschede")))
    ranks = [one.rank for one in explanation.results if not one.found.first and not one.last]
    assert ranks == pytest.approx(sorted(ranks, reverse=True))


MONEY = st.tuples(
    st.sampled_from(["gratis", "eigen-bijdrage", "betaald", "onbekend"]),
    st.lists(st.sampled_from(["gemeente", "verzekering", "eigen-middelen"]), max_size=2),
    st.text("abcz", min_size=1, max_size=12),
)


@given(first_one=MONEY, second=MONEY)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_money_and_names_never_change_the_order(
    places: None, first_one: tuple[str, list[str], str], second: tuple[str, list[str], str]
) -> None:
    Offer.objects.all().delete()
    factories.offer(slug="beter", summary="Mediator bij ruzie.")
    factories.offer(slug="minder", description="Soms is er een mediator.")
    for slug, (costs, payers, name) in (("beter", first_one), ("minder", second)):
        Offer.objects.filter(slug=slug).update(costs=costs, payers=payers, name=f"Q{name}")
    index.put(list(Offer.objects.values_list("pk", flat=True)))
    assert first("mediator") == ["beter", "minder"]
