"""What is inside a backup: named parts one after another, each with its digest, and the list of them as the last.

Decides the inner form. A part is its name (2 bytes of length, UTF-8), blocks of bytes (4 bytes of length each, 0 ends
them) and the SHA-256 of its content. An empty name ends it all. The size of a part need not be known before it is
written, so the output of a program can be one.

Errors: `BackupError` where a digest differs. Left out: what the parts mean (`actions`), and encryption (`envelope`).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tijdig.backup.envelope import PIECE, Opener, Sealer
from tijdig.backup.key import BackupError


@dataclass(frozen=True, slots=True)
class Part:
    """One part, as it was written or read."""

    name: str
    size: int
    sha256: str


def write_part(out: Sealer, name: str, blocks: Iterable[bytes]) -> Part:
    """Write one part while its blocks come."""
    label = name.encode()
    out.write(struct.pack(">H", len(label)) + label)
    digest, size = hashlib.sha256(), 0
    for block in blocks:
        for begin in range(0, len(block), PIECE):
            some = block[begin : begin + PIECE]
            out.write(struct.pack(">I", len(some)) + some)
            digest.update(some)
            size += len(some)
    out.write(struct.pack(">I", 0) + digest.digest())
    return Part(name, size, digest.hexdigest())


def write_end(out: Sealer) -> None:
    out.write(struct.pack(">H", 0))
    out.close()


class Blocks:
    """The blocks of one part while they are read; `part` is there once they were all taken."""

    def __init__(self, source: Opener, name: str) -> None:
        self._source, self.name = source, name
        self.part: Part | None = None

    def __iter__(self) -> Iterator[bytes]:
        digest, size = hashlib.sha256(), 0
        while True:
            (length,) = struct.unpack(">I", self._source.exactly(4))
            if not length:
                break
            if length > PIECE:
                raise BackupError("Dit bestand is beschadigd: een deel is te groot.")
            block = self._source.exactly(length)
            digest.update(block)
            size += length
            yield block
        if self._source.exactly(32) != digest.digest():
            raise BackupError(f"Dit bestand is beschadigd: {self.name} is niet wat erin ging.")
        self.part = Part(self.name, size, digest.hexdigest())

    def rest(self) -> Part:
        """Take what is left and look at the digest."""
        if self.part is None:
            for _ in self:
                pass
        assert self.part is not None
        return self.part


def read_parts(source: Opener) -> Iterator[Blocks]:
    """Part after part; each is read to its end before the next is given."""
    while length := struct.unpack(">H", source.exactly(2))[0]:
        blocks = Blocks(source, source.exactly(length).decode())
        yield blocks
        if blocks.part is None:
            raise RuntimeError(f"{blocks.name} was not read to its end")
    if source.read(1):
        raise BackupError("Dit bestand is beschadigd: er staat meer in dan het zegt.")
