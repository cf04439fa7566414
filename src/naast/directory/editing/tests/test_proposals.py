"""A provider proposes, an editor decides field by field; small facts may show at once; nothing is lost in between."""

import pytest
from django.test import Client

from naast.core import clock
from naast.core.models import AuditLine
from naast.directory.editing import actions, queries
from naast.directory.editing.actions import Changed
from naast.directory.editing.models import Change, PlaceRule
from naast.directory.models import Offer, State
from naast.directory.rules import RecordError
from naast.directory.tests.factories import offer
from naast.ledger.models import WaitingFact

pytestmark = pytest.mark.django_db
PROVIDER, EDITOR = "staff:0b0e1f9e-0000-4000-8000-000000000001", "staff:0b0e1f9e-0000-4000-8000-000000000002"


def fresh(row: Offer) -> Offer:
    return queries.whole(Offer.objects.filter(pk=row.pk)).get()


@pytest.fixture
def help_near(places: None) -> Offer:
    return offer(name="Gesprek over thuis", phone="053 123 45 67", summary="Iemand luistert.")


def small_facts_at_once(row: Offer) -> None:
    place = queries.keeper_of(row)
    PlaceRule.objects.create(place_id=place.id, small_facts_live=True, changed_at=clock.now())


def test_a_proposal_changes_nothing_for_readers_and_says_what_differs(help_near):
    change = actions.propose(
        offer=help_near, values={"name": "Praten over thuis", "phone": "053 123 45 67"}, by=PROVIDER
    )

    assert change.fields == {"name": {"old": "Gesprek over thuis", "new": "Praten over thuis"}}
    assert fresh(help_near).name == "Gesprek over thuis"


def test_a_proposal_of_what_stands_there_already_is_none(help_near):
    assert actions.propose(offer=help_near, values={"name": " Gesprek  over thuis "}, by=PROVIDER) is None


def test_what_would_not_be_sound_is_refused_in_words(help_near):
    with pytest.raises(RecordError, match="samenvatting ontbreekt"):
        actions.propose(offer=help_near, values={"summary": ""}, by=PROVIDER)
    with pytest.raises(ValueError, match="evidence"):
        actions.propose(offer=help_near, values={"evidence": "effectief"}, by=PROVIDER)
    assert not Change.objects.exists()


def test_proposing_again_replaces_ones_own_open_proposal(help_near):
    actions.propose(offer=help_near, values={"name": "Eerste"}, by=PROVIDER)
    actions.propose(offer=help_near, values={"name": "Tweede"}, by=PROVIDER)
    actions.propose(offer=help_near, values={"name": "Van een ander"}, by="link:7")

    assert sorted(change.fields["name"]["new"] for change in Change.objects.filter(state="open")) == [
        "Tweede",
        "Van een ander",
    ]


def test_an_editor_takes_two_of_three_fields_and_readers_see_those(help_near):
    change = actions.propose(
        offer=help_near,
        values={"name": "Praten", "summary": "Wij praten met je.", "costs": "betaald"},
        by=PROVIDER,
    )

    decided = actions.decide(
        change=change, verdicts={"name": True, "summary": True, "costs": False}, by=EDITOR, reason="Het is gratis."
    )

    found = fresh(help_near)
    assert (found.name, found.summary, found.costs) == ("Praten", "Wij praten met je.", "gratis")
    assert (decided.state, decided.reason) == ("partly", "Het is gratis.")
    assert decided.verdicts == {"name": "accepted", "summary": "accepted", "costs": "refused"}
    line = AuditLine.objects.get(act="decide")
    assert (line.actor, line.fields) == (EDITOR, ["costs", "name", "summary"])
    assert WaitingFact.objects.filter(fact="offer-proposal", place="enschede").count() == 2


def test_a_provider_says_that_it_ended_and_an_editor_agrees(help_near):
    change = actions.propose(offer=help_near, values={}, by="link:3", ended=True)
    assert fresh(help_near).state == State.OPEN

    actions.decide(change=change, verdicts={"state": True}, by=EDITOR)

    assert fresh(help_near).state == State.ENDED


def test_a_decision_is_made_once(help_near):
    change = actions.propose(offer=help_near, values={"name": "Praten"}, by=PROVIDER)
    actions.decide(change=change, verdicts={"name": True}, by=EDITOR)

    with pytest.raises(Changed):
        actions.decide(change=change, verdicts={"name": False}, by=EDITOR)
    assert fresh(help_near).name == "Praten"


def test_an_offer_that_changed_under_the_editors_eyes_is_shown_again(help_near):
    change = actions.propose(offer=help_near, values={"name": "Praten"}, by=PROVIDER)
    seen = actions.stamp(change, fresh(help_near))
    actions.write_facts(fresh(help_near), {"name": "Intussen anders"}, EDITOR)

    with pytest.raises(Changed):
        actions.decide(change=change, verdicts={"name": True}, by=EDITOR, seen=seen)
    assert fresh(help_near).name == "Intussen anders"


def test_the_history_keeps_what_stood_there_when_it_was_decided(help_near):
    change = actions.propose(offer=help_near, values={"name": "Praten"}, by=PROVIDER)
    actions.write_facts(fresh(help_near), {"name": "Intussen anders"}, EDITOR)

    decided = actions.decide(change=change, verdicts={"name": True}, by=EDITOR)

    assert decided.fields["name"] == {"old": "Gesprek over thuis", "new": "Praten", "before": "Intussen anders"}


def test_small_facts_wait_like_all_others_unless_the_place_says_otherwise(help_near):
    actions.propose(offer=help_near, values={"phone": "053 765 43 21"}, by=PROVIDER)

    assert fresh(help_near).phone == "053 123 45 67"
    assert queries.unreviewed(help_near) == {}


def test_small_facts_show_at_once_and_marked_where_the_place_allows_it(help_near):
    small_facts_at_once(help_near)

    actions.propose(offer=help_near, values={"phone": "053 765 43 21", "name": "Praten"}, by=PROVIDER)

    found = fresh(help_near)
    assert (found.phone, found.name) == ("053 765 43 21", "Gesprek over thuis")
    assert queries.unreviewed(help_near) == {"phone": clock.today()}


def test_a_small_fact_that_is_refused_goes_back(help_near):
    small_facts_at_once(help_near)
    change = actions.propose(offer=help_near, values={"phone": "053 765 43 21"}, by=PROVIDER)

    actions.decide(change=change, verdicts={"phone": False}, by=EDITOR)

    assert fresh(help_near).phone == "053 123 45 67"
    assert queries.unreviewed(help_near) == {}


def test_a_small_fact_that_an_editor_changed_since_stays_as_the_editor_has_it(help_near):
    small_facts_at_once(help_near)
    change = actions.propose(offer=help_near, values={"phone": "053 765 43 21"}, by=PROVIDER)
    actions.write_facts(fresh(help_near), {"phone": "053 999 99 99"}, EDITOR)

    actions.decide(change=change, verdicts={"phone": False}, by=EDITOR)

    assert fresh(help_near).phone == "053 999 99 99"


def test_withdrawing_puts_back_what_showed_at_once(help_near):
    small_facts_at_once(help_near)
    change = actions.propose(offer=help_near, values={"phone": "053 765 43 21"}, by=PROVIDER)

    actions.withdraw(change=change, by=PROVIDER)

    assert fresh(help_near).phone == "053 123 45 67"
    assert Change.objects.get().state == "withdrawn"


def test_words_beside_a_change_lie_encrypted_and_go_after_two_years(help_near):
    change = actions.propose(offer=help_near, values={"name": "Praten"}, by=PROVIDER, note="Bel Hanneke erover")
    actions.decide(change=change, verdicts={"name": True}, by=EDITOR, reason="Dank je.")
    assert b"Hanneke" not in bytes(Change.objects.values_list("note", flat=True).get())
    assert actions.forget_words() == 0

    with clock.frozen(clock.now() + actions.KEEP_WORDS + actions.KEEP_WORDS):
        assert actions.forget_words() == 1

    found = Change.objects.get()
    assert (found.note, found.reason, found.fields["name"]["new"]) == ("", "", "Praten")


def test_readers_see_that_nobody_looked_at_a_small_fact_yet(help_near):
    small_facts_at_once(help_near)
    change = actions.propose(offer=help_near, values={"phone": "053 765 43 21"}, by=PROVIDER)
    address = f"/enschede/hulp/{help_near.slug}/"

    assert "door de aanbieder gewijzigd op" in Client().get(address).content.decode()

    actions.decide(change=change, verdicts={"phone": True}, by=EDITOR)
    assert "door de aanbieder gewijzigd op" not in Client().get(address).content.decode()


def test_the_number_of_a_helpline_never_changes_before_an_editor_looked(places):
    row = offer(slug="hulplijn", phone="053 123 45 67", helpline=True)
    small_facts_at_once(row)

    change = actions.propose(offer=fresh(row), values={"phone": "0906 66 66"}, by="link:1")

    assert fresh(row).phone == "053 123 45 67"
    assert change.live == []
