"""Words: folding, cutting and stemming Dutch, and hearing which spellings sound alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.directory.search.thesaurus import shipped
from naast.directory.search.words import LONGEST_WORD, fold, sound, stem, tokenise


def stem_of(word: str) -> str:
    language = shipped()
    return stem(word, language.stems, language.ends)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Oma’s verhaal", ["omas", "verhaal"]),
        ("co-ouderschap", ["coouderschap"]),
        ("school-moe", ["school", "moe"]),
        ("!JES het brugproject", ["jes", "het", "brugproject"]),
        ("Één ouder, twee huizen.", ["een", "ouder", "twee", "huizen"]),
        ("7511 AB", ["7511", "ab"]),
        ("😀 — ‘ ’ ", []),
        ("' OR 1=1; --", ["or", "1", "1"]),
    ],
)
def test_a_text_is_cut_into_folded_words(text: str, words: list[str]) -> None:
    assert tokenise(text) == words


@pytest.mark.parametrize(
    "forms",
    [
        ("kind", "kinderen", "kindje"),
        ("scheiden", "gescheiden", "scheiding", "scheidingen"),
        ("huis", "huizen"),
        ("brief", "brieven"),
        ("school", "scholen"),
        ("kleinkind", "kleinkinderen"),
        ("echtscheiding", "echtscheidingen"),
        ("begeleiding", "begeleider", "begeleide"),
        ("omgangsregeling", "omgangsregelingen"),
        ("mediator", "mediators", "mediation"),
        ("buddy", "buddys"),
    ],
)
def test_forms_of_one_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem_of(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("gezin", "zin"), ("begeleiding", "beleid"), ("geweld", "geld"), ("schuld", "schulden"), ("kies", "kiezen")],
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem_of(one) != stem_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("advokaat", "advocaat"), ("schijding", "scheiding"), ("vertrauwen", "vertrouwen"), ("kint", "kind")],
)
def test_spellings_that_sound_alike_share_a_key(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@given(st.text(max_size=200))
def test_any_text_gives_plain_short_words(text: str) -> None:
    for word in tokenise(text):
        assert word.isascii()
        assert word.isalnum()
        assert word == fold(word)
        assert len(word) <= LONGEST_WORD


@given(st.text(max_size=80))
def test_cutting_a_cut_text_changes_nothing(text: str) -> None:
    words = tokenise(text)
    assert tokenise(" ".join(words)) == words


@given(st.from_regex(r"[a-z]{1,20}", fullmatch=True))
def test_every_word_has_a_stem(word: str) -> None:
    assert stem_of(word)
    assert sound(word)


def test_an_inflection_does_not_become_another_short_word() -> None:
    language = shipped()
    assert stem("eerdere", language.stems, language.ends) == stem("eerder", language.stems, language.ends)
    assert stem("eerdere", language.stems, language.ends) != stem("eer", language.stems, language.ends)
