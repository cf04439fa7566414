"""Publishing: only what passes the checks, each text once, and never a change to what a run points at."""

import pytest

from naast.core.models import AuditLine
from naast.flows import actions, loading, queries
from naast.flows.models import Flow, FlowVersion
from naast.flows.problems import LoadError
from naast.flows.tests.test_loading import GOOD

pytestmark = pytest.mark.django_db
BETTER = GOOD.replace("title: Proef", "title: Betere proef")


def test_a_published_flow_is_the_current_one():
    version = actions.publish(text=GOOD)
    assert queries.current("proef") == version
    assert version.number == 1
    assert version.flow.title == "Proef"


def test_the_same_text_is_the_same_version():
    assert actions.publish(text=GOOD) == actions.publish(text=GOOD.replace("\n", "\r\n"))
    assert FlowVersion.objects.count() == 1
    assert AuditLine.objects.filter(act="publish").count() == 1


def test_a_new_text_is_a_new_version_and_the_old_one_stays_readable():
    old, new = actions.publish(text=GOOD), actions.publish(text=BETTER)
    assert queries.current("proef") == new
    assert new.number == 2
    assert queries.by_short("proef", old.short) == old
    assert queries.by_digest(old.digest).flow.title == "Proef"


def test_going_back_to_an_old_text_makes_no_new_version():
    old = actions.publish(text=GOOD)
    actions.publish(text=BETTER)
    assert actions.publish(text=GOOD) == old
    assert queries.current("proef") == old
    assert FlowVersion.objects.count() == 2


def test_a_flow_that_fails_a_check_is_refused_with_its_reasons():
    with pytest.raises(actions.RefusedError) as raised:
        actions.publish(text=GOOD.replace("add: [bel]", "add: [weg]"))
    assert "unknown-step" in {problem.code for problem in raised.value.problems}
    assert not Flow.objects.exists()


def test_a_text_that_cannot_be_read_is_refused():
    with pytest.raises(LoadError):
        actions.publish(text="[")


def test_a_version_never_changes_and_never_goes():
    actions.publish(text=GOOD)
    version = FlowVersion.objects.get()
    version.yaml = BETTER
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.delete()


def test_the_shipped_guides_are_published_once_and_in_order():
    assert actions.publish_shipped() == actions.publish_shipped() == len(loading.shipped())
    assert [version.flow.slug for version in queries.all_current()] == list(actions.SHIPPED)
    assert set(actions.SHIPPED) == set(loading.shipped())


@pytest.mark.parametrize("short", ["", "0", "g" * 16, "%" * 16])
def test_a_made_up_version_is_not_found(short):
    actions.publish(text=GOOD)
    assert queries.by_short("proef", short) is None
    assert queries.by_short("weg", queries.current("proef").short) is None


def test_an_unknown_guide_has_no_version():
    assert queries.current("weg") is None
    assert queries.by_digest("weg") is None


def test_publishing_renews_the_pages_that_list_guides(django_assert_num_queries):
    from naast.core import generations

    before = generations.seen()
    actions.publish(text=GOOD)
    assert generations.seen() != before
