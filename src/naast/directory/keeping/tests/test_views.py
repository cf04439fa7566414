"""The pages behind a mailed link: opening changes nothing, each offer is answered once, and every wrong link is told plainly."""

from datetime import timedelta
from uuid import uuid4

import pytest

from naast.core import clock, crypto
from naast.directory.editing import merging
from naast.directory.editing.actions import decide
from naast.directory.editing.models import Change, ChangeState
from naast.directory.keeping import asking
from naast.directory.models import Confirmation, ConfirmationLink, ConfirmedBy, Offer, Organisation, State
from naast.ledger import queries as ledger

from .factories import DAY, address, asked_by_mail, due_offer, number, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places", "still_clock")]


@pytest.fixture
def offer():
    return due_offer(description="Elke week.", phone="053 000 00 10", hours="Maandag van 9 tot 12 uur")


@pytest.fixture
def token(offer):
    return asked_by_mail()


def asked(offer) -> Confirmation:
    return Confirmation.objects.get(offer=offer)


def answer(client, token, offer, do="klopt", **more):
    data = {"once": number(), "asked": str(asked(offer).pk), "do": do, **more}
    return client.post(address(token), data)


def facts(offer) -> dict[str, object]:
    row = Offer.objects.get(pk=offer.pk)
    names = ("state", "checked_on", "confirmed_by", "next_check", "phone", "waiting_min", "waiting_max")
    return {name: getattr(row, name) for name in names}


FORM = {
    "summary": "Iemand luistert naar je.", "description": "Elke week.", "audiences": ["ouders"], "forms": ["een-op-een"],
    "costs": "gratis", "costs_text": "", "referral": "nee", "phone": "053 000 00 10", "website": "",
    "hours": "Maandag van 9 tot 12 uur", "age_min": "", "age_max": "",
}  # fmt: skip


def test_opening_the_link_shows_what_there_is_and_changes_nothing(client, offer, token):
    before = facts(offer)
    for _ in range(2):
        page = client.get(address(token))
        assert page.status_code == 200
        for button in ("Klopt nog", "Aanpassen", "Bestaat niet meer"):
            assert button in page.content.decode()
    for rest in ("aanpassen/", "gestopt/"):
        assert client.get(f"{address(token)}{asked(offer).pk}/{rest}").status_code == 200
    client.head(address(token))
    assert facts(offer) == before
    assert asked(offer).answer == ""


def test_nobody_keeps_indexes_or_passes_on_the_page(client, token):
    page = client.get(address(token))
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert not page.cookies


def test_still_true_counts_for_half_a_year(client, offer, token):
    assert answer(client, token, offer).status_code == 303
    found = facts(offer)
    assert found["checked_on"] == clock.today()
    assert found["confirmed_by"] == ConfirmedBy.PROVIDER
    assert found["next_check"] == clock.today() + timedelta(days=183)
    assert ledger.total("offer-check") == 1
    page = client.get(address(token)).content.decode()
    assert "Alles is beantwoord" in page
    assert 'value="klopt"' not in page


def test_a_used_link_says_what_was_answered_and_answers_nothing_more(client, offer, token):
    answer(client, token, offer)
    Offer.objects.filter(pk=offer.pk).update(checked_on=None)
    assert answer(client, token, offer).status_code == 303
    assert client.post(f"{address(token)}{asked(offer).pk}/gestopt/", {"once": number()}).status_code == 303
    assert client.post(f"{address(token)}{asked(offer).pk}/aanpassen/", {**FORM, "once": number()}).status_code == 303
    assert facts(offer)["checked_on"] is None
    assert not Change.objects.exists()
    assert ledger.total("offer-check") == 1


def test_one_press_counts_once_however_often_it_is_sent(client, offer, token):
    once = number()
    for _ in range(2):
        assert answer(client, token, offer, once=once).status_code == 303
    assert ledger.total("offer-check") == 1


def test_each_offer_is_answered_by_itself_and_an_older_mail_knows_it(client, offer):
    other = due_offer(name="Praatgroep")
    first = asked_by_mail()
    answer(client, first, offer)
    assert asked(other).answer == ""
    with clock.frozen(clock.now() + 14 * DAY):
        second = asked_by_mail()
        assert "Praatgroep" in client.get(address(second)).content.decode()
        answer(client, second, other)
        assert "Alles is beantwoord" in client.get(address(first)).content.decode()


@pytest.mark.parametrize("once", ["", "nonsens", "x.1.2.3"])
def test_a_form_that_is_not_ours_is_asked_again_and_changes_nothing(client, offer, token, once):
    page = answer(client, token, offer, once=once)
    assert page.status_code == 200
    assert "klik nog een keer" in page.content.decode()
    assert asked(offer).answer == ""


@pytest.mark.parametrize(
    "data", [{}, {"asked": "x", "do": "klopt"}, {"asked": str(uuid4()), "do": "klopt"}, {"do": "wis-alles"}]
)
def test_a_form_with_nonsense_is_told_plainly(client, offer, token, data):
    page = client.post(address(token), {"once": number(), "asked": str(asked(offer).pk), **data})
    assert page.status_code == 200
    assert asked(offer).answer == ""


# ---------- wrong links


def test_a_guessed_link_opens_nothing_and_says_how_to_go_on(client, offer, token):
    for wrong in ("x", "a" * 32, "a" * 4000, token[:-1], token.swapcase(), "%00", "🙂", str(asked(offer).pk)):
        page = client.get(address(wrong))
        assert page.status_code == 404, wrong
        assert "Deze link werkt niet" in page.content.decode()
    assert client.post(address("a" * 32), {"do": "klopt"}).status_code == 404
    assert client.get(f"{address('a' * 32)}{asked(offer).pk}/aanpassen/").status_code == 404


def test_every_guess_gets_the_same_page_whatever_it_guesses_at(client, offer, token):
    pages = {
        client.get(address(wrong)).content for wrong in ("a" * 32, "b" * 32, str(ConfirmationLink.objects.get().pk))
    }
    assert len(pages) == 1


def test_an_expired_link_says_that_its_time_is_over(client, offer, token):
    with clock.frozen(clock.now() + 31 * DAY):
        for page in (client.get(address(token)), answer(client, token, offer)):
            assert page.status_code == 410
            assert "30 dagen" in page.content.decode()
    assert asked(offer).answer == ""


def test_a_link_of_another_organisation_answers_for_nobody_else(client, offer, token):
    other = due_offer(organisation="andere-stichting", email="info@ander.example")
    asking.ask_owners()
    page = answer(client, token, other)
    assert page.status_code == 200
    assert asked(other).answer == ""
    assert client.get(f"{address(token)}{asked(other).pk}/aanpassen/").status_code == 303


# ---------- what happened meanwhile


def test_an_offer_that_was_merged_meanwhile_asks_nothing(client, offer, token):
    into = due_offer(name="Gesprek voor iedereen", organisation="andere-stichting", email="")
    Offer.objects.filter(pk=offer.pk).update(state=State.MERGED, merged_into=into)
    page = client.get(address(token)).content.decode()
    assert "Gesprek voor iedereen" in page
    assert "Je hoeft niets te doen" in page
    assert answer(client, token, offer).status_code == 303
    assert asked(offer).answer == ""


@pytest.mark.parametrize("what", ["offer ended", "organisation ended"])
def test_what_ended_meanwhile_asks_nothing(client, offer, token, what):
    if what == "offer ended":
        Offer.objects.filter(pk=offer.pk).update(state=State.ENDED)
    else:
        Organisation.objects.filter(pk=offer.organisation_id).update(ended=True)
    before = facts(offer)
    assert "Je hoeft niets te doen" in client.get(address(token)).content.decode()
    answer(client, token, offer)
    answer(client, token, offer, do="", waiting="1-2")
    assert facts(offer) == before


def test_an_offer_that_was_deleted_with_its_organisation_leaves_a_clear_page(client, offer, token):
    confirmation_id = asked(offer).pk
    offer.delete()
    Organisation.objects.filter(pk=offer.organisation_id).delete()
    page = client.get(address(token))
    assert page.status_code == 200
    assert "Er is niets meer om na te kijken" in page.content.decode()
    posted = client.post(address(token), {"once": number(), "asked": str(confirmation_id), "do": "klopt"})
    assert posted.status_code == 200


def test_a_hidden_offer_shows_again_when_it_is_confirmed(client, offer, token):
    Offer.objects.filter(pk=offer.pk).update(state=State.HIDDEN)
    answer(client, token, offer)
    assert facts(offer)["state"] == State.OPEN


# ---------- change


def change(client, token, offer, **changes):
    return client.post(f"{address(token)}{asked(offer).pk}/aanpassen/", {**FORM, "once": number(), **changes})


def test_a_change_waits_for_the_editors_and_readers_see_the_old_facts(client, offer, token):
    assert change(client, token, offer, phone="053 000 00 99", hours="Dinsdag").status_code == 303
    proposal = Change.objects.get()
    assert set(proposal.fields) == {"phone", "hours"}
    assert proposal.by == f"link:{asked(offer).pk}"
    assert facts(offer)["phone"] == "053 000 00 10"
    assert facts(offer)["checked_on"] is None
    page = client.get(address(token)).content.decode()
    assert "053 000 00 99" not in page
    assert "bekijkt" in page


def test_when_editors_took_a_change_over_the_offer_counts_as_confirmed(client, offer, token):
    change(client, token, offer, phone="053 000 00 99")
    assert asking.settle_decided() == 0
    decide(change=Change.objects.get(), verdicts={"phone": True}, by=f"staff:{uuid4()}")
    assert asking.settle_decided() == 1
    found = facts(offer)
    assert (found["phone"], found["confirmed_by"]) == ("053 000 00 99", ConfirmedBy.PROVIDER)
    assert found["next_check"] > clock.today()
    assert asking.settle_decided() == 0


def test_a_form_without_a_change_is_a_confirmation(client, offer, token):
    assert change(client, token, offer).status_code == 303
    assert not Change.objects.exists()
    assert facts(offer)["checked_on"] == clock.today()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"summary": ""}, "Schrijf in één zin"),
        ({"summary": "x" * 301}, "te lang"),
        ({"website": "geen adres"}, "geen webadres"),
        ({"website": "javascript:alert(1)"}, "geen webadres"),
        ({"age_min": "18", "age_max": "8"}, "lager dan"),
        ({"age_min": "acht"}, "als getal"),
        ({"audiences": []}, "Kies voor wie"),
        ({"once": "oud"}, "klik nog een keer"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, offer, token, wrong, said):
    page = change(client, token, offer, **{"description": "Mijn lange nieuwe tekst.", **wrong})
    assert page.status_code == 200
    text = page.content.decode()
    assert said in text
    assert "Mijn lange nieuwe tekst." in text
    assert asked(offer).answer == ""


# ---------- ended


def test_that_it_ended_is_asked_once_more_and_takes_nothing_away(client, offer, token):
    where = f"{address(token)}{asked(offer).pk}/gestopt/"
    assert "Bestaat" in client.get(where).content.decode()
    assert client.post(where, {"once": number(), "reason": "De groep stopt."}).status_code == 303
    assert facts(offer)["state"] == State.OPEN  # somebody with a mailbox must not take help away
    proposal = Change.objects.get(state=ChangeState.OPEN)
    assert proposal.fields["state"]["new"] == State.ENDED
    assert str(proposal.note) == "De groep stopt."
    assert "De groep stopt." not in client.get(address(token)).content.decode()


def test_when_editors_say_it_still_exists_it_is_theirs_to_have_confirmed(client, offer, token):
    client.post(f"{address(token)}{asked(offer).pk}/gestopt/", {"once": number(), "reason": ""})
    decide(change=Change.objects.get(), verdicts={"state": False}, by=f"staff:{uuid4()}")
    asking.settle_decided()
    assert facts(offer)["confirmed_by"] == ConfirmedBy.EDITOR


def test_a_reason_that_is_too_long_stays_in_the_form(client, offer, token):
    where = f"{address(token)}{asked(offer).pk}/gestopt/"
    page = client.post(where, {"once": number(), "reason": "Gestopt. " * 80})
    assert page.status_code == 200
    assert "te lang" in page.content.decode()
    assert asked(offer).answer == ""


# ---------- waiting time


def test_the_waiting_time_is_a_proposal_and_leaves_the_answer_open(client, offer, token):
    assert answer(client, token, offer, do="", waiting="3-6").status_code == 303
    proposal = Change.objects.get()
    assert proposal.fields["waiting_max"]["new"] == 6
    assert asked(offer).answer == ""
    change(client, token, offer, phone="053 000 00 99")
    assert set(Change.objects.get().fields) == {"waiting_min", "waiting_max", "waiting_on", "phone"}


def test_where_the_place_lets_small_facts_through_the_waiting_time_shows_at_once(client, offer, token):
    from naast.directory.editing.models import PlaceRule

    PlaceRule.objects.create(place_id=place("enschede").id, small_facts_live=True, changed_at=clock.now())
    answer(client, token, offer, do="", waiting="3-6")
    found = facts(offer)
    assert (found["waiting_min"], found["waiting_max"]) == (3, 6)
    assert offer.waiting_notes.get().said_by == ConfirmedBy.PROVIDER


def test_with_another_key_the_same_link_has_another_token(offer, token):
    link = ConfirmationLink.objects.get()
    assert asking.token_of(link.pk, crypto.newest_key()[0]) == token
    assert asking.token_of(uuid4(), crypto.newest_key()[0]) != token


def test_an_offer_that_another_organisation_gives_by_now_is_not_behind_the_old_link(client, offer, token):
    other = Organisation.objects.create(slug="een-ander", name="Een Ander")
    Offer.objects.filter(pk=offer.pk).update(organisation=other)
    before = facts(offer)

    answer(client, token, offer)
    client.post(f"{address(token)}{asked(offer).pk}/gestopt/", {"once": number(), "reason": "Weg."})

    assert facts(offer) == before
    assert asked(offer).answer == ""
    assert not Change.objects.exists()
    assert offer.name not in client.get(address(token)).content.decode()


def test_a_link_goes_on_working_where_the_organisation_went_on_in_another(client, offer, token):
    other = Organisation.objects.create(slug="een-ander", name="Een Ander")
    merging.merge_organisations(keep=other, gone=offer.organisation, from_gone=[], by="staff:x")

    answer(client, token, offer)

    assert asked(offer).answer == "klopt"
