"""The provider's own screens: their own offers and nobody else's, still true, waiting time, a proposal and its verdict."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import get_resolver
from tests.gates.matrix.addresses import walk

from naast.cli import parser
from naast.core import clock
from naast.directory.editing import actions
from naast.directory.editing.models import Change
from naast.directory.editing.queries import organisations_at
from naast.directory.editing.tests.factories import fresh, provider_at, sent
from naast.directory.models import ConfirmedBy, Offer, State
from naast.directory.tests.factories import offer, organisation
from naast.people.models import User
from naast.people.policy import may
from naast.people.rules import Scope
from naast.people.staffing.actions import give_role
from naast.people.tests.factories import staff
from naast.places.queries import by_slug

pytestmark = pytest.mark.django_db
HOME = "/loket/aanbod/"


@pytest.fixture
def mine(places) -> Offer:
    return offer(slug="eigen", name="Praatgroep van ons")


@pytest.fixture
def theirs(places) -> Offer:
    organisation("ander", "Een ander")
    return offer(slug="ander-aanbod", name="Hulp van een ander", organisation="ander")


@pytest.fixture
def provider(mine) -> Client:
    return provider_at(mine.organisation)[0]


def test_a_provider_begins_at_their_own_offers_and_sees_no_others(provider, mine, theirs):
    body = provider.get(HOME).content.decode()

    assert "Praatgroep van ons" in body
    assert "Hulp van een ander" not in body


def own_addresses() -> list[Any]:
    return [
        one for one in walk(get_resolver("naast.urls"), False) if one.action == "directory.own" and one.takes_arguments
    ]


@pytest.mark.parametrize("one", own_addresses(), ids=str)
def test_a_provider_of_elsewhere_reaches_nothing_of_an_offer(one, provider, theirs):
    address = "/" + one.route.replace("<uuid:offer_id>", str(theirs.pk))

    for answer in (provider.get(address), provider.post(address, sent(name="Gekaapt"))):
        assert answer.status_code in (404, 405)
        assert "Hulp van een ander" not in answer.content.decode()
    assert fresh(theirs).name == "Hulp van een ander"
    assert not Change.objects.exists()


def test_a_provider_does_not_enter_the_editors_admin(provider, mine):
    assert provider.get("/beheer/").status_code in (302, 403)
    assert provider.get(f"/beheer/hulp/{mine.pk}/").status_code == 403


def test_still_true_takes_one_click_and_puts_a_hidden_offer_back(provider, mine):
    Offer.objects.filter(pk=mine.pk).update(state=State.HIDDEN)

    assert provider.post(f"{HOME}{mine.pk}/klopt/").status_code == 303

    row = fresh(mine)
    assert (row.checked_on, row.confirmed_by, row.state) == (clock.today(), ConfirmedBy.PROVIDER, State.OPEN)
    assert row.next_check > clock.today()


def test_still_true_said_in_the_list_comes_back_to_the_list(provider, mine):
    assert provider.post(f"{HOME}{mine.pk}/klopt/", {"lijst": "1"})["Location"] == HOME


def test_waiting_time_takes_two_clicks_and_shows_at_once_where_the_place_lets_it(provider, mine):
    actions.set_rule(place_id=by_slug("enschede").id, small_facts_live=True, by="staff:x")
    choice = provider.get(f"{HOME}{mine.pk}/").context["waiting"][1]

    provider.post(f"{HOME}{mine.pk}/klopt/", {"wachttijd": choice.code})

    assert fresh(mine).waiting_on == clock.today()
    assert fresh(mine).waiting_min is not None
    assert mine.waiting_notes.get().said_by == ConfirmedBy.PROVIDER


def test_a_change_waits_for_the_editors_and_the_provider_sees_their_verdict(provider, mine):
    answer = provider.post(
        f"{HOME}{mine.pk}/aanpassen/", sent(name="Praatavond", summary="Samen praten.", note="Vanaf januari.")
    )
    assert answer.status_code == 303
    change = Change.objects.get()
    assert fresh(mine).name == "Praatgroep van ons"
    assert change.note == "Vanaf januari."

    actions.decide(
        change=change, verdicts={"name": True, "summary": False}, by="staff:x", reason="Kort en goed houden."
    )

    body = provider.get(f"{HOME}{mine.pk}/").content.decode()
    assert "Kort en goed houden." in body
    assert fresh(mine).name == "Praatavond"


def test_what_a_provider_may_not_say_is_not_taken(provider, mine):
    provider.post(
        f"{HOME}{mine.pk}/aanpassen/",
        sent(name="Praatavond", evidence="effectief", organisation="ander", is_helpline="on", keeper="houten"),
    )

    assert set(Change.objects.get().fields) == {"name"}


def test_bad_input_loses_nothing_typed(provider, mine):
    answer = provider.post(f"{HOME}{mine.pk}/aanpassen/", sent(name="", summary="Dit typte ik", age_min="oud"))

    assert answer.status_code == 422
    assert "Dit typte ik" in answer.content.decode()
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"description": "a" * 100_000},
        {"starts": "12-01-2027 Avond\n" * 10_000},
        {"name": "Praat\x00groep"},
        {"website": "javascript:alert(1)"},
        {"phone": "tel:0900;" + "1" * 100},
        {"age_min": "9" * 5_000},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_nobody_would_write_is_refused_in_words(provider, mine, changes):
    answer = provider.post(f"{HOME}{mine.pk}/aanpassen/", sent(**changes))

    assert answer.status_code == 422
    assert not Change.objects.exists()


def test_help_that_ended_is_proposed_as_such(provider, mine):
    provider.post(f"{HOME}{mine.pk}/aanpassen/", sent(name="Praatgroep van ons", ended="on"))

    assert Change.objects.get().fields["state"]["new"] == "gestopt"


def test_a_proposal_is_taken_back(provider, mine):
    provider.post(f"{HOME}{mine.pk}/aanpassen/", sent(name="Praatavond"))

    provider.post(f"{HOME}{mine.pk}/terugnemen/")

    assert Change.objects.get().state == "withdrawn"


def test_an_offer_that_was_merged_away_is_not_a_providers_any_more(provider, mine):
    Offer.objects.filter(pk=mine.pk).update(state=State.MERGED)

    assert provider.get(f"{HOME}{mine.pk}/").status_code == 404


def test_a_command_lets_somebody_keep_an_organisations_offers(mine, capsys):
    call = ["directory", "provider", "mirthe@voorbeeld.example", "--name", "Mirthe", "--organisation"]

    def run(*words: str) -> int:
        options = parser().parse_args([*call, *words])
        return int(options.run(options))

    assert run("bestaat-niet") == 1
    assert run(mine.organisation.slug) == 0

    assert "/loket/" in capsys.readouterr().out
    user = User.objects.get(email="mirthe@voorbeeld.example")
    assert may(user, "directory.own", Scope("organisation", mine.organisation_id))
    assert not may(user, "directory.edit", Scope("organisation", mine.organisation_id))


def test_a_waiting_time_waits_for_the_editors_where_the_place_chose_so_as_by_the_mailed_page(provider, mine):
    provider.post(f"{HOME}{mine.pk}/aanpassen/", sent(name="Praatavond"))
    answer = provider.post(f"{HOME}{mine.pk}/klopt/", {"wachttijd": "3-6"}, follow=True)

    assert fresh(mine).waiting_min is None
    assert "De redactie kijkt ernaar" in answer.content.decode()
    provider.post(f"{HOME}{mine.pk}/aanpassen/", sent(name="Praatochtend"))
    proposed = Change.objects.get().fields
    assert (proposed["name"]["new"], proposed["waiting_max"]["new"]) == ("Praatochtend", 6)


def test_the_page_of_rights_names_the_organisation(provider, mine):
    assert mine.organisation.name in provider.get("/loket/account/").content.decode()


def test_a_municipality_names_providers_only_of_organisations_that_help_nowhere_else(mine, theirs):
    offer(slug="ander-daar", name="Dezelfde hulp verderop", organisation="ander", area=["hengelo"], keeper="hengelo")

    assert set(organisations_at(by_slug("enschede"))) == {mine.organisation_id}
    assert not organisations_at(by_slug("hengelo"))
    assert {mine.organisation_id, theirs.organisation_id} <= set(organisations_at(by_slug("twente")))


def test_an_administrator_reaches_no_help_of_another_municipality_by_a_provider_of_their_own_choice(mine, theirs):
    there = offer(slug="ander-daar", name="Dezelfde hulp", organisation="ander", area=["hengelo"], keeper="hengelo")
    admin, friend = staff("place-admin", by_slug("enschede")), staff("editor", by_slug("enschede"))

    with pytest.raises(PermissionDenied):
        give_role(by=admin, user=friend, role="provider", scope=Scope("organisation", there.organisation_id))
