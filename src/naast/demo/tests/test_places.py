"""Where the open data sets lie nowhere, the demonstration says what it does without, and all else works."""

import re
from pathlib import Path

import pytest
from django.test import Client

from naast.demo.places import load_map
from naast.directory.map import queries
from naast.directory.tests import factories
from naast.places.models import Boundary

pytestmark = pytest.mark.django_db


@pytest.fixture
def alone(places: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set up a clone with nothing beside it."""
    monkeypatch.setenv("NAAST_SHARED", str(tmp_path / "nowhere"))
    Boundary.objects.all().delete()
    queries.forget()


def test_who_starts_it_hears_that_there_is_no_map_and_how_to_get_one(
    alone: None, capsys: pytest.CaptureFixture[str]
) -> None:
    load_map()
    said = capsys.readouterr().out
    assert "geen kaart" in said
    assert "docs/places.md" in said


def test_the_list_and_its_distances_work_without_a_map(alone: None, client: Client) -> None:
    factories.offer(
        slug="stad",
        name="Stadsgesprek",
        locations=[{"street": "Voorbeeldstraat 1", "postcode": "7511 AB", "town": "Enschede"}],
    )
    load_map()
    page = client.get("/enschede/hulp/?postcode=7548").content.decode()
    assert "data-result" in page
    assert re.search(r"±\s7\skm", page)
    assert "beeld=kaart" not in page

    wanted = client.get("/enschede/hulp/?beeld=kaart").content.decode()
    assert "nog geen kaart" in wanted
    assert "data-result" in wanted
    assert client.get("/enschede/hulp/stad/").status_code == client.get("/twente/hulp/?beeld=kaart").status_code == 200
