"""What somebody sees, alone in a database with and without walls: what the walls of `bench walls` are measured against.

The program keeps to one corporation by the walls and not by its own filters, so that the same database with the walls
off would give other rows, of all corporations. Therefore the rows that the walls show to somebody are asked of the
walls themselves, as the role that the program has there, and every other row of every walled table is thrown away. Of
what is left there are two databases: one in which the walls stand, and a copy of it in which they are taken off. The
same program answers in both with the same rows; what differs is the walls alone.

One table is left empty: that in which names are searched, which nobody reads but a function of the owner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

_WALLED = """
SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1
"""
_COLUMNS = """
SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
 ORDER BY attnum
"""


@dataclass(frozen=True, slots=True)
class Sight:
    """Behind which walls somebody stands. `partner` 0 is somebody of the corporation."""

    organisation: int | None
    partner: int = 0
    user: int = 0

    @property
    def role(self) -> str:
        return "tijdig_partner" if self.partner else "tijdig_app"


def past_the_walls(admin: str, database: str) -> psycopg.Connection[Any]:
    """As who may everything, in this database. To be closed."""
    return psycopg.connect(make_conninfo(admin, dbname=database))


def close_all() -> None:
    """Nobody of this process is connected any more, so that a database can be copied."""
    from django.db import connections

    for alias in connections:
        connections[alias].close()
        close_pool = getattr(connections[alias], "close_pool", None)
        if close_pool:
            close_pool()


def drop(admin: str, name: str) -> None:
    with psycopg.connect(admin, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def alone(admin: str, source: str, walled: str, bare: str, seen: Sequence[Sight]) -> None:
    """Of `source` what these see: in database `walled` behind the same walls, and in database `bare` behind none."""
    _copy(admin, source, walled)
    with past_the_walls(admin, walled) as server:
        tables = [row[0] for row in server.execute(_WALLED)]
        server.execute("CREATE SCHEMA seen")
        server.execute("GRANT USAGE ON SCHEMA seen TO PUBLIC")
        for table in tables:
            _keep(server, table, seen)
        server.execute("SET LOCAL session_replication_role = replica")  # no triggers, no foreign keys
        server.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, tables))))
        for table in tables:
            here, columns = sql.Identifier(table), _columns(server, table)
            server.execute(
                sql.SQL("INSERT INTO {} ({}) SELECT {} FROM seen.{}").format(here, columns, columns, here)
            )
        server.execute("DROP SCHEMA seen CASCADE")
    _settle(admin, walled)
    _copy(admin, walled, bare)
    with past_the_walls(admin, bare) as server:
        for table in tables:
            off = "ALTER TABLE {} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY"
            server.execute(sql.SQL(off).format(sql.Identifier(table)))
    _settle(admin, bare)


def _copy(admin: str, source: str, name: str) -> None:
    drop(admin, name)
    with psycopg.connect(admin, autocommit=True) as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER tijdig_owner").format(
                sql.Identifier(name), sql.Identifier(source)
            )
        )


def _settle(admin: str, name: str) -> None:
    with past_the_walls(admin, name) as server:
        server.autocommit = True
        server.execute("VACUUM ANALYZE")


def _columns(server: psycopg.Connection[Any], table: str) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(row[0]) for row in server.execute(_COLUMNS, [table]))


def _keep(server: psycopg.Connection[Any], table: str, seen: Sequence[Sight]) -> None:
    """What of a table these see, put aside; each row once."""
    here, columns = sql.Identifier(table), _columns(server, table)
    server.execute(sql.SQL("CREATE TABLE seen.{} (LIKE public.{} INCLUDING INDEXES)").format(here, here))
    server.execute(sql.SQL("GRANT INSERT ON seen.{} TO PUBLIC").format(here))
    for one in seen:
        stand(server, one)
        may = server.execute("SELECT has_table_privilege(current_user, %s, 'SELECT')", [table]).fetchone()
        if not may or not may[0]:
            server.execute(
                "SELECT set_config('role', 'none', true), set_config('search_path', 'public', true)"
            )
            continue
        server.execute(
            sql.SQL("INSERT INTO seen.{} ({}) SELECT {} FROM {} ON CONFLICT DO NOTHING").format(
                here, columns, columns, here
            )
        )
        server.execute("SELECT set_config('role', 'none', true), set_config('search_path', 'public', true)")


def stand(server: psycopg.Connection[Any], one: Sight) -> None:
    """Behind these walls until the end of the transaction."""
    server.execute(
        """SELECT set_config('tijdig.organisation', %s, true), set_config('tijdig.partner', %s, true),
                  set_config('tijdig.user', %s, true), set_config('role', %s, true),
                  set_config('search_path', %s, true)""",
        [
            str(one.organisation or ""),
            str(one.partner or ""),
            str(one.user or ""),
            one.role,
            "tijdig_partner, public" if one.partner else "public",
        ],
    )


class Databases:
    """Several databases that the program is asked in, by turns. A line to each stays open, so that none pays for it."""

    def __init__(self) -> None:
        from django.db import connections

        self._first = connections["default"]
        self._lines: dict[str, Any] = {}

    @contextmanager
    def within(self, name: str) -> Iterator[None]:
        """Until the end the program of this thread works in this one."""
        from django.db import connections

        if name not in self._lines:
            line = self._first.copy()
            line.settings_dict["NAME"] = name
            line.settings_dict["OPTIONS"] = line.settings_dict["OPTIONS"] | {"pool": False}
            self._lines[name] = line
        before = connections["default"]
        connections["default"] = self._lines[name]
        try:
            yield
        finally:
            connections["default"] = before

    def close(self) -> None:
        for line in self._lines.values():
            line.close()
