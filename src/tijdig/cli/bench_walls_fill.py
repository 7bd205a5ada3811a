"""A row for everybody in every table, for the probes of `bench walls`: who asks for what is not there learns nothing
about walls.

It is made up from the kinds of the columns and need not mean anything; what it points at is of the same corporation
where there is something. Checks on the table are dropped for it: the database is a copy and is thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import sql

from tijdig.cli.bench_walls_bare import past_the_walls
from tijdig.cli.bench_walls_ground import Ground

_OWNED = """
SELECT c.relname FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation_id' AND NOT a.attisdropped
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
   AND has_table_privilege('tijdig_app', c.oid, 'SELECT') ORDER BY c.relname
"""
_NEEDED = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod),
       (SELECT f.confrelid::regclass::text FROM pg_constraint f
         WHERE f.conrelid = a.attrelid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum] LIMIT 1)
  FROM pg_attribute a WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
   AND (a.attname = 'organisation_id' OR a.attnotnull AND NOT a.atthasdef AND a.attidentity = '')
"""
_VALUES = {
    "date": "'2999-12-31'",  # far off, so that no agreement is ended by it
    "timestamp with time zone": "now()",
    "boolean": "false",
    "jsonb": "'{}'",
    "bytea": "'x'",
    "uuid": "gen_random_uuid()",
}


def owned(server: psycopg.Connection[Any]) -> list[str]:
    """Every table that the program reads and of which a row says whose it is: also where a wall was forgotten."""
    return [row[0] for row in server.execute(_OWNED)]


def fill(admin: str, database: str, ground: Ground) -> None:
    """A row for each of them in every table in which they have none, whatever it means."""
    with past_the_walls(admin, database) as server:
        server.execute("SET session_replication_role = replica")
        tables = owned(server)
        for table in tables:
            here = sql.Identifier(table)
            has = {
                row[0]
                for row in server.execute(sql.SQL("SELECT DISTINCT organisation_id FROM {}").format(here))
            }
            lacks = [one.id for one in ground.corporations if one.id not in has]
            if not lacks:
                continue
            for (check,) in server.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'x')",
                [table],
            ).fetchall():
                server.execute(
                    sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(here, sql.Identifier(check))
                )
            for organisation in lacks:
                _put(server, table, organisation, tables)


def _put(server: psycopg.Connection[Any], table: str, organisation: int, tables: Sequence[str]) -> None:
    columns = server.execute(_NEEDED, [table]).fetchall()
    values = [
        _value(server, name, kind, to if to in tables else None, organisation) for name, kind, to in columns
    ]
    server.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(sql.Identifier(name) for name, _, _ in columns),
            sql.SQL(", ").join(values),
        )
    )


def _value(
    server: psycopg.Connection[Any], name: str, kind: str, to: str | None, organisation: int
) -> sql.Composable:
    """Something of this kind; of a row that is pointed at, one of the same corporation where there is one."""
    if name == "organisation_id":
        return sql.Literal(organisation)
    if to is not None:
        row = server.execute(
            sql.SQL("SELECT min({}) FROM {} WHERE organisation_id = %s").format(
                sql.SQL(_key(server, to)), sql.Identifier(to)
            ),
            [organisation],
        ).fetchone()
        if row and row[0] is not None:
            return sql.Literal(row[0])
    if kind.endswith("[]"):
        return sql.SQL("'{}'")
    if "char" in kind or kind == "text":
        longest = re.search(r"\((\d+)\)", kind)
        return sql.Literal(f"x{organisation}"[-int(longest[1]) if longest else 0 :])
    return sql.SQL(_VALUES.get(kind, str(organisation)))


def _key(server: psycopg.Connection[Any], table: str) -> str:
    row = server.execute(
        """SELECT a.attname FROM pg_constraint p JOIN pg_attribute a ON a.attrelid = p.conrelid AND a.attnum = p.conkey[1]
            WHERE p.conrelid = %s::regclass AND p.contype = 'p'""",
        [table],
    ).fetchone()
    assert row is not None
    return str(row[0])
