"""The columns of the engine, read from PostgreSQL: ledger rows as of a day and as known at a moment, traits, checkpoints.

Rows come as a binary COPY inside the caller's transaction, so that the wall of the organisation holds and no value
becomes a Python object. The rows of a checkpointed tenancy are what was open at its checkpoint and what came after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from tijdig.access.models import Organisation
from tijdig.access.reading import read_once
from tijdig.arrears.features import Traits
from tijdig.arrears.portfolio import DISPUTED_DAY, Portfolio, ambiguous, build
from tijdig.arrears.trajectory import Trajectory, no_trajectory, spread
from tijdig.arrears.trajectory import trajectory as trajectory_of
from tijdig.base.days import amsterdam_day, day_number
from tijdig.cases.queries_columns import copied
from tijdig.cases.queries_dealings import dealings
from tijdig.cases.queries_done import done
from tijdig.cases.queries_single_case import case_and_begun
from tijdig.contacts.queries import contact_columns
from tijdig.ledger.kinds import Role
from tijdig.objections.queries import disputed_entries
from tijdig.policy.table import Table

Whole = npt.NDArray[np.int64]
NO_DAY = int(np.iinfo(np.int32).min)
_ROW = ("int4", "int4", "int4", "int8", "int2", "int8", "int8")
_FIELDS = """{e}.tenancy_id, {e}.effective_on - date '1970-01-01', {e}.due_on - date '1970-01-01', {cents}, {e}.role,
             coalesce({e}.target_id, 0), {e}.id"""


@dataclass(frozen=True, slots=True)
class Known:
    """What was known at a moment. `reconstructed`: before the organisation went live, the source's own booking
    dates stand in for what nobody recorded yet."""

    at: datetime
    reconstructed: bool

    def condition(self, entry: str) -> tuple[str, list[Any]]:
        if self.reconstructed:
            return f" AND {entry}.booked_on <= %s", [amsterdam_day(self.at)]
        return f" AND {entry}.recorded_at <= %s", [self.at]


def known_at(moment: datetime | None) -> Known | None:
    """How to read "as known at"; None means everything we know now."""
    if moment is None:
        return None
    live_since = Organisation.objects.values_list("live_since", flat=True).get()
    return Known(moment, live_since is None or moment < live_since)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A portfolio, with what it takes to read it: days carried from checkpoints, how many lines were read."""

    portfolio: Portfolio
    carried_payment: npt.NDArray[np.int32]
    carried_reversal: npt.NDArray[np.int32]
    carried_since: npt.NDArray[np.int32]  # first day of the arrears with which the rows begin
    lines_read: int
    full: int  # tenancies walked from their first entry


def full_rows(as_of: date, ids: Sequence[int] | None, known: Known | None) -> list[Whole]:
    """Every row up to a day."""
    query = f"SELECT {_FIELDS.format(e='e', cents='e.amount_cents')} FROM ledger_entry e WHERE e.effective_on <= %s"
    params: list[Any] = [as_of]
    if ids is not None:
        query, params = query + " AND e.tenancy_id = ANY(%s)", [*params, list(ids)]
    if known is not None:
        condition, values = known.condition("e")
        query, params = query + condition, params + values
    return copied(query, params, _ROW)


def portfolio_of(
    rows: list[Whole], tenancies: Sequence[int] | Whole, disputed: Mapping[int, Sequence[int]] | None = None
) -> Portfolio:
    """Sort rows; the source references are fetched only for rows that nothing else puts in order.

    What a tenant disputes stays owed, and is due when the objection is answered: nobody is asked for it, and payments go
    to the rest first.
    """
    tenancy, day, due, amount, role, target, entry = rows
    if disputed:
        named = np.array(sorted({one for entries in disputed.values() for one in entries}), np.int64)
        due = np.where(np.isin(entry, named), DISPUTED_DAY, due)
    unclear = ambiguous(tenancy, day, role, target, entry)
    tie = None
    if len(unclear):
        tie = np.zeros(len(tenancy), np.int64)
        tie[unclear] = _reference_order(entry[unclear])
    return build(tenancy, day, due, amount, role, target, entry, tie, tenancies=tenancies)


def _reference_order(entries: Whole) -> Whole:
    """The place of each entry's source reference in text order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, reference, source FROM ledger_entry WHERE id = ANY(%s)", [entries.tolist()]
        )
        found = sorted(cursor.fetchall(), key=lambda row: (row[1], row[2]))
    place = {row[0]: number for number, row in enumerate(found)}
    return np.array([place[int(entry)] for entry in entries], np.int64)


@read_once
def load_full(
    as_of: date, ids: Sequence[int] | Whole, known: Known | None = None, *, narrow: bool = True
) -> Loaded:
    """The portfolio of these tenancies from their first entry. `narrow=False` when they are all there are."""
    rows = full_rows(as_of, [int(one) for one in ids] if narrow else None, known)
    if not narrow:  # a tenancy that came in since the ids were read waits for its own evaluation
        here = np.isin(rows[0], ids)
        rows = rows if here.all() else [column[here] for column in rows]
    none = np.full(len(ids), NO_DAY, np.int32)
    disputed = disputed_entries(
        as_of, [int(one) for one in ids] if narrow else None, known.at if known else None
    )
    return Loaded(portfolio_of(rows, ids, disputed), none, none, none, len(rows[0]), len(ids))


_SHORT = f"""
SELECT {_FIELDS.format(e="e", cents="i.open_cents")}
  FROM cases_checkpointitem i JOIN ledger_entry e ON e.id = i.entry_id
 WHERE (%(ids)s::integer[] IS NULL OR i.tenancy_id = ANY(%(ids)s))
UNION ALL
SELECT {_FIELDS.format(e="e", cents="e.amount_cents")}
  FROM ledger_entry e JOIN cases_checkpoint c ON c.tenancy_id = e.tenancy_id
 WHERE e.effective_on > c.day AND e.effective_on > %(since)s
   AND e.effective_on <= %(as_of)s AND (%(ids)s::integer[] IS NULL OR e.tenancy_id = ANY(%(ids)s))
"""
_UNUSABLE = """
SELECT DISTINCT e.tenancy_id
  FROM ledger_entry e JOIN cases_checkpoint c ON c.tenancy_id = e.tenancy_id
  JOIN ledger_entry t ON t.id = e.target_id
 WHERE e.target_id IS NOT NULL AND e.effective_on > c.day
   AND e.effective_on > %(since)s AND e.effective_on <= %(as_of)s AND t.effective_on <= c.day AND (e.role = 4 OR t.role = 4)
   AND (%(ids)s::integer[] IS NULL OR e.tenancy_id = ANY(%(ids)s))
UNION
SELECT o.tenancy_id FROM objections_objection o
 WHERE cardinality(o.entries) > 0 AND (%(ids)s::integer[] IS NULL OR o.tenancy_id = ANY(%(ids)s))
"""


def load(as_of: date, ids: Sequence[int] | Whole, *, narrow: bool = True) -> Loaded:
    """The portfolio from checkpoints where they serve, from the first entry where they do not.

    A checkpoint does not serve a day before it, nor a tenancy in which something after it takes back what stood
    before it (a late reversal), nor one that ever disputed an entry: what is left out, and until when, decides where
    payments of long ago went. Those are walked whole.
    """
    wanted = [int(one) for one in ids] if narrow else None
    named: dict[str, Any] = {"ids": wanted, "as_of": as_of}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tenancy_id, coalesce(last_payment_on - date '1970-01-01', %(none)s),
                      coalesce(last_reversal_on - date '1970-01-01', %(none)s),
                      coalesce(arrears_since_on - date '1970-01-01', %(none)s), day
                 FROM cases_checkpoint WHERE day <= %(as_of)s
                  AND (%(ids)s::integer[] IS NULL OR tenancy_id = ANY(%(ids)s))""",
            {**named, "none": NO_DAY},
        )
        found = cursor.fetchall()
        served = {row[0]: row[1:4] for row in found}
        if served:
            # The oldest checkpoint as a plain value: with it the planner knows how few lines came after.
            named["since"] = min(row[4] for row in found)
            cursor.execute(_UNUSABLE, named)
            for (tenancy,) in cursor.fetchall():
                served.pop(tenancy, None)
    if not served:
        return load_full(as_of, ids, narrow=narrow)
    every = np.asarray(ids, np.int64)
    with_point = np.array(sorted(served), np.int64)
    whole = every[~np.isin(every, with_point)]
    short = copied(_SHORT, named, _ROW)
    keep = np.isin(short[0], with_point)
    rows = [column[keep] for column in short] if not keep.all() else short
    if len(whole):
        more = full_rows(as_of, whole.tolist(), None)
        rows = [np.concatenate([one, two]) for one, two in zip(rows, more, strict=True)]
    portfolio = portfolio_of(rows, every, disputed_entries(as_of, wanted))
    nothing = (NO_DAY, NO_DAY, NO_DAY)
    carried = np.array([served.get(one, nothing) for one in portfolio.tenancy.tolist()], np.int32)
    payment, reversal, since = (np.ascontiguousarray(carried[:, which]) for which in range(3))
    return Loaded(portfolio, payment, reversal, since, len(rows[0]), len(whole))


_TRAITS = """
SELECT t.id, coalesce(r.cents, -1), (t.end_on IS NOT NULL AND t.end_on < %(as_of)s)::integer,
       (coalesce(m.kind, '') = 'INC')::integer,
       CASE WHEN m.kind = 'INC' THEN coalesce(m.debit_day, -1) ELSE -1 END::integer,
       (CASE WHEN b.incomplete_since IS NOT NULL THEN 1 ELSE 0 END
        + CASE WHEN t.watch = 'ONH' THEN 2 ELSE 0 END
        + CASE WHEN w.tenancy_id IS NOT NULL THEN 4 ELSE 0 END)::integer
  FROM tenancies_tenancy t
  LEFT JOIN (SELECT p.tenancy_id, sum(p.amount_cents)::bigint AS cents
               FROM tenancies_rentpart p JOIN tenancies_tenancy e ON e.id = p.tenancy_id  -- who left: the last rent
              WHERE p.begin_on <= least(%(as_of)s::date, e.end_on)
                AND (p.end_on IS NULL OR p.end_on >= least(%(as_of)s::date, e.end_on))
                AND (%(ids)s::integer[] IS NULL OR p.tenancy_id = ANY(%(ids)s)) GROUP BY p.tenancy_id) r
         ON r.tenancy_id = t.id
  LEFT JOIN (SELECT DISTINCT ON (tenancy_id) tenancy_id, kind, debit_day FROM tenancies_paymentmethod
              WHERE begin_on <= %(as_of)s AND (end_on IS NULL OR end_on >= %(as_of)s)
                AND (%(ids)s::integer[] IS NULL OR tenancy_id = ANY(%(ids)s))
              ORDER BY tenancy_id, begin_on DESC) m ON m.tenancy_id = t.id
  LEFT JOIN ledger_route o ON o.tenancy_id = t.id
  LEFT JOIN ledger_bankaccount b ON b.id = o.bank_account_id
  LEFT JOIN (SELECT DISTINCT tenancy_id FROM ledger_waiting) w ON w.tenancy_id = t.id
 WHERE (%(ids)s::integer[] IS NULL OR t.id = ANY(%(ids)s))
"""
_TRAIT_KINDS = ("int4", "int8", "int4", "int4", "int4", "int4")


def traits(
    as_of: date, portfolio: Portfolio, table: Table, *, narrow: bool = True, known: Known | None = None
) -> Traits:
    """The traits of a portfolio's tenancies, in its order, for who evaluates them by this way of working.

    `known` hides circumstances, and entries of an account apart, that were not known yet.
    """
    ids = portfolio.tenancy.tolist() if narrow else None
    found = copied(_TRAITS, {"as_of": as_of, "ids": ids}, _TRAIT_KINDS)
    order = np.argsort(found[0], kind="stable")
    place = order[np.searchsorted(found[0][order], portfolio.tenancy)]
    rent, departed, debit, day, hold = (column[place].astype(np.int64) for column in found[1:])
    ids = portfolio.tenancy
    case, begun = case_and_begun(as_of, ids, table, narrow=narrow, known_at=known.at if known else None)
    return Traits(
        rent,
        departed.astype(np.bool_),
        debit.astype(np.bool_),
        day,
        hold,
        dealings(as_of, ids, begun, narrow=narrow),
        done(as_of, ids, narrow=narrow),
        case,
        _trajectory(as_of, ids, begun, known),
    )


def _trajectory(as_of: date, ids: Whole, begun: Whole, known: Known | None) -> Trajectory:
    """The accounts apart of the few of whom a debt procedure runs, from their first entry; nothing is read where none do."""
    some = np.flatnonzero(begun != NO_DAY)
    if not len(some):
        return no_trajectory(len(ids))
    few, began = ids[some], begun[some]
    seen_days = day_number(as_of) - int(began.min()) + 1
    said = contact_columns(as_of, few.tolist(), known_at=known.at if known else None, seen_days=seen_days)
    talk = np.full(len(few), NO_DAY, np.int64)
    talk[np.searchsorted(few, said.tenancy)] = said.last_talk_day
    portfolio = load_full(as_of, few, known).portfolio
    found = trajectory_of(portfolio, began, day_number(as_of), talk, _kinds(portfolio))
    return spread(ids, few, found)


def _kinds(portfolio: Portfolio) -> Whole:
    """The kind of each credit that names nothing, 0 of every other row."""
    rows = np.flatnonzero((portfolio.role == int(Role.CREDIT)) & (portfolio.target < 0))
    found, entries = np.zeros(portfolio.rows, np.int64), portfolio.entry[rows]
    kinds = copied(
        "SELECT id, kind FROM ledger_entry WHERE id = ANY(%s)", [entries.tolist()], ("int8", "int2")
    )
    order = np.argsort(kinds[0])
    found[rows] = kinds[1][order][np.searchsorted(kinds[0][order], entries)]
    return found


def all_ids() -> Whole:
    """Every tenancy of the organisation, in order."""
    return np.sort(copied("SELECT id FROM tenancies_tenancy", [], ("int4",))[0].astype(np.int64))
