"""Understanding: the directory's words of danger and the desk's urgent words together; either puts a helpline first."""

import pytest

from naast.directory.search.analyser import Analyser
from naast.directory.search.thesaurus import shipped
from naast.directory.search.understanding import understand
from naast.directory.search.vocabulary import Vocabulary

ANALYSER = Analyser(shipped(), Vocabulary(shipped(), {}))


@pytest.mark.parametrize("question", ["papa slaat mama", "ik ben bang voor mijn man", "hij wil me vermoorden"])
def test_danger_is_heard(question: str) -> None:
    assert "violence" in understand(ANALYSER, question).danger


def test_what_only_the_desk_hears_can_be_switched_off_too() -> None:
    on = understand(ANALYSER, "ik wil er niet meer zijn")
    off = understand(ANALYSER, "ik wil er niet meer zijn", frozenset(one.key for one in on.recognised))
    assert on.danger
    assert not off.danger
    assert {one.key for one in off.left_out} == {one.key for one in on.recognised}


def test_each_danger_is_named_once() -> None:
    keys = [one.key for one in understand(ANALYSER, "mijn man slaat me en bedreigt me").recognised]
    assert len(keys) == len(set(keys))
