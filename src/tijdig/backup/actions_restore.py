"""Put a backup back: read whole before anything is touched, into a database that is empty, as one transaction."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from tijdig.backup import queries
from tijdig.backup.actions import DATABASE, FILE, Checked, check
from tijdig.backup.envelope import PIECE, Opener
from tijdig.backup.key import BackupError
from tijdig.backup.parts import read_parts
from tijdig.backup.signing import Asked, Signing, check_keys, put_key
from tijdig.backup.tools import Tools, find_tools, put_through

# Made or owned by the server itself, or by whoever owned the database before: the walls of the tables are not among these.
_LEFT_OUT = re.compile(r"\d+; \d+ \d+ (SCHEMA - public|EXTENSION|COMMENT|DEFAULT ACL) ")
# What a migration asked for tables that are still to come, here for whoever owns them now.
_STILL_TO_COME = (
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO tijdig_app, tijdig_partner"
)


@dataclass(frozen=True, slots=True)
class Target:
    """A database with its roles; `dsn` is who will own the tables. `undo` takes it away again where it was made for this."""

    dsn: str
    undo: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Restored:
    made_at: str
    tables: int
    rows: int
    files: int
    chains: tuple[queries.Chain, ...]  # the last link of each, as the backup told and as it now stands
    key_put: bool
    sessions: int  # that were open when it was made, and are over now


def restore_backup(
    *,
    place: Path,
    key: bytes,
    data: Path,
    target: Callable[[], Target],
    server_major: int,
    bundled: Path | None,
    known: Iterable[str],
    signing: Signing | None,
    asked: Asked,
) -> Restored:
    """Put back what `place` holds. `target` makes or finds the database, and is asked only when the file is whole.

    `known` is what this program knows to do to a schema; a backup with more was made by a newer one. `signing` is the key
    that is here, if any. Whoever was signed in when it was made signs in again: since then somebody may have been put out.
    """
    tools = find_tools(server_major, bundled)
    try:
        found = check(place, key, tools)
    except OSError as error:
        raise BackupError(f"{place} kan niet worden gelezen: {error.strerror}.") from None
    if strange := set(found.about["migrations"]) - set(known):
        raise BackupError(
            f"Deze reservekopie is van een nieuwere versie van tijdig ({sorted(strange)[0]}). Installeer die eerst."
        )
    put = check_keys(found.about.get("signing"), signing, asked)
    into = target()
    try:
        if not queries.is_empty(into.dsn):
            raise BackupError("Deze database is niet leeg. Kies een nieuwe naam met --into.")
        files = _put_back(place, key, data, tools, into.dsn, found)
        _finish(into.dsn)
        counted, chains = queries.content_as_owner(into.dsn)
        if counted != found.about["rows"]:
            raise BackupError("Er staan niet evenveel rijen in de database als in de reservekopie.")
        if [dict(one) for one in chains] != found.about.get("chains", [dict(one) for one in chains]):
            raise BackupError("De geschiedenis in de database eindigt anders dan die in de reservekopie.")
        sessions = queries.end_sessions(into.dsn)
        if put:
            put_key(data, found.signing)
    except BaseException:
        into.undo()
        raise
    return Restored(
        found.about["made_at"], len(counted), sum(counted.values()), files, tuple(chains), put, sessions
    )


def _put_back(place: Path, key: bytes, data: Path, tools: Tools, dsn: str, found: Checked) -> int:
    files = 0
    with place.open("rb") as file:
        for blocks in read_parts(Opener(file, key)):
            if blocks.name == DATABASE:
                _restore(tools, dsn, found, blocks)
            elif FILE.fullmatch(blocks.name):
                _keep(data / blocks.name, blocks)
                files += 1
            blocks.rest()
    return files


def _restore(tools: Tools, dsn: str, found: Checked, blocks: Iterable[bytes]) -> None:
    """As whoever will own the tables: with their grants and walls, and all of it or nothing.

    A function with a setting of an extension can be made only where the extension is loaded: it is asked something first.
    """
    to = queries.place_of(dsn)
    with tempfile.NamedTemporaryFile("w", suffix=".list", encoding="utf-8") as listing:
        listing.writelines(f"{line}\n" for line in found.listing if not _LEFT_OUT.match(line))
        listing.flush()
        put_through(
            [str(tools.restore), "--no-owner", f"--use-list={listing.name}", "--file=-"],
            [
                str(tools.psql), "--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--single-transaction",
                "--command=SELECT show_trgm('')", "--file=-", *to.arguments,
            ],
            blocks,
            to.environment,
        )  # fmt: skip


def _finish(dsn: str) -> None:
    with queries.connect(dsn) as connection:
        connection.execute(sql.SQL(_STILL_TO_COME))
        connection.execute("ANALYZE")


def _keep(path: Path, blocks: Iterable[bytes]) -> None:
    """A file under its digest. One that is there already and is what its name says, stays as it is."""
    if path.exists() and _digest(path) == path.name:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".coming-")
    try:
        with os.fdopen(handle, "wb") as file:
            for block in blocks:
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(PIECE):
            digest.update(data)
    return digest.hexdigest()
