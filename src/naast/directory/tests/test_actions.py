"""Writing the directory: all or nothing, the same file twice changes nothing, the index follows each change."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import resolve

from naast.core import clock
from naast.core.models import AuditLine, Generation
from naast.directory import actions
from naast.directory.exchange import offer_row
from naast.directory.models import Indexed, Location, Offer, Organisation, Word
from naast.directory.queries import SearchQuery, fixed_addresses, search
from naast.directory.rules import RecordError
from naast.directory.search import index

from . import factories

pytestmark = pytest.mark.django_db


def found(question: str) -> list[str]:
    return [one.offer.slug for one in search(SearchQuery(q=question)).results]


def contents_of_the_index() -> list[tuple[object, ...]]:
    columns = "a, b, c, d" if connection.vendor == "sqlite" else "stems::text"
    key = "rowid" if connection.vendor == "sqlite" else "number"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, {columns} FROM directory_fts ORDER BY {key}")  # noqa: S608
        rows = cursor.fetchall()
    slugs = dict(Indexed.objects.values_list("number", "offer__slug"))
    return sorted((slugs[row[0]], *row[1:]) for row in rows)


def test_what_is_shipped_loads_and_loading_twice_changes_nothing(places: None) -> None:
    first = actions.load_shipped()
    before = dict(Offer.objects.values_list("pk", "name"))
    again = actions.load_shipped()
    assert first.same == 0
    assert again.written == 0
    assert dict(Offer.objects.values_list("pk", "name")) == before
    assert len(before) >= 60
    assert Indexed.objects.count() == len(before)


def test_a_fault_in_one_record_writes_none(places: None) -> None:
    factories.organisation()
    rows = [factories.row(), factories.row(area=["atlantis"]), factories.row(organisation="onbekend")]
    with pytest.raises(RecordError) as caught:
        actions.load_records(organisations=[], offers=rows, actor="system")
    assert len(caught.value.problems) == 2
    assert not Offer.objects.exists()


def test_two_records_with_one_slug_are_refused(places: None) -> None:
    with pytest.raises(RecordError, match="twee keer"):
        actions.load_records(
            organisations=[], offers=[factories.row(slug="kies"), factories.row(slug="kies")], actor="system"
        )


def test_an_organisation_of_a_strange_kind_is_refused(places: None) -> None:
    row = {"id": "6f1b0f9e-1f2a-4c8e-9a55-3f8c1f7f2a11", "slug": "x", "name": "X", "kind": "wereldwijd"}
    with pytest.raises(RecordError, match="wereldwijd"):
        actions.load_records(organisations=[row], offers=[], actor="system")


def test_a_saved_offer_is_found_and_written_in_the_access_log(places: None) -> None:
    offer = factories.offer(slug="weerbaar", name="Weerbaarheidstraining")
    assert found("weerbaarheidstraining") == ["weerbaar"]
    line = AuditLine.objects.get(record_id=str(offer.pk))
    assert (line.actor, line.act) == ("system", "save")


def test_a_changed_offer_is_found_by_its_new_words_only(places: None) -> None:
    factories.offer(slug="weerbaar", name="Weerbaarheidstraining")
    factories.offer(slug="weerbaar", name="Tekenclub")
    assert found("tekenclub") == ["weerbaar"]
    assert found("weerbaarheidstraining") == []
    assert not Word.objects.filter(word="weerbaarheidstraining").exists()


def test_a_removed_offer_is_gone_everywhere(places: None) -> None:
    offer = factories.offer(slug="tekenclub", name="Tekenclub")
    actions.remove_offer(offer_id=offer.pk, actor="system")
    actions.remove_offer(offer_id=offer.pk, actor="system")
    assert found("tekenclub") == []
    assert not Offer.objects.exists()
    assert not Indexed.objects.exists()
    assert not Word.objects.exists()
    assert contents_of_the_index() == []


def test_a_renamed_organisation_is_found_at_once(places: None) -> None:
    offer = factories.offer(slug="tekenclub")
    renamed = {"id": str(offer.organisation_id), "slug": "stichting-samen", "name": "De Regenboog", "kind": "lokaal"}
    actions.load_records(organisations=[renamed], offers=[], actor="system")
    assert found("regenboog") == ["tekenclub"]


def test_an_organisation_with_offers_cannot_be_deleted(places: None) -> None:
    offer = factories.offer()
    with pytest.raises(ProtectedError):
        Organisation.objects.get(pk=offer.organisation_id).delete()


def test_a_location_stands_once_with_its_organisation(places: None) -> None:
    where = {"street": "Voorbeeldstraat 1", "town": "Enschede", "place": "enschede"}
    factories.offer(slug="een", locations=[where])
    factories.offer(slug="twee", locations=[where])
    assert Location.objects.count() == 1


def test_the_database_itself_refuses_ages_in_the_wrong_order(places: None) -> None:
    offer = factories.offer()
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(age_min=12, age_max=4)


def test_the_database_itself_refuses_an_unknown_code(places: None) -> None:
    offer = factories.offer()
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(costs="duur")


def test_a_local_change_is_told_to_its_place_only(places: None) -> None:
    before = dict(Generation.objects.values_list("place", "number"))
    factories.offer(area=["enschede"])
    after = dict(Generation.objects.values_list("place", "number"))
    changed = {place for place, number in after.items() if before.get(place) != number}
    assert changed == {"enschede", index.KEY}


def test_a_national_change_is_told_to_all_places(places: None) -> None:
    before = Generation.objects.get(place="*").number
    factories.offer(area=["nederland"])
    assert Generation.objects.get(place="*").number > before


def test_a_new_word_splits_the_compounds_of_other_offers_anew(places: None) -> None:
    factories.offer(slug="ochtend", name="Wandelochtend")
    assert found("ochtend") == []
    factories.offer(slug="wandelen", name="Elke ochtend samen op pad")
    factories.offer(slug="wandel", name="Wandel met ons mee")
    assert set(found("ochtend")) == {"wandelen", "ochtend"}


def test_following_every_change_gives_the_same_index_as_making_it_anew(places: None) -> None:
    for slug, name in [
        ("a", "Wandelochtend"),
        ("b", "Een ochtend voor ouders"),
        ("c", "Wandel mee"),
        ("d", "Ochtendgroep"),
    ]:
        factories.offer(slug=slug, name=name)
    factories.offer(slug="b", name="Een avond voor ouders")
    actions.remove_offer(offer_id=Offer.objects.get(slug="c").pk, actor="system")
    followed, words = contents_of_the_index(), dict(Word.objects.values_list("word", "offers"))
    index.rebuild()
    assert contents_of_the_index() == followed
    assert dict(Word.objects.values_list("word", "offers")) == words


def test_a_change_that_fails_leaves_the_index_as_it_was(places: None) -> None:
    factories.offer(slug="tekenclub", name="Tekenclub")
    before = contents_of_the_index()

    def write_and_fail() -> None:
        with transaction.atomic():
            factories.offer(slug="zangkoor", name="Zangkoor")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert contents_of_the_index() == before
    assert found("zangkoor") == []


def test_a_slug_of_another_record_is_refused(places: None) -> None:
    factories.offer(slug="tekenclub")
    other = factories.row(slug="tekenclub", id="6f1b0f9e-1f2a-4c8e-9a55-3f8c1f7f2a12")
    with pytest.raises(RecordError, match="hoort al bij een ander"):
        actions.load_records(organisations=[], offers=[other], actor="system")


@pytest.mark.parametrize("slug", ["overzicht", "vergelijken", "suggesties"])
def test_the_address_of_a_page_of_ours_is_never_an_offers(places: None, slug: str) -> None:
    factories.organisation()
    with pytest.raises(RecordError, match="vast adres"):
        actions.load_records(organisations=[], offers=[factories.row(slug=slug)], actor="system")
    with pytest.raises(RecordError, match="vast adres"):
        actions.save_offer(record=factories.record(slug=slug), actor="system")
    assert not Offer.objects.exists()


def test_every_page_of_ours_beside_offers_is_a_fixed_address() -> None:
    """Whoever adds a page below hulp/ need not think of it: the table of addresses says what an offer may not have."""
    fixed = fixed_addresses()
    assert {"overzicht", "overzicht.csv", "overzicht.pdf", "vergelijken", "suggesties"} <= fixed
    assert all(resolve(f"/{slug}/", "naast.directory.urls").url_name != "offer" for slug in fixed if "." not in slug)
    assert not any(mark in slug for slug in fixed for mark in "<>/")


@pytest.mark.parametrize("changes", [{"name": "x" * 200}, {"website": "https://"}, {"slug": "met spatie"}])
def test_what_does_not_fit_in_the_database_is_refused_by_name(places: None, changes: dict[str, str]) -> None:
    factories.organisation()
    with pytest.raises(RecordError, match=next(iter(changes))):
        actions.load_records(organisations=[], offers=[factories.row(**changes)], actor="system")


def test_an_offer_keeps_when_it_opens_starts_how_long_one_waits_and_who_keeps_it(places: None) -> None:
    with clock.frozen(datetime(2026, 11, 3, 9, tzinfo=UTC)):
        made = factories.offer(
            opening=[{"weekday": 2, "opens": "09:00", "closes": "12:00"}],
            starts=[{"date": date(2027, 1, 12), "text": "Nieuwe groep"}],
            waiting_weeks={"min": 2, "max": 4, "on": date(2026, 11, 3)},
            keeper="enschede",
        )
    assert made.opening == [{"weekday": 2, "opens": "09:00", "closes": "12:00"}]
    assert made.starts == [{"date": "2027-01-12", "text": "Nieuwe groep"}]
    assert (made.waiting_min, made.waiting_max, made.waiting_on) == (2, 4, date(2026, 11, 3))
    assert made.keeper is not None
    assert made.keeper.slug == "enschede"
    assert made.updated_at == datetime(2026, 11, 3, 9, tzinfo=UTC)


def test_an_exported_offer_with_times_comes_back_the_same(places: None) -> None:
    made = factories.offer(
        opening=[{"weekday": 2, "opens": "09:00", "closes": "12:00"}],
        starts=[{"date": date(2027, 1, 12), "text": "Nieuwe groep"}],
        waiting_weeks={"min": 0, "max": 4, "on": date(2026, 11, 3)},
        keeper="enschede",
        special_groups=["schulden"],
    )
    again = actions.load_records(organisations=[], offers=[offer_row(made)], actor="system")
    assert (again.written, again.same) == (0, 1)


@pytest.mark.parametrize(("checked", "by"), [(date(2026, 1, 2), "bron"), (None, "niemand")])
def test_a_dated_source_confirms_an_offer(places: None, checked: date | None, by: str) -> None:
    assert factories.offer(checked=checked).confirmed_by == by


def test_the_same_date_again_does_not_take_away_who_confirmed(places: None) -> None:
    made = factories.offer(slug="hulp", checked=date(2026, 1, 2))
    Offer.objects.filter(pk=made.pk).update(confirmed_by="aanbieder")
    assert factories.offer(slug="hulp", name="Andere naam", checked=date(2026, 1, 2)).confirmed_by == "aanbieder"


def test_an_unknown_keeper_is_refused(places: None) -> None:
    with pytest.raises(RecordError, match="atlantis"):
        factories.offer(keeper="atlantis")


def test_special_groups_are_found_by_what_people_say(places: None) -> None:
    factories.offer(slug="steun", name="Steun aan huis", special_groups=["dakloos"])
    assert found("thuisloos") == ["steun"]


def test_a_new_version_takes_nothing_back_that_somebody_said(places: None) -> None:
    actions.load_shipped()
    said = {
        "kies": {"confirmed_by": "aanbieder"},
        "dons": {"confirmed_by": "redactie"},
        "schip-aanpak": {"state": "gestopt"},
    }
    for slug, values in said.items():
        Offer.objects.filter(slug=slug).update(name="Wat iemand zei", **values)
    Offer.objects.filter(slug="jos").update(name="Iets anders")
    again = actions.load_shipped()
    assert set(Offer.objects.filter(name="Wat iemand zei").values_list("slug", flat=True)) == set(said)
    assert Offer.objects.get(slug="jos").name == "JOS: Jeugd, Ouders en Scheiding"
    assert again.written == 1
