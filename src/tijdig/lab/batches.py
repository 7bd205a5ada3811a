"""The engine on Arrow batches: whole tenancies in, decisions out. What each task of a cluster runs.

One stream carries two sorts of row, so that lines and traits of a tenancy meet in one task without a join. A
line has its own columns; the traits of a tenancy travel in the same columns with `role` -1:

| column | line | traits |
|---|---|---|
| `amount` | cents | monthly rent in cents, -1 unknown |
| `day` | day | debit day, -1 unknown |
| `due` | due day | 1 departed + 2 direct debit |
| `target` | entry pointed to | hold flags |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tijdig.arrears.evaluate import evaluate
from tijdig.arrears.features import Traits, unknown_traits
from tijdig.arrears.portfolio import build
from tijdig.lab.parquet import decisions_batch
from tijdig.policy.table import Table

TRAITS_ROLE = -1
DEPARTED, DIRECT_DEBIT = 1, 2
TRAVEL = pa.schema(
    [
        ("tenancy", pa.int64()),
        ("day", pa.int32()),
        ("due", pa.int32()),
        ("amount", pa.int64()),
        ("role", pa.int8()),
        ("target", pa.int64()),
        ("entry", pa.int64()),
        ("tie", pa.int64()),
    ]
)
Numbers = npt.NDArray[Any]
Columns = dict[str, npt.NDArray[np.int64]]


def decide_batches(
    batches: Iterable[pa.RecordBatch], table: Table, as_of_day: int, *, threads: int | None = 1
) -> Iterator[pa.RecordBatch]:
    """One batch of decisions about all tenancies in the batches, by tenancy; none when there are no rows.

    The rows may come in any order, but all rows of a tenancy must be here. A tenancy with traits and no
    lines is decided too; one with lines and no traits is one of which nothing is known. ValueError for an
    empty cell, for traits given twice, and for what `portfolio.build` refuses.
    """
    lines = _gathered(batches)
    if len(lines["tenancy"]) == 0:
        return
    traits = _taken_out(lines)
    ids = np.union1d(traits["tenancy"], lines["tenancy"])
    portfolio = build(*(lines.pop(name) for name in TRAVEL.names), tenancies=ids)
    yield decisions_batch(evaluate(portfolio, _traits(traits, ids), table, as_of_day, threads=threads))


def _gathered(batches: Iterable[pa.RecordBatch]) -> Columns:
    rows = pa.Table.from_batches(list(batches), TRAVEL)
    for name in TRAVEL.names:
        if rows.column(name).null_count:
            raise ValueError(f"an empty cell in column {name}")
    return {name: rows.column(name).to_numpy() for name in TRAVEL.names}


def _taken_out(rows: Columns) -> Columns:
    """The rows that are traits; they are gone from `rows` afterwards."""
    is_traits = rows["role"] == TRAITS_ROLE
    traits = {name: column[is_traits] for name, column in rows.items()}
    if is_traits.any():
        for name in TRAVEL.names:  # one column at a time: never two copies of all lines
            rows[name] = rows[name][~is_traits]
    return traits


def _traits(rows: Columns, ids: npt.NDArray[np.int64]) -> Traits:
    """In the order of `ids`."""
    if len(np.unique(rows["tenancy"])) != len(rows["tenancy"]):
        raise ValueError("traits of a tenancy are given twice")
    place, unknown = np.searchsorted(ids, rows["tenancy"]), unknown_traits(len(ids))

    def placed(column: Numbers, values: Numbers) -> Numbers:
        filled = column.copy()
        filled[place] = values
        return filled

    return Traits(
        placed(unknown.monthly_rent_cents, rows["amount"]),
        placed(unknown.departed, rows["due"] & DEPARTED != 0),
        placed(unknown.direct_debit, rows["due"] & DIRECT_DEBIT != 0),
        placed(unknown.debit_day, rows["day"]),
        placed(unknown.hold, rows["target"]),
    )
