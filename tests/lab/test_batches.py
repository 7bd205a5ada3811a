"""Whole tenancies as batches: the same decisions as in process, and refusal of what is not whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tijdig.arrears.evaluate import evaluate
from tijdig.arrears.features import unknown_traits
from tijdig.lab.batches import DEPARTED, TRAITS_ROLE, TRAVEL, decide_batches
from tijdig.lab.columns import portfolio_of_homes
from tijdig.lab.parquet import DECISIONS, ENTRIES_FILE, decisions_batch, write_parquet
from tijdig.policy.document import default_policy
from tijdig.policy.table import compile_policy

TABLE = compile_policy(default_policy())
AS_OF = 20_100
RENT_LINE = (1, 20_000, 20_000, 50_000, 2, 0, 1, 0)


def batch(*rows: tuple[int | None, ...]) -> pa.RecordBatch:
    columns = [
        pa.array(values, field.type) for values, field in zip(zip(*rows, strict=True), TRAVEL, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=TRAVEL)


def decided(*batches: pa.RecordBatch) -> list[dict[str, object]]:
    return [row for found in decide_batches(batches, TABLE, AS_OF) for row in found.to_pylist()]


def test_decide_batches_in_any_order_gives_what_the_engine_gives(tmp_path: Path) -> None:
    portfolio = portfolio_of_homes(300, 18, mixed=True)
    write_parquet(portfolio, tmp_path)
    lines = pq.read_table(tmp_path / ENTRIES_FILE)
    shuffled = lines.take(np.random.default_rng(5).permutation(len(lines))).cast(TRAVEL)
    found = list(decide_batches(shuffled.to_batches(500), TABLE, AS_OF))
    expected = decisions_batch(evaluate(portfolio, unknown_traits(300), TABLE, AS_OF))
    assert found == [expected]
    assert expected.schema == DECISIONS


def test_decide_batches_without_rows_gives_nothing() -> None:
    assert decided() == []


def test_decide_batches_decides_about_a_tenancy_that_has_only_traits() -> None:
    rows = decided(batch((7, 25, DEPARTED, 60_000, TRAITS_ROLE, 0, 0, 0)))
    assert [(row["tenancy"], row["step"], row["lines"], row["oldest_due_on"]) for row in rows] == [
        (7, "nothing_open", 0, None)
    ]


def test_decide_batches_lets_traits_meet_their_own_tenancy() -> None:
    other = (2, *RENT_LINE[1:6], 2, 0)
    rows = decided(batch(RENT_LINE, other, (2, -1, 0, 60_000, TRAITS_ROLE, 2, 0, 0)))
    assert [(row["tenancy"], row["overdue_cents"], row["step"]) for row in rows] == [
        (1, 50_000, decided(batch(RENT_LINE))[0]["step"]),
        (2, 50_000, "on_hold"),
    ]


def test_decide_batches_refuses_an_empty_cell() -> None:
    with pytest.raises(ValueError, match="empty cell in column amount"):
        decided(batch((*RENT_LINE[:3], None, *RENT_LINE[4:])))


def test_decide_batches_refuses_traits_given_twice() -> None:
    traits = (1, -1, 0, 60_000, TRAITS_ROLE, 0, 0, 0)
    with pytest.raises(ValueError, match="given twice"):
        decided(batch(traits, traits))
