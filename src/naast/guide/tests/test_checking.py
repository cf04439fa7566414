"""What the check beside the form says: in words, with the place, and errors apart from warnings."""

import pytest

from naast.content.tests.factories import article
from naast.flows import actions as flow_actions
from naast.flows import loading
from naast.guide import checking
from naast.guide.tests.factories import SMALL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
# Each: what is changed in the small guide, what stands there instead, and what the check says of it.
CANARIES = {
    "a page that does not exist": ("link: vraag", "read: [bestaat-niet]", "De pagina ‘bestaat-niet’ bestaat niet"),
    "a guide that does not exist": ("link: vraag", "link: wegwijzer:weg", "De wegwijzer ‘weg’ bestaat niet"),
    "a button to nowhere": ("link: vraag", "link: nergens", "De knop leidt naar ‘nergens’"),
    "a line without a number": ("[loket, luisterlijn]", "[lijn]", "Er is geen telefoonnummer bij ‘lijn’"),
    "a subject of nobody": ("subjects: [geld]", "subjects: [goud]", "Het onderwerp ‘goud’ bestaat niet"),
    "readers who are not on the list": ("audience: ouders", "audience: buren", "‘buren’ staat niet in de lijst"),
    "a phase that is not on the list": ("phase: uit-elkaar", "phase: ooit", "‘ooit’ staat niet in de lijst"),
    "a drawing that is not there": ("drawing: 09-pad-met-stappen", "drawing: 99", "De tekening ‘99’ bestaat niet"),
    "a step that no rule names": ("add: [bel, rust]", "add: [bel]", "Deze stap komt in geen enkel plan"),
    "a rule about nothing": ("{praten: goed}", "{weg: goed}", "noemt een vraag die er niet is: ‘weg’"),
    "a way to nowhere": ("    maximum: 9", "    maximum: 9\n    next: weg", "‘weg’ is geen vraag"),
    "a missing word": ("title: Hoeveel kinderen?\n    why: Dan weten we wat past.", "title: Hoe", "‘Waarom je het vraagt’"),
    "a very long sentence": ("lead: Twee vragen en een plan.", f"lead: {'woord ' * 600}", "Deze zin is te lang"),
    "no range": ("    maximum: 9", "    maximum: 0", "De grenzen van dit getal kloppen niet"),
    "a number that is a word": ("    maximum: 9", "    maximum: veel", "‘veel’ is geen heel getal"),
}  # fmt: skip


def said(text):
    """Return all errors of a text as one line each."""
    return [f"{finding.where}: {finding.text}" for finding in checking.report(text).errors]


def test_a_sound_guide_has_no_errors():
    report = checking.report(SMALL)
    assert report.good
    assert report.flow.slug == "proef"


@pytest.mark.parametrize("name", CANARIES)
def test_the_check_catches(name):
    old, new, words = CANARIES[name]
    assert old in SMALL
    assert any(words in line for line in said(SMALL.replace(old, new, 1))), said(SMALL.replace(old, new, 1))


def test_a_guide_without_an_answer_that_points_at_danger_is_refused():
    danger = "      - {id: bang, text: Ik ben bang, hint: Dan zie je wie je kunt bellen., danger: veilig}\n"
    start, end = SMALL.index("help:\n"), SMALL.index("rules:\n")
    text = (SMALL[:start] + SMALL[end:]).replace(danger, "")
    assert any("Geen enkel antwoord wijst op gevaar" in line for line in said(text))


def test_a_text_that_is_no_yaml_is_one_error_and_no_crash():
    assert len(said("[")) == 1


def test_a_finding_names_its_part_by_title_and_leads_to_its_form():
    finding = checking.report(SMALL.replace("    maximum: 9", "    maximum: 0")).errors[0]
    assert (finding.where, finding.part, finding.number) == ("Vraag 2 ‘Hoeveel kinderen?’", "questions", 2)


def test_an_answer_is_named_by_its_words():
    finding = checking.report(SMALL.replace("danger: veilig", "danger: weg")).errors[0]
    assert finding.where == "Vraag 1 ‘Lukt praten?’, antwoord ‘Ik ben bang’"


def test_a_published_page_may_be_named_and_an_unpublished_one_not(shared_tree):
    text = SMALL.replace("link: vraag", "read: [hoe-vertellen-we-het-de-kinderen]")
    assert said(text) == []
    article("hoe-vertellen-we-het-de-kinderen").unpublish()
    assert any("bestaat niet of staat niet online" in line for line in said(text))


def test_a_hard_word_is_a_warning_and_refuses_nothing():
    report = checking.report(SMALL.replace("why: Dat helpt.", "why: Dat is conform de afspraak.", 1))
    assert report.good
    assert any("conform" in finding.text.casefold() for finding in report.warnings), report.warnings
    assert report.warnings[0].part == "steps"


@pytest.mark.parametrize("slug", loading.shipped())
def test_every_shipped_guide_may_be_published(slug, shared_tree):
    flow_actions.publish_shipped()
    assert said(loading.shipped()[slug]) == []


@pytest.mark.parametrize("part", ["questions", "steps", "rules", "help", "outcomes", "sources"])
def test_a_word_where_fields_belong_is_a_finding_and_no_fault_of_ours(part: str) -> None:
    assert not checking.report(f"flow: x\n{part}: [zomaar]\n").good
