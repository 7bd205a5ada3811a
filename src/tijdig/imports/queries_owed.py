"""What tenancies owe on a day: read for those that a payment names, not for all."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from django.db import connection

HORIZON_DAYS = 14  # a charge already booked that becomes due within two weeks may be paid ahead
_AHEAD = timedelta(days=40)

# A charge counts from two weeks before it comes into being: it may be paid ahead. Money counts from its own day.
_QUERY = f"""
SELECT tenancy_id, coalesce(sum(cents) FILTER (WHERE day <= %(first)s), 0)::bigint, sum(cents)::bigint,
       array_agg(day) FILTER (WHERE day > %(first)s AND day <= %(last)s),
       array_agg(cents) FILTER (WHERE day > %(first)s AND day <= %(last)s)
  FROM (SELECT tenancy_id, amount_cents AS cents,
               effective_on - CASE WHEN role < 3 THEN {HORIZON_DAYS} ELSE 0 END AS day
          FROM ledger_entry WHERE tenancy_id = ANY(%(tenancies)s) AND id <= %(until)s) AS entries
 GROUP BY tenancy_id
"""

_Days = tuple[list[date], list[int]]  # days in order, and the sum up to and with each


class Owed:
    """What each tenancy owes on a day, less what this import has given it so far.

    That is its balance on the day (with what becomes due within two weeks), but never more than the balance of all that is
    known: money that came in later, and was read earlier, has been given already. The ledger counts as it stood when the
    import began: what the import itself posts is in `give`.
    """

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(pg_sequence_last_value('ledger_entry_id_seq'::regclass), 0)")
            self._until = int(cursor.fetchone()[0])
        self._first, self._last = date.max, date.min
        self._known: dict[int, tuple[int, int, _Days | None]] = {}
        self._given: Counter[int] = Counter()

    def learn(self, tenancies: Iterable[int], first: date, last: date) -> None:
        """Read what these owe between two days, where that is not known yet."""
        if first < self._first or last > self._last:
            self._first, self._last = min(first, self._first), max(last + _AHEAD, self._last)
            self._known = {}
        asked = sorted(set(tenancies) - self._known.keys())
        if not asked:
            return
        with connection.cursor() as cursor:
            asking: dict[str, Any] = {
                "tenancies": asked,
                "until": self._until,
                "first": self._first,
                "last": self._last,
            }
            cursor.execute(_QUERY, asking)
            for tenancy, base, of_all, days, cents in cursor:
                self._known[tenancy] = (base, of_all, _in_order(days, cents) if days else None)

    def on(self, tenancy: int, day: date) -> int:
        """What a tenancy owes on this day, in cents; one without entries owes nothing. Of a tenancy that was learned."""
        balance, of_all, later = self._known.get(tenancy, (0, 0, None))
        if later:
            place = bisect_right(later[0], day)
            balance += later[1][place - 1] if place else 0
        return min(balance, of_all) - self._given[tenancy]

    def give(self, tenancy: int, cents: int) -> None:
        self._given[tenancy] += cents


def _in_order(days: list[date], cents: list[int]) -> _Days:
    pairs = sorted(zip(days, cents, strict=True))
    return [day for day, _ in pairs], list(accumulate(amount for _, amount in pairs))
