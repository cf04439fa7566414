"""The sealed file that a municipality takes along: a zip, encrypted in pieces with AES-GCM under a passphrase.

The form (docs/decisions/0027): the line `NAAST-ARCHIVE-1`, 16 bytes salt, then pieces of 1 MiB, each with 16 bytes mark.
The key is scrypt(passphrase in small letters without hyphens and spaces, salt, n=32768, r=8, p=1, 32 bytes); the nonce
of a piece is its number in 11 bytes and one byte that is 1 for the last; the first line is bound to every piece. So a
piece that was changed, moved, doubled or cut off is refused.
"""

import io
import secrets
from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

FIRST_LINE = b"NAAST-ARCHIVE-1\n"
SALT_BYTES, MARK_BYTES = 16, 16
PIECE = 1 << 20
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that look alike


class NotOpened(Exception):
    """The file is no archive of ours, was changed, or the passphrase is another."""


def new_passphrase() -> str:
    """Return a passphrase of 30 letters and digits (148 bits) in groups of five."""
    letters = [secrets.choice(_LETTERS) for _ in range(30)]
    return "-".join("".join(letters[at : at + 5]) for at in range(0, 30, 5))


def _key(passphrase: str, salt: bytes) -> AESGCM:
    typed = "".join(passphrase.replace("-", " ").split()).lower().encode()
    return AESGCM(Scrypt(salt=salt, length=32, n=1 << 15, r=8, p=1).derive(typed))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


class SealedWriter(io.RawIOBase):
    """A file to write in, piece by piece: only sealed bytes ever reach the disk."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        salt = secrets.token_bytes(SALT_BYTES)
        self._target, self._key = target, _key(passphrase, salt)
        self._waiting, self._number = bytearray(), 0
        self.plain = sha256()
        target.write(FIRST_LINE + salt)

    def writable(self) -> bool:
        """Tell that it may be written."""
        return True

    def write(self, data: object) -> int:
        """Take bytes; whole pieces go out sealed."""
        piece = bytes(data)  # type: ignore[call-overload]
        self.plain.update(piece)
        self._waiting += piece
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(piece)

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._target.write(self._key.encrypt(_nonce(self._number, last), piece, FIRST_LINE))
        self._number += 1

    def end(self) -> str:
        """Write the last piece; returns the SHA-256 of what was sealed."""
        self._put(bytes(self._waiting), last=True)
        return self.plain.hexdigest()


def opened(source: BinaryIO, passphrase: str) -> Iterator[bytes]:
    """Yield what lies in an archive, piece by piece. Raises NotOpened at the first piece that does not fit."""
    if source.read(len(FIRST_LINE)) != FIRST_LINE:
        raise NotOpened("Dit is geen archief van Naast.")
    salt = source.read(SALT_BYTES)
    if len(salt) != SALT_BYTES:
        raise NotOpened("Dit archief is afgebroken.")
    key, number = _key(passphrase, salt), 0
    piece = source.read(PIECE + MARK_BYTES)
    while True:
        following = source.read(PIECE + MARK_BYTES)
        try:
            yield key.decrypt(_nonce(number, not following), piece, FIRST_LINE)
        except (InvalidTag, ValueError) as error:
            raise NotOpened("Het wachtwoord klopt niet, of er is iets aan het bestand veranderd.") from error
        if not following:
            return
        piece, number = following, number + 1
