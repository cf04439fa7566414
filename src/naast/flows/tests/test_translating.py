"""A guide in another language: the same ids, other words; what is missing stays as it was written, an item at a time."""

import pytest

from naast.core import languages
from naast.flows import actions, analysis, loading, problems, queries, rules, translating
from naast.flows.tests.test_loading import GOOD

ENGLISH = """
translations:
  en:
    flow: proef
    language: en
    title: Trial
    lead: One question and a plan.
    questions:
      - id: praten
        title: Does talking work?
        why: Then we know what fits.
        options: [{id: ja, text: "Yes"}, {id: nee, text: "No"}]
      - {id: kinderen, title: "How many children?", why: Then we know what fits., summary: "{} children"}
    steps:
      - {id: bel, title: Call, why: That helps., with: The desk, costs: Free.}
"""


def english(text=GOOD + ENGLISH):
    return loading.parse(text).in_language("en")


def wrong(change, by):
    """Return the codes of what is wrong with the translation after this change."""
    with pytest.raises(problems.LoadError) as raised:
        loading.parse(GOOD + ENGLISH.replace(change, by))
    return [problem.code for problem in raised.value.problems]


def test_a_translation_has_the_same_ids_rules_and_routes_and_other_words():
    dutch, flow = loading.parse(GOOD), english()
    assert (flow.language, flow.title) == ("en", "Trial")
    assert [question.id for question in flow.questions] == [question.id for question in dutch.questions]
    assert (flow.rules, flow.questions[1].routes) == (dutch.rules, dutch.questions[1].routes)
    assert flow.steps[0].with_whom == "The desk"
    assert flow.steps[0].order is dutch.steps[0].order


def test_the_same_answers_give_the_same_plan_in_each_language():
    answers = {"praten": "nee", "kinderen": 0}
    plans = [[item.step.id for item in rules.steps(flow, answers)] for flow in (loading.parse(GOOD), english())]
    assert plans[0] == plans[1] == ["bel"]
    assert rules.said(english().questions[1], 2) == "2 children"


def test_what_is_missing_stays_dutch_and_says_so_a_whole_question_at_a_time():
    flow = english()
    assert flow.questions[2].title == "Weten ze het?"
    assert flow.questions[2].language == "nl"
    assert flow.questions[0].language == ""
    assert translating.untranslated(flow) == ("questions[weten]",)
    half = english(GOOD + ENGLISH.replace(', {id: nee, text: "No"}', ""))
    assert [option.text for option in half.questions[0].options] == ["Ja", "Nee"]


@pytest.mark.parametrize(
    ("change", "by", "code"),
    [
        ("id: bel,", "id: schrijf,", "translation-unknown"),
        ("id: nee, text", "id: nooit, text", "translation-unknown"),
        ("flow: proef", "flow: ander", "translation-unknown"),
        ("title: Call,", "title: Call, order: later,", "unknown-field"),
        ("{} children", "children", "translation-braces"),
        ("costs: Free.", "costs: Free., how: [One line more.]", "translation-lines"),
        ("    title: Trial\n", "", "missing-field"),
        ("  en:", "  xx:", "unknown-field"),
    ],
)
def test_a_translation_with_another_structure_is_refused(change, by, code):
    assert code in wrong(change, by)


def test_without_a_translation_a_guide_is_read_as_it_was_written():
    assert loading.parse(GOOD).in_language("en").language == "nl"
    assert english().in_language("ar").language == "en"


@pytest.mark.parametrize("slug", ["uit-elkaar"])
def test_a_shipped_translation_is_complete_and_passes_the_checks(slug):
    flow = loading.parse(loading.shipped()[slug]).in_language("en")
    assert flow.language == "en"
    assert translating.untranslated(flow) == ()
    assert [problem.message("en") for problem in analysis.check(flow)] == []


@pytest.mark.django_db
def test_a_published_guide_is_read_in_the_language_of_the_address():
    version = actions.publish(text=GOOD + ENGLISH)
    with languages.reading_in("en"):
        assert queries.current("proef").flow.title == "Trial"
        assert queries.by_digest(version.digest).flow.language == "en"
    with languages.reading_in("tr"):
        assert queries.current("proef").flow.language == "nl"
    assert queries.current("proef").flow.title == "Proef"
