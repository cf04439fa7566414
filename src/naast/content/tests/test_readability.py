"""How hard a text reads: the figures, and what an editor is told to mend."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from naast.content import loading
from naast.content.level import measure as level
from naast.content.level.readability import (
    ADULTS,
    CHILDREN,
    PROFESSIONALS,
    Level,
    WordLists,
    ease,
    hard_words,
    measure,
    measures_for,
)

NONE = WordLists()
HARD = yaml.safe_load((loading.DATA / "words" / "hard.yaml").read_text(encoding="utf-8"))
LISTS = WordLists(
    hard=hard_words({"words": {"indien": "als"}, "verbs": {"verstrekken": "geven"}, "phrases": {"met name": "vooral"}}),
    names=frozenset({"jeugdwet", "raad voor de kinderbescherming", "wet verstrekken"}),
    jargon=frozenset({"omgang", "gezamenlijk gezag", "gezag"}),
    explained=frozenset({"gezag"}),
)
EASY = "Je bent niet de enige. "

texts = st.lists(st.text(alphabet="abcdeinortvw .,!?", max_size=80), max_size=12)


def of(text: str, measures=ADULTS, lists=LISTS) -> Level:
    return measure([text], measures, lists)


def kinds(found: Level) -> list[str]:
    return [finding.kind for finding in found.findings]


def sentence(count: int) -> str:
    return " ".join(["Woord", *["woord"] * (count - 1)]) + "."


def test_the_reading_ease_is_flesch_as_douma_fitted_it():
    # 100 words, 150 syllables, 10 sentences: 206.84 - 0.77 * 150 - 0.93 * 10
    assert ease(150, 100, 10) == pytest.approx(82.04)


def test_the_figures_of_a_text():
    found = of("De hond slaapt. Wij lopen naar huis.", lists=NONE)
    assert (found.words, found.sentences, found.average, found.longest) == (7, 2, 3.5, 4)
    assert found.ease == pytest.approx(206.84 - 0.77 * (800 / 7) - 0.93 * 3.5)
    assert found.good


def test_an_empty_text_has_nothing_to_mend():
    assert of("  ") == Level()


@pytest.mark.parametrize(("measures", "longest"), [(ADULTS, 20), (CHILDREN, 15), (PROFESSIONALS, 20)])
def test_a_sentence_one_word_over_the_measure_is_found_and_no_shorter_one(measures, longest):
    assert kinds(of(sentence(longest), measures)) == []
    found = of(EASY + sentence(longest + 1), measures)
    assert kinds(found) == ["sentence"]
    assert found.findings[0].text == sentence(longest + 1)
    assert found.findings[0].at == 1


def test_a_sentence_of_600_words_gets_a_message_of_its_own():
    found = of(sentence(600))
    assert kinds(found) == ["huge"]
    assert found.findings[0].say.startswith("Deze zin telt 600 woorden.")


def test_many_middling_sentences_are_too_much_on_average():
    assert "average" in kinds(of(" ".join([sentence(18)] * 9)))
    assert "average" not in kinds(of(" ".join([sentence(14)] * 9)))


def test_children_get_an_easier_text_than_their_parents():
    # 13 words of 2 syllables each: 206.84 - 154 - 12 = 41
    hard = " ".join(["Ouders maken samen goede plannen over alles."] * 9)
    assert "ease" in kinds(of(hard, CHILDREN, NONE))
    assert measures_for(["kinderen", "ouders"]) is CHILDREN
    assert measures_for(["jongeren"]) is ADULTS
    assert measures_for([]) is ADULTS


def test_long_words_count_but_names_do_not():
    text = "De Jeugdwet en de Raad voor de Kinderbescherming. " * 9
    assert of(text).long_words == 0
    assert "long_words" in kinds(of("Wij doen aan besluitvormingsprocessen. " * 9))


def test_passive_is_a_matter_of_share():
    passive = "Het plan wordt door hem bekeken. "
    assert "passive" not in kinds(of(passive + EASY * 10))
    found = of(passive * 3 + EASY * 10)
    assert kinds(found) == ["passive"] * 3
    assert "Wie doet het?" in found.findings[0].say


def test_a_hard_word_is_named_once_with_its_alternative_in_every_form():
    found = of("Wij verstrekken hulp. Indien het kan. Zij verstrekte hulp, indien nodig. Met name hier.")
    assert [(each.text, each.say) for each in found.findings] == [
        ("verstrekken", "Liever: geven."),
        ("indien", "Liever: als."),
        ("verstrekte", "Liever: geven."),
        ("met name", "Liever: vooral."),
    ]


def test_professionals_and_names_of_laws_may_keep_their_words():
    assert kinds(of("Wij verstrekken hulp.", PROFESSIONALS)) == []
    assert kinds(of("Lees de Wet verstrekken.")) == []


def test_jargon_is_fine_once_the_glossary_explains_it():
    assert [each.text for each in of("Gezag en omgang.").findings] == ["omgang"]


@given(texts)
def test_figures_stay_within_what_can_be(paragraphs):
    found = measure(paragraphs, ADULTS, LISTS)
    assert found.sentences <= found.words
    assert 0 <= found.long_words <= 1
    assert 0 <= found.passive <= 1
    assert found.average <= found.longest


@given(texts)
def test_what_passes_for_children_passes_for_adults(paragraphs):
    if measure(paragraphs, CHILDREN, LISTS).good:
        assert measure(paragraphs, ADULTS, LISTS).good


@given(texts, st.integers(min_value=21, max_value=60))
def test_a_long_sentence_is_never_hidden_by_the_rest(paragraphs, count):
    assert "sentence" in kinds(measure([*paragraphs, sentence(count)], ADULTS, NONE))


def test_the_shipped_list_offers_a_word_for_at_least_300_hard_ones():
    hard = loading.word_lists().hard
    entries = [key for group in HARD.values() for key in group]
    assert len(entries) >= 300
    assert all(instead and word != instead for word, instead in hard.items())


def test_no_alternative_is_itself_a_hard_word():
    hard = loading.word_lists().hard
    circular = {
        word: instead for word, instead in hard.items() if {part.strip() for part in instead.split(",")} & set(hard)
    }
    assert circular == {}


def test_a_letter_of_an_office_has_much_to_mend_and_a_text_of_ours_little():
    office = (
        "Naar aanleiding van uw verzoek met betrekking tot de omgangsregeling delen wij u mede dat de aanvraag in "
        "behandeling wordt genomen indien alle benodigde bescheiden tijdig zijn verstrekt."
    )
    found = level.of_text([f"<p>{office}</p>"], ["ouders"])
    assert {"sentence", "hard"} <= set(kinds(found))
    assert found.ease < 45
    assert level.of_text(["<p>Je mag je kind altijd bellen. Bel eerst even vooraf.</p>"], ["ouders"]).good
