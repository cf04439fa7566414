"""The descriptions: what is committed is what is served, and the NL API Design Rules that a program can check hold.

The rules are those of the standard's technical annex, written anew; HSDS follows its own standard in names and casing.
"""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from naast.api.answers import V1
from naast.api.commands import described

ROOT = Path(__file__).resolve().parents[4]
COMMITTED = {"v1": ROOT / "docs/openapi.json", "hsds": ROOT / "docs/openapi-hsds.json"}
KEBAB = re.compile(r"/[a-z0-9]+(-[a-z0-9]+)*")
CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*")
Description = dict[str, Any]


def operations(description: Description) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    ]


def not_plain_paths(description: Description) -> list[str]:
    """/core/no-trailing-slash, /core/path-segments-kebab-case, /core/hide-implementation (no extensions)."""
    segments = {path: re.sub(r"/\{[a-z]+\}", "", path) for path in description["paths"]}
    return [f"path {path}" for path, rest in segments.items() if path.endswith("/") or KEBAB.sub("", rest)]


def not_plural(description: Description) -> list[str]:
    """/core/naming-collections: a collection is a plural noun; "aanbod" is one that Dutch counts as a whole."""
    firsts = {path.split("/")[1] for path in description["paths"]}
    return [f"singular {name}" for name in firsts if not name.endswith(("s", "en")) and name != "aanbod"]


def not_camel(description: Description) -> list[str]:
    """/core/query-keys-camel-case, and the same for the fields of answers."""
    keys = [p["name"] for _, _, one in operations(description) for p in one.get("parameters", []) if p["in"] == "query"]
    fields = [name for shape in description["components"]["schemas"].values() for name in shape.get("properties", {})]
    return [f"key {name}" for name in [*keys, *fields] if not CAMEL.fullmatch(name)]


def only_reading(description: Description) -> list[str]:
    """/core/http-methods, /core/http-safety: we only read."""
    return [f"method {method} {path}" for path, method, _ in operations(description) if method != "get"]


def no_one_to_ask(description: Description) -> list[str]:
    """/core/doc-openapi-contact: name, url and address of a team."""
    contact = description["info"].get("contact", {})
    return [f"contact {name}" for name in ("name", "url", "email") if not contact.get(name)]


def no_version(description: Description) -> list[str]:
    """/core/uri-version, /core/semver, /core/version-header, /core/doc-openapi (3.x)."""
    wrong = [] if re.fullmatch(r"\d+\.\d+\.\d+", description["info"]["version"]) else ["semver"]
    major = description["info"]["version"].split(".")[0]
    wrong += [f"server {one['url']}" for one in description["servers"] if not one["url"].endswith(f"/v{major}")]
    wrong += [] if description["openapi"].startswith("3.") else ["openapi"]
    for path, _method, operation in operations(description):
        wrong += [
            f"version header {path} {status}"
            for status, answer in operation["responses"].items()
            if not answer.get("headers", {}).get("API-Version", {}).get("required")
        ]
    return wrong


def no_problems(description: Description) -> list[str]:
    """/core/error-handling: problem+json with status, title, detail; wrong input is 400 and never 422."""
    wrong = []
    for path, _method, operation in operations(description):
        answers = operation["responses"]
        needed = ["400", "429", *(["404", "410"] if "{" in path else [])]
        wrong += [f"no {status} {path}" for status in needed if status not in answers]
        wrong += [f"422 {path}" for status in answers if status == "422"]
        wrong += [
            f"no problem {path} {status}"
            for status, answer in answers.items()
            if status.startswith(("4", "5")) and list(answer.get("content", {})) != ["application/problem+json"]
        ]
    problem = description["components"]["schemas"].get("Problem", {})
    return wrong + [
        f"problem {name}" for name in ("status", "title", "detail") if name not in problem.get("required", [])
    ]


def no_pages(description: Description) -> list[str]:
    """A list can be paged, leads on by a Link header, and says how many there are."""
    wrong = []
    for path, _method, operation in operations(description):
        if "{" in path or path in ("/", "/profile"):
            continue
        names = {parameter["name"] for parameter in operation["parameters"]}
        wrong += [] if "page" in names and names & {"pageSize", "per_page"} else [f"no pages {path}"]
        wrong += [] if "Link" in operation["responses"]["200"]["headers"] else [f"no links {path}"]
    return wrong


def unnamed(description: Description) -> list[str]:
    """Each operation has an id of its own, a summary and a description."""
    wrong = [
        f"{name} {path}"
        for path, _, one in operations(description)
        for name in ("summary", "description")
        if not one.get(name)
    ]
    ids = [one.get("operationId", "") for _, _, one in operations(description)]
    return wrong + [f"id {one}" for one in set(ids) if ids.count(one) > 1 or not one]


EVERYWHERE = [only_reading, no_one_to_ask, no_version, no_problems, no_pages, unnamed]
DUTCH = [not_plain_paths, not_plural, not_camel]
BAD: list[tuple[Callable[[Description], list[str]], Callable[[Description], Any]]] = [
    (not_plain_paths, lambda d: d["paths"].update({"/aanbod/": d["paths"]["/aanbod"]})),
    (not_plain_paths, lambda d: d["paths"].update({"/soort_hulp": d["paths"]["/aanbod"]})),
    (not_plain_paths, lambda d: d["paths"].update({"/aanbod.json": d["paths"]["/aanbod"]})),
    (not_plural, lambda d: d["paths"].update({"/organisatie": d["paths"]["/aanbod"]})),
    (not_camel, lambda d: d["paths"]["/aanbod"]["get"]["parameters"].append({"name": "page_size", "in": "query"})),
    (not_camel, lambda d: d["components"]["schemas"]["Aanbod"]["properties"].update({"age_min": {}})),
    (only_reading, lambda d: d["paths"]["/aanbod"].update({"post": d["paths"]["/aanbod"]["get"]})),
    (no_one_to_ask, lambda d: d["info"]["contact"].pop("email")),
    (no_version, lambda d: d["info"].update({"version": "1"})),
    (no_version, lambda d: d["servers"].append({"url": "/api"})),
    (no_version, lambda d: d["paths"]["/aanbod"]["get"]["responses"]["400"]["headers"].pop("API-Version")),
    (no_problems, lambda d: d["paths"]["/aanbod"]["get"]["responses"].pop("400")),
    (no_problems, lambda d: d["paths"]["/aanbod"]["get"]["responses"].update({"422": {"content": {}}})),
    (no_problems, lambda d: d["components"]["schemas"]["Problem"]["required"].remove("title")),
    (no_pages, lambda d: d["paths"]["/aanbod"]["get"].update({"parameters": []})),
    (no_pages, lambda d: d["paths"]["/aanbod"]["get"]["responses"]["200"]["headers"].pop("Link")),
    (unnamed, lambda d: d["paths"]["/aanbod"]["get"].pop("summary")),
    (unnamed, lambda d: d["paths"].update({"/dubbelen": d["paths"]["/aanbod"]})),
]


@pytest.mark.parametrize("which", COMMITTED)
def test_the_committed_description_is_the_one_we_serve(which: str) -> None:
    renew = f".venv/bin/naast openapi {which} > {COMMITTED[which].relative_to(ROOT)}"
    assert COMMITTED[which].is_file(), f"make it with: {renew}"
    assert json.loads(COMMITTED[which].read_text(encoding="utf-8")) == json.loads(described(which)), (
        f"renew it: {renew}"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("which", "address"), [("v1", "/api/v1/openapi.json"), ("hsds", "/hsds/v3/openapi.json")])
def test_the_description_stands_where_everybody_can_read_it(
    places: None, client: Client, which: str, address: str
) -> None:
    answer = client.get(address)
    assert answer.json() == json.loads(described(which))
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("rule", [*EVERYWHERE, *DUTCH])
def test_our_own_api_keeps_the_rules(rule: Callable[[Description], list[str]]) -> None:
    assert rule(json.loads(described("v1"))) == []


@pytest.mark.parametrize("rule", EVERYWHERE)
def test_hsds_keeps_the_rules_that_its_standard_leaves_it(rule: Callable[[Description], list[str]]) -> None:
    assert rule(json.loads(described("hsds"))) == []


@pytest.mark.parametrize(("rule", "spoil"), BAD)
def test_a_rule_that_is_broken_is_seen(
    rule: Callable[[Description], list[str]], spoil: Callable[[Description], Any]
) -> None:
    spoiled = copy.deepcopy(json.loads(described("v1")))
    spoil(spoiled)
    assert rule(spoiled)


def test_the_version_is_that_of_the_header() -> None:
    assert json.loads(described("v1"))["info"]["version"] == V1.version
