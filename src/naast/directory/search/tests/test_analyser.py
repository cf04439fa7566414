"""The analyser: what people type becomes what offers are called."""

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naast.directory.search.analyser import MOST_GROUPS, Analyser
from naast.directory.search.thesaurus import shipped
from naast.directory.search.vocabulary import Vocabulary

WORDS = {
    "omgangsregeling": 3,
    "begeleide": 4,
    "scheidingsloket": 2,
    "loket": 3,
    "mediator": 5,
    "samengesteld": 2,
    "gezin": 6,
}


@lru_cache(maxsize=1)
def analyser() -> Analyser:
    return Analyser(shipped(), Vocabulary(shipped(), WORDS))


def looked_for(question: str) -> set[str]:
    """All stems that a question looks for."""
    return {stem for group in analyser().analyse(question).groups for term in group.terms for stem in term.stems}


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("omgangsregelng", "omgangsregeling"),
        ("bezoekregeling", "omgangsregeling"),
        ("bezoekregelingen", "zorgregeling"),
        ("papa ziet de kinderen niet", "omgang"),
        ("mijn ex laat me de kinderen al weken niet zien", "omgang"),
        ("ik mag mijn dochter nooit zien", "omgang"),
        ("vechtscheiding", "conflict"),
        ("vechtscheding", "conflict"),
        ("ruzie met de andere ouder", "mediator"),
        ("we kunnen niet meer met elkaar praten", "mediator"),
        ("stiefkind", "samengesteld"),
        ("ik ben bonusmoeder", "samengesteld"),
        ("een maatje voor mijn zoon", "buddy"),
        ("lotgenoten", "buddy"),
        ("ik kan geen advocaat betalen", "rechtsbijstand"),
        ("gratis advocaat", "rechtsbijstand"),
        ("alleenstaande moeder", "eenoudercafe"),
        ("relatietherapie", "relatie"),
        ("deurwaarder", "schulden"),
        ("mijn vriendin gaat scheiden", "omgeef"),
        ("opa ziet zijn kleinkind niet", "oma"),
        ("het is mijn schuld", "kindertelefoon"),
        ("iemand om mee te praten", "buddy"),
        ("flitsscheiding", "mediator"),
        ("drinkt te veel", "verslavingszorg"),
    ],
)
def test_peoples_words_become_the_words_of_offers(question: str, word: str) -> None:
    stem = analyser().vocabulary.stem(word)
    assert stem in looked_for(question) or word in looked_for(question)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("mijn man slaat me", "violence"),
        ("ik ben bang voor mijn ex", "violence"),
        ("huiselijk geweld", "violence"),
        ("mishandelling", "violence"),
        ("ik wil dood", "suicide"),
        ("ik wil niet meer leven", "suicide"),
        ("zelfmoord", "suicide"),
        ("kinderen meegenomen naar het buitenland", "abduction"),
        ("verkracht", "sexual"),
    ],
)
def test_danger_is_recognised(question: str, kind: str) -> None:
    assert kind in analyser().analyse(question).danger


@pytest.mark.parametrize(
    "question",
    [
        "ik maak me dood aan de stress",
        "omgangsregeling",
        "mijn opa is dood",
        "het doet pijn",
        "bang voor de toekomst",
        "hulp",
        "",
    ],
)
def test_no_danger_is_seen_where_there_is_none(question: str) -> None:
    assert not analyser().analyse(question).danger


def test_a_correction_is_told() -> None:
    assert analyser().analyse("omgangsregelng").corrections == (("omgangsregelng", "omgangsregeling"),)


def test_what_else_is_looked_for_is_told() -> None:
    assert "begeleide omgang" in analyser().analyse("papa ziet de kinderen niet").also


def recognised(question: str, without: frozenset[str] = frozenset()) -> dict[str, str]:
    """What a question told, by key, with the words that told it."""
    return {one.key: one.words for one in analyser().analyse(question, without).recognised}


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("ik zoek een groep voor mijn dochter van 9", {"audience:kinderen": "dochter van 9", "age:9": "dochter van 9"}),
        (
            "mijn zoon is 15 en boos",
            {"audience:ouders": "mijn zoon", "audience:jongeren": "zoon is 15", "age:15": "zoon is 15"},
        ),
        (
            "mijn kleuter slaapt slecht",
            {"audience:ouders": "mijn kleuter", "audience:kinderen": "kleuter", "age:5": "kleuter"},
        ),
        (
            "hij zit in de brugklas",
            {"audience:kinderen": "brugklas", "audience:jongeren": "brugklas", "age:12": "brugklas"},
        ),
        ("mijn kind zit in groep 5", {"age:8": "groep 5"}),
        ("ik ben 12", {"age:12": "ik ben 12", "audience:jongeren": "ik ben 12"}),
        ("mijn ouders gaan scheiden", {"audience:kinderen": "mijn ouders", "phase:uit-elkaar": "gaan scheiden"}),
        ("ik ben zwanger", {"phase:verwachting": "zwanger"}),
        ("mijn vrouw wil bij me weg", {"audience:ouders": "mijn vrouw", "phase:uit-elkaar": "wil bij me weg"}),
        ("sinds de scheiding", {"phase:na-scheiding": "sinds de scheiding"}),
        ("ik wil iemand bellen", {"form:telefoon": "iemand bellen"}),
        ("gratis groep", {"form:groep": "groep", "costs:gratis": "gratis"}),
        ("liever chatten", {"form:chat": "chatten"}),
        ("ik heb geen geld voor een advocaat", {"costs:gratis": "geen geld"}),
        ("ik zie mijn kleinzoon niet meer", {"audience:omgeving": "kleinzoon"}),
        ("een leerling in mijn klas huilt", {"audience:professionals": "in mijn klas"}),
        ("ik ben huisarts", {"audience:professionals": "ik ben huisarts"}),
        ("ik ben bang voor mijn man", {"danger:violence": "bang voor mijn man"}),
    ],
)
def test_a_sentence_tells_and_says_by_which_words(question: str, told: dict[str, str]) -> None:
    found = recognised(question)
    assert {key: found.get(key) for key in told} == told


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("mijn ouders maken ruzie", "audience:ouders"),
        ("mijn kind zit in groep 5", "form:groep"),
        ("we zijn al 9 jaar getrouwd", "age:9"),
        ("mijn zoon is 15", "audience:kinderen"),
        ("ik ben 12 weken zwanger", "age:12"),
        ("mijn ex betaalt geen alimentatie", "costs:gratis"),
    ],
)
def test_a_sentence_does_not_tell_what_it_only_sounds_like(question: str, key: str) -> None:
    assert key not in recognised(question)


def test_what_is_switched_off_does_not_count_and_is_kept_apart() -> None:
    off = frozenset({"audience:kinderen", "age:9"})
    found = analyser().analyse("ik zoek een groep voor mijn dochter van 9", off)
    assert {one.key for one in found.recognised} == {"form:groep"}
    assert {one.key for one in found.left_out} == off
    assert found.ages == ()
    assert found.hints["audience"] == frozenset()


def test_danger_can_be_switched_off_and_stands_first_when_it_is_on() -> None:
    question = "ik ben bang voor mijn man"
    assert analyser().analyse(question).recognised[0].facet == "danger"
    assert not analyser().analyse(question, frozenset({"danger:violence"})).danger


def test_loose_words_of_a_sentence_only_lift() -> None:
    with_loket = Analyser(shipped(), Vocabulary(shipped(), {**WORDS, "fiets": 1, "tuin": 1, "lente": 1}))
    found = with_loket.analyse("mijn fiets staat in de tuin en de mediator komt in de lente")
    assert [group.text for group in found.groups if not group.weak] == ["mediator"]
    assert {group.text for group in found.groups if group.weak} == {"fiets", "tuin", "lente"}


def test_the_phrase_whose_words_stand_closest_is_meant() -> None:
    assert "loyaliteit" in analyser().analyse("mijn ex praat slecht over mij waar de kinderen bij zijn").also


def test_a_phrase_with_not_does_not_look_for_what_is_not() -> None:
    group = analyser().analyse("ik heb geen huis").groups[0]
    weights = {term.stems: term.weight for term in group.terms}
    assert weights[("dakloos",)] > weights[("huis",)]


def test_a_word_that_every_offer_has_is_asked_only_when_it_stands_alone() -> None:
    assert not analyser().analyse("hulp").groups[0].weak
    assert [group.weak for group in analyser().analyse("hulp mediator").groups] == [True, False]


def test_strange_words_are_named_and_left_out() -> None:
    found = analyser().analyse("hond mediator")
    assert found.unknown == ("hond",)
    assert [group.text for group in found.groups] == ["mediator"]


def test_a_compound_of_a_question_also_looks_for_its_parts() -> None:
    terms = analyser().analyse("mediatorloket").groups[0].terms
    assert ("mediator", "loket") in {term.stems for term in terms}


def test_index_and_question_cut_words_the_same_way() -> None:
    one = analyser()
    words = one.words("Het Scheidingsloket helpt gescheiden ouders.")
    assert one.stems(words) == ["scheidingsloket", "help", "scheid", "ouder"]
    assert one.parts(words) == ["loket", "scheid"]


@given(st.text(max_size=600))
def test_any_text_is_understood_as_something(text: str) -> None:
    found = analyser().analyse(text)
    assert len(found.groups) <= MOST_GROUPS
    for group in found.groups:
        for term in group.terms:
            assert term.stems
            assert 0 < term.weight <= 1
            assert all(stem.isascii() and stem.isalnum() for stem in term.stems)


@given(
    st.lists(
        st.sampled_from(
            [
                "papa",
                "ziet",
                "de",
                "kinderen",
                "niet",
                "mediator",
                "omgangsregelng",
                "hulp",
                "van",
                "9",
                "ruzie",
                "slaat",
            ]
        ),
        max_size=12,
    )
)
@settings(deadline=None, max_examples=30)
def test_the_same_question_always_gives_the_same_answer(words: list[str]) -> None:
    question = " ".join(words)
    fresh = Analyser(shipped(), Vocabulary(shipped(), WORDS))
    assert fresh.analyse(question) == analyser().analyse(question)
    assert analyser().analyse(question.upper() + " !?").groups == analyser().analyse(question).groups


def test_an_age_alone_is_enough_to_look_by() -> None:
    found = analyser().analyse("iets voor mijn zoon van 4")
    assert found.groups == ()
    assert found.ages == (4,)
