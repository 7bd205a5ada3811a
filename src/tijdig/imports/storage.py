"""Where files are kept as they came: under the data folder, one folder per organisation, sealed (`sealed`).

A file is named by the digest of its content, so the same content is kept once; behind a dot stands the digest of the
sealed bytes, by which a backup sees damage without being able to read it. Files kept before they were sealed bear their
content's digest alone.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tijdig.imports.sealed import sealed

MOST_BYTES = 4 * 1024**3


class TooLarge(Exception):  # noqa: N818 - it names a decision about the file, not a fault in the code
    """More than the program takes in one file."""


@dataclass(frozen=True, slots=True)
class Kept:
    digest: str
    size: int
    path: Path


class _Looked:
    """Bytes on their way through: how many, and their digest."""

    def __init__(self, chunks: Iterable[bytes], most: int) -> None:
        self.size, self._chunks, self._most, self._hash = 0, chunks, most, hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.size += len(chunk)
            if self.size > self._most:
                raise TooLarge(str(self.size))
            self._hash.update(chunk)
            yield chunk

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()


def keep(
    root: Path, organisation_id: int, chunks: Iterable[bytes], secret: str, most: int = MOST_BYTES
) -> Kept:
    """Write a file in pieces, never whole in memory, never readable; the same content is kept once. Raises `TooLarge`."""
    folder = root / "files" / str(organisation_id)
    folder.mkdir(parents=True, exist_ok=True)
    looked, written = _Looked(chunks, most), hashlib.sha256()
    handle, name = tempfile.mkstemp(dir=folder, prefix=".coming-")
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in sealed(looked, secret):
                written.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        path = place(root, organisation_id, looked.digest)
        if path.exists():
            path.touch()  # somebody counts on it again, and what is new is never swept
            Path(name).unlink()
        else:
            path = folder / f"{looked.digest}.{written.hexdigest()}"
            Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Kept(looked.digest, looked.size, path)


def there(root: Path, organisation_id: int) -> Iterator[tuple[str, Path]]:
    """Every file of a corporation with the digest of its content; what was cut off while it came has none."""
    for path in sorted((root / "files" / str(organisation_id)).glob("*")):
        yield "" if path.name.startswith(".") else path.name.partition(".")[0], path


def place(root: Path, organisation_id: int, digest: str) -> Path:
    """Where the file with this content is kept; a path without a file where there is none."""
    folder = root / "files" / str(organisation_id)
    return next(folder.glob(f"{digest}*"), folder / digest)
