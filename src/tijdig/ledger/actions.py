"""The only writers of the ledger. Everything posted makes its tenancy dirty in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction

from tijdig.base.arrays import literal, literals
from tijdig.base.problems import Problem
from tijdig.history.actions import record
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.posting import Key, Known, Row, refused, resolve, target_keys
from tijdig.tenancies.queries import tenancy_ids_by_contract

_CHUNK = 20_000


@dataclass(slots=True)
class Posted:
    """What came of a batch: what was posted, what was there already, and what was refused."""

    count: int = 0
    first_id: int = 0
    last_id: int = 0
    duplicates: int = 0
    problems: list[Problem] = field(default_factory=list)
    tenancies: set[int] = field(default_factory=set)


def post(
    *,
    organisation_id: int,
    drafts: Iterable[EntryDraft],
    actor: str,
    on: date,
    subject: str = "ledger",
    tenancies: dict[str, int] | None = None,
) -> Posted:
    """Post drafts inside the caller's transaction. The same (source, reference) posts once.

    A draft may point to an entry of the same batch that stands before it. A duplicate whose amount or tenancy
    differs from what stands is a problem, not a correction: post a correction that points back.
    `tenancies` maps contract numbers to ids where the caller has them at hand.
    """
    result = Posted()
    with transaction.atomic():
        pending = list(drafts)
        for start in range(0, len(pending), _CHUNK):
            _post_chunk(organisation_id, pending[start : start + _CHUNK], tenancies, result)
        if result.count:
            record(
                organisation_id=organisation_id,
                actor=actor,
                verb="entries_posted",
                subject=subject,
                effective_on=on,
                facts=_facts(result),
            )
            notify("tijdig_dirty", organisation_id)
    return result


def _facts(result: Posted) -> dict[str, int]:
    return {
        "entries": result.count,
        "first_id": result.first_id,
        "last_id": result.last_id,
        "duplicates": result.duplicates,
        "refused": len(result.problems),
    }


def _post_chunk(
    organisation_id: int, drafts: Sequence[EntryDraft], tenancies: dict[str, int] | None, result: Posted
) -> None:
    """Post in rounds: a draft that points into its own batch waits until what it points to has an id."""
    by_contract = tenancies
    if by_contract is None:
        by_contract = tenancy_ids_by_contract({draft.contract_number for draft in drafts})
    keys = {key for draft in drafts for key in target_keys(draft)}
    inside = keys & {(draft.source, draft.reference) for draft in drafts} if keys else set()
    known = _known(keys)
    waiting = list(drafts)
    while waiting:
        ready = [draft for draft in waiting if not inside or _ready(draft, known, inside)]
        if not ready:
            ready = waiting
        rows: list[Row] = []
        for draft in ready:
            outcome = resolve(draft, by_contract, known)
            if isinstance(outcome, Problem):
                result.problems.append(outcome)
            else:
                rows.append(outcome)
        _insert(organisation_id, rows, result)
        if len(ready) == len(waiting):
            return
        known |= _known(inside)
        left = {id(draft) for draft in ready}
        waiting = [draft for draft in waiting if id(draft) not in left]


def _ready(draft: EntryDraft, known: Mapping[Key, Known], inside: Set[Key]) -> bool:
    """Does it point to nothing that still waits for its own id?"""
    keys = target_keys(draft)
    return any(key in known for key in keys) or not any(key in inside for key in keys)


def _known(keys: Set[Key]) -> dict[Key, Known]:
    if not keys:
        return {}
    sources, references = zip(*sorted(keys), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT e.source, e.reference, e.id, e.tenancy_id, e.role
                 FROM unnest(%s::text[], %s::text[]) AS k(source, reference)
                 JOIN ledger_entry e ON e.source = k.source AND e.reference = k.reference
                  AND e.organisation_id = (SELECT current_setting('tijdig.organisation')::integer)""",
            [list(sources), list(references)],
        )
        return {(row[0], row[1]): Known(*row[2:]) for row in cursor.fetchall()}


def _marking(rows: str) -> str:
    """The statement that marks tenancies dirty. `rows` selects tenancy, organisation, earliest day and 1, each tenancy once.

    They go in the order of tenancies, so that two transactions do not wait for each other. What is marked already is marked
    once more, from the earlier of the two days.
    """
    return f"""INSERT INTO ledger_dirty (tenancy_id, organisation_id, earliest_on, marks) {rows} ORDER BY tenancy_id
        ON CONFLICT (tenancy_id) DO UPDATE SET marks = ledger_dirty.marks + 1,
            earliest_on = least(ledger_dirty.earliest_on, EXCLUDED.earliest_on)"""


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
    {_marking("SELECT tenancy_id, %s, min(effective_on), 1 FROM made GROUP BY tenancy_id")})
SELECT NULL AS source, NULL AS reference, count(*), min(id), max(id) FROM made
UNION ALL
SELECT source, reference, 0, 0, 0 FROM given WHERE id NOT IN (SELECT id FROM made)
"""

_KINDS = "integer smallint smallint bigint date date date text text bigint text"

_DIRTY = _marking(
    "SELECT tenancy_id, %s, %s, 1 FROM unnest(%s::integer[]) AS t(tenancy_id) GROUP BY tenancy_id"
)
_INCOMPLETE = _marking(
    "SELECT tenancy_id, organisation_id, %s, 1 FROM ledger_route WHERE bank_account_id = %s"
)


def _insert(organisation_id: int, rows: list[Row], result: Posted) -> None:
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


def notify(channel: str, payload: int | str) -> None:
    """Tell listeners, at commit. Payloads are ids only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [channel, str(payload)])


def kept_answer(*, organisation_id: int, key: str) -> tuple[str, dict[str, Any]] | None:
    """Digest and answer of an earlier call with this key. Calls with one key wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [organisation_id, key])
        cursor.execute("SELECT digest, answer::text FROM ledger_answer WHERE key = %s", [key])
        row = cursor.fetchone()
    return (row[0], json.loads(row[1])) if row else None


def keep_answer(*, organisation_id: int, key: str, digest: str, answer: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_answer (organisation_id, key, digest, answer) VALUES (%s, %s, %s, %s::jsonb)",
            [organisation_id, key, digest, json.dumps(answer)],
        )


def mark_dirty(*, organisation_id: int, tenancy_ids: list[int], on: date) -> None:
    """Ask for a new evaluation without a new entry: a lease, a hold or a waiting payment changed."""
    if not tenancy_ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(_DIRTY, [organisation_id, on, literal("integer", tenancy_ids)])
    notify("tijdig_dirty", organisation_id)


def set_bank_incomplete(*, bank_account_id: int, since: date | None, on: date) -> None:
    """While `since` is set, the tenancies that pay into this account get no automatic step."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE ledger_bankaccount SET incomplete_since = %s
                WHERE id = %s AND incomplete_since IS DISTINCT FROM %s""",
            [since, bank_account_id, since],
        )
        if cursor.rowcount == 0:
            return
        cursor.execute(_INCOMPLETE, [on, bank_account_id])


def bank_account(*, organisation_id: int, iban: str, name: str = "") -> int:
    """One of our own accounts, by its number; made when it is new."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO ledger_bankaccount (organisation_id, iban, name) VALUES (%s, %s, %s)
               ON CONFLICT (organisation_id, iban) DO UPDATE SET iban = EXCLUDED.iban RETURNING id""",
            [organisation_id, iban, name],
        )
        return int(cursor.fetchone()[0])


def set_routes(*, organisation_id: int, bank_account_id: int, tenancy_ids: list[int]) -> None:
    """These tenancies last paid into this account of ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO ledger_route (tenancy_id, organisation_id, bank_account_id)
               SELECT DISTINCT t, %s, %s FROM unnest(%s::integer[]) AS t
               ON CONFLICT (tenancy_id) DO UPDATE SET bank_account_id = EXCLUDED.bank_account_id
               WHERE ledger_route.bank_account_id <> EXCLUDED.bank_account_id""",
            [organisation_id, bank_account_id, literal("integer", tenancy_ids)],
        )


def add_waiting(*, organisation_id: int, source: str, rows: list[tuple[str, int, int]], on: date) -> None:
    """Money that is probably these tenancies': (reference, tenancy id, cents). Their steps wait for it."""
    if not rows:
        return
    references, tenancies, cents = (list(column) for column in zip(*rows, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO ledger_waiting (organisation_id, source, reference, tenancy_id, amount_cents)
               SELECT %s, %s, * FROM unnest(%s::text[], %s::integer[], %s::bigint[])
               ON CONFLICT (organisation_id, source, reference, tenancy_id) DO NOTHING RETURNING tenancy_id""",
            [organisation_id, source, *literals("text integer bigint", [references, tenancies, cents])],
        )
        new = {row[0] for row in cursor.fetchall()}
    mark_dirty(organisation_id=organisation_id, tenancy_ids=sorted(new), on=on)


def clear_waiting(*, organisation_id: int, source: str, references: list[str], on: date) -> None:
    """It is known by now whose money this is: nobody waits for it any more."""
    if not references:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM ledger_waiting WHERE source = %s AND reference = ANY(%s) RETURNING tenancy_id",
            [source, references],
        )
        freed = sorted({row[0] for row in cursor.fetchall()})
    mark_dirty(organisation_id=organisation_id, tenancy_ids=freed, on=on)
