"""How fast the engine finds positions, beside a plain pass over memory, DuckDB and PostgreSQL on the same
lines.

The two databases answer the bare first-in-first-out question in SQL (window sums), which holds only where no
payment names its month and nothing is taken back; so the comparison uses such lines, and its answers must be
equal. The engine is also timed on lines with designations, reversals and costs, which that SQL could not
answer.
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import psycopg
import pyarrow as pa

from tijdig.arrears.imputation import Positions, positions
from tijdig.arrears.portfolio import Portfolio
from tijdig.lab.columns import portfolio_of_homes

FIFO_SQL = """
WITH paid AS (
    SELECT tenancy, sum(CASE WHEN amount < 0 THEN -amount ELSE 0 END) AS cents, sum(amount) AS balance
    FROM {table} WHERE day <= {as_of} GROUP BY tenancy
), charge AS (
    SELECT tenancy, due, amount, sum(amount) OVER (PARTITION BY tenancy ORDER BY due, seq) AS upto
    FROM {table} WHERE day <= {as_of} AND amount > 0
), item AS (
    SELECT charge.tenancy, due, greatest(0, least(amount, upto - paid.cents)) AS open, balance
    FROM charge JOIN paid USING (tenancy)
)
SELECT tenancy,
       max(balance) AS balance,
       sum(CASE WHEN due < {as_of} THEN open ELSE 0 END) AS overdue,
       sum(CASE WHEN open > 0 THEN 1 ELSE 0 END) AS open_items,
       min(CASE WHEN open > 0 THEN due END) AS oldest_due
FROM item GROUP BY tenancy ORDER BY tenancy
"""
# What is timed computes every row but sends only one, so that transport does not count.
TIMED_SQL = "SELECT count(*), sum(balance), sum(overdue), sum(open_items), min(oldest_due) FROM ({}) AS found"
_COPY_AT_ONCE = 50_000
_MOST_LINES_IN_SQL = 20_000_000  # beyond, the databases take minutes and the memory of the machine


def run(homes: int, months: int, postgres_dsn: str | None = None) -> dict[str, float]:
    """Median milliseconds of each way, on `homes` tenancies over `months` months; absent where it did not
    run.

    `kernel_ms` and `memory_pass_ms` are on the lines that the databases see, `kernel_mixed_ms` on lines with
    everything in them. `peak_mib` is the most memory this process had while the engine ran.
    """
    repeats = 9 if homes <= 100_000 else 3
    found: dict[str, float] = {"homes": homes}
    portfolio = portfolio_of_homes(homes, months, mixed=True)
    found["mixed_lines"], found["kernel_mixed_ms"] = portfolio.rows, _kernel_ms(portfolio, repeats)
    del portfolio  # before the next one is made, for the peak
    portfolio = portfolio_of_homes(homes, months, mixed=False)
    found["lines"], found["kernel_ms"] = portfolio.rows, _kernel_ms(portfolio, repeats)
    found["memory_pass_ms"] = median_ms(lambda: _memory_pass(portfolio), repeats)
    found["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    expected = positions(portfolio, _today(portfolio))
    if portfolio.rows <= _MOST_LINES_IN_SQL:
        found |= _duckdb(portfolio, expected, repeats)
    if postgres_dsn and portfolio.rows <= _MOST_LINES_IN_SQL:
        found |= _postgres(portfolio, expected, postgres_dsn, min(repeats, 3))
    return found


def _today(portfolio: Portfolio) -> int:
    return int(portfolio.day.max())


def _kernel_ms(portfolio: Portfolio, repeats: int) -> float:
    return median_ms(lambda: positions(portfolio, _today(portfolio)), repeats)


def median_ms(work: Callable[[], object], repeats: int) -> float:
    work()
    took = []
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return statistics.median(took) * 1000


def _memory_pass(portfolio: Portfolio) -> None:
    for column in (portfolio.day, portfolio.due, portfolio.amount, portfolio.role, portfolio.target):
        column.sum()


def _table(portfolio: Portfolio, first: int = 0, last: int | None = None) -> pa.Table:
    cut = slice(first, last)
    house = np.repeat(portfolio.tenancy, np.diff(portfolio.start))[cut]
    numbers = np.arange(portfolio.rows, dtype=np.int64)[cut]
    columns = (house, numbers, portfolio.day[cut], portfolio.due[cut], portfolio.amount[cut])
    return pa.table(dict(zip(("tenancy", "seq", "day", "due", "amount"), columns, strict=True)))


def _check(columns: list[list[Any]], expected: Positions) -> None:
    """The same answer, or no figure: a fast wrong answer is worth nothing."""
    theirs = [np.array([-1 if value is None else int(value) for value in column]) for column in columns]
    oldest = np.where(expected.open_items > 0, expected.oldest_due, -1)
    ours: tuple[npt.NDArray[Any], ...] = (
        expected.tenancy,
        expected.balance,
        expected.overdue,
        expected.open_items,
        oldest,
    )
    for mine, other in zip(ours, theirs, strict=True):
        if not np.array_equal(mine, other):
            raise AssertionError("the engine and the database differ")


def _duckdb(portfolio: Portfolio, expected: Positions, repeats: int) -> dict[str, float]:
    try:
        import duckdb
    except ImportError:
        return {}
    query = FIFO_SQL.format(table="line", as_of=_today(portfolio))
    with duckdb.connect() as connection:
        connection.register("arrow", _table(portfolio))
        connection.execute("CREATE TABLE line AS SELECT * FROM arrow")
        took = median_ms(lambda: connection.sql(TIMED_SQL.format(query)).fetchall(), repeats)
        _check([column.to_pylist() for column in connection.sql(query).to_arrow_table().columns], expected)
    return {"duckdb_ms": took}


def _postgres(portfolio: Portfolio, expected: Positions, dsn: str, repeats: int) -> dict[str, float]:
    """In a temporary table, copied in, analysed, with the index that its window wants."""
    query = FIFO_SQL.format(table="line", as_of=_today(portfolio))
    with psycopg.connect(dsn) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE line (tenancy bigint, seq bigint, day int, due int, amount bigint)")
        with cursor.copy("COPY line FROM STDIN") as copy:
            for first in range(0, portfolio.rows, _COPY_AT_ONCE):
                rows = _table(portfolio, first, first + _COPY_AT_ONCE).to_pydict()
                lines = zip(*rows.values(), strict=True)
                copy.write("".join("\t".join(map(str, line)) + "\n" for line in lines))
        cursor.execute("CREATE INDEX ON line (tenancy, due, seq)")
        cursor.execute("ANALYZE line")
        cursor.execute("SET LOCAL work_mem = '1GB'")  # so that it sorts in memory
        took = median_ms(lambda: cursor.execute(TIMED_SQL.format(query).encode()).fetchall(), repeats)
        _check([list(c) for c in zip(*cursor.execute(query.encode()).fetchall(), strict=True)], expected)
        connection.rollback()
    return {"postgres_ms": took}
