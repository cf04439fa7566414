"""The screens of editors: their own offers and no others, a form that loses nothing, doubles, organisations."""

import pytest

from naast.core.models import AuditLine
from naast.directory.editing import actions
from naast.directory.editing.models import Change, PlaceRule, ProfessionalContact
from naast.directory.editing.tests.factories import editor_of, fresh, sent
from naast.directory.models import Offer, Organisation, State
from naast.directory.tests.factories import offer, organisation

pytestmark = pytest.mark.django_db
LIST = "/beheer/hulp/"


@pytest.fixture
def here(places):
    return offer(slug="hier", name="Praatgroep", area=["enschede"])


def test_an_editor_sees_what_their_place_keeps_and_nothing_else(here):
    offer(slug="daar", name="Elders hulp", area=["houten"])
    offer(slug="land", name="Landelijke hulp", area=["nederland"])
    offer(slug="samen", name="Gedeelde hulp", area=["houten"], keeper="enschede")

    body = editor_of("enschede").get(LIST).content.decode()

    assert [name in body for name in ("Praatgroep", "Gedeelde hulp", "Elders hulp", "Landelijke hulp")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_a_regional_editor_keeps_the_regions_and_the_countrys_help(here):
    offer(slug="daar", name="Elders hulp", area=["houten"])
    offer(slug="land", name="Landelijke hulp", area=["nederland"])

    body = editor_of("twente", "regional-editor").get(LIST).content.decode()

    assert [name in body for name in ("Praatgroep", "Landelijke hulp", "Elders hulp")] == [True, True, False]


@pytest.mark.parametrize("tail", ["", "geschiedenis/"])
def test_an_offer_of_elsewhere_is_not_there(here, tail):
    assert editor_of("houten").get(f"{LIST}{here.pk}/{tail}").status_code == 404
    assert editor_of("enschede").get(f"{LIST}{here.pk}/{tail}").status_code == 200


def test_lists_by_state_and_search(here):
    Offer.objects.filter(pk=offer(slug="weg", name="Oude hulp").pk).update(state=State.ENDED)
    client = editor_of("enschede")

    assert "Oude hulp" not in client.get(LIST).content.decode()
    assert "Oude hulp" in client.get(LIST, {"staat": "gestopt"}).content.decode()
    assert "Praatgroep" in client.get(LIST, {"q": "praatGROEP"}).content.decode()
    assert "Praatgroep" not in client.get(LIST, {"q": "'; DROP TABLE \x00 😀" * 50}).content.decode()
    assert client.get(LIST, {"pagina": "-3", "staat": "onzin"}).status_code == 200


def test_a_new_offer_with_a_new_organisation(places):
    client = editor_of("enschede")

    answer = client.post(
        f"{LIST}nieuw/",
        sent(
            name="Rots & Water", organisation="", new_organisation="Stichting Rots", website="rots.example",
            opening_1="9.00-12.30, 13-17", starts="12-01-2027 Eerste avond", where_0_street="Markt 1",
            where_0_town="Enschede",
        ),
    )  # fmt: skip

    assert answer.status_code == 303
    made = Offer.objects.get(name="Rots & Water")
    assert (made.slug, made.organisation.name, made.keeper.slug) == ("rots-water", "Stichting Rots", "enschede")
    assert made.website == "https://rots.example"
    assert made.opening == [
        {"weekday": 1, "opens": "09:00", "closes": "12:30"},
        {"weekday": 1, "opens": "13:00", "closes": "17:00"},
    ]
    assert made.starts == [{"date": "2027-01-12", "text": "Eerste avond"}]
    assert made.locations.get().town == "Enschede"


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(here):
    answer = editor_of("enschede").post(
        f"{LIST}nieuw/",
        sent(name="Mijn nieuwe hulp", summary="", age_min="12", age_max="6", opening_2="ochtend", starts="morgen"),
    )
    body = answer.content.decode()

    assert answer.status_code == 422
    assert "Mijn nieuwe hulp" in body
    assert "ochtend" in body
    assert "‘morgen’" in body
    assert Offer.objects.count() == 1


def test_the_form_says_what_a_file_would_be_told(here):
    body = (
        editor_of("enschede")
        .post(f"{LIST}nieuw/", sent(name="X", summary="", age_min="12", age_max="6", area=[]))
        .content.decode()
    )

    for said in ("Samenvatting ontbreekt.", "De jongste leeftijd is hoger dan de oudste.", "Gebied ontbreekt."):
        assert said in body


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "x" * 4000},
        {"name": "😀" * 80},
        {"age_min": "-5"},
        {"website": "javascript:alert(1)"},
        {"area": ["houten"]},
    ],
)
def test_bad_input_is_refused_in_words_and_never_an_error_of_ours(here, typed):
    answer = editor_of("enschede").post(f"{LIST}{here.pk}/", sent(**typed))

    assert answer.status_code in (303, 422)


def test_a_change_by_an_editor_stands_in_the_history(here):
    client = editor_of("enschede")

    assert client.post(f"{LIST}{here.pk}/", sent(name="Praatavond")).status_code == 303

    change = Change.objects.get(offer=here)
    assert (change.kind, change.fields["name"]) == ("edit", {"old": "Praatgroep", "new": "Praatavond"})
    assert "Praatavond" in client.get(f"{LIST}{here.pk}/geschiedenis/").content.decode()


def test_two_editors_at_once_lose_nothing(here):
    client = editor_of("enschede")
    seen = client.get(f"{LIST}{here.pk}/").context["seen"]
    actions.write_facts(fresh(here), {"name": "Van de collega"}, "staff:x")

    answer = client.post(f"{LIST}{here.pk}/", sent(name="Van mij", gezien=seen))

    assert answer.status_code == 409
    assert "Van mij" in answer.content.decode()
    assert fresh(here).name == "Van de collega"


def test_who_was_second_sees_what_the_first_one_changed(here):
    client, colleague = editor_of("enschede"), editor_of("enschede")
    seen = client.get(f"{LIST}{here.pk}/").context["seen"]
    colleague.post(f"{LIST}{here.pk}/", sent(name="Praatgroep", phone="053-7654321"))

    body = client.post(f"{LIST}{here.pk}/", sent(name="Van mij", gezien=seen)).content.decode()

    assert "053-7654321" in body.split('role="alert"')[1].split("<form")[0]


def test_what_an_editor_changed_is_not_called_a_proposal(here):
    client = editor_of("enschede")
    client.post(f"{LIST}{here.pk}/", sent(name="Praatavond"))

    body = client.get(f"{LIST}{here.pk}/geschiedenis/").content.decode()

    assert "Werd" in body
    assert "Voorgesteld" not in body


def test_help_that_is_there_already_is_shown_before_saving(here):
    client = editor_of("enschede")
    again = sent(name="Praat-groep")

    answer = client.post(f"{LIST}nieuw/", again)
    assert (answer.status_code, Offer.objects.count()) == (409, 1)
    assert "Praatgroep" in answer.content.decode()

    assert client.post(f"{LIST}nieuw/", {**again, "anders": "1"}).status_code == 303
    assert Offer.objects.count() == 2


def test_a_proposal_is_decided_field_by_field(here):
    change = actions.propose(offer=here, values={"name": "Praatavond", "costs": "betaald"}, by="link:1")
    client = editor_of("enschede")
    address = f"{LIST}voorstellen/{change.pk}/"
    seen = client.get(address).context["seen"]

    half = client.post(address, {"veld-name": "ja", "reden": "Bijna.", "gezien": seen})
    assert half.status_code == 422
    assert "Bijna." in half.content.decode()

    assert client.post(address, {"veld-name": "ja", "veld-costs": "nee", "gezien": seen}).status_code == 303
    assert (fresh(here).name, fresh(here).costs) == ("Praatavond", "gratis")


def test_a_proposal_shows_three_values_where_somebody_was_first(here):
    change = actions.propose(offer=here, values={"name": "Praatavond"}, by="link:1")
    client = editor_of("enschede")
    address = f"{LIST}voorstellen/{change.pk}/"
    seen = client.get(address).context["seen"]
    actions.write_facts(fresh(here), {"name": "Intussen"}, "staff:x")

    answer = client.post(address, {"veld-name": "ja", "gezien": seen})

    body = answer.content.decode()
    assert answer.status_code == 409
    assert all(name in body for name in ("Praatgroep", "Intussen", "Praatavond"))
    assert fresh(here).name == "Intussen"


def test_a_proposal_of_elsewhere_is_not_there(here):
    change = actions.propose(offer=here, values={"name": "Praatavond"}, by="link:1")
    client = editor_of("houten")

    assert client.get(f"{LIST}voorstellen/{change.pk}/").status_code == 404
    assert client.post(f"{LIST}voorstellen/{change.pk}/", {"veld-name": "ja"}).status_code == 404
    assert "Praatgroep" not in client.get(f"{LIST}voorstellen/").content.decode()


def test_two_become_one_by_the_screen(here):
    other = offer(slug="dubbel", name="Praat-groep", phone="053 1")
    client = editor_of("enschede")
    assert "Praat-groep" in client.get(f"{LIST}dubbel/").content.decode()

    address = f"{LIST}dubbel/{here.pk}/{other.pk}/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"veld-phone": "weg"}).status_code == 303

    assert (fresh(here).phone, fresh(here).name) == ("053 1", "Praatgroep")
    assert fresh(other).merged_into_id == here.pk
    assert editor_of("houten").post(address).status_code == 404


def test_an_organisation_ends_only_when_somebody_is_sure(here):
    client = editor_of("enschede")
    address = f"{LIST}organisaties/{here.organisation_id}/"

    client.post(address, {"do": "stop"})
    assert fresh(here).state == State.OPEN
    client.post(address, {"do": "stop", "zeker": "1"})

    assert fresh(here).state == State.ENDED
    assert client.get(f"{LIST}{here.pk}/").status_code == 200
    client.post(f"{LIST}{here.pk}/staat/", {"do": "open"})
    assert fresh(here).state == State.ENDED


def test_an_organisation_with_offers_elsewhere_is_not_one_editors_alone(here):
    offer(slug="daar", area=["houten"])

    assert editor_of("enschede").get(f"{LIST}organisaties/{here.organisation_id}/").status_code == 404


def test_no_tab_leads_an_editor_to_an_organisation_that_is_not_theirs_alone(here):
    client, tab = editor_of("enschede"), f"{LIST}organisaties/{here.organisation_id}/"
    assert tab in client.get(f"{LIST}{here.pk}/").content.decode()

    offer(slug="daar", area=["houten"])

    for tail in ("", "geschiedenis/"):
        assert tab not in client.get(f"{LIST}{here.pk}/{tail}").content.decode()


def test_of_opening_hours_only_the_day_that_differs_is_marked(here):
    monday, friday = ({"weekday": day, "opens": "09:00", "closes": "12:00"} for day in (1, 5))
    Offer.objects.filter(pk=here.pk).update(opening=[monday])
    change = actions.propose(offer=fresh(here), values={"opening": [monday, friday]}, by="link:1")

    body = editor_of("enschede").get(f"{LIST}voorstellen/{change.pk}/").content.decode()

    marked = body.split("<ins>")[1].split("</ins>")[0]
    assert "Vrijdag" in marked
    assert "Maandag" not in marked


def test_organisations_become_one_by_the_screen(here):
    other = organisation("samen-bv", "Stichting Samen")
    moved = offer(slug="mee", organisation="samen-bv")
    client = editor_of("enschede")

    client.post(f"{LIST}organisaties/{here.organisation_id}/", {"do": "merge", "weg": str(other.pk)})

    assert fresh(moved).organisation_id == here.organisation_id
    assert Organisation.objects.get(pk=other.pk).merged_into_id == here.organisation_id


# ---------- contacts and rules


def contact_of(row: Offer, text: str = "Bel Hanneke, 06 12345678") -> str:
    actions.save_contact(offer=row, text=text, by="staff:x")
    return f"/loket/hulp/{row.pk}/contact/"


def test_professionals_of_the_place_read_the_contact_and_it_is_logged(here):
    address = contact_of(here)

    body = editor_of("enschede", "adviser").get(address).content.decode()

    assert "Hanneke" in body
    assert AuditLine.objects.filter(act="read", kind="directory.ProfessionalContact").count() == 1
    assert b"Hanneke" not in bytes(ProfessionalContact.objects.values_list("text", flat=True).get())


@pytest.mark.parametrize("role", ["provider", "buddy", "policy-officer", "place-admin"])
def test_others_do_not_read_it(here, role):
    answer = editor_of("enschede", role).get(contact_of(here))

    assert answer.status_code == 403


def test_advisers_elsewhere_do_not_read_it_and_advisers_here_do_not_write_it(here):
    address = contact_of(here)

    writing = f"{address}bewaren/"

    assert editor_of("houten", "adviser").get(address).status_code == 404
    assert editor_of("enschede", "adviser").post(writing, {"text": "Iemand anders"}).status_code == 403
    assert editor_of("houten").post(writing, {"text": "Iemand anders"}).status_code == 404
    assert editor_of("enschede").post(writing, {"text": "Bel Joep"}).status_code == 303
    assert ProfessionalContact.objects.get().text == "Bel Joep"


def test_the_contact_stands_on_no_public_page(here):
    contact_of(here)

    assert "Hanneke" not in editor_of("enschede").get("/enschede/hulp/hier/").content.decode()


def test_a_place_chooses_whether_small_facts_show_at_once(here):
    client = editor_of("enschede", "place-admin")

    assert client.post("/loket/plaats/enschede/aanbieders/", {"small_facts_live": "on"}).status_code == 303
    assert PlaceRule.objects.get().small_facts_live
    assert client.get("/loket/plaats/houten/aanbieders/").status_code == 404
