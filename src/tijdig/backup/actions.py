"""Make a backup: one snapshot of the database, every file that came in and the signing key, encrypted, and read back before
it is named."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from tijdig.backup import queries
from tijdig.backup.envelope import PIECE, Opener, Sealer
from tijdig.backup.key import BackupError
from tijdig.backup.parts import Part, read_parts, write_end, write_part
from tijdig.backup.signing import Signing
from tijdig.backup.tools import Tools, find_tools, output_of, put_into

ABOUT, SIGNING, DATABASE, CONTENTS = "about.json", "signing.key", "database", "contents.json"
FILE = re.compile(r"files/[0-9]{1,9}/[0-9a-f]{64}(?:\.[0-9a-f]{64})?")
FORM = 1


@dataclass(frozen=True, slots=True)
class Made:
    """What is in the backup that was made."""

    size: int
    tables: int
    rows: int
    files: int
    damaged: tuple[str, ...]  # files that are not what came in: their content is not that of their name
    key_in: bool  # the signing key is in it; else the environment must give it again


def make_backup(
    *,
    dsn: str,
    data: Path,
    place: Path,
    key: bytes,
    signing: Signing | None,
    bundled: Path | None,
    program: str,
    now: datetime,
) -> Made:
    """Everything that the role of `dsn` must see, the files under `data` and its signing key, in one encrypted file at
    `place`.

    The file is written under another name beside it and gets its own when it was read back and found whole. Files are
    copied after the snapshot was taken: a row is never there before its file, and none is removed from before the snapshot
    until the copy is whole.
    """
    if place.exists():
        raise BackupError(
            f"{place} bestaat al. Een reservekopie wordt nooit overschreven: kies een andere naam."
        )
    if not place.parent.is_dir():
        raise BackupError(f"De map {place.parent} bestaat niet.")
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.", suffix=".part")
    coming = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file, queries.connect(dsn) as connection:
            queries.check_sees_everything(connection)
            queries.keep_files(connection)
            tools = find_tools(queries.server_major(connection), bundled)
            sealer = Sealer(file, key)
            about, parts = _write(sealer, connection, dsn, data, tools, _of(program, now), signing)
            file.flush()
            os.fsync(file.fileno())
        check(coming, key, tools, parts)
        coming.replace(place)
        _sync(place.parent)
    except BaseException:
        coming.unlink(missing_ok=True)
        raise
    files = [one for one in parts if FILE.fullmatch(one.name)]
    return Made(
        size=place.stat().st_size,
        tables=len(about["rows"]),
        rows=sum(about["rows"].values()),
        files=len(files),
        damaged=tuple(one.name for one in files if not one.name.endswith(one.sha256)),
        key_in=any(one.name == SIGNING for one in parts),
    )


def _of(program: str, now: datetime) -> dict[str, Any]:
    return {"form": FORM, "program": program, "made_at": now.isoformat()}


def _write(
    sealer: Sealer,
    connection: psycopg.Connection,
    dsn: str,
    data: Path,
    tools: Tools,
    about: dict[str, Any],
    signing: Signing | None,
) -> tuple[dict[str, Any], list[Part]]:
    """All parts, the database as of one snapshot that the counts are of too."""
    connection.rollback()
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    assert row is not None
    about |= {
        "server": queries.server_major(connection),
        "rows": queries.rows(connection),
        "migrations": queries.migrations(connection),
        "chains": queries.chains(connection),
        "signing": signing.told() if signing else None,
    }
    to = queries.place_of(dsn)
    asked = ("--format=custom", f"--snapshot={row[0]}", "--lock-wait-timeout=60s", "--no-password")
    dump = output_of([str(tools.dump), *asked, *to.arguments], to.environment)
    parts = [_json(sealer, ABOUT, about)]
    if signing is not None and signing.own:
        parts.append(write_part(sealer, SIGNING, [signing.key.encode()]))
    parts.append(write_part(sealer, DATABASE, dump))
    parts += [write_part(sealer, name, _blocks(path)) for name, path in _files(data)]
    _json(sealer, CONTENTS, [asdict(one) for one in parts])
    write_end(sealer)
    return about, parts


def _json(sealer: Sealer, name: str, value: object) -> Part:
    return write_part(sealer, name, [json.dumps(value, sort_keys=True).encode()])


def _files(data: Path) -> Iterator[tuple[str, Path]]:
    """What came in, by its name in the backup; what is just coming in has no name yet."""
    for path in sorted((data / "files").glob("*/*")):
        name = path.relative_to(data).as_posix()
        if FILE.fullmatch(name) and path.is_file():
            yield name, path


def _blocks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while data := file.read(PIECE):
                yield data
    except OSError as error:
        raise BackupError(
            f"{path} is niet te lezen: {error.strerror}. Maak de reservekopie opnieuw."
        ) from None


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a backup says of itself, after every byte of it was read."""

    about: dict[str, Any]
    listing: tuple[str, ...]  # what `pg_restore` says is in it, line by line
    signing: str = field(default="", repr=False)  # the signing key, where it is in it


def check(place: Path, key: bytes, tools: Tools, written: list[Part] | None = None) -> Checked:
    """Read a backup from its first byte to its last; refuse it unless all is there and is what was `written`."""
    about: dict[str, Any] = {}
    listing, parts, contents, signing = [""], [], b"", ""
    with place.open("rb") as file:
        for blocks in read_parts(Opener(file, key)):
            if blocks.name == DATABASE:
                listing = put_into([str(tools.restore), "--list"], blocks)
            elif blocks.name == ABOUT:
                about = json.loads(b"".join(blocks))
                _check_form(about, tools)
            elif blocks.name == SIGNING:
                signing = b"".join(blocks).decode()
            elif blocks.name == CONTENTS:
                contents = b"".join(blocks)
                continue
            parts.append(blocks.rest())
    if json.loads(contents or b"null") != [asdict(one) for one in parts] or (written or parts) != parts:
        raise BackupError("De reservekopie is niet wat erin ging. Maak hem opnieuw, op een andere schijf.")
    missing = set(about["rows"]) - _with_data(listing)
    if missing:
        raise BackupError(f"In de reservekopie ontbreken tabellen: {', '.join(sorted(missing)[:5])}.")
    return Checked(about, tuple(listing), signing)


def about_of(place: Path, key: bytes) -> dict[str, Any]:
    """What a backup says of itself, from its first piece alone."""
    try:
        with place.open("rb") as file:
            for blocks in read_parts(Opener(file, key)):
                if blocks.name == ABOUT:
                    return dict(json.loads(b"".join(blocks)))
                break
    except OSError as error:
        raise BackupError(f"{place} kan niet worden gelezen: {error.strerror}.") from None
    raise BackupError(f"{place} is geen reservekopie van tijdig.")


def _check_form(about: dict[str, Any], tools: Tools) -> None:
    if about["form"] != FORM:
        raise BackupError("Deze reservekopie is van een nieuwere versie van tijdig.")
    if about["server"] > tools.major:
        raise BackupError(
            f"Deze reservekopie is van PostgreSQL {about['server']}; hier is PostgreSQL {tools.major}. "
            "Zet hem terug op een server van die versie of nieuwer."
        )


def _with_data(listing: Iterable[str]) -> set[str]:
    return {found.group(1) for line in listing if (found := re.search(r" TABLE DATA public (\S+) ", line))}
