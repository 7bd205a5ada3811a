"""Where files are kept as they came: under the data folder, one folder per organisation, named by their digest."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MOST_BYTES = 4 * 1024**3


class TooLarge(Exception):  # noqa: N818 - it names a decision about the file, not a fault in the code
    """More than the program takes in one file."""


@dataclass(frozen=True, slots=True)
class Kept:
    digest: str
    size: int
    path: Path


def keep(root: Path, organisation_id: int, chunks: Iterable[bytes], most: int = MOST_BYTES) -> Kept:
    """Write a file in pieces, never whole in memory; the same content is kept once. Raises `TooLarge`."""
    folder = root / "files" / str(organisation_id)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=folder, prefix=".coming-")
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > most:
                    raise TooLarge(str(size))
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        path = folder / digest.hexdigest()
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Kept(digest.hexdigest(), size, path)


def place(root: Path, organisation_id: int, digest: str) -> Path:
    return root / "files" / str(organisation_id) / digest
