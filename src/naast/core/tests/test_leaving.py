"""Leaving empties cookies that are limited to a path, though the browser does not send them to the clearing address."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from naast.core import leaving


@pytest.fixture
def room(monkeypatch):
    """Let one made-up room name a cookie below any page of `/enschede/`."""
    monkeypatch.setattr(leaving, "_rooms", [])

    def named(page):
        return [("naast-proef", "/enschede/proef/")] if page.startswith("/enschede/") else []

    leaving.register(named)
    leaving.register(named)
    return named


def left_from(address):
    """Return the answer to somebody who leaves from this address."""
    response = HttpResponse()
    leaving.drop(RequestFactory().get("/-/weg/", headers={"referer": address}), response)
    return response


def test_a_cookie_with_a_path_is_named_with_its_path(room):
    cookie = left_from("https://naast.example/enschede/hulp/?q=geld").cookies["naast-proef"]
    assert cookie["path"] == "/enschede/proef/"
    assert cookie["max-age"] == 0


@pytest.mark.parametrize("address", ["", "https://naast.example/", "geen adres", "//", "http://[x"])
def test_leaving_from_anywhere_else_empties_nothing_and_never_fails(room, address):
    assert not left_from(address).cookies


def test_registering_twice_is_once(room):
    assert leaving._rooms == [room]
