"""Adding people's words: the search uses them at once, what cannot work is refused, and nobody else may."""

import pytest
from django.core.exceptions import PermissionDenied

from naast.core.models import AuditLine
from naast.directory.queries import SearchQuery, search
from naast.directory.tests import factories
from naast.directory.wording import actions, queries
from naast.directory.wording.models import Wording
from naast.people.models import User
from naast.people.tests.factories import staff
from naast.places.queries import by_slug

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(places: None) -> User:
    """An editor of the region."""
    factories.offer(slug="mediation", name="Mediator in de buurt")
    twente = by_slug("twente")
    assert twente
    return staff("regional-editor", twente)


def found(question: str) -> list[str]:
    return [one.offer.slug for one in search(SearchQuery(q=question, place=by_slug("enschede"))).results]


def test_a_word_that_was_added_finds_what_offers_call_it(editor: User) -> None:
    assert found("kwibus") == []
    actions.add(user=editor, say=["kwibus", "een kwibus erbij"], find=["mediator"])
    assert found("kwibus") == ["mediation"]
    assert found("wij willen graag een kwibus") == ["mediation"]


def test_what_is_taken_out_is_forgotten(editor: User) -> None:
    row = actions.add(user=editor, say=["kwibus"], find=["mediator"])
    actions.remove(user=editor, wording_id=row.pk)
    assert found("kwibus") == []
    actions.remove(user=editor, wording_id=row.pk)


def test_both_are_written_in_the_access_log(editor: User) -> None:
    row = actions.add(user=editor, say=["kwibus"], find=["mediator"])
    actions.remove(user=editor, wording_id=row.pk)
    lines = AuditLine.objects.filter(kind="directory.Wording", record_id=str(row.pk)).order_by("pk")
    assert [line.act for line in lines] == ["add", "remove"]


@pytest.mark.parametrize(
    ("say", "find", "what"),
    [
        (["bij ons"], ["mediator"], "general"),
        (["kwibus"], ["kwantumfysica"], "nowhere"),
        (["bemiddelaar"], ["mediation"], "known"),
    ],
)
def test_what_cannot_work_is_refused(editor: User, say: list[str], find: list[str], what: str) -> None:
    with pytest.raises(actions.CannotTake) as refused:
        actions.add(user=editor, say=say, find=find)
    assert {problem.what for problem in refused.value.problems} == {what}
    assert not Wording.objects.exists()


def test_an_editor_of_one_municipality_may_not(editor: User) -> None:
    enschede = by_slug("enschede")
    assert enschede
    with pytest.raises(PermissionDenied):
        actions.add(user=staff("editor", enschede), say=["kwibus"], find=["mediator"])


def test_an_entry_whose_offer_went_is_shown_as_leading_nowhere(editor: User) -> None:
    actions.add(user=editor, say=["kwibus"], find=["mediator"])
    assert [row.dead for row in queries.rows()] == [()]
    Wording.objects.update(find=["kwantumfysica"])
    from naast.core import generations
    from naast.directory.search import index

    generations.bump(index.KEY)
    assert [row.dead for row in queries.rows()] == [("kwantumfysica",)]
