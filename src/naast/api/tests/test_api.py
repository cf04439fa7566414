"""The public API as other programs see it: the NL API Design Rules, and the same search as the pages."""

from typing import Any

import pytest
from django.test import Client

from naast.directory.models import Offer

pytestmark = pytest.mark.django_db

ADDRESSES = ["/api/v1/aanbod", "/api/v1/organisaties", "/api/v1/gemeenten", "/api/v1/openapi.json"]


@pytest.fixture
def shipped(shipped_offers: None) -> None:
    """What is shipped, as readers find it."""


def results(client: Client, address: str) -> list[dict[str, Any]]:
    answer = client.get(address)
    assert answer.status_code == 200
    body = answer.json()
    assert set(body) == {"results", "page", "pageSize", "total"}
    return list(body["results"])


def test_a_postcode_gives_its_municipality(places: None, client: Client) -> None:
    (found,) = results(client, "/api/v1/gemeenten?postcode=7511")
    assert found["naam"] == "Enschede"
    assert found["slug"] == "enschede"
    assert found["code"] == "GM0153"
    assert found["aandeel"] == pytest.approx(1.0)


@pytest.mark.parametrize("postcode", ["7511AB", "7511 ab", " 7511 "])
def test_a_whole_postcode_will_do(places: None, client: Client, postcode: str) -> None:
    assert results(client, f"/api/v1/gemeenten?postcode={postcode}")[0]["slug"] == "enschede"


@pytest.mark.parametrize("postcode", ["75", "0123", "abcd", "75111", "", "7511%00"])
def test_a_wrong_postcode_is_a_problem_of_the_asker(places: None, client: Client, postcode: str) -> None:
    answer = client.get(f"/api/v1/gemeenten?postcode={postcode}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert {"status", "title", "detail"} <= set(answer.json())


def test_all_municipalities_fit_in_pages(places: None, client: Client) -> None:
    body = client.get("/api/v1/gemeenten?page=2&pageSize=100").json()
    assert (body["page"], body["pageSize"], body["total"], len(body["results"])) == (2, 100, 342, 100)


def test_the_directory_is_searched_as_the_pages_do(shipped: None, client: Client) -> None:
    found = results(client, "/api/v1/aanbod?gemeente=enschede&q=omgangsregelng")
    assert found[0]["slug"] == "begeleide-omgang"
    assert {"id", "slug", "naam", "organisatie", "samenvatting"} <= set(found[0])
    assert found[0]["id"] == str(Offer.objects.get(slug="begeleide-omgang").pk)


def test_a_municipality_may_be_named_by_its_code(shipped: None, client: Client) -> None:
    assert results(client, "/api/v1/aanbod?gemeente=GM0153&q=buddy") == results(
        client, "/api/v1/aanbod?gemeente=enschede&q=buddy"
    )


def test_filters_hold(shipped: None, client: Client) -> None:
    found = results(client, "/api/v1/aanbod?doelgroep=kinderen&fase=na-scheiding&pageSize=100")
    assert found
    assert all("kinderen" in one["doelgroepen"] and "na-scheiding" in one["fasen"] for one in found)


def test_without_municipality_everything_is_there(shipped: None, client: Client) -> None:
    assert client.get("/api/v1/aanbod").json()["total"] == Offer.objects.count()


def test_a_page_past_the_end_is_empty(shipped: None, client: Client) -> None:
    assert results(client, "/api/v1/aanbod?page=9999") == []


def test_one_offer_has_its_own_address(shipped: None, client: Client) -> None:
    offer = Offer.objects.get(slug="kies")
    assert client.get(f"/api/v1/aanbod/{offer.pk}").json()["naam"] == offer.name


@pytest.mark.parametrize(
    "query",
    [
        "doelgroep=x",
        "fase=x",
        "page=0",
        "page=abc",
        "pageSize=1000",
        "gemeente=atlantis",
        "gemeente=nederland",
        "foo=1",
    ],
)
def test_a_question_that_does_not_fit_is_400_with_a_problem(shipped: None, client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/aanbod?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["name"] == query.split("=")[0]


@pytest.mark.parametrize(
    "address", ["/api/v1/aanbod/", "/api/v1/gemeenten/", "/api/v1/niets", "/api/v1/aanbod/geen-uuid"]
)
def test_other_addresses_and_a_trailing_slash_are_404(places: None, client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["API-Version"] == "1.1.0"


@pytest.mark.parametrize("address", [*ADDRESSES, "/api/v1/aanbod/", "/api/v1/aanbod?page=0", "/api/v1/niets"])
def test_every_answer_carries_its_version_and_is_open_to_other_sites(
    places: None, client: Client, address: str
) -> None:
    for method in ("get", "head", "options", "post", "delete"):
        answer = getattr(client, method)(address)
        assert answer["API-Version"] == "1.1.0"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cache-Control"] == ("public, max-age=60" if answer.status_code == 200 else "no-store")
        assert not answer.cookies


def test_the_api_is_for_reading(places: None, client: Client) -> None:
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)("/api/v1/aanbod")
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_asking_too_often_is_429_with_a_time(places: None, client: Client, settings: Any, still_clock: None) -> None:
    settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "api": 1}
    client.get("/api/v1/gemeenten")
    answer = client.get("/api/v1/gemeenten")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert answer["Content-Type"] == "application/problem+json"


def test_a_failure_tells_no_internals(places: None, client: Client, monkeypatch: Any) -> None:
    def fails(*args: object) -> None:
        raise RuntimeError("secret path")

    monkeypatch.setattr("naast.directory.queries.search", fails)
    answer = client.get("/api/v1/aanbod")
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
    assert answer["API-Version"] == "1.1.0"


def test_a_list_costs_few_queries(shipped: None, client: Client, django_assert_max_num_queries: Any) -> None:
    client.get("/api/v1/aanbod?q=buddy")
    with django_assert_max_num_queries(12):
        client.get("/api/v1/aanbod?q=ouders&pageSize=100")


def test_too_many_keys_are_a_problem_of_the_asker(places: None, client: Client) -> None:
    answer = client.get("/api/v1/aanbod?" + "q=a&" * 1_500)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
