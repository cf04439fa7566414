"""A place's own steps: in its plans only, on screen, on paper and in the calendar; what no longer fits is left out."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from naast.content.tests.factories import editor_of, regional_editor_of
from naast.core import generations
from naast.core.models import AuditLine
from naast.flows import analysis, loading
from naast.flows import queries as flows
from naast.flows import rules as engine
from naast.flows.conditions import Always
from naast.flows.parts import Order, Rule, Step
from naast.flows.tests.factories import few
from naast.guide import local, queries, rules
from naast.guide.models import LocalStep
from naast.guide.tests.factories import SMALL, publish_small
from naast.places import queries as place_queries

LOCAL = SMALL.replace("calendar: Bellen", "calendar: Bellen\n    local: true")
WALK = {"praten": "goed", "aantal": "2", "zorgen": "geld"}


def at(slug):
    return place_queries.by_slug(slug)


def own_step(slug="enschede", *, user=None, replaces="", **fields):
    """Write a step of a place; by default for who can talk, now."""
    start = {} if replaces else {
        "title": "Kom naar het koffie-uur", "why": "Daar is iemand.", "with_whom": "Het wijkteam", "costs": "Gratis.",
        "order": "now", "condition": {"praten": "goed"},
    }  # fmt: skip
    return local.save(user=user, place=at(slug), slug="proef", step=None, fields=start | fields, replaces=replaces)


def walk(client, slug="enschede", **answers):
    """Answer the small guide at a place and return its plan's page."""
    for number, name in enumerate(WALK, 1):
        client.post(f"/{slug}/wegwijzer/proef/vraag/{number}/", {"answer": (WALK | answers)[name]})
    return client.get(f"/{slug}/wegwijzer/proef/plan/").content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("places")
class TestReading:
    @pytest.fixture(autouse=True)
    def _guide(self, places):
        publish_small(**{"calendar: Bellen": "calendar: Bellen\n    local: true"})

    def test_it_stands_in_the_plans_of_that_place_only(self, client):
        own_step()
        assert "Kom naar het koffie-uur" in walk(client)
        assert "van Enschede" in walk(client).replace("\N{NO-BREAK SPACE}", " ")
        assert "koffie-uur" not in walk(client, "zwolle")

    def test_it_stands_under_its_answers_only(self, client):
        own_step()
        assert "koffie-uur" not in walk(client, praten="slecht")

    def test_it_can_be_ticked_off_and_taken_along(self, client):
        step = own_step(order="now")
        walk(client)
        client.post("/enschede/wegwijzer/proef/plan/", {"step": step.step_id, "done": "1"})
        assert "naast-step--done" in client.get("/enschede/wegwijzer/proef/plan/").content.decode()
        assert client.get("/enschede/wegwijzer/proef/plan/plan.pdf").content.startswith(b"%PDF")
        calendar = client.get("/enschede/wegwijzer/proef/plan/agenda.ics").content.decode()
        client.post("/enschede/wegwijzer/proef/plan/", {"step": step.step_id})
        again = client.get("/enschede/wegwijzer/proef/plan/agenda.ics").content.decode()
        assert again.count("BEGIN:VEVENT") == calendar.count("BEGIN:VEVENT") + 1

    def test_a_kept_plan_holds_it_until_the_place_takes_it_away(self, places):
        step = own_step()
        version = local.at_place(flows.current("proef"), at("enschede"))
        plan = rules.plan_of(version.flow, {"praten": "goed", "aantal": 1, "zorgen": None})
        assert step.step_id in plan.ids
        local.save(user=None, place=at("enschede"), slug="proef", step=step, fields={"condition": {"praten": "slecht"}})
        kept = local.at_place(flows.current("proef"), at("enschede"), plan.ids)
        view = queries.plan_view(place=at("enschede"), version=kept, plan=plan)
        titles = [shown.title for stage in view.stages for shown in stage.steps]
        assert "Kom naar het koffie-uur" in titles
        name = step.step_id
        local.remove(user=editor_of("enschede"), place=at("enschede"), step=step)
        gone = local.at_place(flows.current("proef"), at("enschede"), plan.ids)
        assert name not in {item.id for item in gone.flow.steps}

    def test_its_own_words_stand_in_a_marked_step_and_the_rest_stays(self, client):
        own_step(replaces="bel", how="Loop binnen bij de Voorbeeldstraat 1.", costs="Niets.")
        page = walk(client)
        assert "Loop binnen bij de Voorbeeldstraat 1." in page
        assert "Bel het loket" in page
        assert "Voorbeeldstraat" not in walk(client, "zwolle")

    def test_what_is_switched_off_is_not_shown(self, client):
        own_step(shown=False)
        assert "koffie-uur" not in walk(client)

    def test_a_regions_step_counts_in_its_municipalities(self, client):
        own_step("twente")
        page = walk(client)
        assert "koffie-uur" in page
        assert "van Twente" in page.replace("\N{NO-BREAK SPACE}", " ")
        assert "koffie-uur" not in walk(client, "houten")

    def test_an_address_elsewhere_leaves_no_trace_of_where_one_came_from(self, client):
        own_step(url="https://voorbeeld.example/uitleg")
        link = 'href="https://voorbeeld.example/uitleg" rel="noreferrer">voorbeeld.example</a>'
        assert link in re.sub(r"\s+", " ", walk(client))

    def test_a_page_that_is_not_published_is_left_out(self, client):
        own_step(page="bestaat-niet")
        page = walk(client)
        assert "koffie-uur" in page
        assert "bestaat-niet" not in page

    def test_a_plan_costs_one_query_more_whatever_the_number(self, client, django_assert_max_num_queries):
        for number in range(12):
            own_step(title=f"Stap {number}")
        walk(client)
        with django_assert_max_num_queries(12):
            client.get("/enschede/wegwijzer/proef/plan/")


@pytest.mark.django_db
class TestNoLongerFitting:
    @pytest.fixture(autouse=True)
    def _guide(self, places):
        publish_small(**{"calendar: Bellen": "calendar: Bellen\n    local: true"})

    def test_an_answer_that_a_new_version_dropped_takes_the_step_out_and_tells_the_editor(self, client):
        own_step(condition={"zorgen": "geld"})
        assert "koffie-uur" in walk(client)
        publish_small(geld="poen")
        page = walk(Client(), zorgen="poen")  # who was in the middle goes on with the version they began
        assert "koffie-uur" not in page
        (row,) = local.rows_of(at("enschede"), flows.current("proef"))
        assert "noemt een antwoord dat er niet is" in row.problems[0]

    @pytest.mark.parametrize(
        ("condition", "words"),
        [
            ({"weg": "ja"}, "noemt een vraag die er niet is"),
            ({"aantal": "goed"}, "past niet bij de soort vraag"),
            ({"praten": "bang"}, "gevaar-antwoord"),
            ({"praten": {"any": []}}, "begrijpen we niet"),
            ({"all": [{"praten": "goed"}, {"praten": "slecht"}]}, "kan nooit waar zijn"),
        ],
    )
    def test_every_kind_of_misfit_is_said_and_left_out(self, client, condition, words):
        own_step(condition=condition)
        (row,) = local.rows_of(at("enschede"), flows.current("proef"))
        assert any(words in problem for problem in row.problems)
        assert "koffie-uur" not in walk(client)

    def test_words_for_a_step_that_is_no_longer_marked_are_left_out(self, client):
        own_step(replaces="bel", how="Loop binnen.")
        publish_small()
        assert "Loop binnen." not in walk(client)
        (row,) = local.rows_of(at("enschede"), flows.current("proef"))
        assert row.problems


@pytest.mark.django_db
class TestWriting:
    @pytest.fixture(autouse=True)
    def _guide(self, places):
        publish_small()

    def test_it_is_written_down_and_every_reader_of_the_place_sees_it(self):
        bram, before = editor_of("enschede"), generations.seen("enschede")
        step = own_step(user=bram)
        assert generations.seen("enschede") != before
        line = AuditLine.objects.get(kind=local.KIND, act="add")
        assert (line.actor, line.record_id) == (f"staff:{bram.pk}", str(step.pk))

    def test_a_regions_change_reaches_its_municipalities(self):
        before = generations.seen("almelo")
        own_step("twente", user=regional_editor_of("twente"))
        assert generations.seen("almelo") != before

    def test_nobody_writes_for_another_place(self):
        with pytest.raises(local.NotAllowedError):
            own_step("zwolle", user=editor_of("enschede"))
        step = own_step("zwolle")
        with pytest.raises(local.NotAllowedError):
            local.remove(user=editor_of("enschede"), place=at("zwolle"), step=step)
        assert LocalStep.objects.count() == 1


@few
@given(st.sampled_from(sorted(loading.shipped())), st.sampled_from(Order), st.data())
def test_a_fitting_step_never_breaks_a_guide(slug, order, data):
    # The engine's own checks hold for a flow with a place's step in it.
    flow = loading.parse(loading.shipped()[slug])
    conditions = data.draw(st.sampled_from([Always(), *(rule.when for rule in flow.rules)]))
    step = Step("eigen-1", "Kom langs", "Dat helpt.", order, with_whom="Het wijkteam", costs="Gratis.")
    more = replace(flow, steps=(*flow.steps, step), rules=(*flow.rules, Rule(conditions, ("eigen-1",))))
    assert analysis.check(more) == ()
    answers = {question.id: None for question in flow.questions}
    before = [item.step.id for item in engine.steps(flow, answers)]
    after = [item.step.id for item in engine.steps(more, answers) if item.step.id != "eigen-1"]
    assert before == after
