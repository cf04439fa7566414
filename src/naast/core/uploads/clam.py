"""Asks clamd whether a file is known to be bad (INSTREAM). Set and not reachable: nothing is taken."""

import socket
import struct
from collections.abc import Iterable

from naast.core.uploads.rules import Refused

PIECE = 64 * 1024
SECONDS = 30.0


def scan(chunks: Iterable[bytes], *, at: str) -> None:
    """Send a file to clamd at 'host:port' or at a socket's path. Raises Refused: 'virus', or 'scanner' for no clear answer.

    Protocol: clamd(8), zINSTREAM: pieces of four bytes of length (network order) and data, ended by length nought.
    """
    try:
        with _connected(at) as link:
            link.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                for start in range(0, len(chunk), PIECE):
                    piece = chunk[start : start + PIECE]
                    link.sendall(struct.pack("!I", len(piece)) + piece)
            link.sendall(struct.pack("!I", 0))
            answer = _whole_answer(link)
    except OSError as error:
        raise Refused("scanner") from error
    if answer.endswith(" FOUND"):
        raise Refused("virus")
    if answer != "stream: OK":
        raise Refused("scanner")


def _connected(at: str) -> socket.socket:
    if at.startswith("/"):
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.settimeout(SECONDS)
        link.connect(at)
        return link
    host, _, port = at.rpartition(":")
    if not host or not port.isdigit():
        raise Refused("scanner")
    return socket.create_connection((host, int(port)), timeout=SECONDS)


def _whole_answer(link: socket.socket) -> str:
    found = b""
    while len(found) < 4096 and not found.endswith(b"\0"):
        piece = link.recv(1024)
        if not piece:
            break
        found += piece
    return found.rstrip(b"\0\n").decode("ascii", "replace").strip()
