"""What tenancies were behind on days that are over: plain sums over the ledger, for figures about many days.

What is overdue is what was charged and due before that day, less what came in by it and stayed: the sum of the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from tijdig.base.arrays import literal
from tijdig.ledger.kinds import Role

_OVERDUE = """
SELECT w.tenancy_id, w.day, greatest(0, coalesce(sum(e.amount_cents)
         FILTER (WHERE e.role >= %(credit)s OR e.due_on < w.day), 0))::bigint
  FROM unnest(%(tenancies)s::integer[], %(days)s::date[]) AS w(tenancy_id, day)
  LEFT JOIN ledger_entry e ON e.tenancy_id = w.tenancy_id AND e.effective_on <= w.day
 GROUP BY w.tenancy_id, w.day
"""


def overdue_on(wanted: Sequence[tuple[int, date]]) -> dict[tuple[int, date], int]:
    """Whole cents overdue at the end of each of these days, each of one tenancy. A dispute is not left out."""
    if not wanted:
        return {}
    named: dict[str, Any] = {
        "credit": int(Role.CREDIT),
        "tenancies": literal("integer", [tenancy for tenancy, _ in wanted]),
        "days": [day for _, day in wanted],
    }
    with connection.cursor() as cursor:
        cursor.execute(_OVERDUE, named)
        return {(tenancy, day): cents for tenancy, day, cents in cursor.fetchall()}
