"""Ledger columns to Parquet and back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from tijdig.arrears.features import unknown_traits
from tijdig.arrears.portfolio import Portfolio, build
from tijdig.lab import parquet
from tijdig.lab.columns import portfolio_of_homes
from tijdig.lab.parquet import ENTRIES, ENTRIES_FILE, TRAITS, TRAITS_FILE, write_parquet


def read_back(folder: Path, portfolio: Portfolio) -> Portfolio:
    table = pq.read_table(folder / ENTRIES_FILE)
    columns = (table.column(name).to_numpy() for name in ENTRIES.names)
    return build(*(c.astype(np.int64) for c in columns), tenancies=portfolio.tenancy)


@pytest.mark.parametrize("with_ids", [True, False])
def test_write_parquet_then_build_gives_the_same_portfolio(tmp_path: Path, with_ids: bool) -> None:
    bulk = portfolio_of_homes(200, 12, mixed=True)
    ids = np.random.default_rng(1).permutation(bulk.rows) + 9_000 if with_ids else bulk.entry
    columns = (bulk.tenancy, bulk.start, bulk.day, bulk.due, bulk.amount, bulk.role, bulk.target)
    portfolio = Portfolio(*columns, ids)
    write_parquet(portfolio, tmp_path)
    found = read_back(tmp_path, portfolio)
    for name in ("tenancy", "start", "day", "due", "amount", "role", "target"):
        assert np.array_equal(getattr(found, name), getattr(portfolio, name)), name
    assert np.array_equal(found.entry, ids if with_ids else np.arange(1, bulk.rows + 1))


def test_write_parquet_keeps_the_schema_and_cuts_row_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "LINES_AT_ONCE", 1_000)
    portfolio = portfolio_of_homes(100, 12, mixed=True)
    write_parquet(portfolio, tmp_path, unknown_traits(100))
    entries = pq.ParquetFile(tmp_path / ENTRIES_FILE)
    assert entries.schema_arrow == ENTRIES
    assert entries.metadata.num_row_groups == -(-portfolio.rows // 1_000)
    traits = pq.read_table(tmp_path / TRAITS_FILE)
    assert traits.schema == TRAITS
    assert traits.column("tenancy").to_pylist() == list(range(1, 101))
