"""A stream of bytes, encrypted in pieces so that no change, cut or exchange of pieces goes unseen.

Decides the outer form of a backup. A head of `MAGIC`, a salt of 32 random bytes and 8 bytes that tell which key it is;
then pieces of at most 1 MiB, each as its length (4 bytes) and its AES-256-GCM cipher text. The key of one file is made
from the backup key and the salt by HKDF-SHA256, so the number of a piece is its nonce and is never used twice under one
key. With each piece its number, whether it is the last, and the whole head are authenticated: a piece that was changed,
moved, left out or taken from another file is refused, and so is a file that ends before its last piece or goes on after
it.

Errors: `BackupError`. Worked example: 2.5 MiB are three pieces of 1, 1 and 0.5 MiB; the third is the last. Left out: what
is inside (see `parts`), and compression.
"""

from __future__ import annotations

import secrets
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tijdig.backup.key import BackupError

MAGIC = b"TIJDIG\x00\x01"
PIECE = 1024 * 1024
_SALT, _NAME, _TAG = 32, 8, 16
_DAMAGED = "Dit bestand is beschadigd of niet compleet. Er is niets teruggezet."


def _derived(key: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """The key of one file, and the name by which the right key is known."""
    made = HKDF(SHA256(), 32 + _NAME, salt, b"tijdig backup 1").derive(key)
    return made[:32], made[32:]


def _bound(head: bytes, number: int, is_last: bool) -> bytes:
    return head + struct.pack(">QB", number, is_last)


def _nonce(number: int) -> bytes:
    return struct.pack(">IQ", 0, number)


class Sealer:
    """Write plain bytes in; `close` writes the last piece. What was not closed is not complete, and is refused."""

    def __init__(self, out: BinaryIO, key: bytes) -> None:
        salt = secrets.token_bytes(_SALT)
        file_key, name = _derived(key, salt)
        self._out, self._cipher, self._head = out, AESGCM(file_key), MAGIC + salt + name
        self._number, self._waiting = 0, bytearray()
        out.write(self._head)

    def write(self, data: bytes) -> None:
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._piece(bytes(self._waiting[:PIECE]), False)
            del self._waiting[:PIECE]

    def close(self) -> None:
        self._piece(bytes(self._waiting), True)
        self._waiting.clear()

    def _piece(self, data: bytes, is_last: bool) -> None:
        made = self._cipher.encrypt(_nonce(self._number), data, _bound(self._head, self._number, is_last))
        self._out.write(struct.pack(">I", len(made)) + made)
        self._number += 1


class Opener:
    """Read plain bytes out, in order; every byte that is given was authenticated."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        self._head = source.read(len(MAGIC) + _SALT + _NAME)
        if not self._head.startswith(MAGIC):
            raise BackupError("Dit is geen reservekopie van tijdig, of hij is van een nieuwere versie.")
        if len(self._head) < len(MAGIC) + _SALT + _NAME:
            raise BackupError(_DAMAGED)
        salt = self._head[len(MAGIC) : -_NAME]
        file_key, name = _derived(key, salt)
        if not secrets.compare_digest(name, self._head[-_NAME:]):
            raise BackupError("De sleutel past niet bij dit bestand, of het begin ervan is beschadigd.")
        self._source, self._cipher = source, AESGCM(file_key)
        self._number, self._ready, self._at, self._ended = 0, b"", 0, False

    def read(self, most: int) -> bytes:
        """At most so many bytes; none when there are no more."""
        while self._at == len(self._ready):
            if self._ended:
                return b""
            self._ready, self._at = self._next(), 0
        found = self._ready[self._at : self._at + most]
        self._at += len(found)
        return found

    def exactly(self, size: int) -> bytes:
        """So many bytes, or the file is not complete."""
        found = b""
        while len(found) < size:
            more = self.read(size - len(found))
            if not more:
                raise BackupError(_DAMAGED)
            found += more
        return found

    def _next(self) -> bytes:
        length = self._source.read(4)
        size = struct.unpack(">I", length)[0] if len(length) == 4 else 0
        if not _TAG <= size <= PIECE + _TAG:
            raise BackupError(_DAMAGED)
        data = self._source.read(size)
        if len(data) != size:
            raise BackupError(_DAMAGED)
        for is_last in (False, True):
            try:
                plain = self._cipher.decrypt(
                    _nonce(self._number), data, _bound(self._head, self._number, is_last)
                )
            except (InvalidTag, ValueError):
                continue
            if is_last and self._source.read(1):
                break
            self._number, self._ended = self._number + 1, is_last
            return plain
        raise BackupError(_DAMAGED)
