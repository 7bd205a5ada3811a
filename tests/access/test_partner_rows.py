"""Two tenancies with a row of each in every table, one of them handed over: a partner reads and writes of that one alone.

Which tenancy a row leads to is what the room `privacy` says of every table; it is asked past the walls. What may be seen
besides stands in `OTHERS`. The rows are made up from the kinds of the columns, so that a table of tomorrow is looked at too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from tests.access.test_walls import _COLUMNS, _OWNED, HIDDEN, THEIRS, _value

from tijdig.access.actions import create_organisation
from tijdig.access.scope import acting, organisation_scope
from tijdig.privacy.places import hops, root_of, rows_of

THEIR, USER = 1, "user:7"
OTHERS = {  # leads to no tenancy: what a partner sees of it
    "bailiff_agreement": "partner_id = 1",
    "bailiff_agreementapproval": "agreement_id = 1",
    "bailiff_filefigure": "file_id = 1",
    "cases_outbox": "subject = '1'",
    "history_event": "actor = 'user:7'",
    "history_eventtext": "event_id = 1",
    "ledger_dirty": "tenancy_id = 1",
    "objections_answer": "objection_id = 1",
    "policy_start": "true",  # the way of working names no tenant
    "policy_version": "true",
}
_AS_WHO = {"actor": USER, "made_by": USER, "side": "partner", "subject": "1", "kind": "moved"}
Ground = tuple[psycopg.Connection[Any], int]


@pytest.fixture
def ground(fresh_database: str, admin: str) -> Iterator[Ground]:
    """Tenancy 1 is with partner 1 and tenancy 2 with partner 2, both of the same corporation."""
    organisation = create_organisation(name="Een", slug="een")
    dsn = psycopg.conninfo.make_conninfo(
        admin, dbname=psycopg.conninfo.conninfo_to_dict(fresh_database)["dbname"]
    )
    with psycopg.connect(dsn, autocommit=True) as server:
        server.execute("SET session_replication_role = replica")  # no foreign keys, no triggers
        for table in _tables(server):
            for (check,) in server.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'x')",
                [table],
            ).fetchall():
                server.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{check}"')
            for number in (1, 2):
                server.execute(f"{_row(server, table, number, organisation)} ON CONFLICT DO NOTHING")
        server.execute("DELETE FROM bailiff_agreementend")
        server.execute('UPDATE bailiff_agreement SET terms = \'{"shows": ["contacts", "letters", "needs"]}\'')
        server.execute(
            """INSERT INTO bailiff_agreementapproval (side, "on", actor, name, agreement_id, organisation_id)
               SELECT 'z', "on", actor, name, agreement_id, organisation_id FROM bailiff_agreementapproval"""
        )
        server.execute(
            """INSERT INTO access_user (id, password, partner_id, email, name, role, region, language, shortcuts, is_active,
                                        failures)
               VALUES (7, 'x', 1, 'x@y.z', 'x', 'partner', '', 'nl', true, true, 0)"""
        )
        server.execute("UPDATE arrangements_arrangement SET made_by = 'user:7'")
        yield server, organisation


def _tables(server: psycopg.Connection[Any]) -> list[str]:
    return [
        row[0] for row in server.execute(_OWNED) if row[0] not in HIDDEN and not row[0].startswith("access_")
    ]


def _row(server: psycopg.Connection[Any], table: str, number: int, organisation: int, **more: str) -> str:
    """The statement that puts a row in which every number is this one, so that all of it leads to one tenancy."""
    columns = dict(server.execute(_COLUMNS, [table]).fetchall()) | {"organisation_id": "integer"}
    if table in hops():  # what may be left out and says whose it is
        columns |= dict(
            server.execute(
                """SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
                    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attname LIKE '%%\\_id'""",
                [table],
            ).fetchall()
        )
    values = {
        name: str(organisation) if name == "organisation_id" else _of(kind, number)
        for name, kind in columns.items()
    }
    values |= {name: f"'{text}'" for name, text in more.items() if name in values}
    if table == "cases_outbox":
        values |= {"kind": "'moved'", "subject": f"'{number}'"}
    names = ", ".join(f'"{name}"' for name in values)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(values.values())})"


def _of(kind: str, number: int) -> str:
    value = _value(kind)
    if value == "1":
        return str(number)
    return f"'{chr(ord('w') + number)}'" if value == "'x'" and kind != "bytea" else value


def _asked(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _key(server: psycopg.Connection[Any], table: str) -> str:
    (name,) = server.execute(
        """SELECT a.attname FROM pg_constraint p JOIN pg_attribute a ON a.attrelid = p.conrelid AND a.attnum = p.conkey[1]
            WHERE p.conrelid = %s::regclass AND p.contype = 'p'""",
        [table],
    ).fetchone() or ("",)
    return str(name)


def _may(server: psycopg.Connection[Any], table: str) -> set[Any]:
    """The keys of the rows that lead to tenancy 1, past the walls."""
    if table in OTHERS:
        clause = OTHERS[table]
    elif table in hops():
        clause = rows_of(table).replace("%(ids)s", "ARRAY[1]")
        if root_of(table) == "person":
            assert server.execute(
                "SELECT person_id FROM tenancies_party WHERE tenancy_id = 1"
            ).fetchall() == [(1,)]
    else:
        return set()
    return {row[0] for row in server.execute(f"SELECT {_key(server, table)} FROM {table} WHERE {clause}")}


def leaks(ground: Ground) -> tuple[set[str], set[str]]:
    """Tables of which the partner sees a row of another, and those of which it sees its own."""
    server, organisation = ground
    strange, own = set(), set()
    for table in _tables(server):
        with acting(THEIR, 7), organisation_scope(organisation):
            seen = {row[0] for row in _asked(f"SELECT {_key(server, table)} FROM {table}")}
        may = _may(server, table)
        strange |= {table} if seen - may else set()
        own |= {table} if seen else set()
    return strange, own


def test_of_every_table_a_partner_sees_the_rows_of_its_own_tenancy_alone(ground: Ground) -> None:
    ground[0].execute("UPDATE steps_step SET kind = 'handed_over'")
    strange, own = leaks(ground)
    assert strange == set()
    assert own >= THEIRS  # where nothing is seen nothing could leak


def test_a_wall_that_shows_a_whole_corporation_is_found(ground: Ground) -> None:
    """With a tenancy of its own or by way of another table, and in a view."""
    server, _ = ground
    loose = {
        "tenancies_party",
        "ledger_entry",
        "contacts_withdrawal",
        "arrangements_instalment",
        "bailiff_cost",
    }
    for table in loose:
        server.execute(f"DROP POLICY {table}_partner ON {table}")
    server.execute("SET role tijdig_owner")
    server.execute(
        """CREATE OR REPLACE VIEW tijdig_partner.tenancies_person WITH (security_barrier) AS
           SELECT organisation_id, id, source_key, kind, language, letter_language, large_print, channel, died_on, erased_on
             FROM public.tenancies_person"""
    )
    server.execute("RESET role")
    strange, _ = leaks(ground)
    assert loose | {"tenancies_person"} <= strange


def _said(organisation: int, statement: str) -> str:
    """With which code the database refuses it to the partner; empty where it did not. Nothing stays."""
    with acting(THEIR, 7), organisation_scope(organisation):
        try:
            with transaction.atomic():
                _asked(statement)
                transaction.set_rollback(True)
        except DatabaseError as error:
            return str(getattr(error.__cause__, "sqlstate", "") or "?")
    return ""


def test_no_table_takes_a_row_of_another_tenancy_from_a_partner(ground: Ground) -> None:
    server, organisation = ground
    refused, taken = {}, set()
    with acting(THEIR, 7), organisation_scope(organisation):
        # By the name as the partner's own path finds it: a view stands before its table.
        writes = [
            table for table in _tables(server)
            if _asked(f"SELECT has_table_privilege('{table}', 'INSERT')") == [(True,)]
        ]  # fmt: skip
    for table in writes:
        if table.startswith(("entrance_", "hooks_", "vera_", "history_reading")) or table in (
            "history_eventtext",
        ):
            continue  # of their own house, or of an own act
        more = _AS_WHO | ({"subject": "tenancy:2"} if table == "history_event" else {})
        refused[table] = _said(organisation, _row(server, table, 2, organisation, **more))
        more = _AS_WHO | ({"subject": "tenancy:1"} if table == "history_event" else {})
        if _said(organisation, _row(server, table, 1, organisation, **more)) != "42501":
            taken.add(table)
    closed = {
        table
        for (table,) in server.execute(
            "SELECT tablename FROM pg_policies WHERE qual = 'false' AND tablename ~ '_'"
        )
    }
    assert {table: code for table, code in refused.items() if code != "42501" and table not in closed} == {}
    assert [table for table in closed if refused.get(table) == ""] == []
    # Of their own tenancy it is let through, as far as walls go.
    assert taken - closed >= {
        "arrangements_arrangement", "arrangements_change", "arrangements_instalment", "bailiff_cost", "bailiff_legaldeed",
        "bailiff_question", "contacts_contact", "contacts_promise", "help_rootcause", "history_event", "ledger_dirty",
    }  # fmt: skip


def test_no_update_of_a_partner_reaches_another_tenancy(ground: Ground) -> None:
    server, organisation = ground
    reached, tried = set(), set()
    with acting(THEIR, 7), organisation_scope(organisation):
        columns = _asked(
            """SELECT c.oid::regclass::text, min(a.attname) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                WHERE c.relname = ANY(%s) AND a.attnum > 0 AND NOT a.attisdropped
                  AND a.attgenerated = '' AND a.attidentity = ''
                  AND has_column_privilege(c.oid, a.attnum, 'UPDATE') AND c.relkind IN ('r', 'v') GROUP BY 1 ORDER BY 1"""
            .replace("%s", f"ARRAY[{', '.join(repr(one) for one in _tables(server))}]")
        )  # fmt: skip
        for table, column in columns:
            tried.add(table)
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(f'UPDATE {table} SET "{column}" = "{column}"')
                    name = table.rpartition(".")[2]
                    if name in hops() and cursor.rowcount > 1:
                        reached.add(table)
            except DatabaseError as error:  # a rule of the table; no row of another was told by it
                assert "second" not in str(error)
    assert "bailiff_file" in {one.rpartition(".")[2] for one in tried}
    assert reached == set()
    assert _said(organisation, "UPDATE arrangements_arrangement SET tenancy_id = 2") == "42501"
    assert _said(organisation, "UPDATE tenancies_tenancy SET id = id") == "42501"  # held, and never changed
    assert _said(organisation, "SELECT 1 FROM tenancies_tenancy FOR NO KEY UPDATE") == ""
