"""Writing resolved entries: each once, with its words and its mark in the same statement."""

from __future__ import annotations

from django.db import connection

from tijdig.base.arrays import literals
from tijdig.ledger.actions_marks import marking
from tijdig.ledger.posting import Posted, Row, refused

# One statement for the entry, its words and its mark, so that rows go over once and nothing comes back but what stood.
_INSERT = f"""
WITH given AS MATERIALIZED (
    SELECT nextval('ledger_entry_id_seq'::regclass) AS id, t.*
      FROM unnest(%s::integer[], %s::smallint[], %s::smallint[], %s::bigint[], %s::date[], %s::date[], %s::date[],
                  %s::text[], %s::text[], %s::bigint[], %s::text[])
        AS t(tenancy_id, kind, role, amount_cents, effective_on, due_on, booked_on, source, reference, target_id, words)),
made AS (
    INSERT INTO ledger_entry (id, organisation_id, tenancy_id, kind, role, amount_cents, effective_on, due_on, booked_on,
                              source, reference, target_id)
    SELECT id, %s, tenancy_id, kind, role, amount_cents, effective_on, due_on, booked_on, source, reference, target_id
      FROM given
    ON CONFLICT (organisation_id, source, reference) DO NOTHING
    RETURNING id, tenancy_id, effective_on),
told AS (
    INSERT INTO ledger_entrytext (entry_id, organisation_id, text)
    SELECT id, %s, words FROM given WHERE words <> '' AND id IN (SELECT id FROM made)),
marked AS (
    {marking("SELECT tenancy_id, %s, min(effective_on), 1 FROM made GROUP BY tenancy_id")})
SELECT NULL AS source, NULL AS reference, count(*), min(id), max(id) FROM made
UNION ALL
SELECT source, reference, 0, 0, 0 FROM given WHERE id NOT IN (SELECT id FROM made)
"""

_KINDS = "integer smallint smallint bigint date date date text text bigint text"


def insert(organisation_id: int, rows: list[Row], result: Posted) -> None:
    """Write these rows; what stood already is counted, and what stood differently is a problem of the result."""
    rows = _once(rows, result)
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [*literals(_KINDS, _columns(rows)), *[organisation_id] * 3])
        (_, _, count, first, last), *stood = cursor.fetchall()
    again = {(source, reference) for source, reference, *_ in stood}
    if again:
        _check_duplicates([row for row in rows if (row.draft.source, row.draft.reference) in again], result)
    if count:
        result.count += count
        result.first_id = min(result.first_id or first, first)
        result.last_id = max(result.last_id, last)
        result.tenancies |= {
            row.tenancy_id
            for row in rows
            if not again or (row.draft.source, row.draft.reference) not in again
        }


def _once(rows: list[Row], result: Posted) -> list[Row]:
    """Within one batch a reference counts once; the same again is a duplicate, another fact under it a problem."""
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        draft = row.draft
        kept = first.setdefault((draft.source, draft.reference), row)
        if kept is row:
            continue
        result.duplicates += 1
        if (kept.tenancy_id, kept.draft.amount_cents) != (row.tenancy_id, draft.amount_cents):
            result.problems.append(refused("reference_reused", draft))
    return list(first.values())


def _columns(rows: list[Row]) -> list[list[object]]:
    return [
        [row.tenancy_id for row in rows],
        [row.draft.kind for row in rows],
        [row.role for row in rows],
        [row.draft.amount_cents for row in rows],
        [row.draft.effective_on for row in rows],
        [row.draft.due_on or row.draft.effective_on for row in rows],
        [row.draft.booked_on for row in rows],
        [row.draft.source for row in rows],
        [row.draft.reference for row in rows],
        [row.target_id for row in rows],
        [row.draft.description for row in rows],
    ]


def _check_duplicates(again: list[Row], result: Posted) -> None:
    """Count what stood already; report what stood differently."""
    result.duplicates += len(again)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT e.source, e.reference, e.tenancy_id, e.amount_cents
                 FROM unnest(%s::text[], %s::text[]) AS k(source, reference)
                 JOIN ledger_entry e ON e.source = k.source AND e.reference = k.reference
                  AND e.organisation_id = (SELECT current_setting('tijdig.organisation')::integer)""",
            [[row.draft.source for row in again], [row.draft.reference for row in again]],
        )
        stands = {(source, reference): (tenancy, cents) for source, reference, tenancy, cents in cursor}
    for row in again:
        draft = row.draft
        if stands.get((draft.source, draft.reference)) != (row.tenancy_id, draft.amount_cents):
            result.problems.append(refused("reference_reused", draft))
