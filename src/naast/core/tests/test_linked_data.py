"""Facts for machines: whatever stands in them, the element ends where it should and no browser runs it."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from naast.core.linked_data import block, crumbs, without_empty

ELEMENT = re.compile(r'<script type="application/ld\+json">(.*)</script>', re.DOTALL)


def read(text: str):
    return json.loads(ELEMENT.fullmatch(text)[1])


@given(st.text())
def test_any_text_comes_back_as_it_was_and_cannot_end_the_element(text):
    made = block({"name": text or "x"})
    assert read(made)["name"] == (text or "x")
    inner = ELEMENT.fullmatch(made)[1]
    assert not set(inner) & set("<>&\u2028\u2029")


def test_an_end_of_the_element_in_a_name_stays_a_name():
    made = block({"name": "</script><script>alert(1)</script><!--"})
    assert made.count("</script>") == 1
    assert read(made)["name"] == "</script><script>alert(1)</script><!--"


def test_what_nobody_knows_is_left_out():
    assert without_empty({"a": "", "b": None, "c": [{}, ""], "d": {"e": ""}, "f": 0}) == {"f": 0}


def test_a_trail_is_numbered_from_one():
    made = crumbs([("Enschede", "https://naast.example/enschede/"), ("Hulp", "https://naast.example/enschede/hulp/")])
    assert [item["position"] for item in made["itemListElement"]] == [1, 2]
