"""What an offer's page gives to machines and calendars."""

import json
import re
from datetime import UTC, date, datetime

import icalendar
import pytest

from naast.core import clock
from naast.core.clock import AMSTERDAM
from naast.directory import feeds
from naast.directory.models import Offer
from naast.directory.tests.factories import offer
from naast.directory.week import starts_from, stretches

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WEEK = [
    {"weekday": 5, "opens": "13:00", "closes": "17:00"},
    {"weekday": 2, "opens": "09:00", "closes": "12:00"},
    {"weekday": 2, "opens": "13:30", "closes": "15:00"},
]
STARTS = [{"date": "2027-01-12", "text": "Groep voor 8 tot 12 jaar"}, {"date": "2026-01-12", "text": "Vorige groep"}]
KINGS_DAY = date(2027, 4, 27)  # a Tuesday


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def made():
    """An offer with hours and a start, changed last on 18 November 2026."""
    found = offer(
        slug="inloop", name="Inloop bij de Linde", form=["inloop"], opening=WEEK, starts=STARTS, area=["enschede"],
        locations=[{"street": "Dorpsweg 1", "town": "Enschede"}], phone="053 123 45 67",
    )  # fmt: skip
    Offer.objects.filter(pk=found.pk).update(updated_at=datetime(2026, 11, 18, 10, tzinfo=UTC))
    return found


def linked(client, path="/enschede/hulp/inloop/"):
    text = client.get(path).content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return {data["@type"]: data for data in map(json.loads, blocks)}


def events(client, path="/enschede/hulp/inloop/agenda.ics"):
    return icalendar.Calendar.from_ical(client.get(path).content).walk("VEVENT")


def test_hours_and_starts_come_in_order():
    assert [(one.weekday, one.opens.hour) for one in stretches(WEEK)] == [(2, 9), (2, 13), (5, 13)]
    assert [one.day for one in starts_from(STARTS, date(2026, 11, 22))] == [date(2027, 1, 12)]
    assert stretches(None) == starts_from(None, date(2026, 11, 22)) == []


def test_the_page_shows_the_week_and_the_days_it_begins(client, made):
    text = client.get("/enschede/hulp/inloop/").content.decode()
    assert "dinsdag" in text
    assert "9.00–12.00, 13.30–15.00 uur" in text.replace("\u00a0", " ").replace("\u2060", "")
    assert "12\u00a0januari 2027" in text
    assert "Groep voor 8 tot 12 jaar" in text
    assert "Vorige groep" not in text
    assert "agenda.ics" in text


def test_without_hours_there_is_no_calendar_and_no_link(client):
    offer(slug="praten", area=["enschede"])
    assert "agenda.ics" not in client.get("/enschede/hulp/praten/").content.decode()
    assert client.get("/enschede/hulp/praten/agenda.ics").status_code == 404
    assert client.get("/enschede/hulp/nergens/agenda.ics").status_code == 404


def test_the_calendar_repeats_each_stretch_and_leaves_public_holidays_out(made):
    found = feeds.agenda(Offer.objects.get(pk=made.pk))
    week = icalendar.Calendar.from_ical(feeds.calendar(found, [KINGS_DAY, date(2027, 12, 26)])).walk("VEVENT")[0]
    assert week["rrule"]["FREQ"] == ["WEEKLY"]
    assert week.decoded("dtstart") == datetime(2026, 11, 17, 9, tzinfo=AMSTERDAM)
    assert week["rrule"]["UNTIL"][0].year == 2027, "no further than the holidays we know"
    off = week["exdate"].dts if hasattr(week["exdate"], "dts") else [one for d in week["exdate"] for one in d.dts]
    assert [one.dt for one in off] == [datetime(2027, 4, 27, 9, tzinfo=AMSTERDAM)]


def test_hours_stay_at_nine_in_summer_and_winter(client, made):
    body = client.get("/enschede/hulp/inloop/agenda.ics").content
    assert b"DTSTART;TZID=Europe/Amsterdam:20261117T090000" in body
    assert b"BEGIN:VTIMEZONE" in body


def test_ids_are_stable_and_the_stamp_is_the_last_change(client, made):
    first, again = events(client), events(client)
    assert [one["uid"] for one in first] == [one["uid"] for one in again]
    assert len({str(one["uid"]) for one in first}) == len(first) == 4
    assert {one.decoded("dtstamp") for one in first} == {datetime(2026, 11, 18, 10, tzinfo=UTC)}


def test_the_calendar_names_nobody_and_no_help(client, made):
    body = client.get("/enschede/hulp/inloop/agenda.ics").content.decode()
    for word in ("Linde", "Samen", "scheid", "Groep voor", "naast", "053 123"):
        assert word.casefold() not in body.casefold()
    assert {str(one["summary"]) for one in events(client)} == {"Inloop", "Inloop (eerste keer)"}


def test_machines_read_a_service_of_schema_org(client, made):
    data = linked(client)["Service"]
    assert data["@context"] == "https://schema.org"
    assert data["name"] == "Inloop bij de Linde"
    assert data["url"].endswith("/enschede/hulp/inloop/")
    assert data["provider"] == {"@type": "Organization", "name": "Stichting Samen"}
    assert data["areaServed"] == [{"@type": "AdministrativeArea", "name": "Enschede"}]
    assert data["offers"]["price"] == 0
    assert data["hoursAvailable"][0] == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": "https://schema.org/Tuesday",
        "opens": "09:00",
        "closes": "12:00",
    }
    address = data["availableChannel"]["serviceLocation"][0]["address"]
    assert (address["streetAddress"], address["addressCountry"]) == ("Dorpsweg 1", "NL")


def test_pages_have_their_trail_and_a_home_says_what_site_it_is(client, made):
    trail = linked(client)["BreadcrumbList"]["itemListElement"]
    assert [item["name"] for item in trail] == ["Enschede", "Hulp in de buurt"]
    assert trail[0]["item"] == "http://testserver/enschede/"
    site = linked(client, "/enschede/")["WebSite"]
    assert (site["name"], site["url"]) == ("Naast Enschede", "http://testserver/enschede/")


def test_a_name_cannot_leave_the_data(client):
    offer(slug="kwaad", name="</script><script>alert(1)</script>", area=["enschede"])
    text = client.get("/enschede/hulp/kwaad/").content.decode()
    assert "<script>alert" not in text
    assert linked(client, "/enschede/hulp/kwaad/")["Service"]["name"] == "</script><script>alert(1)</script>"


def test_an_address_cannot_begin_a_line_of_the_calendar(client, places):
    where = {"name": "", "street": "Plein 1\rATTENDEE:mailto:wie@kwaad.example", "postcode": "", "town": "Enschede"}
    offer(slug="regel", locations=[where], opening=[{"weekday": 1, "opens": "09:00", "closes": "10:00"}])

    body = client.get("/enschede/hulp/regel/agenda.ics").content.replace(b"\r\n", b"")

    assert b"\r" not in body
    assert b"Plein 1" in body
