"""What stands now, as columns in the order of the engine, so that only what differs is written."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tijdig.cases.queries_columns import Whole, copied
from tijdig.cases.queries_engine import NO_DAY
from tijdig.cases.standing import COLUMNS, Before

_QUERY = """
SELECT s.tenancy_id, s.balance_cents, s.overdue_cents, s.not_due_cents, s.credit_cents,
       coalesce(s.oldest_due_on - date '1970-01-01', %(none)s), s.due_months::integer, s.open_items,
       coalesce(s.rent_cents, -1), s.departed::integer, s.phase::integer,
       coalesce(s.arrears_since_on - date '1970-01-01', %(none)s), coalesce(s.talked_on - date '1970-01-01', %(none)s),
       coalesce(s.ruling_id, 0), s.worth::integer, coalesce(s.new_overdue_cents, %(none)s),
       coalesce(s.new_since_on - date '1970-01-01', %(none)s), s.alert::integer,
       CASE WHEN s.policy_version = %(version)s THEN coalesce(array_position(%(codes)s::text[], s.rule::text), 0) - 1
            ELSE -1 END,
       s.step_due_on - date '1970-01-01'
  FROM cases_standing s
 WHERE (%(ids)s::integer[] IS NULL OR s.tenancy_id = ANY(%(ids)s))
"""
# Read apart and laid beside it here: joined in SQL, a table that was filled a moment ago misleads the planner.
_ALERTS = """
SELECT a.tenancy_id, a.due_months::integer FROM cases_alert a
 WHERE a.cured_at IS NULL AND (%(ids)s::integer[] IS NULL OR a.tenancy_id = ANY(%(ids)s))
"""
_KINDS = (
    "int4",
    "int8",
    "int8",
    "int8",
    "int8",
    "int4",
    "int4",
    "int4",
    "int8",
    *["int4"] * 4,
    "int8",
    "int4",
    "int8",
    *["int4"] * 4,
)


def standing_before(tenancies: Whole, codes: Sequence[str], version: str, *, narrow: bool = True) -> Before:
    """What stands of these tenancies; rule -1 (so: everything differs) where nothing does."""
    ids = tenancies.tolist() if narrow else None
    named = {"ids": ids, "none": NO_DAY, "version": version, "codes": list(codes)}
    found = copied(_QUERY, named, _KINDS)
    names = (*[name for name in COLUMNS if name not in ("alert", "rule")], "alert", "rule")
    values = {name: _spread(tenancies, found[0], found[index + 1], -1) for index, name in enumerate(names)}
    alerts = copied(_ALERTS, {"ids": ids}, ("int4", "int4"))
    return Before(
        values=values,
        step_due=_spread(tenancies, found[0], found[-1], 0),
        open_alert=_spread(tenancies, alerts[0], np.ones(len(alerts[0]), np.int64), 0).astype(np.bool_),
        alert_months=_spread(tenancies, alerts[0], alerts[1], 0),
    )


def _spread(tenancies: Whole, ids: Whole, column: Whole, empty: int) -> Whole:
    """A column by tenancy id, in the order of the engine."""
    whole = np.full(len(tenancies), empty, np.int64)
    if len(tenancies):
        place = np.minimum(np.searchsorted(tenancies, ids), len(tenancies) - 1)
        good = tenancies[place] == ids
        whole[place[good]] = column[good]
    return whole
