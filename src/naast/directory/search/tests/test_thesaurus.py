"""The language data: what is shipped can be used, and data that would spoil every search is refused."""

from collections import Counter
from functools import lru_cache

import pytest
import yaml

from naast.directory import rules
from naast.directory.search import checking
from naast.directory.search.analyser import Analyser
from naast.directory.search.thesaurus import LanguageError, build, extended, shipped
from naast.directory.search.vocabulary import Vocabulary


@lru_cache(maxsize=1)
def over_shipped_offers() -> Analyser:
    """The analyser over the words of the shipped offers, without a database."""
    plain = Analyser(shipped(), Vocabulary(shipped(), {}))
    counts: Counter[str] = Counter()
    for row in yaml.safe_load((rules.DATA / "offers.yaml").read_text(encoding="utf-8")):
        one = rules.offer_record(row)
        texts = rules.search_texts(
            name=one.name,
            organisation=one.organisation,
            summary=one.summary,
            description=one.description,
            subject_slugs=one.subjects,
            audiences=one.audiences,
            forms=one.forms,
            costs=one.costs,
            more=[one.costs_text, one.hours],
        )
        counts.update({word for text in vars(texts).values() for word in plain.words(text)})
    return Analyser(shipped(), Vocabulary(shipped(), counts))


def test_the_shipped_data_can_be_used() -> None:
    language = shipped()
    assert len(language.people) + len(language.same) >= 250
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


def test_every_shipped_entry_is_well_formed() -> None:
    language = shipped()
    for entry in language.people:
        assert entry.say
        assert entry.find, entry.say[0].text
        assert len(entry.find) <= 7, entry.say[0].text
    for line in language.same:
        assert len(line) > 1


def test_no_shipped_entry_leads_nowhere() -> None:
    assert checking.dead(over_shipped_offers()) == []


def test_no_shipped_phrase_says_what_another_says() -> None:
    assert checking.doubles(over_shipped_offers()) == []


def test_every_recognised_code_is_a_code_of_offers() -> None:
    codes = {"audience": rules.AUDIENCES, "phase": rules.PHASES, "form": rules.FORMS, "costs": rules.COSTS}
    hints = {facet: set(some) for facet, some in shipped().hints.items()}
    assert set(hints) == set(codes)
    assert all(some <= set(codes[facet]) for facet, some in hints.items())


def test_entries_of_editors_come_behind_the_shipped_ones() -> None:
    more = extended(shipped(), [(["bonusopa"], ["stiefgezin"])])
    assert more.people[-1].say[0].text == "bonusopa"
    assert more.people[:-1] == shipped().people


def test_an_entry_that_cannot_be_used_any_more_is_left_out() -> None:
    assert extended(shipped(), [(["hulp"], ["wijkteam"]), (["en de"], ["wijkteam"])]).people == shipped().people


class TestWhatAnEditorWrote:
    def problems(self, say: list[str], find: list[str]) -> list[str]:
        return [f"{one.what}: {one.text}" for one in checking.problems(over_shipped_offers(), say, find)]

    def test_a_new_word_for_what_offers_have_is_taken(self) -> None:
        assert self.problems(["bonusopa"], ["samengesteld gezin"]) == []

    def test_little_words_are_not(self) -> None:
        assert self.problems(["bij ons", "bonusopa"], ["samengesteld gezin"]) == ["general: bij ons"]

    def test_a_word_that_no_offer_has_is_not(self) -> None:
        assert self.problems(["bonusopa"], ["kwantumfysica"]) == ["nowhere: kwantumfysica"]

    def test_what_is_known_already_is_told(self) -> None:
        assert self.problems(["stiefkind"], ["samengesteld gezin"]) == ["known: stiefkind"]
