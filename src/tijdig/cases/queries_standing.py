"""What stands now, as columns in the order of the engine, so that only what differs is written."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tijdig.cases.queries_engine import NO_DAY, Whole, _copy
from tijdig.cases.standing import COLUMNS, Before

_QUERY = """
SELECT s.tenancy_id, s.balance_cents, s.overdue_cents, s.not_due_cents, s.credit_cents,
       coalesce(s.oldest_due_on - date '1970-01-01', %(none)s), s.due_months::integer, s.open_items,
       coalesce(s.rent_cents, -1), s.departed::integer, s.phase::integer, s.alert::integer,
       CASE WHEN s.policy_version = %(version)s THEN coalesce(array_position(%(codes)s::text[], s.rule::text), 0) - 1
            ELSE -1 END,
       s.step_due_on - date '1970-01-01', (a.tenancy_id IS NOT NULL)::integer, coalesce(a.due_months, 0)::integer
  FROM cases_standing s LEFT JOIN cases_alert a ON a.tenancy_id = s.tenancy_id AND a.cured_at IS NULL
 WHERE (%(ids)s::integer[] IS NULL OR s.tenancy_id = ANY(%(ids)s))
"""
_KINDS = ("int4", "int8", "int8", "int8", "int8", "int4", "int4", "int4", "int8", *["int4"] * 7)


def standing_before(tenancies: Whole, codes: Sequence[str], version: str, *, narrow: bool = True) -> Before:
    """What stands of these tenancies; rule -1 (so: everything differs) where nothing does."""
    ids = tenancies.tolist() if narrow else None
    named = {"ids": ids, "none": NO_DAY, "version": version, "codes": list(codes)}
    found = _copy(_QUERY, named, _KINDS)
    place = np.searchsorted(tenancies, found[0])
    good = (place < len(tenancies)) & (tenancies[np.minimum(place, len(tenancies) - 1)] == found[0])
    place = place[good]

    def spread(column: Whole, empty: int) -> Whole:
        whole = np.full(len(tenancies), empty, np.int64)
        whole[place] = column[good]
        return whole

    names = (*[name for name in COLUMNS if name not in ("alert", "rule")], "alert", "rule")
    values = {name: spread(found[index + 1], -1) for index, name in enumerate(names)}
    return Before(
        values=values,
        step_due=spread(found[13], 0),
        open_alert=spread(found[14], 0).astype(np.bool_),
        alert_months=spread(found[15], 0),
    )
