"""The language data: what is shipped can be used, and data that would spoil every search is refused."""

import pytest

from naast.directory.search.thesaurus import LanguageError, build, shipped


def test_the_shipped_data_can_be_used() -> None:
    language = shipped()
    assert sum(len(entry.say) for entry in language.people) >= 250
    assert len(language.stop) > 150
    assert set(language.helplines) == set(language.danger)
    assert all(language.helplines.values())


def test_no_stop_word_is_searched() -> None:
    language = shipped()
    assert not language.words() & language.stop


def test_a_phrase_of_little_words_is_refused() -> None:
    with pytest.raises(LanguageError, match="bij ons"):
        build({"stop": ["bij", "ons"]}, {}, {"people": [{"say": ["bij ons"], "find": ["wijkteam"]}]})


def test_a_weak_word_alone_may_not_be_an_entry() -> None:
    with pytest.raises(LanguageError, match="mijn kind"):
        build({"stop": ["mijn"], "weak": ["kind"]}, {}, {"people": [{"say": ["mijn kind"], "find": ["kies"]}]})


def test_a_form_with_two_stems_is_refused() -> None:
    with pytest.raises(LanguageError, match="stond"):
        build({}, {"stems": {"sta": ["stond"], "stond": ["stond"]}}, {})


def test_words_that_mean_the_same_are_single_words() -> None:
    with pytest.raises(LanguageError, match="begeleide omgang"):
        build({}, {}, {"same": [["omgangsbegeleiding", "begeleide omgang"]]})


def test_a_danger_phrase_may_not_shrink_to_an_ordinary_word() -> None:
    with pytest.raises(LanguageError, match="bang voor haar"):
        build(
            {"stop": ["voor", "haar"]},
            {},
            {"danger": [{"who": "violence", "say": ["bang voor haar"], "first": ["112"]}]},
        )
