"""The engine on a real cluster of this machine: a master and two workers give the answers of one process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tijdig.arrears.evaluate import evaluate
from tijdig.arrears.features import Traits, unknown_traits
from tijdig.arrears.portfolio import Portfolio, build
from tijdig.base.days import day_number
from tijdig.cli.local_cluster import local_cluster, missing, session
from tijdig.lab.columns import portfolio_of_homes
from tijdig.lab.parquet import ENTRIES_FILE, TRAITS_FILE, decisions_batch, write_parquet
from tijdig.lab.spark import LINES_PER_PARTITION, _partitions, positions
from tijdig.ledger.kinds import Role
from tijdig.policy.document import default_policy
from tijdig.policy.table import compile_policy

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [
    pytest.mark.spark,
    pytest.mark.slow,
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]
AS_OF = date(2025, 5, 20)
HOMES = 400


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    folder = tmp_path_factory.mktemp("cluster")
    with local_cluster(2, folder) as address, session(address, 2, folder, brief=True) as running:
        yield running


def in_process(portfolio: Portfolio, traits: Traits) -> pa.Table:
    table = compile_policy(default_policy())
    return pa.Table.from_batches([decisions_batch(evaluate(portfolio, traits, table, day_number(AS_OF)))])


def on_cluster(spark: SparkSession, folder: Path, *, partitions: int | None, traits: bool) -> pa.Table:
    traits_path = str(folder / TRAITS_FILE) if traits else None
    out = folder / "out"
    positions(spark, str(folder / ENTRIES_FILE), traits_path, AS_OF, str(out), partitions=partitions)
    return pq.read_table(out).sort_by("tenancy")


def with_silent_homes(portfolio: Portfolio, count: int) -> Portfolio:
    """The same, and `count` tenancies after the last that have no lines."""
    more = portfolio.tenancy[-1] + np.arange(1, count + 1)
    ids = np.concatenate([portfolio.tenancy, more])
    start = np.concatenate([portfolio.start, np.full(count, portfolio.rows)])
    columns = (portfolio.day, portfolio.due, portfolio.amount, portfolio.role, portfolio.target)
    return Portfolio(ids, start, *columns, portfolio.entry)


def some_traits(count: int) -> Traits:
    rng = np.random.default_rng(8)
    return Traits(
        rng.integers(40_000, 90_000, count),
        rng.random(count) < 0.1,
        rng.random(count) < 0.5,
        rng.integers(1, 29, count),
        np.where(rng.random(count) < 0.05, rng.integers(1, 8, count), 0),
    )


def test_positions_of_mixed_lines_with_traits_equal_those_in_process(
    spark: SparkSession, tmp_path: Path
) -> None:
    portfolio = with_silent_homes(portfolio_of_homes(HOMES, 18, mixed=True), 25)
    assert set(portfolio.role.tolist()) == {Role.COSTS, Role.PRINCIPAL, Role.CREDIT, Role.UNDO}
    traits = some_traits(HOMES + 25)
    write_parquet(portfolio, tmp_path, traits)
    found = on_cluster(spark, tmp_path, partitions=3, traits=True)
    assert found.equals(in_process(portfolio, traits))
    assert len(set(found.column("step").to_pylist())) > 3


def test_session_works_on_both_workers(spark: SparkSession) -> None:
    def folder_of_executor(rows: Iterator[int]) -> Iterator[str]:
        yield os.getcwd()  # noqa: PTH109  (a string: the worker sends it back)

    places = spark.sparkContext.parallelize(range(8), 8).mapPartitions(folder_of_executor).collect()
    assert len(set(places)) == 2


def test_positions_of_days_as_numbers_without_tie_or_traits_equal_those_in_process(
    spark: SparkSession, tmp_path: Path
) -> None:
    portfolio = portfolio_of_homes(HOMES, 18, mixed=True)
    write_parquet(portfolio, tmp_path)
    table = pq.read_table(tmp_path / ENTRIES_FILE).drop_columns(["tie"])
    for place, name in ((1, "day"), (2, "due")):
        table = table.set_column(place, name, table.column(name).cast(pa.int32()))
    pq.write_table(table, tmp_path / ENTRIES_FILE)
    found = on_cluster(spark, tmp_path, partitions=None, traits=False)
    assert found.equals(in_process(portfolio, unknown_traits(HOMES)))


def test_positions_of_one_day_ties_follow_the_tie_and_not_the_place(
    spark: SparkSession, tmp_path: Path
) -> None:
    """Two charges on a day, one with an earlier due day: which of equal due days is paid is up to the tie."""
    rng, size = np.random.default_rng(3), 600
    tenancy = rng.integers(1, 40, size)
    role = rng.choice([Role.COSTS, Role.PRINCIPAL, Role.CREDIT], size)
    amount = np.where(role == Role.CREDIT, -1, 1) * rng.integers(1, 50_000, size)
    day = day_number(AS_OF) - rng.integers(1, 6, size)
    columns = (tenancy, day, day, amount, role, np.zeros(size, np.int64), np.arange(1, size + 1))
    portfolio = build(*columns, rng.permutation(size))
    write_parquet(portfolio, tmp_path)
    entries = pq.read_table(tmp_path / ENTRIES_FILE)
    pq.write_table(entries.take(rng.permutation(size)), tmp_path / ENTRIES_FILE)
    found = on_cluster(spark, tmp_path, partitions=2, traits=False)
    assert found.equals(in_process(portfolio, unknown_traits(len(portfolio))))


def test_positions_refuses_amounts_that_are_not_whole_cents(spark: SparkSession, tmp_path: Path) -> None:
    write_parquet(portfolio_of_homes(5, 2, mixed=False), tmp_path)
    table = pq.read_table(tmp_path / ENTRIES_FILE)
    amounts = table.column("amount").cast(pa.float64())
    pq.write_table(table.set_column(3, "amount", amounts), tmp_path / ENTRIES_FILE)
    with pytest.raises(ValueError, match=r"column amount must be .*bigint, not double"):
        on_cluster(spark, tmp_path, partitions=1, traits=False)


def test_positions_with_an_empty_cell_fails_and_leaves_nothing(spark: SparkSession, tmp_path: Path) -> None:
    from pyspark.errors import PythonException

    write_parquet(portfolio_of_homes(5, 2, mixed=False), tmp_path)
    table = pq.read_table(tmp_path / ENTRIES_FILE)
    holed = pa.array([None, *table.column("amount").to_pylist()[1:]], pa.int64())
    pq.write_table(table.set_column(3, "amount", holed), tmp_path / ENTRIES_FILE)
    with pytest.raises(PythonException, match="empty cell in column amount"):
        on_cluster(spark, tmp_path, partitions=1, traits=False)
    assert list((tmp_path / "out").glob("*.parquet")) == []


def test_partitions_follow_the_lines_in_whole_rounds_over_the_cores() -> None:
    full = LINES_PER_PARTITION * 4
    assert [_partitions(lines, 4) for lines in (0, 1, full, full + 1)] == [4, 4, 4, 8]
