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
FILES_LOCK = 7498  # shared while files are copied, exclusive while they are removed
Chain = dict[str, str | int]
_LAST = """
SELECT o.{named}, count(s.id), coalesce((array_agg(s.digest ORDER BY s.{last} DESC, s.id DESC))[1], '')
  FROM {owner} o JOIN {seals} s ON s.{of} = o.id GROUP BY o.id, o.{named} ORDER BY o.{named}
"""
_CORPORATIONS = _LAST.format(
    named="slug",
    owner="access_organisation",
    seals="history_seal",
    of="organisation_id",
    last="last_event_id",
)
_PARTNERS = _LAST.format(
    named="code", owner="access_partner", seals="entrance_partnerseal", of="partner_id", last="last_act_id"
)


def connect(dsn: str) -> psycopg.Connection:
    """A connection, or a sentence that says that there is none."""
    try:
        return psycopg.connect(dsn, connect_timeout=30)
    except psycopg.OperationalError as error:
        raise BackupError(f"De database is niet bereikbaar: {str(error).strip()}") from None


def keep_files(connection: psycopg.Connection) -> None:
    """No file goes from the data folder until this connection closes; waits for who is removing some now."""
    connection.execute("SELECT pg_advisory_lock_shared(%s)", [FILES_LOCK])


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


def chains(connection: psycopg.Connection) -> list[Chain]:
    """The last link of every chain, of corporations and of partners; of those whose tables there are."""
    there = set(tables(connection))
    found: list[Chain] = []
    for of, query, needed in (
        ("organisation", _CORPORATIONS, "history_seal"),
        ("partner", _PARTNERS, "entrance_partnerseal"),
    ):
        if needed in there:
            found += [
                {of: name, "links": links, "last_link": digest}
                for name, links, digest in connection.execute(query)
            ]
    return found


def content_as_owner(dsn: str) -> tuple[dict[str, int], list[Chain]]:
    """Rows and chains for the owner of the tables, for whom the walls stand too: lowered within a transaction that is
    undone."""
    with connect(dsn) as connection:
        for name in tables(connection):
            connection.execute(
                sql.SQL("ALTER TABLE public.{} NO FORCE ROW LEVEL SECURITY").format(sql.Identifier(name))
            )
        found = rows(connection), chains(connection)
        connection.rollback()
    return found


def end_sessions(dsn: str) -> int:
    """Every session is over; how many there were. The wall is lowered for its owner, and stands again at the commit."""
    with connect(dsn) as connection:
        if "access_session" not in tables(connection):
            return 0
        connection.execute("ALTER TABLE access_session NO FORCE ROW LEVEL SECURITY")
        ended = connection.execute(
            "UPDATE access_session SET ended_at = now() WHERE ended_at IS NULL"
        ).rowcount
        connection.execute("ALTER TABLE access_session FORCE ROW LEVEL SECURITY")
    return ended


def migrations(connection: psycopg.Connection) -> list[str]:
    """What was done to the schema, as `room.name`."""
    return [
        row[0] for row in connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY id")
    ]


def is_empty(dsn: str) -> bool:
    with connect(dsn) as connection:
        return not tables(connection)
