"""Who asks whether we live gets an answer, the database away or not."""

import pytest
from django.db import OperationalError

from naast.places import queries


@pytest.fixture
def no_places(monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("away")

    monkeypatch.setattr(queries, "by_host", away)
    monkeypatch.setattr(queries, "by_slug", away)
    monkeypatch.setattr(queries, "spoken", away)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/-/live", "/-/ready"])
def test_no_place_is_asked_for(client, no_places, address):
    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_canary_a_page_asks_for_its_place(client, no_places):
    with pytest.raises(OperationalError):
        client.get("/enschede/")
