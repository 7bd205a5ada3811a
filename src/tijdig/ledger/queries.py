"""Reads of the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db import connection

from tijdig.ledger.kinds import PAID_IN, Kind, Role


def balances(tenancy_ids: Sequence[int]) -> dict[int, int]:
    """The balance of each tenancy in cents, over all its entries; tenancies without entries are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tenancy_id, sum(amount_cents)::bigint FROM ledger_entry WHERE tenancy_id = ANY(%s)
                GROUP BY tenancy_id""",
            [list(tenancy_ids)],
        )
        return dict(cursor.fetchall())


def references_of(entry_ids: Iterable[int]) -> dict[int, str]:
    """By entry, what the system that it came from calls it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, reference FROM ledger_entry WHERE id = ANY(%s)", [sorted(set(entry_ids))])
        return dict(cursor.fetchall())


def charged(
    tenancy_ids: Iterable[int], kinds: Collection[Kind], on: date
) -> list[tuple[int, Kind, date, int]]:
    """What was charged up to a day of these kinds: tenancy, kind, day, and cents less what a correction took off again."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT e.tenancy_id, e.kind, e.effective_on,
                      (e.amount_cents + coalesce((SELECT sum(x.amount_cents) FROM ledger_entry x
                        WHERE x.tenancy_id = e.tenancy_id AND x.target_id = e.id AND x.kind = %(correction)s
                          AND x.effective_on <= %(on)s), 0))::bigint
                 FROM ledger_entry e
                WHERE e.tenancy_id = ANY(%(ids)s) AND e.kind = ANY(%(kinds)s) AND e.effective_on <= %(on)s""",
            {
                "ids": sorted(set(tenancy_ids)),
                "kinds": sorted(kinds),
                "on": on,
                "correction": Kind.CORRECTION.value,
            },
        )
        return [(tenancy, Kind(kind), day, cents) for tenancy, kind, day, cents in cursor.fetchall()]


def waiting_cents(tenancy_id: int) -> int:
    """Money in the queue that is probably this tenancy's, but nobody has said so yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(amount_cents), 0)::bigint FROM ledger_waiting WHERE tenancy_id = %s",
            [tenancy_id],
        )
        return int(cursor.fetchone()[0])


def was_paid(tenancy_id: int, cents: int, on: date) -> bool:
    """Did exactly this amount come in for this tenancy on that day?"""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT EXISTS (SELECT 1 FROM ledger_entry
                               WHERE tenancy_id = %s AND amount_cents = %s AND effective_on = %s AND role = %s)""",
            [tenancy_id, -cents, on, int(Role.CREDIT)],
        )
        return bool(cursor.fetchone()[0])


_MONEY = sorted(int(one) for one in PAID_IN | {Kind.REVERSAL})


def due_before(on: date, entries: Sequence[int]) -> list[int]:
    """Which of these entries were due before a day, by the ledger itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_entry WHERE id = ANY(%s) AND due_on < %s", [list(entries), on])
        return [row[0] for row in cursor.fetchall()]


def newest_entry(tenancy_id: int) -> int:
    """The entry that was written down last; 0 where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM ledger_entry WHERE tenancy_id = %s", [tenancy_id])
        return int(cursor.fetchone()[0])


def came_after(tenancy_id: int, entry_id: int) -> int:
    """What came in by what was written down after that entry; less than zero where more went back."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT coalesce(-sum(amount_cents), 0)::bigint FROM ledger_entry
                WHERE tenancy_id = %s AND id > %s AND kind = ANY(%s)""",
            [tenancy_id, entry_id, _MONEY],
        )
        return int(cursor.fetchone()[0])
