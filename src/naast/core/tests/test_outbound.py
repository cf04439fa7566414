"""Looking at links elsewhere: what is there, what is gone, and what we never open."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from naast.core import outbound

ANSWERS = {
    "/hier": (200, ""),
    "/weg": (404, ""),
    "/voorgoed-weg": (410, ""),
    "/kapot": (500, ""),
    "/niet-voor-jou": (403, ""),
    "/door": (301, "/hier"),
    "/door-naar-weg": (302, "/weg"),
    "/rond": (302, "/rond"),
    "/naar-binnen": (302, "http://binnen.test/hier"),
    "/naar-bestand": (302, "file:///etc/passwd"),
    "/naar-wachtwoord": (302, "http://wie:geheim@buiten.test/hier"),
    "/eerst-door-dan-naar-binnen": (301, "/naar-binnen"),
}
OUTSIDE, INSIDE = "127.0.0.1", "127.0.0.2"


class _Server(BaseHTTPRequestHandler):
    asked: list[str] = []

    def _answer(self) -> None:
        self.asked.append(f"{self.command} {self.headers.get('Cookie')} {self.headers.get('Referer')}")
        if self.path == "/alleen-get":
            self.send_response(405 if self.command == "HEAD" else 200)
        else:
            status, points_at = ANSWERS[self.path]
            self.send_response(status)
            if points_at:
                self.send_header("Location", points_at)
        self.end_headers()

    do_HEAD = do_GET = _answer

    def log_message(self, *args: object) -> None:
        """Be silent."""


@pytest.fixture
def server() -> Iterator[int]:
    """A server on a loopback address that stands for the world outside."""
    made = HTTPServer((OUTSIDE, 0), _Server)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made.server_port
    made.shutdown()
    made.server_close()


def look(address: str) -> outbound.Seen:
    hosts = {"buiten.test": OUTSIDE, "binnen.test": INSIDE}
    return outbound.look(address, resolver=lambda host, port: [hosts[host]], allowed=lambda found: found == OUTSIDE)


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/hier", "there"),
        ("/door", "there"),
        ("/alleen-get", "there"),
        ("/niet-voor-jou", "there"),
        ("/weg", "gone"),
        ("/voorgoed-weg", "gone"),
        ("/door-naar-weg", "gone"),
        ("/kapot", "unreachable"),
        ("/rond", "unreachable"),
        ("/naar-binnen", "refused"),
        ("/naar-bestand", "refused"),
        ("/naar-wachtwoord", "refused"),
        ("/eerst-door-dan-naar-binnen", "refused"),
    ],
)
def test_an_address_is_there_gone_or_not_for_us(server, path, state):
    assert look(f"http://buiten.test:{server}{path}").state == state


def test_nothing_of_ours_goes_along(server):
    _Server.asked.clear()
    look(f"http://buiten.test:{server}/hier")
    assert _Server.asked == ["HEAD None None"]


@pytest.mark.parametrize(
    "address",
    [
        "ftp://voorbeeld.nl/",
        "file:///etc/passwd",
        "http://wie:geheim@voorbeeld.nl/",
        "http:///pad",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/",
        "http://[::ffff:10.0.0.1]/",
        "http://0.0.0.0/",
    ],
)
def test_what_is_not_on_the_public_internet_is_refused(address):
    assert outbound.look(address).state == "refused"


def test_a_host_with_one_inside_address_among_others_is_refused():
    seen = outbound.look("http://gemengd.test/", resolver=lambda host, port: ["93.184.216.34", "10.0.0.1"])
    assert seen.state == "refused"


def test_a_host_nobody_knows_is_unreachable():
    def unknown(host: str, port: int) -> list[str]:
        raise OSError(host)

    assert outbound.look("http://weg.test/", resolver=unknown).state == "unreachable"


@pytest.mark.parametrize(
    "address",
    [
        "64:ff9b::7f00:1",
        "64:ff9b:1::7f00:1",
        "2002:7f00:1::",
        "::7f00:1",
        "::ffff:0:7f00:1",
        "64:ff9b::a9fe:a9fe",
        "fec0::1",
        "5f00::1",
    ],
)
def test_an_address_that_carries_a_private_one_is_not_public(address):
    assert not outbound.is_public(address)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_never_stops_answering_does_not_hold_the_worker(monkeypatch, scheme):
    def drip(listening: socket.socket) -> None:
        with suppress(OSError):
            talk, _ = listening.accept()
            with talk:
                talk.recv(512)
                # over https: the head of a handshake record of 16 kB, of which one byte comes at a time
                if scheme == "https":
                    talk.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc")
                while not ended.wait(0.02):
                    talk.sendall(b"\x00" if scheme == "https" else b"HTTP/1.1 100 Continue\r\n\r\n")

    monkeypatch.setattr(outbound, "AT_MOST", 0.3)
    ended = threading.Event()
    with socket.create_server((OUTSIDE, 0)) as listening:
        thread = threading.Thread(target=drip, args=[listening], daemon=True)
        thread.start()
        seen = look(f"{scheme}://buiten.test:{listening.getsockname()[1]}/")
        ended.set()
        thread.join()

    assert seen.state == "unreachable"
