"""The outermost layer: what is held for everybody, for how long, and what never is."""

import time

import pytest
from django.test import RequestFactory

from naast.core.generations import watch
from naast.core.outermost import Outermost, Page, Pages, chosen_encoding
from naast.core.sharing import SHARED_HEADER

HTML = b"<!doctype html><title>Naast</title>" + b"een bladzijde " * 50


class Inside:
    """Stands for Django: counts calls, answers as told."""

    def __init__(self, **headers):
        self.calls = 0
        self.status = "200 OK"
        self.body = HTML
        self.headers = [("Content-Type", "text/html"), ("Vary", "Cookie"), *headers.items()]
        self.during = None

    def __call__(self, environ, start_response):
        self.calls += 1
        if self.during:
            self.during()
        start_response(self.status, list(self.headers))
        return [self.body]


@pytest.fixture(autouse=True)
def still_watch(monkeypatch):
    """The watch stands still and is trusted; a test moves its numbers itself."""
    monkeypatch.setattr(watch, "start", lambda: None)
    monkeypatch.setattr(watch, "_numbers", {"enschede": 1, "*": 1})
    monkeypatch.setattr(watch, "_looked", time.monotonic() + 3600)


def ask(layer, path="/enschede/", method="get", **extra):
    environ = getattr(RequestFactory(), method)(path, **extra).environ
    said = {}

    def start_response(status, headers, exc_info=None):
        said.update(status=status, headers=dict(headers))

    said["body"] = b"".join(layer(environ, start_response))
    return said


def shared(**headers):
    return Inside(**{SHARED_HEADER: "enschede", **headers})


def test_a_shared_page_is_rendered_once():
    inside = shared()
    layer = Outermost(inside)
    first, second = ask(layer), ask(layer)
    assert inside.calls == 1
    assert first["body"] == second["body"] == HTML
    assert second["headers"]["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert second["headers"]["Vary"] == "Accept-Encoding"
    assert SHARED_HEADER not in second["headers"]


def test_a_page_that_is_not_marked_is_rendered_each_time():
    inside = Inside(**{"Cache-Control": "private, no-store"})
    layer = Outermost(inside)
    ask(layer), ask(layer)
    assert inside.calls == 2


def test_a_reader_with_a_cookie_of_ours_gets_a_page_of_their_own():
    inside = shared()
    layer = Outermost(inside)
    ask(layer)
    answer = ask(layer, HTTP_COOKIE="sessionid=x")
    assert inside.calls == 2
    assert answer["headers"]["Cache-Control"] == "private, no-store"


def test_a_foreign_cookie_does_not_matter():
    inside = shared()
    layer = Outermost(inside)
    ask(layer), ask(layer, HTTP_COOKIE="_gemeente=1")
    assert inside.calls == 1


def test_what_sets_a_cookie_is_never_held():
    inside = shared(**{"Set-Cookie": "csrftoken=1"})
    layer = Outermost(inside)
    ask(layer), ask(layer)
    assert inside.calls == 2


def test_another_host_or_query_is_another_page():
    inside = shared()
    layer = Outermost(inside)
    ask(layer), ask(layer, HTTP_HOST="anders.example"), ask(layer, path="/enschede/?fase=spanning")
    assert inside.calls == 3


def test_a_change_of_the_place_or_of_the_shared_tree_renders_anew():
    inside = shared()
    layer = Outermost(inside)
    ask(layer)
    watch._numbers["enschede"] = 2
    ask(layer)
    watch._numbers["*"] = 2
    ask(layer)
    assert inside.calls == 3
    watch._numbers["zwolle"] = 9
    ask(layer)
    assert inside.calls == 3


def test_a_change_while_the_page_was_rendered_makes_it_old_at_once():
    inside = shared()
    layer = Outermost(inside)
    inside.during = lambda: watch._numbers.update(enschede=watch._numbers["enschede"] + 1)
    ask(layer)
    inside.during = None
    ask(layer)
    assert inside.calls == 2


def test_without_a_recent_look_nothing_is_served_from_memory(monkeypatch):
    inside = shared()
    layer = Outermost(inside)
    ask(layer)
    monkeypatch.setattr(watch, "_looked", time.monotonic() - 10)
    ask(layer)
    assert inside.calls == 2


def test_the_same_page_again_is_answered_with_304():
    layer = Outermost(shared())
    etag = ask(layer)["headers"]["ETag"]
    answer = ask(layer, HTTP_IF_NONE_MATCH=etag)
    assert answer["status"].startswith("304")
    assert answer["body"] == b""


def test_each_encoding_has_its_own_etag():
    layer = Outermost(shared())
    tags = {ask(layer, HTTP_ACCEPT_ENCODING=name)["headers"]["ETag"] for name in ("", "gzip", "gzip, br")}
    assert len(tags) == 3


def test_a_head_request_gets_no_body():
    layer = Outermost(shared())
    ask(layer)
    answer = ask(layer, method="head")
    assert answer["body"] == b""
    assert int(answer["headers"]["Content-Length"]) == len(HTML)


def test_errors_are_not_held():
    inside = Inside()
    inside.status = "404 Not Found"
    layer = Outermost(inside)
    ask(layer), ask(layer)
    assert inside.calls == 2


def test_forms_that_are_sent_pass_on():
    inside = shared()
    layer = Outermost(inside)
    ask(layer, method="post"), ask(layer, method="post")
    assert inside.calls == 2


def test_the_least_recently_read_page_goes_when_the_room_is_full():
    pages = Pages(room=2500)
    for name in ("a", "b", "c"):
        pages.put((name,), Page("enschede", (1, 1), [], b"x" * 500))
    assert pages.get(("a",)) is None
    assert pages.get(("c",)) is not None


@pytest.mark.parametrize(
    ("accepted", "chosen"), [("", "identity"), ("gzip, deflate", "gzip"), ("gzip, deflate, br, zstd", "br")]
)
def test_encodings(accepted, chosen):
    assert chosen_encoding(accepted) == chosen


@pytest.mark.parametrize("name", ["\x85sessionid", "\u2003sessionid", " sessionid\x85"])
def test_a_cookie_that_django_reads_as_ours_is_ours_here_too(name):
    # WSGI hands over the bytes of UTF-8 as Latin-1; Django decodes them and cuts off every kind of white space.
    inside = shared()
    answer = ask(Outermost(inside), HTTP_COOKIE=f"a=b; {name}=x".encode().decode("latin-1"))
    assert answer["headers"]["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "address", ["/enschede/?", "/enschede/?&&&&", "/enschede/?b=2&a=1", "/enschede/?a=1&&b=2", "/enschede/?a=1&b=2"]
)
def test_one_page_is_held_once_however_its_query_is_spelled(address):
    inside = Inside(**{SHARED_HEADER: "enschede"})
    layer = Outermost(inside)
    plain = "/enschede/?a=1&b=2" if "=" in address else "/enschede/"
    ask(layer, plain)
    ask(layer, address)
    assert inside.calls == 1


def test_capitals_in_a_host_make_no_second_page():
    inside = Inside(**{SHARED_HEADER: "enschede"})
    layer = Outermost(inside)
    for host in ("naast.example", "NAAST.example", "Naast.Example"):
        ask(layer, HTTP_HOST=host)
    assert inside.calls == 1


def test_the_order_of_one_keys_values_still_counts():
    inside = Inside(**{SHARED_HEADER: "enschede"})
    layer = Outermost(inside)
    ask(layer, "/enschede/?a=1&a=2")
    ask(layer, "/enschede/?a=2&a=1")
    assert inside.calls == 2


def test_made_up_queries_push_no_plain_page_out(settings):
    settings.NAAST_PAGE_CACHE_BYTES = len(HTML) * 40
    inside = Inside(**{SHARED_HEADER: "enschede"})
    layer = Outermost(inside)
    ask(layer)
    for number in range(200):
        ask(layer, f"/enschede/?fase={number}")
    assert layer.asked.used <= settings.NAAST_PAGE_CACHE_BYTES // 4
    calls = inside.calls
    ask(layer)
    assert inside.calls == calls


def test_a_query_longer_than_all_filters_is_not_held():
    inside = Inside(**{SHARED_HEADER: "enschede"})
    layer = Outermost(inside)
    for _ in range(2):
        ask(layer, "/enschede/?fase=" + "x" * 600)
    assert inside.calls == 2
    assert not layer.asked._pages
