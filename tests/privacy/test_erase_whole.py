"""One row in every table there is: what is of a kind goes, and nothing else is touched."""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg
from django.db import connection
from tests.access.test_walls import _put_row

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.privacy.actions_erase import run_retention
from tijdig.privacy.actions_rules import approve
from tijdig.privacy.kinds import SPOTS, Kind
from tijdig.privacy.queries_due import due_on
from tijdig.privacy.rules import shipped

_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation_id'
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT a.attisdropped ORDER BY 1
"""
HIDDEN = ("tenancies_search", "bailiff_figure_list")
LONG_AGO = (  # so that it is over, and belongs together
    "UPDATE tenancies_tenancy SET end_on = '2026-01-01'",
    "UPDATE ledger_entry SET role = 3",
    """INSERT INTO ledger_entry SELECT 2, kind, role, -amount_cents, effective_on, due_on, booked_on, recorded_at, source,
              'two', organisation_id, target_id, tenancy_id FROM ledger_entry""",
    "DELETE FROM ledger_waiting",
    "UPDATE arrangements_arrangement SET state = 'ended'",
    "UPDATE bailiff_file SET ended_on = '2026-01-01'",
    "UPDATE imports_line SET tenancy_id = 1",
    "UPDATE letters_mail SET key = (SELECT key FROM letters_sending)",
    "UPDATE letters_batch SET handed_on = '2026-01-01'",
    "UPDATE history_event SET subject = 'tenancy:1'",
    "UPDATE contacts_reply SET tenancy_id = 1",
    """UPDATE help_message SET facts = '{"settlement": "1"}'""",
)
MARKED = {"tenancies_person": "erased_on", "tenancies_tenancy": "accounts_erased_on"}
WRITTEN = {"history_event", "privacy_erasure", "privacy_run", "privacy_retentionversion", "history_eventtext"}


def _all(names: list[str]) -> dict[str, list[Any]]:
    found = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {name} t ORDER BY 1")
            found[name] = cursor.fetchall()
    return found


def test_what_is_of_a_kind_goes_and_nothing_else_is_touched(fresh_database: str, admin: str) -> None:
    mine = create_organisation(name="Een", slug="een")
    dsn = psycopg.conninfo.make_conninfo(
        admin, dbname=psycopg.conninfo.conninfo_to_dict(fresh_database)["dbname"]
    )
    with psycopg.connect(dsn) as superuser:
        names = [row[0] for row in superuser.execute(_TABLES) if row[0] not in HIDDEN]
        for name in names:
            _put_row(superuser, name, mine)
        for statement in LONG_AGO:
            superuser.execute(statement)
    approve(
        organisation_id=mine,
        actor="user:1",
        name="An",
        years={},
        from_on=date(2026, 2, 1),
        reason="Proef.",
        on=date(2026, 1, 2),
    )
    on = date(2060, 1, 1)
    with organisation_scope(mine):
        before = _all(names)
        told = {one.rule.kind: one for one in due_on(on, shipped())}
    assert [kind for kind in Kind if not told[kind].total] == [], "a kind of which no row was found"
    assert [one.held for one in told.values() if one.held] == []
    done = run_retention(organisation_id=mine, actor="system:night", on=on)
    assert done is not None and done.whole
    with organisation_scope(mine):
        after = _all(names)
        assert not any(one.total for one in due_on(on, shipped()))
    gone = {spot.table for kind in Kind for spot in SPOTS[kind] if not spot.emptied}
    emptied = {spot.table for kind in Kind for spot in SPOTS[kind] if spot.emptied}
    assert {name for name in gone if after[name]} <= {
        "history_eventtext"
    }  # why the rules were approved stays
    changed = {name for name in names if before[name] != after[name]}
    assert changed == gone | emptied | set(MARKED) | WRITTEN - {"privacy_retentionversion"}
    for name in emptied:
        assert len(before[name]) == len(after[name]), name
