"""What every answer has: whether it may be held, ETag and 304, pages as links, and what became of merged and ended help."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from naast.api.service import _without_null
from naast.core import clock
from naast.core.paging import last_page, link_header
from naast.directory.models import Offer, Organisation, State
from naast.directory.search import snapshot
from naast.directory.tests.factories import offer, organisation

pytestmark = pytest.mark.django_db

BASES = {"/api/v1": "aanbod", "/hsds/v3": "services"}


@pytest.fixture
def help_there(places: None) -> Offer:
    return offer(slug="praten", name="Praten over thuis", summary="Een gesprek met z'n tweeën.")


@pytest.mark.parametrize("address", ["/api/v1/aanbod", "/hsds/v3/services", "/api/v1/organisaties", "/hsds/v3/"])
def test_who_holds_the_bytes_already_gets_them_not_again(help_there: Offer, client: Client, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    assert not first["ETag"].startswith("W/")
    assert again["API-Version"] == first["API-Version"]
    assert again["Cache-Control"] == first["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("tags", ["W/{}", '"other", {}', "*"])
def test_a_proxy_that_made_the_tag_weak_is_understood(help_there: Offer, client: Client, tags: str) -> None:
    etag = client.get("/api/v1/aanbod")["ETag"]
    answer = client.get("/api/v1/aanbod", headers={"If-None-Match": tags.replace("{}", etag)})
    assert answer.status_code == 304


@pytest.mark.parametrize("tags", ['"other"', "no quotes", '"', "W/", "", "\x00"])
def test_another_tag_gives_the_answer(help_there: Offer, client: Client, tags: str) -> None:
    assert client.get("/api/v1/aanbod", headers={"If-None-Match": tags}).status_code == 200


def test_a_change_gives_another_tag(help_there: Offer, client: Client) -> None:
    before = client.get("/api/v1/aanbod")["ETag"]
    offer(slug="nog-iets", name="Nog iets")
    assert client.get("/api/v1/aanbod")["ETag"] != before


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/aanbod?q=geheim",
        "/hsds/v3/services?search=geheim",
        "/api/v1/gemeenten?postcode=7511",
        "/hsds/v3/service_at_locations?postcode=7511",
        "/api/v1/aanbod?page=0",
        "/hsds/v3/nowhere",
    ],
)
def test_what_somebody_typed_and_what_went_wrong_is_held_nowhere(places: None, client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer["Cache-Control"] == "no-store"
    assert "ETag" not in answer


def test_pages_lead_to_each_other(places: None, client: Client) -> None:
    answer = client.get("/api/v1/gemeenten?pageSize=100&page=2")
    links = dict(part.rsplit("; ", 1)[::-1] for part in answer["Link"].split(", "))
    assert links == {
        'rel="first"': "</api/v1/gemeenten?pageSize=100&page=1>",
        'rel="prev"': "</api/v1/gemeenten?pageSize=100&page=1>",
        'rel="next"': "</api/v1/gemeenten?pageSize=100&page=3>",
        'rel="last"': "</api/v1/gemeenten?pageSize=100&page=4>",
    }
    assert "Link" in answer["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("address", ["/api/v1/aanbod", "/api/v1/organisaties", "/hsds/v3/services"])
def test_following_next_finds_everything_once(places: None, client: Client, address: str) -> None:
    for number in range(5):
        organisation(f"org-{number}", f"Organisatie {number}")
        offer(slug=f"hulp-van-{number}", organisation=f"org-{number}")
    size = "per_page" if "hsds" in address else "pageSize"
    key, at = ("contents" if "hsds" in address else "results"), f"{address}?{size}=2"
    found: list[str] = []
    for _ in range(9):
        answer = client.get(at)
        found += [row["id"] for row in answer.json()[key]]
        after = [part for part in answer["Link"].split(", ") if part.endswith('rel="next"')]
        if not after:
            break
        at = after[0][1:].partition(">")[0]
    assert len(found) == len(set(found)) == 5


@given(st.integers(0, 10_000), st.integers(1, 100), st.integers(1, 300))
def test_links_name_only_pages_that_are_there(total: int, size: int, page: int) -> None:
    last = last_page(total, size)
    header = link_header("/lijst", [("a", "b c"), ("page", "7")], page=page, last=last)
    assert f'page={last}>; rel="last"' in header
    assert ('rel="next"' in header) == (page < last)
    assert ('rel="prev"' in header) == (page > 1)
    assert "page=7&" not in header
    assert "a=b+c" in header


@pytest.mark.parametrize(("base", "many"), BASES.items())
def test_merged_help_leads_to_what_it_became(help_there: Offer, client: Client, base: str, many: str) -> None:
    second, third = offer(slug="tweede"), offer(slug="derde")
    Offer.objects.filter(pk=help_there.pk).update(state=State.MERGED, merged_into=second)
    Offer.objects.filter(pk=second.pk).update(state=State.MERGED, merged_into=third)
    answer = client.get(f"{base}/{many}/{help_there.pk}")
    assert answer.status_code == 308
    assert answer["Location"] == f"{base}/{many}/{third.pk}"
    assert answer["API-Version"]
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(("base", "many"), BASES.items())
def test_help_that_was_merged_in_a_ring_is_gone(help_there: Offer, client: Client, base: str, many: str) -> None:
    second = offer(slug="tweede")
    Offer.objects.filter(pk=help_there.pk).update(state=State.MERGED, merged_into=second)
    Offer.objects.filter(pk=second.pk).update(state=State.MERGED, merged_into=help_there)
    assert client.get(f"{base}/{many}/{help_there.pk}").status_code == 410


@pytest.mark.parametrize(("base", "many"), BASES.items())
@pytest.mark.parametrize(("state", "status"), [(State.ENDED, 410), (State.HIDDEN, 404)])
def test_only_what_readers_find_is_given(
    help_there: Offer, client: Client, base: str, many: str, state: str, status: int
) -> None:
    Offer.objects.filter(pk=help_there.pk).update(state=state)
    snapshot.forget()
    answer = client.get(f"{base}/{many}/{help_there.pk}")
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert str(help_there.pk) not in client.get(f"{base}/{many}").content.decode()


def test_an_organisation_that_ended_is_gone_and_its_help_with_it(help_there: Offer, client: Client) -> None:
    Organisation.objects.filter(pk=help_there.organisation_id).update(ended=True)
    snapshot.forget()
    for address in (
        f"/api/v1/organisaties/{help_there.organisation_id}",
        f"/hsds/v3/organizations/{help_there.organisation_id}",
        f"/api/v1/aanbod/{help_there.pk}",
        f"/hsds/v3/services/{help_there.pk}",
    ):
        assert client.get(address).status_code == 410
    assert client.get("/api/v1/organisaties").json()["total"] == 0


@pytest.mark.parametrize("base", ["/api/v1/organisaties", "/hsds/v3/organizations"])
def test_a_merged_organisation_leads_to_what_it_became(places: None, client: Client, base: str) -> None:
    first, second, third = (organisation(slug, slug.title()) for slug in ("eerste", "tweede", "derde"))
    Organisation.objects.filter(pk=first.pk).update(ended=True, merged_into=second)
    Organisation.objects.filter(pk=second.pk).update(ended=True, merged_into=third)
    answer = client.get(f"{base}/{first.pk}")
    assert answer.status_code == 308
    assert answer["Location"] == f"{base}/{third.pk}"
    Organisation.objects.filter(pk=third.pk).update(ended=True, merged_into=first)
    assert client.get(f"{base}/{first.pk}").status_code == 410


def test_a_harvester_gets_what_changed(places: None, client: Client) -> None:
    old, new, unknown = offer(slug="oud"), offer(slug="nieuw"), offer(slug="onbekend")
    now = clock.now()
    Offer.objects.filter(pk=old.pk).update(updated_at=now - timedelta(days=9))
    Offer.objects.filter(pk=new.pk).update(updated_at=now)
    Offer.objects.filter(pk=unknown.pk).update(updated_at=None)
    since = quote((now - timedelta(days=1)).isoformat())
    found = client.get(f"/api/v1/aanbod?gewijzigdSinds={since}").json()
    assert {row["id"] for row in found["results"]} == {str(new.pk), str(unknown.pk)}
    assert found["total"] == 2


HARD = [
    "a" * 4_000,
    "🧸👨‍👩‍👧" * 500,
    "' OR 1=1; DROP TABLE directory_offer; --",
    '") NEAR(* AND OR NOT "',
    "a:b:c* ^ - + {} <->",
    "\x00\x01\x7f",
    "%%%%",
    "﷽" * 300,
]


@pytest.mark.parametrize("address", ["/api/v1/aanbod?q=", "/api/v1/organisaties?q=", "/hsds/v3/services?search="])
def test_any_words_are_answered(help_there: Offer, client: Client, address: str) -> None:
    for text in HARD:
        assert (text, client.get(address + quote(text)).status_code) == (text, 200)


WRONG = {
    "/api/v1/aanbod": [
        f"q={'a' * 4001}", "page=-1", "page=0", "page=1e9", "page=100001", "pageSize=-5", "pageSize=0", "pageSize=101",
        "leeftijd=-1", "leeftijd=121", "leeftijd=negen", "doelgroep=", "doelgroep=%F0%9F%A7%B8", "fase='%20OR%201=1",
        "betaalt=ik", "taal=xx", "verwijzing=misschien", "wachttijd=lang", "groep=iedereen", "organisatie=1",
        "gewijzigdSinds=gisteren", "gewijzigdSinds=0", "gewijzigdSinds=2026-02-30T00:00:00Z", "gewijzigdSinds=2026-01-01",
        "gemeente=", "gemeente=%00", "onbekend=1", "Q=a", "q%00=a",
    ],
    "/api/v1/organisaties": ["page=-1", "pageSize=0", "gemeente=atlantis", "gewijzigdSinds=", "x=1", f"q={'a' * 4001}"],
    "/hsds/v3/services": [
        "page=-1", "page=0", "per_page=0", "per_page=101", "format=xml", "taxonomy_term_id=1", "taxonomy_id=x",
        "organization_id=%27", "modified_after=yesterday", "minimal=perhaps", "full=2", "proximity=1", f"search={'a' * 4001}",
    ],
    "/hsds/v3/organizations": ["page=-1", "full_service=x", "organization_id=x"],
    "/hsds/v3/taxonomy_terms": ["taxonomy_id=x", "top_only=2", "parent_id=x", "page=0"],
    "/hsds/v3/service_at_locations": ["postcode=75", "postcode=", "postcode=0000", "minimal=true", "proximity=500"],
    "/hsds/v3/": ["x=1"],
}  # fmt: skip


@pytest.mark.parametrize(("address", "wrong"), WRONG.items())
def test_a_question_that_does_not_fit_says_which_key(
    places: None, client: Client, address: str, wrong: list[str]
) -> None:
    for query in wrong:
        answer = client.get(f"{address}?{query}")
        assert (query, answer.status_code) == (query, 400)
        assert answer["Content-Type"] == "application/problem+json"
        (error, *_) = answer.json()["errors"]
        assert error["name"].replace("\x00", "%00") == query.partition("=")[0]
        assert error["detail"]


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:60-12:00", "2016-12-31t23:59:60z"])
def test_the_edges_of_the_calendar_are_moments(places: None, client: Client, text: str) -> None:
    assert client.get(f"/api/v1/aanbod?gewijzigdSinds={quote(text)}").status_code == 200
    assert client.get(f"/hsds/v3/services?modified_after={text}").status_code == 200


@pytest.mark.parametrize("address", ["/hsds/v3", "/hsds/v3/services/", "/hsds/v3/nothing", "/hsds/v3/services/x"])
def test_hsds_has_no_other_addresses(places: None, client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["API-Version"] == "3.0.0"


@pytest.mark.parametrize(
    "address", ["/hsds/v3/", "/hsds/v3/services", "/hsds/v3/services?page=0", "/hsds/v3/openapi.json"]
)
def test_every_answer_of_hsds_is_open_and_says_its_version(places: None, client: Client, address: str) -> None:
    read = 400 if "page=0" in address else 200
    for method, status in {"get": read, "head": read, "options": 204, "post": 405, "delete": 405}.items():
        answer = getattr(client, method)(address)
        assert (method, answer.status_code) == (method, status)
        assert answer["API-Version"] == "3.0.0"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert not answer.cookies


def test_asking_too_often_is_429_there_too(places: None, client: Client, settings: Any, still_clock: None) -> None:
    settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "api": 1}
    client.get("/hsds/v3/")
    answer = client.get("/hsds/v3/services")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert answer.json()["title"] == "Too many requests"


def test_a_program_that_asks_too_often_leaves_the_search_of_people_open(
    places: None, client: Client, settings: Any, still_clock: None
) -> None:
    settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "api": 0}
    assert client.get("/api/v1/aanbod").status_code == 429
    assert client.get("/enschede/hulp/").status_code == 200


def test_a_failure_of_hsds_tells_no_internals(places: None, client: Client, monkeypatch: Any) -> None:
    def fails(*args: object, **more: object) -> None:
        raise RuntimeError("secret path")

    monkeypatch.setattr("naast.directory.hsds.queries.services", fails)
    answer = client.get("/hsds/v3/services")
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
    assert answer["API-Version"] == "3.0.0"


def test_a_key_of_an_address_is_never_null() -> None:
    both = {"anyOf": [{"type": "string"}, {"type": "null"}], "title": "Q"}
    assert _without_null(both) == {"title": "Q", "type": "string"}
    assert _without_null({"type": "integer"}) == {"type": "integer"}


@pytest.mark.parametrize("address", ["/api/v1/organisaties/%C2%B9%0A*", "/api/v1/%0A", "/hsds/v3/services/x%0Ay%0A"])
def test_an_address_with_a_line_end_is_a_problem_like_any_other(places: None, client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert "API-Version" in answer.headers
    assert answer.json()["type"]
