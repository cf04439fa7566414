"""Our answers held against the schemas of Open Referral HSDS 3.0, and against what the directory really says."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema
import pytest
from django.test import Client
from tests.gates.running import shared

from naast.core import clock
from naast.directory.hsds import profile, queries
from naast.directory.hsds.rules import at_location_id
from naast.directory.models import Offer, Organisation, State
from naast.directory.tests.factories import offer, organisation

pytestmark = pytest.mark.django_db

HSDS = "/hsds/v3"
WHERE = {"name": "Wijkhuis", "street": "Dorpsstraat 1", "postcode": "7511 AB", "town": "Enschede", "place": "enschede"}


@lru_cache
def schema(name: str) -> dict[str, Any]:
    return dict(json.loads(shared(f"data/hsds-3.0/schema/{name}.json").read_text(encoding="utf-8")))


def wrong(row: Any, shape: dict[str, Any]) -> list[str]:
    """What a schema of the standard finds wrong with a row, formats included."""
    judge = jsonschema.Draft202012Validator(shape, format_checker=jsonschema.FormatChecker())
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:120]}" for error in judge.iter_errors(row)]


def part(name: str) -> dict[str, Any]:
    """One table of the standard with everything below it, from the schema that names them all."""
    whole = schema("compiled/service_with_definitions")
    return {"$ref": f"#/definitions/{name}", "definitions": whole["definitions"]}


def get(client: Client, address: str) -> Any:
    answer = client.get(f"{HSDS}{address}")
    assert answer.status_code == 200, (address, answer.content[:300])
    return answer.json()


def contents(client: Client, address: str) -> list[dict[str, Any]]:
    """The rows of a page, whose frame is that of the standard."""
    page = get(client, address)
    assert list(page) == [
        "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents",
    ]  # fmt: skip
    assert page["size"] == len(page["contents"])
    assert page["empty"] == (not page["contents"])
    return list(page["contents"])


@pytest.fixture
def everything(places: None) -> Offer:
    """One offer with every fact that HSDS has a field for."""
    made = offer(
        slug="alles",
        name="Alles wat kan",
        summary="Een groep voor kinderen.",
        description="Acht keer praten en spelen.",
        audiences=["kinderen"],
        age_min=6,
        age_max=12,
        subjects=_subjects()[:2],
        form=["groep", "een-op-een"],
        languages=["nl", "ar"],
        costs={"kind": "eigen-bijdrage", "text": "25 euro voor de hele groep"},
        payer=["gemeente", "eigen-middelen"],
        referral="ja",
        evidence={"level": "goed-onderbouwd", "year": 2021, "text": "Verandert gedrag."},
        area=["enschede", "twente", "nederland"],
        locations=[WHERE],
        phone="053 - 123 45 67",
        website="https://voorbeeld.example/groep",
        hours="Op werkdagen",
        special_groups=["lvb"],
        actively_offered={"when": "na een melding", "by": "het wijkteam"},
        checked=date(2026, 11, 1),
    )
    Offer.objects.filter(pk=made.pk).update(
        waiting_min=2, waiting_max=6, waiting_on=date(2026, 11, 2), updated_at=clock.now(),
        opening=[
            {"weekday": 1, "opens": "09:00", "closes": "12:30"},
            {"weekday": 4, "opens": "09:00", "closes": "12:30"},
            {"weekday": 5, "opens": "13:00", "closes": "17:00"},
        ],
        starts=[{"date": "2027-01-12", "text": "Nieuwe groep"}],
    )  # fmt: skip
    Organisation.objects.filter(pk=made.organisation_id).update(
        about="Helpt gezinnen.", website="https://voorbeeld.example/", phone="053 - 765 43 21",
        email="hallo@voorbeeld.example", updated_at=clock.now(),
    )  # fmt: skip
    made.refresh_from_db()
    return made


def _subjects() -> list[str]:
    from naast.directory.rules import subjects

    return [subject.slug for subject in subjects()]


# ---------- the standard's schemas


def test_services_fit_the_standard(everything: Offer, client: Client) -> None:
    for row in contents(client, "/services"):
        assert wrong(row, schema("compiled/service_list")) == []
    for row in contents(client, "/services?full=true"):
        assert wrong(row, schema("compiled/service_with_definitions")) == []
    one = get(client, f"/services/{everything.pk}")
    assert wrong(one, schema("compiled/service_with_definitions")) == []
    assert one == contents(client, "/services?full=true")[0]


def test_organizations_fit_the_standard(everything: Offer, client: Client) -> None:
    organisation("kaal", "Zonder iets")
    for row in contents(client, "/organizations"):
        assert wrong(row, schema("compiled/organization_list")) == []
    for row in contents(client, "/organizations?full=true"):
        assert wrong(row, part("organization")) == []
    one = get(client, f"/organizations/{everything.organisation_id}?full_service=true")
    assert wrong(one, part("organization")) == []
    assert [wrong(row, schema("compiled/service_with_definitions")) for row in one["services"]] == [[]]


def test_lists_of_codes_fit_the_standard(places: None, client: Client) -> None:
    lists = contents(client, "/taxonomies?per_page=100")
    assert [wrong(row, part("taxonomy")) for row in lists] == [[]] * len(queries.LISTS)
    for row in lists:
        assert get(client, f"/taxonomies/{row['id']}") == row
        terms = contents(client, f"/taxonomy_terms?taxonomy_id={row['id']}&per_page=100")
        assert terms
        assert all(wrong(term, part("taxonomy_term")) == [] for term in terms)
        assert get(client, f"/taxonomy_terms/{terms[0]['id']}") == terms[0]


def test_services_at_locations_fit_the_standard(everything: Offer, client: Client) -> None:
    rows = [*contents(client, "/service_at_locations"), *contents(client, "/service_at_locations?full=true")]
    assert len(rows) == 2
    one = get(client, f"/service_at_locations/{rows[0]['id']}")
    for row in [*rows, one]:
        assert wrong(row, part("service_at_location")) == []
        assert wrong(row["service"], schema("compiled/service_list")) == []
    assert one == rows[1]


def _lines(client: Client, address: str) -> Iterator[dict[str, Any]]:
    answer = client.get(f"{HSDS}{address}")
    assert answer["Content-Type"] == "application/x-ndjson"
    for line in b"".join(answer.streaming_content).decode().splitlines():  # type: ignore[attr-defined]
        yield json.loads(line)


@pytest.mark.parametrize(
    ("spoil", "field"), [({"id": 5}, "id"), ({"status": "open"}, "status"), ({"minimum_age": "6"}, "minimum_age")]
)
def test_the_judge_sees_what_does_not_fit(everything: Offer, client: Client, spoil: dict[str, Any], field: str) -> None:
    row = get(client, f"/services/{everything.pk}")
    assert any(field in problem for problem in wrong({**row, **spoil}, schema("compiled/service_with_definitions")))
    assert wrong(
        {key: value for key, value in row.items() if key != field} | {"id": None}, schema("compiled/service_list")
    )


# ---------- what it says


def test_the_first_address_says_what_this_is(places: None, client: Client) -> None:
    found = get(client, "/")
    assert found == {
        "version": "3.0",
        "profile": "http://testserver/hsds/v3/profile",
        "openapi_url": "http://testserver/hsds/v3/openapi.json",
    }
    for address in (found["profile"], found["openapi_url"]):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_an_id_is_the_same_in_both_apis(everything: Offer, client: Client) -> None:
    ours = client.get(f"/api/v1/aanbod/{everything.pk}").json()
    theirs = get(client, f"/services/{ours['id']}")
    assert (theirs["id"], theirs["name"]) == (ours["id"], ours["naam"])
    assert theirs["organization"]["id"] == ours["organisatieId"]
    assert theirs["service_at_locations"][0]["location"]["id"] == ours["locaties"][0]["id"]
    codes = {row["taxonomy_term"]["code"] for row in theirs["attributes"]}
    assert set(ours["doelgroepen"]) | set(ours["fasen"]) | set(ours["vormen"]) <= codes


def test_a_service_says_what_the_directory_says(everything: Offer, client: Client) -> None:
    row = get(client, f"/services/{everything.pk}")
    assert row["description"] == "Een groep voor kinderen.\n\nAcht keer praten en spelen."
    assert row["status"] == "active"
    assert (row["minimum_age"], row["maximum_age"]) == (6, 12)
    assert row["wait_time"] == "2 tot 6 weken (gezien op 2026-11-02)"
    assert row["application_process"] == "Een verwijzing is nodig. Wordt ook aangeboden: na een melding (het wijkteam)."
    assert row["cost_options"][0]["option"] == "Eigen bijdrage"
    assert "amount" not in row["cost_options"][0]
    assert [one["source"] for one in row["funding"]] == ["De gemeente"]
    assert [one["byday"] for one in row["schedules"] if "byday" in one] == ["MO,TH", "FR"]
    assert [one["dtstart"] for one in row["schedules"] if "dtstart" in one] == ["2027-01-12"]
    assert {"Enschede", "Twente"} <= {one["name"] for one in row["service_areas"]}
    assert "https://identifier.overheid.nl/tooi/id/gemeente/gm0153" in {one.get("uri") for one in row["service_areas"]}
    assert row["service_at_locations"][0]["location"]["addresses"][0]["state_province"] == "Overijssel"
    assert [one["value"] for one in row["attributes"] if one["link_type"] == "evidence"] == ["2021"]


def test_labels_are_dutch_in_any_language_of_the_reader(everything: Offer, client: Client) -> None:
    queries.taxonomies.cache_clear()
    row = client.get(f"{HSDS}/services/{everything.pk}", headers={"Accept-Language": "en"}).json()
    names = {one["taxonomy_term"]["name"] for one in row["attributes"]}
    assert "Groep" in names
    assert "Group" not in names


def test_times_carry_their_distance_from_utc(everything: Offer, client: Client) -> None:
    moment = clock.now().replace(month=1, day=15)
    with clock.frozen(moment):
        (winter, *_) = get(client, f"/services/{everything.pk}")["schedules"]
    with clock.frozen(moment.replace(month=7)):
        (summer, *_) = get(client, f"/services/{everything.pk}")["schedules"]
    assert (winter["opens_at"], winter["timezone"]) == ("09:00+01:00", 1.0)
    assert (summer["opens_at"], summer["timezone"]) == ("09:00+02:00", 2.0)
    assert winter["id"] == summer["id"]


def test_everything_in_a_full_answer_stands_in_our_profile(everything: Offer, client: Client) -> None:
    row = get(client, f"/services/{everything.pk}")
    assert set(row) == set(profile.FILLED["service"]) - {"alternate_name"}
    tables = {
        "organization": get(client, f"/organizations/{everything.organisation_id}"),
        "location": row["service_at_locations"][0]["location"],
        "address": row["service_at_locations"][0]["location"]["addresses"][0],
        "service_at_location": contents(client, "/service_at_locations?full=true")[0],
        "schedule": {key: 1 for one in row["schedules"] for key in one},
        "service_area": {key: 1 for one in row["service_areas"] for key in one},
        "language": row["languages"][0],
        "funding": row["funding"][0],
        "cost_option": {**row["cost_options"][0], "amount": 0},
        "phone": row["phones"][0],
        "attribute": {key: 1 for one in row["attributes"] for key in one},
        "taxonomy": row["attributes"][0]["taxonomy_term"]["taxonomy_detail"],
        "taxonomy_term": row["attributes"][0]["taxonomy_term"],
    }
    assert {name: set(table) for name, table in tables.items()} == {
        name: set(fields) for name, fields in profile.FILLED.items() if name != "service"
    }
    assert get(client, "/profile")["filled"] == {name: dict(fields) for name, fields in profile.FILLED.items()}


def test_every_field_of_the_standard_is_filled_or_left_out_with_a_reason() -> None:
    standard = set(schema("compiled/service_with_definitions")["properties"])
    ours = set(profile.FILLED["service"]) | {name.partition(".")[2] or f"{name}s" for name in profile.LEFT_OUT}
    assert standard - ours - {"organization_id", "program_id", "metadata"} == set()


def test_the_page_of_our_profile_says_the_same() -> None:
    page = (Path(__file__).resolve().parents[5] / profile.DOCUMENTATION).read_text(encoding="utf-8")
    rows = {line for line in page.splitlines() if line.startswith("| ")}
    for fields in profile.FILLED.values():
        assert {f"| `{field}` | {words} |" for field, words in fields.items()} <= rows
    assert {f"| {what} | {why} |" for what, why in profile.LEFT_OUT.items()} <= rows


# ---------- the standard's keys


def test_services_are_found_by_the_keys_of_the_standard(places: None, client: Client) -> None:
    one = offer(slug="een", audiences=["kinderen"], form=["groep"], organisation="org-een", summary="Buddy naast je.")
    offer(slug="twee", audiences=["ouders"], form=["chat"], organisation="org-twee", area=["zwolle"])
    children = next(term for term in queries.taxonomies()["doelgroep"].terms if term.code == "kinderen")
    groups = queries.taxonomies()["bijzondere-groep"]

    def found(query: str) -> set[str]:
        return {row["id"] for row in contents(client, f"/services?{query}")}

    assert found(f"taxonomy_term_id={children.id}") == {str(one.pk)}
    assert found(f"taxonomy_id={groups.id}") == set()
    assert found(f"organization_id={one.organisation_id}") == {str(one.pk)}
    assert found("search=buddy") == {str(one.pk)}
    assert found(f"search=buddy&taxonomy_term_id={groups.terms[0].id}") == set()
    assert found(f"taxonomy_term_id={one.pk}") == set()


def test_postcode_asks_what_reaches_it(places: None, client: Client) -> None:
    near = offer(slug="dichtbij", locations=[WHERE])
    wide = offer(slug="landelijk", area=["nederland"], locations=[{**WHERE, "town": "Utrecht", "street": "Plein 2"}])
    offer(slug="elders", area=["zwolle"], locations=[{**WHERE, "town": "Zwolle", "street": "Markt 3"}])
    found = {row["service"]["id"] for row in contents(client, "/service_at_locations?postcode=7511AB")}
    assert found == {str(near.pk), str(wide.pk)}


def test_who_asks_what_changed_hears_of_what_ended(places: None, client: Client) -> None:
    there, ended, hidden = offer(slug="er"), offer(slug="gestopt"), offer(slug="verborgen")
    now = clock.now()
    Offer.objects.update(updated_at=now)
    Offer.objects.filter(pk=ended.pk).update(state=State.ENDED, phone="053 111 22 33")
    Offer.objects.filter(pk=hidden.pk).update(state=State.HIDDEN)
    since = (now - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = {row["id"]: row for row in contents(client, f"/services?full=true&modified_after={since}")}
    assert {pk: row["status"] for pk, row in rows.items()} == {
        str(there.pk): "active", str(ended.pk): "defunct", str(hidden.pk): "inactive",
    }  # fmt: skip
    assert "phones" not in rows[str(ended.pk)]
    assert [row["id"] for row in contents(client, "/services")] == [str(there.pk)]
    later = (now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert contents(client, f"/services?modified_after={later}") == []


def test_minimal_gives_all_ids_at_once(places: None, client: Client) -> None:
    made = {str(offer(slug=f"hulp-{number}").pk) for number in range(3)}
    page = get(client, "/services?minimal=true&per_page=2")
    assert {row["id"] for row in page["contents"]} == made
    assert all(set(row) <= {"id", "last_modified"} for row in page["contents"])
    assert page["last_page"] is True


def test_ndjson_gives_all_rows_one_a_line(places: None, client: Client) -> None:
    made = {str(offer(slug=f"hulp-{number}", summary="Buddy.").pk) for number in range(3)}
    for address in ("/services", "/services?search=buddy"):
        sign = "&" if "?" in address else "?"
        assert {row["id"] for row in _lines(client, f"{address}{sign}format=ndjson&per_page=2")} == made
    for address in ("/organizations", "/taxonomies", "/taxonomy_terms", "/service_at_locations"):
        assert len(list(_lines(client, f"{address}?format=ndjson"))) == get(client, address)["total_items"]


def test_an_id_at_a_location_is_made_from_both(everything: Offer, client: Client) -> None:
    (where,) = everything.locations.all()
    assert contents(client, "/service_at_locations")[0]["id"] == str(at_location_id(everything.pk, where.pk))
    assert client.get(f"{HSDS}/service_at_locations/{UUID(int=4)}").status_code == 404


def test_no_person_is_named(everything: Offer, client: Client) -> None:
    whole = json.dumps(get(client, f"/services/{everything.pk}"))
    assert '"contacts"' not in whole
    assert '"metadata"' not in whole
    assert "assurer" not in whole


def test_a_list_costs_as_many_queries_for_one_as_for_many(
    places: None, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        offer(slug=f"hulp-{number}", locations=[WHERE])
    client.get(f"{HSDS}/services")
    for address in ("/services?full=true", "/organizations?full_service=true", "/service_at_locations?full=true"):
        with django_assert_max_num_queries(12):
            assert client.get(f"{HSDS}{address}&per_page=100").status_code == 200
