"""The demonstration's invented offers: sound, said to be invented, alive on the day of filling, written once."""

from datetime import UTC, date, datetime

import pytest

from naast.core import clock
from naast.demo.offers import load_example_offers, rows_for
from naast.directory.models import Offer
from naast.directory.rules import offer_record

TODAY = date(2026, 11, 22)


def test_each_says_that_it_is_invented() -> None:
    rows = rows_for(TODAY)
    assert all(row["name"].endswith("(voorbeeld)") for row in rows["organisations"])
    assert all("verzonnen" in row["source"] and "verzonnen voorbeeld" in row["description"] for row in rows["offers"])
    assert all(row["checked"] is None and row["website"] is None for row in rows["offers"])


def test_numbers_are_none_that_anybody_has() -> None:
    """The middle of an invented number is zeros, as with the desks of the demonstration."""
    assert all("00 00" in row["phone"] for row in rows_for(TODAY)["offers"])


def test_they_show_times_starts_and_waiting() -> None:
    offers = [offer_record(row) for row in rows_for(TODAY)["offers"]]
    assert sum(bool(one.opening) for one in offers) >= 5
    assert sum(bool(one.starts) for one in offers) >= 5
    assert sum(one.waiting_max is not None for one in offers) >= 5
    assert all(start["date"] > TODAY.isoformat() for one in offers for start in one.starts)
    assert all(one.waiting_on <= TODAY for one in offers if one.waiting_on)


@pytest.mark.django_db
def test_filling_twice_keeps_what_somebody_changed(places: None) -> None:
    with clock.frozen(datetime(2026, 11, 22, 9, tzinfo=UTC)):
        first = load_example_offers()
    Offer.objects.filter(slug="voorbeeld-tolk-enschede").update(name="Spreekuur met twee tolken")
    with clock.frozen(datetime(2027, 1, 5, 9, tzinfo=UTC)):
        assert load_example_offers() == 0
    assert first > 0
    assert Offer.objects.get(slug="voorbeeld-tolk-enschede").name == "Spreekuur met twee tolken"
