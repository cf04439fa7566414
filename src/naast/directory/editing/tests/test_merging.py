"""Doubles are found and become one; old addresses lead on; nothing is deleted."""

from datetime import date

import pytest
from django.test import Client

from naast.directory import actions as directory
from naast.directory.editing import actions, merging, offers, queries
from naast.directory.editing.models import Change, ChangeKind
from naast.directory.models import Offer, Organisation, State
from naast.directory.rules import RecordError
from naast.directory.tests.factories import offer, organisation
from naast.people.models import Grant
from naast.people.rules import Scope
from naast.people.tests.factories import staff

pytestmark = pytest.mark.django_db
EDITOR = "staff:0b0e1f9e-0000-4000-8000-000000000002"


def fresh(row: Offer) -> Offer:
    return queries.whole(Offer.objects.filter(pk=row.pk)).get()


def moved_to(slug: str, place: str = "enschede") -> tuple[int, str]:
    answer = Client().get(f"/{place}/hulp/{slug}/")
    return answer.status_code, answer.headers.get("Location", "")


def test_an_offer_under_another_name_at_the_same_number_is_found(places):
    organisation("beter-thuis", "Beter Thuis")
    one = offer(slug="een", name="KIES in de klas", phone="053-1234567")
    two = offer(slug="twee", name="Kies in de Klas (Enschede)", phone="+31 53 123 45 67", organisation="beter-thuis")
    offer(slug="drie", name="Maatje voor ouders", phone="053-1234567")

    found = merging.likely_pairs([one.pk])

    assert [{a.slug, b.slug} for a, b, _how in found] == [{one.slug, two.slug}]
    assert {"name", "phone"} <= set(found[0][2].reasons)


def test_what_somebody_called_different_is_not_shown_again(places):
    one, two = offer(slug="een", name="KIES in de klas"), offer(slug="twee", name="Kies in de klas")
    merging.call_different(one=two.pk, other=one.pk, by=EDITOR)

    assert merging.likely_pairs([one.pk]) == []


def test_merging_unites_the_area_takes_what_was_chosen_and_leads_the_old_address_on(places):
    keep = offer(slug="blijft", name="KIES", phone="053 1", area=["enschede"])
    gone = offer(slug="weg", name="KIES groep", phone="053 2", area=["hengelo"])
    change = actions.propose(offer=gone, values={"summary": "Nieuw."}, by="link:1")

    merged = merging.merge(keep=keep, gone=gone, from_gone=["phone"], by=EDITOR)

    assert (merged.name, merged.phone) == ("KIES", "053 2")
    assert {area.place.slug for area in merged.areas.all()} == {"enschede", "hengelo"}
    assert fresh(gone).state == State.MERGED
    assert Change.objects.get(pk=change.pk).offer_id == keep.pk
    assert moved_to("weg") == (301, "/enschede/hulp/blijft/")


def test_a_chain_of_mergers_and_renames_leads_to_the_end(places):
    a, b, c = (offer(slug=slug, name=f"Hulp {slug}") for slug in ("aa", "bb", "cc"))
    offers.rename(offer=a, slug="aa-anders", by=EDITOR)
    merging.merge(keep=b, gone=fresh(a), from_gone=[], by=EDITOR)
    merging.merge(keep=c, gone=fresh(b), from_gone=[], by=EDITOR)

    for old in ("aa", "aa-anders", "bb"):
        assert moved_to(old) == (301, "/enschede/hulp/cc/"), old


def test_no_ring_can_be_made(places):
    a, b = offer(slug="aa", name="Hulp a"), offer(slug="bb", name="Hulp b")
    merging.merge(keep=b, gone=a, from_gone=[], by=EDITOR)

    with pytest.raises(RecordError, match="samengevoegd"):
        merging.merge(keep=fresh(a), gone=fresh(b), from_gone=[], by=EDITOR)
    with pytest.raises(RecordError, match="twee keer"):
        merging.merge(keep=fresh(b), gone=fresh(b), from_gone=[], by=EDITOR)
    assert moved_to("aa")[0] == 301


def test_a_ring_in_the_data_is_not_walked_for_ever(places):
    a, b = offer(slug="aa", name="Hulp a"), offer(slug="bb", name="Hulp b")
    Offer.objects.filter(pk=a.pk).update(state=State.MERGED, merged_into=b)
    Offer.objects.filter(pk=b.pk).update(state=State.MERGED, merged_into=a)

    assert moved_to("aa")[0] in (404, 410)


def test_a_renamed_offer_may_get_its_old_address_back(places):
    row = offer(slug="oud", name="Hulp")
    offers.rename(offer=row, slug="nieuw", by=EDITOR)
    assert moved_to("oud") == (301, "/enschede/hulp/nieuw/")

    offers.rename(offer=fresh(row), slug="oud", by=EDITOR)

    assert moved_to("oud")[0] == 200
    assert moved_to("nieuw") == (301, "/enschede/hulp/oud/")


def test_an_old_address_is_never_given_to_another_offer(places):
    row, other = offer(slug="oud", name="Hulp"), offer(slug="ander", name="Andere hulp")
    offers.rename(offer=row, slug="nieuw", by=EDITOR)

    with pytest.raises(RecordError):
        offers.rename(offer=other, slug="oud", by=EDITOR)


def test_a_page_of_ours_keeps_its_address(places):
    row = offer(slug="oud", name="Hulp")
    with pytest.raises(RecordError, match="vast adres"):
        offers.rename(offer=row, slug="Overzicht", by=EDITOR)
    facts = queries.facts_of(fresh(row))
    made = offers.save(offer=None, facts={**facts, "name": "Vergelijken"}, keeper="enschede", by=EDITOR)
    assert made.slug == "vergelijken-2"
    assert moved_to(made.slug)[0] == 200


def test_taken_apart_it_is_one_of_its_own_again(places):
    a, b = offer(slug="aa", name="Hulp a"), offer(slug="bb", name="Hulp b")
    merging.merge(keep=b, gone=a, from_gone=[], by=EDITOR)

    merging.take_apart(offer=fresh(a), by=EDITOR)

    assert fresh(a).state == State.HIDDEN
    assert fresh(a).name == "Hulp a"


def test_two_organisations_become_one_with_their_offers_and_who_keeps_them(places):
    keep, gone = organisation("blijft", "Stichting Kind"), organisation("weg", "St. Kind")
    address = {"street": "Markt 1", "town": "Enschede", "place": "enschede"}
    first = offer(slug="een", organisation="blijft", locations=[address])
    second = offer(slug="twee", organisation="weg", locations=[address])
    provider = staff("provider", Scope("organisation", gone.pk))

    merging.merge_organisations(keep=keep, gone=gone, from_gone=[], by=EDITOR)

    assert {row.organisation_id for row in Offer.objects.all()} == {keep.pk}
    assert fresh(first).locations.get() == fresh(second).locations.get()
    assert Grant.objects.get(user=provider).scope_id == keep.pk
    gone.refresh_from_db()
    assert (gone.ended, gone.merged_into_id) == (True, keep.pk)


def test_an_organisation_that_ended_takes_its_offers_along(places):
    row = offer(slug="een")

    assert offers.end_organisation(organisation=row.organisation, by=EDITOR) == 1

    assert fresh(row).state == State.ENDED
    assert Organisation.objects.get().ended
    with pytest.raises(RecordError, match="bestaat niet meer"):
        offers.set_state(offer=fresh(row), state=State.OPEN, by=EDITOR)


def test_a_new_version_takes_back_nothing_that_people_here_changed(places):
    directory.load_shipped()
    changed, renamed, keep, gone = Offer.objects.filter(state=State.OPEN, organisation__ended=False).order_by("slug")[
        :4
    ]
    actions.note_edit(offer=changed, before={**queries.facts_of(fresh(changed)), "name": "Oud"}, by=EDITOR)
    Offer.objects.filter(pk=changed.pk).update(name="Onze eigen naam")
    offers.rename(offer=renamed, slug="ons-eigen-adres", by=EDITOR)
    merging.merge(keep=fresh(keep), gone=fresh(gone), from_gone=[], by=EDITOR)
    house = Organisation.objects.exclude(offers__in=[changed, renamed, keep, gone]).filter(offers__isnull=False)[0]
    house.name = "Onze eigen organisatie"
    offers.save_organisation(house, EDITOR)

    directory.load_shipped()

    assert fresh(changed).name == "Onze eigen naam"
    assert fresh(renamed).slug == "ons-eigen-adres"
    assert fresh(gone).state == State.MERGED
    house.refresh_from_db()
    assert house.name == "Onze eigen organisatie"


def test_waiting_history_and_answers_move_along_to_what_stays(places):
    keep, gone = offer(slug="blijft", name="KIES"), offer(slug="weg", name="KIES groep")
    for row, day, weeks in ((keep, 2, 1), (gone, 2, 9), (gone, 3, 4)):
        row.waiting_notes.create(weeks_min=weeks, weeks_max=weeks, said_on=date(2026, 5, day))
    answered = gone.confirmations.create(
        due=date(2025, 6, 1), owner="organisation:1", answer="klopt", answered_on=date(2025, 6, 2)
    )
    keep.confirmations.create(due=date(2026, 6, 1), owner="organisation:1", answer="klopt")
    twice = gone.confirmations.create(due=date(2026, 6, 1), owner="organisation:1", answer="klopt")
    still_open = gone.confirmations.create(due=date(2027, 6, 1), owner="organisation:1")

    merging.merge(keep=keep, gone=gone, from_gone=[], by=EDITOR)

    assert list(keep.waiting_notes.values_list("said_on", "weeks_max")) == [
        (date(2026, 5, 2), 1),
        (date(2026, 5, 3), 4),
    ]
    assert answered in keep.confirmations.all()
    # what stays said something of its own about that day, and a question about what went is no question about what stays
    assert {twice, still_open} == set(gone.confirmations.all())


def test_the_history_says_that_two_became_one_also_where_no_fact_changed(places):
    keep = offer(slug="blijft", name="KIES", area=["enschede"])
    gone = offer(slug="weg", name="KIES groep", area=["enschede"])

    merging.merge(keep=keep, gone=gone, from_gone=[], by=EDITOR)

    assert [change.kind for change in queries.history(fresh(keep))] == [ChangeKind.MERGE]
