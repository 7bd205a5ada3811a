"""Ledger lines, traits and decisions as Parquet: what goes to a cluster and what comes back.

The columns, with their units, are in `docs/rules/cluster.md`. Amounts are cents. A day is written as a date;
the engine counts days since 1970-01-01, and that is what an Arrow date is inside, so nothing is converted.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from tijdig.arrears.evaluate import Decisions
from tijdig.arrears.features import Traits
from tijdig.arrears.imputation import NONE
from tijdig.arrears.portfolio import Portfolio
from tijdig.ledger.kinds import Role

LINES_AT_ONCE = 250_000  # in one row group, the least that a task of a cluster reads
ENTRIES_FILE, TRAITS_FILE = "entries.parquet", "traits.parquet"

ENTRIES = pa.schema(
    [
        ("tenancy", pa.int64()),
        ("day", pa.date32()),
        ("due", pa.date32()),
        ("amount", pa.int64()),
        ("role", pa.int8()),
        ("target", pa.int64()),
        ("entry", pa.int64()),
        ("tie", pa.int64()),
    ]
)
TRAITS = pa.schema(
    [
        ("tenancy", pa.int64()),
        ("monthly_rent_cents", pa.int64()),
        ("departed", pa.bool_()),
        ("direct_debit", pa.bool_()),
        ("debit_day", pa.int8()),
        ("hold", pa.int32()),
    ]
)
DECISIONS = pa.schema(
    [
        ("tenancy", pa.int64()),
        ("as_of", pa.date32()),
        ("balance_cents", pa.int64()),
        ("overdue_cents", pa.int64()),
        ("not_due_cents", pa.int64()),
        ("credit_cents", pa.int64()),
        ("overdue_costs_cents", pa.int64()),
        ("overdue_interest_cents", pa.int64()),
        ("overdue_principal_cents", pa.int64()),
        ("oldest_due_on", pa.date32()),
        ("next_due_on", pa.date32()),
        ("arrears_since_on", pa.date32()),
        ("open_items", pa.int32()),
        ("overdue_items", pa.int32()),
        ("due_months", pa.int32()),
        ("last_payment_on", pa.date32()),
        ("last_reversal_on", pa.date32()),
        ("lines", pa.int32()),
        ("rule", pa.int16()),
        ("step", pa.string()),
        ("step_due_on", pa.date32()),
        ("alert", pa.bool_()),
        ("automatic", pa.bool_()),
    ]
)


def write_parquet(portfolio: Portfolio, folder: Path, traits: Traits | None = None) -> None:
    """Write `entries.parquet` (and `traits.parquet`) into an existing folder, `LINES_AT_ONCE` lines at a
    time.

    `tie` is the place in walking order. Without entry ids (bulk columns) entries are numbered from 1.
    """
    with pq.ParquetWriter(folder / ENTRIES_FILE, ENTRIES) as writer:
        for first in range(0, portfolio.rows, LINES_AT_ONCE):
            writer.write_batch(_lines(portfolio, first, min(first + LINES_AT_ONCE, portfolio.rows)))
    if traits is not None:
        columns = (portfolio.tenancy, traits.monthly_rent_cents, traits.departed, traits.direct_debit)
        pq.write_table(
            pa.Table.from_arrays(_typed((*columns, traits.debit_day, traits.hold), TRAITS), schema=TRAITS),
            folder / TRAITS_FILE,
        )


def _lines(portfolio: Portfolio, first: int, last: int) -> pa.RecordBatch:
    cut, places = slice(first, last), np.arange(first, last, dtype=np.int64)
    place = np.searchsorted(portfolio.start, places, side="right") - 1
    to = portfolio.target[cut].astype(np.int64)
    pointed = np.where(to >= 0, portfolio.start[place] + to, 0)
    ids = portfolio.entry if len(portfolio.entry) else None
    target = np.where(to >= 0, pointed + 1 if ids is None else ids[pointed], 0)
    entry = places + 1 if ids is None else ids[cut]
    columns = (portfolio.tenancy[place], portfolio.day[cut], portfolio.due[cut], portfolio.amount[cut])
    return pa.RecordBatch.from_arrays(
        _typed((*columns, portfolio.role[cut], target, entry, places), ENTRIES), schema=ENTRIES
    )


def decisions_batch(decisions: Decisions) -> pa.RecordBatch:
    """The decisions as the columns of `DECISIONS`. A day that is not there is null."""
    stand = decisions.positions
    by_role = stand.overdue_by_role
    codes = pa.array(decisions.codes, pa.string())
    columns = (
        decisions.tenancy,
        np.full(len(decisions), decisions.as_of_day, np.int32),
        stand.balance,
        stand.overdue,
        stand.not_due,
        stand.credit,
        by_role[:, Role.COSTS],
        by_role[:, Role.INTEREST],
        by_role[:, Role.PRINCIPAL],
        _days(stand.oldest_due),
        _days(stand.next_due),
        _days(stand.arrears_since),
        stand.open_items,
        stand.overdue_items,
        stand.due_months,
        _days(stand.last_payment_day),
        _days(stand.last_reversal_day),
        stand.lines,
        decisions.rule,
        codes.take(pa.array(decisions.rule)),
        decisions.due_day,
        decisions.alert,
        decisions.automatic,
    )
    return pa.RecordBatch.from_arrays(_typed(columns, DECISIONS), schema=DECISIONS)


def _days(days: npt.NDArray[np.int32]) -> pa.Array:
    return pa.array(days, pa.int32(), mask=days == NONE)


def _typed(columns: tuple[object, ...], schema: pa.Schema) -> list[pa.Array]:
    """Arrow arrays of the types asked for; raises ArrowInvalid where a value does not fit, never wraps."""
    return [_cast(column, field.type) for column, field in zip(columns, schema, strict=True)]


def _cast(column: object, wanted: pa.DataType) -> pa.Array:
    array = column if isinstance(column, pa.Array) else pa.array(column)
    return array if array.type == wanted else array.cast(wanted)
