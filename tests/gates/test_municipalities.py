"""Our own table of municipalities is that of Statistics Netherlands for 2026, and each has an address of its own."""

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import yaml

from naast.places.rules import RESERVED

from .running import ROOT, shared

DATA = ROOT / "src" / "naast" / "places" / "data"
Row = dict[str, str]


def rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as open_file:
        return list(csv.DictReader(open_file))


def differences(ours: list[Row], theirs: list[Row]) -> set[tuple[str, str, str]]:
    """What stands in one table and not in the other, as (code, name, province)."""
    return {(row["code"], row["name"], row["province"]) for row in ours} ^ {
        (row["gm_code"], row["name"], row["province"]) for row in theirs
    }


def bad_addresses(ours: list[Row]) -> set[str]:
    """Addresses that are not plain, that two municipalities share, or that the house needs for itself."""
    slugs = [row["slug"] for row in ours]
    return {
        slug
        for slug in slugs
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or slugs.count(slug) > 1 or slug in RESERVED
    }


def test_names_codes_and_provinces_are_those_of_the_classification():
    ours = rows(DATA / "municipalities.csv")

    assert len(ours) == 342
    assert differences(ours, rows(shared("data/gemeenten.csv"))) == set()


def test_every_municipality_has_an_address_of_its_own():
    ours = rows(DATA / "municipalities.csv")

    assert bad_addresses(ours) == set()
    assert {"hof-van-twente", "s-hertogenbosch", "bergen-nh", "bergen-l"} <= {row["slug"] for row in ours}


def test_demonstration_postcodes_agree_with_the_open_data():
    slug_of = {row["code"]: row["slug"] for row in rows(DATA / "municipalities.csv")}
    theirs = {(row["pc4"], slug_of[row["gm_code"]]) for row in rows(shared("data/pc4_gemeente.csv"))}
    ours = {(row["pc4"], row["slug"]) for row in rows(DATA / "demo_postcodes.csv")}

    assert ours <= theirs
    known = {pc4 for pc4, _ in ours}
    shares = {pair for pair in theirs if pair[0] in known}
    assert shares == ours, "a postcode over several municipalities names them all"


def test_offers_serve_places_that_exist_and_speak_our_subjects():
    data = ROOT / "src" / "naast" / "directory" / "data"
    known = {row["slug"] for row in rows(DATA / "municipalities.csv")} | {"nederland", "twente", "drechtsteden"}
    subjects = {one["slug"] for one in yaml.safe_load((data / "subjects.yaml").read_text())}
    organisations = {one["slug"] for one in yaml.safe_load((data / "organisations.yaml").read_text())}
    offers = yaml.safe_load((data / "offers.yaml").read_text())

    assert len(offers) >= 60
    for offer in offers:
        assert set(offer["area"]) <= known, offer["slug"]
        assert set(offer["subjects"]) <= subjects, offer["slug"]
        assert offer["organisation"] in organisations, offer["slug"]
        assert offer["source"], offer["slug"]
    assert len({offer["id"] for offer in offers}) == len({offer["slug"] for offer in offers}) == len(offers)


def test_each_helpline_is_also_an_offer_with_the_same_number_and_date():
    offers = {
        one["slug"]: one
        for one in yaml.safe_load((ROOT / "src" / "naast" / "directory" / "data" / "offers.yaml").read_text())
    }

    for line in yaml.safe_load((DATA / "helplines.yaml").read_text()):
        offer = offers[line["slug"]]
        assert offer["helpline"], line["slug"]
        assert (offer["phone"], offer["checked"]) == (line["number"], line["checked"]), line["slug"]


def test_moving_holidays_follow_easter():
    table = rows(DATA / "public_holidays.csv")
    days = {(row["name"], row["date"][:4]): date.fromisoformat(row["date"]) for row in table}
    # Easter Sundays as published for these years.
    easters = {"2026": (4, 5), "2027": (3, 28), "2028": (4, 16), "2029": (4, 1), "2030": (4, 21)}

    for year, (month, day) in easters.items():
        sunday = date(int(year), month, day)
        assert days["Eerste paasdag", year] == sunday
        assert days["Hemelvaartsdag", year] == sunday + timedelta(days=39)
        assert days["Tweede pinksterdag", year] == sunday + timedelta(days=50)


def test_canary_a_merged_or_renamed_municipality_is_found():
    ours = [{"name": "Oud", "slug": "oud", "code": "GM0001", "province": "Utrecht"}]
    theirs = [{"name": "Nieuw", "gm_code": "GM0001", "province": "Utrecht"}]

    assert differences(ours, theirs) == {("GM0001", "Oud", "Utrecht"), ("GM0001", "Nieuw", "Utrecht")}


def test_canary_an_address_that_is_taken_or_ugly_is_found():
    ours = [{"slug": "bergen"}, {"slug": "bergen"}, {"slug": "'s-graven"}, {"slug": sorted(RESERVED)[0]}]

    assert bad_addresses(ours) == {"bergen", "'s-graven", sorted(RESERVED)[0]}
