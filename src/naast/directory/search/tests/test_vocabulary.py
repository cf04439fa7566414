"""The vocabulary: known words, what compounds are made of, and which word a slip of the finger meant."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naast.directory.search import vocabulary as vocabularies
from naast.directory.search.thesaurus import shipped
from naast.directory.search.vocabulary import Vocabulary

WORDS = {
    "omgangsregeling": 3,
    "omgang": 5,
    "regeling": 4,
    "scheiding": 9,
    "loket": 4,
    "spreekuur": 2,
    "jeugd": 3,
    "gezondheid": 2,
    "zorg": 6,
    "bibliotheek": 1,
}


def vocabulary() -> Vocabulary:
    return Vocabulary(shipped(), WORDS)


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("scheidingsloket", ("scheiding", "loket")),
        ("omgangsregeling", ("omgang", "regeling")),
        ("jeugdgezondheidszorg", ("jeugd", "gezondheid", "zorg")),
        ("kinderspreekuur", ("kind", "spreekuur")),
        ("scheiding", ()),
        ("loket", ()),
        ("xyzloket", ()),
        ("12345678", ()),
    ],
)
def test_a_compound_is_split_into_known_words(compound: str, parts: tuple[str, ...]) -> None:
    assert vocabulary().split(compound) == parts


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("omgangsregelng", "omgangsregeling"),
        ("omgangregeling", "omgangsregeling"),
        ("schijding", "scheiding"),
        ("bibliotheeek", "bibliotheek"),
        ("spreekuru", "spreekuur"),
        ("advokaat", "advocaat"),
        ("mediatr", "mediator"),
        ("buddie", "buddy"),
    ],
)
def test_a_slip_is_mended_to_a_known_word(typed: str, meant: str) -> None:
    known = vocabulary()
    found = known.correct(typed)
    assert found is not None
    assert known.stem(found) == known.stem(meant)


@pytest.mark.parametrize("typed", ["hond", "zzzzzzzz", "qwertyuiop", "123456", "ab"])
def test_a_strange_word_stays_what_it_is(typed: str) -> None:
    assert vocabulary().correct(typed) is None


def test_the_word_more_offers_use_wins_a_tie() -> None:
    assert Vocabulary(shipped(), {"kamers": 1, "kaders": 5}).correct("kabers") == "kaders"


@given(
    st.dictionaries(st.sampled_from(sorted(WORDS)), st.integers(0, 9)),
    st.lists(st.sampled_from(["scheidngsloket", "omgng"])),
)
@settings(deadline=None, max_examples=30)
def test_answers_do_not_depend_on_the_order_of_asking(counts: dict[str, int], asked: list[str]) -> None:
    first, second = Vocabulary(shipped(), counts), Vocabulary(shipped(), dict(reversed(counts.items())))
    for word in asked:
        first.correct(word)
    for word in ("scheidngsloket", "omgng", "omgangsregelng"):
        assert first.correct(word) == second.correct(word)
        assert first.split(word) == second.split(word)


@settings(deadline=None)
@given(st.from_regex(r"[a-z]{1,40}", fullmatch=True))
def test_any_word_is_answered_from_the_vocabulary_only(word: str) -> None:
    known = vocabulary()
    assert all(part in known.words for part in known.split(word))
    assert known.correct(word) is None or known.correct(word) in known.words


def test_words_that_people_type_do_not_fill_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabularies, "MOST_TYPED", 5)
    known = vocabulary()
    most = len(known.words) + 5

    for number in range(most + 10):
        typed = f"zzqx{number}omgang"
        assert (known.split(typed), known.correct(typed), known.knows(typed)) == ((), None, False)

    assert all(
        len(held) <= most for held in vars(known).values() if isinstance(held, dict) and held is not known.counts
    )
    assert known.correct("schijding") == "scheiding"


@pytest.mark.parametrize(
    ("typed", "part"),
    [("bibliotheekjuf", "bibliotheek"), ("xyzscheiding", "scheiding"), ("zorgxyz", None), ("abcdefghij", None)],
)
def test_of_an_unknown_compound_a_long_known_part_says_what_it_is_about(typed: str, part: str | None) -> None:
    assert vocabulary().known_part(typed) == part
