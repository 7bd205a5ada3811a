"""A file as it came, unreadable where it is kept: encrypted in pieces, each of which can be read by itself.

A head of `MAGIC` and 16 random bytes; then pieces of 64 KiB, each sealed by AES-256-GCM. The key of a file is drawn from
the signing key of the installation and those random bytes (HKDF with SHA-256), so the number of a piece is its nonce and is
used once under a key; with each piece its number and whether it is the last are authenticated. Errors: `NotOurs` where a
piece was changed, cut off, or sealed by another installation. What is not sealed (kept before this was) reads as it stands.
Left out: the key itself (`project.settings`), and the files' names.
"""

from __future__ import annotations

import io
import secrets
import struct
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"TIJDIG\x00\x02"
_SALT, _TAG, _PIECE = 16, 16, 64 * 1024
_HEAD = len(MAGIC) + _SALT


class NotOurs(Exception):  # noqa: N818 - it names a decision about the file, not a fault in the code
    """This file was sealed by another installation, or it was changed or cut off since."""


def _cipher(secret: str, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"tijdig.imports.file").derive(secret.encode()))


def _nonce(number: int) -> bytes:
    return struct.pack(">IQ", 0, number)


def sealed(chunks: Iterable[bytes], secret: str) -> Iterator[bytes]:
    """The same bytes, sealed, in pieces."""
    salt = secrets.token_bytes(_SALT)
    cipher, number, waiting = _cipher(secret, salt), 0, bytearray()
    yield MAGIC + salt
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > _PIECE:
            yield cipher.encrypt(_nonce(number), bytes(waiting[:_PIECE]), b"\x00")
            del waiting[:_PIECE]
            number += 1
    yield cipher.encrypt(_nonce(number), bytes(waiting), b"\x01")


def opened(file: BinaryIO, secret: str) -> BinaryIO:
    """The bytes as they came, from the beginning; may be searched. Raises `NotOurs` at the piece that is not right."""
    file.seek(0)
    head = file.read(_HEAD)
    if not head.startswith(MAGIC):
        file.seek(0)
        return file
    return io.BufferedReader(_Opened(file, _cipher(secret, head[len(MAGIC) :])), _PIECE)  # type: ignore[type-var]


class _Opened(io.RawIOBase):
    def __init__(self, file: BinaryIO, cipher: AESGCM) -> None:
        self._file, self._cipher, self._at = file, cipher, 0
        body = file.seek(0, io.SEEK_END) - _HEAD
        self._last = max(body - 1, 0) // (_PIECE + _TAG)
        self._size = max(body - (self._last + 1) * _TAG, 0)
        self._number, self._plain = -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(start + offset, 0)
        return self._at

    def readinto(self, into: bytearray, /) -> int:  # type: ignore[override]
        if self._at >= self._size:
            return 0
        number, offset = divmod(self._at, _PIECE)
        if number != self._number:
            self._number, self._plain = number, self._piece(number)
        part = self._plain[offset : offset + len(into)]
        into[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _piece(self, number: int) -> bytes:
        self._file.seek(_HEAD + number * (_PIECE + _TAG))
        data = self._file.read(_PIECE + _TAG)
        try:
            return self._cipher.decrypt(_nonce(number), data, bytes([number == self._last]))
        except InvalidTag:
            raise NotOurs("a piece of this file is not what was kept") from None
