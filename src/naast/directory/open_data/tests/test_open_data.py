"""What is given away: the sheet that no spreadsheet runs, the page that says how, and moments as harvesters write them."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from naast.directory.models import Offer, State
from naast.directory.open_data.rules import BOM, cell, moment, table
from naast.directory.tests.factories import offer

SHEET = "/enschede/open-gegevens/aanbod.csv"


def read(client: Client) -> list[dict[str, str]]:
    answer = client.get(SHEET)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="aanbod-enschede.csv"'
    text = answer.content.decode()
    assert text.startswith(BOM)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=";"))


@pytest.mark.django_db
def test_the_sheet_holds_what_reaches_the_place_once(places: None, client: Client) -> None:
    offer(slug="hier", name="Hier", area=["enschede", "twente"])
    offer(slug="overal", name="Overal", area=["nederland"])
    offer(slug="elders", name="Elders", area=["zwolle"])
    gone = offer(slug="gestopt", name="Gestopt")
    Offer.objects.filter(pk=gone.pk).update(state=State.ENDED)
    assert sorted(row["naam"] for row in read(client)) == ["Hier", "Overal"]


@pytest.mark.django_db
def test_a_line_says_what_the_offer_says(places: None, client: Client) -> None:
    made = offer(
        slug="groep", audiences=["kinderen", "ouders"], age_min=6, special_groups=["lvb"], phone="+31 53 123 45 67",
        locations=[{"name": "", "street": "Plein 1", "postcode": "", "town": "Enschede"}],
    )  # fmt: skip
    Offer.objects.filter(pk=made.pk).update(waiting_min=1, waiting_max=3, waiting_on=date(2026, 11, 1))
    (row,) = read(client)
    assert row["doelgroepen"] == "kinderen, ouders"
    assert (row["leeftijd van"], row["leeftijd tot en met"]) == ("6", "")
    assert row["bijzondere groepen"] == "Moeite met leren of begrijpen"
    assert (row["wachttijd van weken"], row["wachttijd gezien op"]) == ("1", "2026-11-01")
    assert row["adressen"] == "Plein 1, Enschede"
    assert row["pagina"] == "http://testserver/enschede/hulp/groep/"
    assert row["telefoon"] == "'+31 53 123 45 67"


@pytest.mark.django_db
def test_words_that_a_spreadsheet_would_run_stay_words(places: None, client: Client) -> None:
    offer(slug="formule", name='=HYPERLINK("http://kwaad.example")', summary="@SUM(1+1)*cmd|' /C calc'!A0")
    (row,) = read(client)
    assert row["naam"].startswith("'=")
    assert row["samenvatting"].startswith("'@")


@pytest.mark.django_db
def test_who_fetches_the_sheet_too_often_waits(places: None, client: Client, settings: Any, still_clock: None) -> None:
    settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "api": 0}
    answer = client.get(SHEET)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


@pytest.mark.django_db
@pytest.mark.parametrize(("licence", "said"), [("CC0-1.0", "Je hoeft het niet te vragen"), ("CC-BY-4.0", "Noem wel")])
def test_the_page_names_the_licence_and_addresses_that_answer(
    places: None, client: Client, settings: Any, licence: str, said: str
) -> None:
    settings.NAAST_DATA_LICENCE = licence
    text = client.get("/enschede/open-gegevens/").content.decode()
    assert said in text
    assert licence in text
    for address in ("api/v1/aanbod?gemeente=enschede", "api/v1/openapi.json", "hsds/v3/openapi.json"):
        assert f'href="http://testserver/{address}"' in text
        assert client.get(f"/{address}").status_code == 200
    assert f'href="{SHEET}"' in text


@pytest.mark.django_db
def test_help_nearby_leads_to_the_open_data(places: None, client: Client) -> None:
    assert "/enschede/open-gegevens/" in client.get("/enschede/hulp/").content.decode()


@given(st.lists(st.lists(st.text(max_size=30), min_size=2, max_size=2), max_size=5))
def test_no_cell_of_a_table_begins_as_a_formula(rows: list[list[str]]) -> None:
    read_back = list(csv.reader(io.StringIO(table(["a", "b"], rows).removeprefix(BOM), newline=""), delimiter=";"))
    assert len(read_back) == len(rows) + 1
    assert not any(one.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for row in read_back for one in row)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "ja"),
        (False, "nee"),
        (0, "0"),
        (["a", "b"], "a, b"),
        ([], ""),
        (datetime(2026, 11, 2, 9, 5, 1, 77, tzinfo=UTC), "2026-11-02T09:05:01+00:00"),
    ],
)
def test_a_cell_is_dutch_and_plain(value: object, text: str) -> None:
    assert cell(value) == text


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC)))
def test_a_moment_is_read_as_it_was_written(when: datetime) -> None:
    assert moment(when.isoformat(), "sinds") == when
    assert moment(when.isoformat().replace("+00:00", "z").replace("T", "t"), "sinds") == when
    assert moment(when.isoformat().replace("+", " "), "sinds") == when  # a plus that was not escaped


@pytest.mark.parametrize(
    "text",
    ["", "gisteren", "0", "2026-11-22", "2026-13-01T00:00:00Z", "2026-11-22T25:00:00Z", "2026-11-22T09:00:00", "٢"],
)
def test_what_is_no_moment_is_refused_by_its_key(text: str) -> None:
    with pytest.raises(ValueError, match=r"^sinds: "):
        moment(text, "sinds")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/organisaties", "/hsds/v3/organizations?full=true"])
def test_an_address_that_no_open_offer_has_is_not_told_of_its_organisation(
    places: None, client: Client, address: str
) -> None:
    def at(street: str) -> list[dict[str, str]]:
        return [{"name": "", "street": street, "postcode": "", "town": "Enschede"}]

    offer(slug="blijft", locations=at("Plein 1"))
    offer(slug="opvang", locations=at("Schuilweg 2"))
    gone = offer(slug="gestopt", locations=at("Achterom 3"))
    Offer.objects.filter(pk=gone.pk).update(state=State.ENDED)
    offer(slug="opvang", locations=[])  # the editors took the address off

    told = client.get(address).content.decode()

    assert told.count("Plein 1") == 1
    assert "Schuilweg 2" not in told
    assert "Achterom 3" not in told
