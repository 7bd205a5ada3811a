"""A file is kept so that nobody can read it where it lies; it comes back to the byte, from any place in it."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.imports import storage
from tijdig.imports.sealed import NotOurs, opened, sealed

CONTENT = bytes(range(256)) * 1000 + b"het einde"
SECRET = "geheim van deze installatie"


def _sealed(content: bytes) -> bytes:
    return b"".join(sealed([content[:100], content[100:]], SECRET))


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072, len(CONTENT)])
def test_what_is_sealed_comes_back(size: int) -> None:
    kept = _sealed(CONTENT[:size])
    assert opened(BytesIO(kept), SECRET).read() == CONTENT[:size]
    assert size < 4 or CONTENT[:size] not in kept


@given(st.integers(0, len(CONTENT)), st.integers(0, 70_000))
def test_it_may_be_read_from_any_place(start: int, count: int) -> None:
    file = opened(BytesIO(_sealed(CONTENT)), SECRET)
    file.seek(start)
    assert file.read(count) == CONTENT[start : start + count]


def test_lines_come_as_they_were() -> None:
    lines = b"".join(b"regel %d\n" % number for number in range(20_000))
    assert list(opened(BytesIO(_sealed(lines)), SECRET)) == lines.splitlines(keepends=True)


@pytest.mark.parametrize("at", [30, 70_000, -1])
def test_a_changed_byte_is_seen(at: int) -> None:
    kept = bytearray(_sealed(CONTENT))
    kept[at] ^= 1
    with pytest.raises(NotOurs):
        opened(BytesIO(bytes(kept)), SECRET).read()


def test_a_file_that_was_cut_off_is_seen() -> None:
    whole = _sealed(CONTENT)
    with pytest.raises(NotOurs):
        opened(BytesIO(whole[: 24 + 2 * (65_536 + 16)]), SECRET).read()


def test_another_installation_cannot_read_it() -> None:
    with pytest.raises(NotOurs):
        opened(BytesIO(_sealed(CONTENT)), "een ander geheim").read()


def test_what_was_kept_before_reads_as_it_stands() -> None:
    assert opened(BytesIO(CONTENT), SECRET).read() == CONTENT


def test_a_file_is_kept_once_and_its_name_tells_its_damage(tmp_path: Path) -> None:
    kept = [storage.keep(tmp_path, 7, [CONTENT], SECRET) for _ in range(2)]
    assert kept[0] == kept[1]
    assert kept[0].digest == hashlib.sha256(CONTENT).hexdigest()
    (file,) = (tmp_path / "files" / "7").iterdir()
    assert file.name == f"{kept[0].digest}.{hashlib.sha256(file.read_bytes()).hexdigest()}"
    assert storage.place(tmp_path, 7, kept[0].digest) == file
    assert CONTENT[:100] not in file.read_bytes()


def test_a_file_from_before_is_found_by_its_digest(tmp_path: Path) -> None:
    digest = hashlib.sha256(CONTENT).hexdigest()
    (tmp_path / "files" / "7").mkdir(parents=True)
    (tmp_path / "files" / "7" / digest).write_bytes(CONTENT)
    assert storage.place(tmp_path, 7, digest).name == digest
    assert storage.keep(tmp_path, 7, [CONTENT], SECRET).path.name == digest
