"""Addresses of the ground."""

import pytest
from sectxt import Parser

pytestmark = pytest.mark.django_db


def test_security_txt_satisfies_the_parser_that_judges_it(client):
    answer = client.get("/.well-known/security.txt", secure=True, headers={"host": "localhost"})
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    judged = Parser(answer.content, urls="https://localhost/.well-known/security.txt")
    assert judged.errors == []


def test_canary_the_parser_refuses_one_without_a_contact():
    assert Parser(b"Expires: 2030-01-01T00:00:00Z\n", urls="https://localhost/.well-known/security.txt").errors


def test_robots_keep_out_of_lockers_desk_and_forms(client):
    text = client.get("/robots.txt").content.decode()
    for path in ("/kluisje/", "/loket/", "/beheer/", "/*/vraag/"):
        assert f"Disallow: {path}" in text


def test_life_and_readiness(client):
    assert client.get("/-/live").content == b"ok\n"
    assert client.get("/-/ready").content == b"ready\n"


def test_leaving_empties_what_is_ours_and_goes_elsewhere_at_once(client, settings):
    client.cookies["naast-guide"] = "x"
    client.cookies["gemeente"] = "not ours"
    answer = client.get("/-/weg/")
    assert answer.status_code == 303
    assert answer["Location"] == settings.NAAST_NEUTRAL_SITE
    assert answer["Clear-Site-Data"] == '"storage"'
    assert answer["Cache-Control"] == "no-store"
    assert answer.cookies["naast-guide"]["max-age"] == 0
    assert "gemeente" not in answer.cookies


def test_an_unknown_address_of_the_api_is_a_problem_document(client):
    answer = client.get("/api/v1")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
