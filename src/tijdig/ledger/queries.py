"""Reads of the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection


def balances(tenancy_ids: Sequence[int]) -> dict[int, int]:
    """The balance of each tenancy in cents, over all its entries; tenancies without entries are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tenancy_id, sum(amount_cents)::bigint FROM ledger_entry WHERE tenancy_id = ANY(%s)
                GROUP BY tenancy_id""",
            [list(tenancy_ids)],
        )
        return dict(cursor.fetchall())
