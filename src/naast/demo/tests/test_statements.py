"""The demonstration's places may open: each has its statements, and says that they are invented."""

import pytest

from naast.demo.statements import load_statements
from naast.places.models import OwnHost, Place
from naast.upkeep.statements.declare import statements_are_there
from naast.upkeep.statements.models import Statement

pytestmark = pytest.mark.django_db


def lacks(slug):
    return statements_are_there(Place.objects.get(slug=slug))


def test_the_demonstrations_places_have_all_they_need(places):
    assert lacks("houten")
    assert load_statements() >= 60
    assert load_statements() == 0
    for slug in ("enschede", "twente", "houten", "zwolle"):
        assert lacks(slug) == []
    OwnHost.objects.create(place=Place.objects.get(slug="zwolle"), host="zwolle.localhost")
    assert lacks("zwolle") == []
    assert all(row.is_example for row in Statement.objects.all())
