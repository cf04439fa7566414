"""Drafts of guides: kept whatever they hold, checked, published now or later, refused with reasons and nothing lost."""

from datetime import timedelta

import pytest

from naast.content.tests.factories import editor_of, regional_editor_of
from naast.core import clock, generations
from naast.core.models import AuditLine, OutboxMail
from naast.flows import actions as flow_actions
from naast.flows import loading
from naast.flows import queries as flows
from naast.flows.models import FlowVersion
from naast.guide import drafts
from naast.guide.models import GuideDraft
from naast.guide.tests.factories import SMALL, publish_small

pytestmark = pytest.mark.django_db
BETTER = SMALL.replace("Lukt praten?", "Lukt samen praten?")
LOOP = SMALL.replace('    summary: "Kinderen: {}."', '    summary: "Kinderen: {}."\n    next: praten')


@pytest.fixture
def lotte(places):
    """The regional editor of Twente, and a guide to edit."""
    publish_small()
    return regional_editor_of("twente")


def test_a_change_becomes_the_draft_and_readers_see_what_they_saw(lotte):
    before = flows.current("proef")
    draft = drafts.change(user=lotte, slug="proef", text=BETTER)
    assert (draft.changed_by, draft.previous, draft.based_on_id) == (lotte, SMALL, before.digest)
    assert drafts.text_of("proef") == BETTER
    assert flows.current("proef") == before


def test_the_last_change_is_taken_back_and_put_there_again(lotte):
    drafts.change(user=lotte, slug="proef", text=BETTER)
    assert drafts.undo(user=lotte, slug="proef").yaml == SMALL
    assert drafts.undo(user=lotte, slug="proef").yaml == BETTER


def test_a_draft_may_hold_anything_and_is_never_published_so(lotte):
    drafts.change(user=lotte, slug="proef", text="flow: proef\nquestions: nee\n")
    with pytest.raises(drafts.RefusedError) as refused:
        drafts.publish(user=lotte, slug="proef", note="")
    assert refused.value.report.errors
    assert drafts.text_of("proef") == "flow: proef\nquestions: nee\n"


def test_a_circle_is_refused_in_words_and_the_draft_stays(lotte):
    drafts.change(user=lotte, slug="proef", text=LOOP)
    with pytest.raises(drafts.RefusedError) as refused:
        drafts.publish(user=lotte, slug="proef", note="")
    told = " ".join(f"{finding.where} {finding.text}" for finding in refused.value.report.errors)
    assert "De vragen lopen rond: Lukt praten? → Hoeveel kinderen? → Lukt praten?" in told
    assert drafts.draft_of("proef").yaml == LOOP
    assert flows.current("proef").number == 1


def test_publishing_makes_a_version_with_who_and_why_and_readers_see_it(lotte):
    drafts.change(user=lotte, slug="proef", text=BETTER)
    before = generations.seen()
    version = drafts.publish(user=lotte, slug="proef", note="Duidelijker vraag")
    row = FlowVersion.objects.get(pk=version.digest)
    assert (version.number, row.note, row.actor) == (2, "Duidelijker vraag", f"staff:{lotte.pk}")
    assert drafts.draft_of("proef") is None
    assert generations.seen() != before
    assert drafts.versions_of("proef")[0][1] == lotte.display_name
    assert AuditLine.objects.filter(actor=f"staff:{lotte.pk}", act="publish", kind=flow_actions.KIND).exists()


def test_a_shipped_text_never_replaces_an_editors(shared_tree):
    flow_actions.publish_shipped()
    lotte = regional_editor_of("twente")
    text = loading.shipped()["uit-elkaar"].replace("title: We gaan uit elkaar", "title: Wij gaan uit elkaar")
    drafts.change(user=lotte, slug="uit-elkaar", text=text)
    drafts.publish(user=lotte, slug="uit-elkaar", note="")
    flow_actions.publish_shipped()
    assert flows.current("uit-elkaar").flow.title == "Wij gaan uit elkaar"


class TestLater:
    def test_it_is_published_at_its_moment_as_it_was_planned(self, lotte):
        drafts.change(user=lotte, slug="proef", text=BETTER)
        moment = clock.now() + timedelta(hours=2)
        drafts.plan(user=lotte, slug="proef", moment=moment, note="Straks")
        drafts.change(user=lotte, slug="proef", text=BETTER.replace("Twee vragen", "Drie vragen"))
        assert drafts.publish_due() == 0
        with clock.frozen(moment + timedelta(seconds=30)):
            assert drafts.publish_due() == 1
            assert drafts.publish_due() == 0
        assert flows.current("proef").flow.questions[0].title == "Lukt samen praten?"
        left = GuideDraft.objects.get(pk="proef")
        assert "Drie vragen" in left.yaml
        assert (left.planned_for, left.based_on_id) == (None, flows.current("proef").digest)

    def test_an_unchanged_draft_is_gone_afterwards(self, lotte):
        drafts.change(user=lotte, slug="proef", text=BETTER)
        drafts.plan(user=lotte, slug="proef", moment=clock.now() + timedelta(minutes=1), note="")
        with clock.frozen(clock.now() + timedelta(minutes=2)):
            drafts.publish_due()
        assert drafts.draft_of("proef") is None

    def test_a_moment_that_is_over_is_no_moment(self, lotte):
        drafts.change(user=lotte, slug="proef", text=BETTER)
        with pytest.raises(drafts.PastError):
            drafts.plan(user=lotte, slug="proef", moment=clock.now(), note="")

    def test_what_has_errors_cannot_be_planned(self, lotte):
        drafts.change(user=lotte, slug="proef", text=LOOP)
        with pytest.raises(drafts.RefusedError):
            drafts.plan(user=lotte, slug="proef", moment=clock.now() + timedelta(hours=1), note="")
        assert drafts.draft_of("proef").planned_for is None

    def test_what_no_longer_passes_stays_a_draft_and_its_editor_hears(self, lotte):
        drafts.change(user=lotte, slug="proef", text=BETTER)
        drafts.plan(user=lotte, slug="proef", moment=clock.now() + timedelta(minutes=1), note="")
        GuideDraft.objects.update(planned_yaml=LOOP)
        with clock.frozen(clock.now() + timedelta(minutes=2)):
            assert drafts.publish_due() == 0
        left = drafts.draft_of("proef")
        assert "De vragen lopen rond" in left.refused
        assert left.yaml == BETTER
        (mail,) = OutboxMail.objects.filter(kind="guide/not_published")
        assert mail.to == lotte.email
        assert "rond" not in str(mail.context)

    def test_it_can_be_taken_back(self, lotte):
        drafts.change(user=lotte, slug="proef", text=BETTER)
        drafts.plan(user=lotte, slug="proef", moment=clock.now() + timedelta(minutes=1), note="")
        drafts.unplan(user=lotte, slug="proef")
        with clock.frozen(clock.now() + timedelta(minutes=2)):
            assert drafts.publish_due() == 0
        assert drafts.text_of("proef") == BETTER


@pytest.mark.parametrize("act", ["change", "undo", "drop", "publish", "unplan", "plan"])
def test_a_municipal_editor_changes_no_shared_guide(lotte, act):
    drafts.change(user=lotte, slug="proef", text=BETTER)
    more = {
        "change": {"text": "weg"},
        "publish": {"note": ""},
        "plan": {"note": "", "moment": clock.now() + timedelta(hours=1)},
    }.get(act, {})
    with pytest.raises(drafts.NotAllowedError):
        getattr(drafts, act)(user=editor_of("enschede"), slug="proef", **more)
    assert drafts.text_of("proef") == BETTER
