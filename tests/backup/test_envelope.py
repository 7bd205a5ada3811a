"""The outer and inner form of a backup: what went in comes out, and nothing else ever does."""

from __future__ import annotations

import io
import secrets
import stat
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from tijdig.backup.envelope import PIECE, Opener, Sealer
from tijdig.backup.key import BackupError, make_key, read_key
from tijdig.backup.parts import read_parts, write_end, write_part

KEY = bytes(range(32))
HEAD = 8 + 32 + 8


def _sealed(data: bytes, key: bytes = KEY) -> bytes:
    out = io.BytesIO()
    sealer = Sealer(out, key)
    for begin in range(0, len(data), 700_000):
        sealer.write(data[begin : begin + 700_000])
    sealer.close()
    return out.getvalue()


def _opened(sealed: bytes, key: bytes = KEY) -> bytes:
    opener, found = Opener(io.BytesIO(sealed), key), b""
    while more := opener.read(300_000):
        found += more
    return found


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + PIECE // 2])
def test_what_went_in_comes_out(size: int) -> None:
    data = secrets.token_bytes(size)
    sealed = _sealed(data)
    assert _opened(sealed) == data
    assert size < 64 or data[:64] not in sealed
    assert len(sealed) == HEAD + size + max(1, -(-size // PIECE)) * (4 + 16)


def test_the_same_twice_is_not_the_same() -> None:
    assert _sealed(b"huur")[HEAD:] != _sealed(b"huur")[HEAD:]


def _pieces(sealed: bytes) -> list[bytes]:
    found, at = [], HEAD
    while at < len(sealed):
        size = 4 + struct.unpack(">I", sealed[at : at + 4])[0]
        found.append(sealed[at : at + size])
        at += size
    return found


THREE = _sealed(secrets.token_bytes(2 * PIECE + 1000))
OTHER = _sealed(secrets.token_bytes(2 * PIECE + 1000))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda head, one, two, three: head + two + one + three,
        lambda head, one, two, three: head + one + three,
        lambda head, one, two, three: head + one + one + two + three,
        lambda head, one, two, three: head + one + two,
        lambda head, one, two, three: head + one + two + three[:-1],
        lambda head, one, two, three: head + one + two + three + b"x",
        lambda head, one, two, three: head + one + two + three + three,
        lambda head, one, two, three: head + one + _pieces(OTHER)[1] + three,
        lambda head, one, two, three: OTHER[:HEAD] + one + two + three,
        lambda head, one, two, three: head,
        lambda head, one, two, three: head[:20],
        lambda head, one, two, three: b"",
        lambda head, one, two, three: b"PK" + head[2:] + one + two + three,
        lambda head, one, two, three: head + struct.pack(">I", 2**31) + one[4:] + two + three,
    ],
)
def test_pieces_that_are_moved_left_out_or_added_are_refused(spoil: Callable[..., bytes]) -> None:
    with pytest.raises(BackupError):
        _opened(spoil(THREE[:HEAD], *_pieces(THREE)))


def test_any_flipped_byte_is_refused() -> None:
    sealed = _sealed(b"zeven maanden huur")
    for at in range(len(sealed)):
        spoiled = bytearray(sealed)
        spoiled[at] ^= 1
        with pytest.raises(BackupError):
            _opened(bytes(spoiled))


def test_any_cut_is_refused() -> None:
    sealed = _sealed(b"zeven maanden huur")
    for size in range(len(sealed)):
        with pytest.raises(BackupError):
            _opened(sealed[:size])


def test_another_key_is_told_as_such() -> None:
    with pytest.raises(BackupError, match="sleutel past niet"):
        _opened(_sealed(b"huur"), bytes(32))


def test_nothing_is_given_of_a_piece_that_was_changed() -> None:
    spoiled = bytearray(THREE)
    spoiled[HEAD + 4 + PIECE + 16 + 100] ^= 1  # in the second
    opener = Opener(io.BytesIO(bytes(spoiled)), KEY)
    assert len(opener.read(2 * PIECE)) == PIECE
    with pytest.raises(BackupError):
        opener.read(1)


def test_parts_come_back_in_order_with_their_digest() -> None:
    out = io.BytesIO()
    sealer = Sealer(out, KEY)
    written = [
        write_part(sealer, "een", [b"a" * 3, b"", b"b" * (2 * PIECE)]),
        write_part(sealer, "leeg", []),
        write_part(sealer, "map/twee é", [b"c"]),
    ]
    write_end(sealer)
    found, content = [], []
    for blocks in read_parts(Opener(io.BytesIO(out.getvalue()), KEY)):
        content.append(b"".join(blocks))
        found.append(blocks.rest())
    assert found == written
    assert content == [b"aaa" + b"b" * (2 * PIECE), b"", b"c"]
    assert written[0].size == 3 + 2 * PIECE


def test_parts_without_an_end_are_refused() -> None:
    out = io.BytesIO()
    sealer = Sealer(out, KEY)
    write_part(sealer, "een", [b"a"])
    sealer.close()
    with pytest.raises(BackupError):
        for blocks in read_parts(Opener(io.BytesIO(out.getvalue()), KEY)):
            blocks.rest()


def test_a_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    place = tmp_path / "sleutel"
    make_key(place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    first = read_key(place)
    assert len(first) == 32
    with pytest.raises(BackupError, match="bestaat al"):
        make_key(place)
    assert read_key(place) == first
    make_key(tmp_path / "tweede")
    assert read_key(tmp_path / "tweede") != first


@pytest.mark.parametrize(
    "text", ["", "iets", "tijdig-backup-1 geen-base64!", "tijdig-backup-1 aHV1cg==", "a b c"]
)
def test_what_is_no_key_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "sleutel").write_text(text, encoding="ascii")
    with pytest.raises(BackupError, match="is geen sleutel"):
        read_key(tmp_path / "sleutel")
    with pytest.raises(BackupError, match="kan niet worden gelezen"):
        read_key(tmp_path / "is-er-niet")
    with pytest.raises(BackupError, match="kan niet worden gemaakt"):
        make_key(tmp_path / "geen-map" / "sleutel")
