"""Searching: people's words find the offers, near first, with filters and counts; equal on both databases."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naast.core import generations
from naast.directory import queries
from naast.directory.queries import SearchQuery, offers_for, search
from naast.directory.search import index
from naast.directory.search.analysis import Group, Term
from naast.places.queries import by_slug

from . import factories
from .same_hits import QUESTIONS, by_hand

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped(shipped_offers: None) -> Iterator[None]:
    """What is shipped, read into memory once: nothing changes during these tests."""
    with generations.one_look():
        yield


def slugs(question: str, place: str = "enschede", **filters: object) -> list[str]:
    query = SearchQuery(q=question, place=by_slug(place), page_size=100, **filters)  # type: ignore[arg-type]
    return [one.offer.slug for one in search(query).results]


PEOPLES_WORDS = {
    "omgangsregelng": "begeleide-omgang",
    "bezoekregeling": "begeleide-omgang",
    "papa ziet de kinderen niet": "begeleide-omgang",
    "vechtscheiding": "ouderschap-blijft",
    "ruzie met de andere ouder": "mediation-met-subsidie",
    "buddy voor mijn kind": "buddy-twente",
    "een maatje": "buddy-villa-pinedo",
    "ik kan geen advocaat betalen": "juridisch-loket",
    "stiefkind": "stiefplan",
    "mijn dochter huilt om de scheiding": "kies",
    "relatietherapie": "relatietherapie-gemeente",
    "we krijgen een baby": "zwanger-bevallen-een-kind",
    "KIES": "kies",
    "kindertelefon": "kindertelefoon",
}
DANGER = {
    "mijn man slaat me": ["veilig-thuis", "112"],
    "ik wil niet meer leven": ["113", "112"],
    "verkracht": ["centrum-seksueel-geweld", "veilig-thuis"],
    "hij heeft de kinderen meegenomen naar het buitenland": ["112", "veilig-thuis"],
}
ATTACKS = (
    "' OR 1=1; DROP TABLE directory_offer; --",
    'a:* NEAR("b" c) ^x {a b}: y',
    "omgang & !hulp | (x <-> y):*",
    "AND OR NOT",
    '"' * 50,
    "x" * 4000,
    "😀🤷‍♀️ ",
    "\x00\x01",
    "ǅ ﬁ ١٢٣",
    "%_\\",
)


def test_peoples_words_find_the_help(shipped: None) -> None:
    assert {q: slug for q, slug in PEOPLES_WORDS.items() if slug not in slugs(q)[:5]} == {}


def test_words_of_danger_put_helplines_first(shipped: None) -> None:
    assert {question: slugs(question)[:2] for question in DANGER} == DANGER


def test_no_question_breaks_the_search(shipped: None) -> None:
    for question in ATTACKS:
        result = search(SearchQuery(q=question, place=by_slug("enschede")))
        assert result.total >= len(result.results)


def test_filters_do_not_hide_a_helpline_from_who_is_in_danger(shipped: None) -> None:
    assert slugs("mijn man slaat me", form="groep", costs="betaald")[0] == "veilig-thuis"


def test_every_helpline_named_for_danger_is_an_offer(shipped: None) -> None:
    from naast.directory.models import Offer
    from naast.directory.search.thesaurus import shipped as language

    named = {slug for some in language().helplines.values() for slug in some}
    assert named <= set(Offer.objects.filter(is_helpline=True).values_list("slug", flat=True))


def test_one_danger_word_more_never_takes_a_helpline_away(shipped: None) -> None:
    assert "113" in slugs("ik wil dood en mijn man slaat me")


def test_suicide_is_answered_first_whatever_else_is_heard(shipped: None) -> None:
    for question in (
        "broer dreigt met zelfmoord na scheiding",
        "ik wil dood en mijn man slaat me",
        "mijn zus wil dood",
    ):
        assert slugs(question)[0] == "113", question
    assert slugs("ik wil dood en mijn man slaat me")[1] == "veilig-thuis"


def test_after_the_helplines_comes_the_help_for_safety_near_by(shipped: None) -> None:
    found = slugs("mijn man slaat me")[:10]
    assert {"veilig-thuis-twente", "kadera-opvang", "opvang-bij-geweld"} <= set(found)
    assert "masic" not in found
    assert "kadera-opvang" not in slugs("mijn man slaat me", place="dordrecht")


def test_a_professional_who_tells_of_violence_sees_the_papers_after_veilig_thuis(shipped: None) -> None:
    found = slugs("huisarts vermoeden partnergeweld patiënte overleg")
    assert found[0] == "veilig-thuis"
    assert {"masic", "meldcode"} <= set(found[:8])
    assert "kindertelefoon" in found


def test_a_child_that_asks_sees_somebody_to_talk_to_among_the_first_ten(shipped: None) -> None:
    for question in ("hoe zeg ik tegen mama dat ik vaker bij papa wil zijn", "mijn ouders maken altijd ruzie"):
        found = slugs(question)[:10]
        assert "kindertelefoon" in found, question
        assert "buddy-twente" in found, question


def test_a_broad_question_finds_the_desk_of_the_place(shipped: None) -> None:
    from naast.directory.models import Offer

    found = slugs("scheiden wat moet ik regelen")[:10]
    desks = Offer.objects.filter(slug__in=found).exclude(areas__place__slug="nederland")
    assert any("advies" in desk.subjects for desk in desks)


def test_a_paper_whose_name_was_typed_does_not_stand_last(shipped: None) -> None:
    assert "training-professionals-villa-pinedo" in slugs("training villa pinedo")[:10]


def test_what_is_near_stands_first(places: None) -> None:
    factories.offer(slug="land", area=["nederland"])
    factories.offer(slug="hengelo", area=["hengelo"])
    factories.offer(slug="regio", area=["twente"])
    factories.offer(slug="eigen", area=["enschede"])
    factories.offer(slug="zwolle", area=["zwolle"])
    assert slugs("gesprek") == ["eigen", "regio", "land", "hengelo"]
    assert slugs("") == ["eigen", "regio", "land", "hengelo"]
    assert slugs("gesprek", place="zwolle") == ["zwolle", "land"]
    assert slugs("gesprek", place="amsterdam") == ["land"]


def test_a_region_shows_what_its_municipalities_have(places: None) -> None:
    factories.offer(slug="hengelo", area=["hengelo"])
    factories.offer(slug="regio", area=["twente"])
    assert set(slugs("", place="twente")) == {"hengelo", "regio"}


def test_filters_narrow_and_their_counts_tell_what_they_would_give(places: None) -> None:
    factories.offer(slug="a", audiences=["ouders"], form=["groep"])
    factories.offer(slug="b", audiences=["ouders", "kinderen"], form=["online"])
    factories.offer(slug="c", audiences=["kinderen"], form=["groep"], costs={"kind": "betaald", "text": None})
    result = search(SearchQuery(place=by_slug("enschede"), audience="ouders"))
    assert {one.offer.slug for one in result.results} == {"a", "b"}
    assert (result.total, result.unfiltered) == (2, 3)
    counts = {facet: {v.code: (v.count, v.on) for v in values} for facet, values in result.facets.items()}
    assert counts["audience"] == {"ouders": (2, True), "kinderen": (2, False)}
    assert counts["form"] == {"groep": (1, False), "online": (1, False)}
    assert counts["costs"] == {"gratis": (2, False)}


def test_several_codes_of_one_filter_mean_any_of_them(places: None) -> None:
    factories.offer(slug="a", audiences=["ouders"])
    factories.offer(slug="b", audiences=["kinderen"])
    factories.offer(slug="c", audiences=["omgeving"])
    assert set(slugs("", audience=["ouders", "kinderen"])) == {"a", "b"}


def test_an_offer_without_phase_fits_every_phase(places: None) -> None:
    factories.offer(slug="a", phases=[])
    assert slugs("", phase="verwachting") == ["a"]


def test_all_words_before_some_words(places: None) -> None:
    factories.offer(slug="beide", summary="Breien en koken met andere mensen.")
    factories.offer(slug="koken", name="Koken", summary="Samen eten maken.")
    assert slugs("breien koken") == ["beide", "koken"]


def test_when_many_have_all_words_the_others_stay_away(places: None) -> None:
    for number in range(3):
        factories.offer(slug=f"beide-{number}", summary="Wandelen en koken.")
    factories.offer(slug="koken", name="Koken")
    assert "koken" not in slugs("wandelen koken")


def test_nothing_is_found_for_words_that_nothing_knows(shipped: None) -> None:
    result = search(SearchQuery(q="qwertyuiopzxcv", place=by_slug("enschede")))
    assert (result.total, result.results, result.analysis.unknown) == (0, [], ("qwertyuiopzxcv",))


def test_a_page_past_the_end_is_the_last_page(places: None) -> None:
    for number in range(5):
        factories.offer(slug=f"hulp-op-{number}")
    result = search(SearchQuery(place=by_slug("enschede"), page=99, page_size=2))
    assert (result.page, result.pages, len(result.results)) == (3, 3, 1)
    assert search(SearchQuery(place=by_slug("enschede"), page=-4, page_size=2)).page == 1


def test_pages_together_show_each_offer_once(shipped: None) -> None:
    seen: list[str] = []
    for page in range(1, 30):
        result = search(SearchQuery(q="ouders", place=by_slug("enschede"), page=page, page_size=7))
        seen += [one.offer.slug for one in result.results]
        if page == result.pages:
            break
    assert len(seen) == len(set(seen)) == result.total


@pytest.mark.parametrize("rows", [1, 50])
def test_a_search_costs_the_same_queries_for_one_and_for_fifty(
    places: None, rows: int, django_assert_num_queries: object
) -> None:
    for number in range(rows):
        factories.offer(slug=f"hulp-{number}-aan-huis", locations=[{"street": f"Straat {number}", "town": "Enschede"}])
    place = by_slug("enschede")
    with generations.one_look():
        search(SearchQuery(q="gesprek", place=place, page_size=50))
        with django_assert_num_queries(4):  # type: ignore[operator]
            found = search(SearchQuery(q="gesprek", place=place, page_size=50))
    assert len(found.results) == rows


@given(question=st.text(max_size=120), page=st.integers(-5, 10**9))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered(shipped: None, question: str, page: int) -> None:
    result = search(SearchQuery(q=question, place=by_slug("enschede"), page=page))
    assert len(result.results) <= result.total <= result.unfiltered
    assert 1 <= result.page <= result.pages


def test_both_databases_give_the_hits_that_follow_from_the_words(shipped: None) -> None:
    """The same on SQLite and on PostgreSQL, because both are held to what one works out by hand."""
    full = index.analyser()
    groups = tuple(group for question in QUESTIONS for group in full.analyse(question).groups)
    assert len(groups) > len(QUESTIONS)
    hits = index.find(groups)
    for group, found, expected in zip(groups, hits, by_hand(full, groups), strict=True):
        assert found.weights == pytest.approx(expected), group.text


def test_any_number_of_things_and_expansions_is_looked_up_in_one_query(
    places: None, django_assert_num_queries: object
) -> None:
    """Far more than a compound SELECT, a statement's variables or an expression of the database may have."""
    factories.offer(slug="tekenclub", name="Tekenclub")
    stem = index.analyser().stems(["tekenclub"])[0]
    ways = tuple(Term((f"woord{number}",), 0.5 + number / 10_000) for number in range(100))
    broad = Group("breed", (*(Term((f"ander{number}",), 0.9) for number in range(3000)), Term((stem,), 0.9)))
    groups = [Group(str(number), (*ways, Term((stem,), 1.0))) for number in range(30)]
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = index.find([*groups, broad])
    assert [list(hits.weights.values()) for hits in found] == [[1.0]] * 30 + [[0.9]]


def test_a_plan_gets_offers_for_its_subject_near_first(places: None) -> None:
    factories.offer(slug="land", subjects=["omgang"], area=["nederland"])
    factories.offer(slug="eigen", subjects=["omgang"])
    factories.offer(slug="anders", subjects=["geld"])
    factories.offer(slug="buren", subjects=["omgang"], area=["hengelo"])
    found = offers_for(by_slug("enschede"), audience="ouders", phase="na-scheiding", subjects=["omgang"], limit=5)
    assert [offer.slug for offer in found] == ["eigen", "land"]


def test_a_plan_gets_no_more_than_asked(shipped: None) -> None:
    assert len(offers_for(by_slug("enschede"), limit=3)) == 3
    assert offers_for(None, limit=2)


def test_in_a_plan_helplines_stand_last(places: None) -> None:
    factories.offer(slug="lijn", subjects=["veiligheid"], helpline=True)
    factories.offer(slug="gesprek", subjects=["veiligheid"], area=["nederland"])
    assert [offer.slug for offer in offers_for(by_slug("enschede"), subjects=["veiligheid"])] == ["gesprek", "lijn"]


def test_only_codes_of_a_facet_are_taken_from_an_address() -> None:
    assert queries.known_codes("audience", ["ouders", "x", "ouders"]) == ("ouders",)


class TestWhatIsForProfessionalsAlone:
    """It is no help for a parent, so it never stands between the help."""

    def order(self, question: str, **filters: str) -> list[str]:
        factories.offer(slug="scholing", name="Tekenles geven", audiences=["professionals"])
        factories.offer(slug="les", name="Samen op stap", description="Er is ook tekenles", audiences=["ouders"])
        return slugs(question, **filters)

    def test_stands_after_help_that_fits_the_words_less(self, places: None) -> None:
        assert self.order("tekenles") == ["les", "scholing"]

    def test_stands_in_its_place_where_professionals_are_asked_for(self, places: None) -> None:
        assert self.order("tekenles", audience="professionals") == ["scholing"]

    def test_stands_in_its_place_where_the_question_hints_at_one(self, places: None) -> None:
        assert self.order("tekenles leerkracht")[0] == "scholing"
