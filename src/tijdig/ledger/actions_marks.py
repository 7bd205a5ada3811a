"""What must be evaluated anew: marks on tenancies, and the money that may be waiting for them."""

from __future__ import annotations

from datetime import date

from django.db import connection

from tijdig.base.arrays import literal, literals


def marking(rows: str) -> str:
    """The statement that marks tenancies dirty. `rows` selects tenancy, organisation, earliest day and 1, each tenancy once.

    They go in the order of tenancies, so that two transactions do not wait for each other. What is marked already is marked
    once more, from the earlier of the two days.
    """
    return f"""INSERT INTO ledger_dirty (tenancy_id, organisation_id, earliest_on, marks) {rows} ORDER BY tenancy_id
        ON CONFLICT (tenancy_id) DO UPDATE SET marks = ledger_dirty.marks + 1,
            earliest_on = least(ledger_dirty.earliest_on, EXCLUDED.earliest_on)"""


_DIRTY = marking(
    "SELECT tenancy_id, %s, %s, 1 FROM unnest(%s::integer[]) AS t(tenancy_id) GROUP BY tenancy_id"
)


def notify(channel: str, payload: int | str) -> None:
    """Tell listeners, at commit. Payloads are ids only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [channel, str(payload)])


def mark_dirty(*, organisation_id: int, tenancy_ids: list[int], on: date) -> None:
    """Ask for a new evaluation without a new entry: a lease, a hold or a waiting payment changed."""
    if not tenancy_ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(_DIRTY, [organisation_id, on, literal("integer", tenancy_ids)])
    notify("tijdig_dirty", organisation_id)


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
