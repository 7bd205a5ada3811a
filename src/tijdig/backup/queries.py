"""What of a database must be known for a backup: may this role see everything, how many rows are there, is it empty."""

from __future__ import annotations

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tijdig.backup.key import BackupError
from tijdig.backup.tools import Place

_TABLES = """
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY c.relname
"""


def connect(dsn: str) -> psycopg.Connection:
    """A connection, or a sentence that says that there is none."""
    try:
        return psycopg.connect(dsn, connect_timeout=30)
    except psycopg.OperationalError as error:
        raise BackupError(f"De database is niet bereikbaar: {str(error).strip()}") from None


def place_of(dsn: str) -> Place:
    """For a program of PostgreSQL: a password never stands on its command line."""
    parts = conninfo_to_dict(dsn)
    secret = str(parts.pop("password", "") or "")
    return Place(("--dbname", make_conninfo("", **parts)), secret)


def server_major(connection: psycopg.Connection) -> int:
    return connection.info.server_version // 10_000


def tables(connection: psycopg.Connection) -> list[str]:
    return [row[0] for row in connection.execute(_TABLES)]


def check_sees_everything(connection: psycopg.Connection) -> None:
    """Refuse a role for which a row could be missing: behind a wall, or without the right to read a table."""
    passes = connection.execute(
        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if not passes or not passes[0]:
        raise BackupError(
            f"De rol {connection.info.user} ziet niet elke rij: een reservekopie zou niet compleet zijn. Noem in "
            "TIJDIG_BACKUP_DATABASE_URL een rol met BYPASSRLS en pg_read_all_data."
        )
    closed = [
        name
        for name in tables(connection)
        if (
            row := connection.execute(
                "SELECT has_table_privilege(%s, 'SELECT')", [f'public."{name}"']
            ).fetchone()
        )
        and not row[0]
    ]
    if closed:
        raise BackupError(
            f"De rol {connection.info.user} mag {', '.join(closed[:5])} niet lezen. "
            f"Geef hem dat recht: GRANT pg_read_all_data TO {connection.info.user};"
        )


def rows(connection: psycopg.Connection) -> dict[str, int]:
    """How many rows each table has, in the transaction of the caller; an error where a wall would hide some."""
    connection.execute("SET LOCAL row_security = off")
    found = {}
    for name in tables(connection):
        count = sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(name))
        row = connection.execute(count).fetchone()
        found[name] = int(row[0]) if row else 0
    return found


def rows_as_owner(dsn: str) -> dict[str, int]:
    """The same for the owner of the tables, for whom the walls stand too: lowered within a transaction that is undone."""
    with connect(dsn) as connection:
        for name in tables(connection):
            connection.execute(
                sql.SQL("ALTER TABLE public.{} NO FORCE ROW LEVEL SECURITY").format(sql.Identifier(name))
            )
        found = rows(connection)
        connection.rollback()
    return found


def migrations(connection: psycopg.Connection) -> list[str]:
    """What was done to the schema, as `room.name`."""
    return [
        row[0] for row in connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY id")
    ]


def is_empty(dsn: str) -> bool:
    with connect(dsn) as connection:
        return not tables(connection)
