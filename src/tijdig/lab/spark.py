"""The engine on an Apache Spark cluster: Parquet in, hash of tenancy, decisions out as Parquet.

The same call as in process (`arrears.evaluate`): Spark only brings all rows of a tenancy to one task. Needs
`tijdig[spark]`, on the workers too. How to run it, and from what size that pays: `docs/rules/cluster.md`.
Left out: joining several sources. Who has lines in more than one table makes one Parquet folder of them first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from tijdig.base.days import day_number
from tijdig.lab.batches import DEPARTED, DIRECT_DEBIT, TRAITS_ROLE, TRAVEL, decide_batches
from tijdig.lab.parquet import DECISIONS
from tijdig.policy.document import Policy, default_policy
from tijdig.policy.table import compile_policy

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

# A task holds one partition: with this many lines about 0.35 GiB, which fits the 384 MiB that YARN and Kubernetes
# leave a task beside Java by default (docs/rules/cluster.md).
LINES_PER_PARTITION = 500_000
_DDL = {
    pa.int64(): "bigint",
    pa.int32(): "int",
    pa.int16(): "smallint",
    pa.int8(): "tinyint",
    pa.date32(): "date",
    pa.string(): "string",
    pa.bool_(): "boolean",
}
_WHOLE = ("tinyint", "smallint", "int", "bigint")  # each fits in those after it


def positions(
    spark: SparkSession,
    entries_path: str,
    traits_path: str | None,
    as_of: date,
    out_path: str,
    *,
    partitions: int | None = None,
    policy: Policy | None = None,
) -> None:
    """Decide about every tenancy as of the end of a day, and write that to `out_path`.

    Paths are folders or files of Parquet that every worker can reach. `out_path` must not exist yet. Without
    `partitions`, as many rounds over all cores as keep each under `LINES_PER_PARTITION` lines. ValueError for a column that
    is absent or of a type that might lose something; what else is wrong with the rows fails the job, and then
    `out_path` is absent or empty.
    """
    entries = spark.read.parquet(entries_path)
    traits = None if traits_path is None else spark.read.parquet(traits_path)
    count = partitions or _partitions(entries.count(), spark.sparkContext.defaultParallelism)
    decided(entries, traits, as_of, count, policy or default_policy()).write.parquet(out_path)


def decided(
    entries: DataFrame, traits: DataFrame | None, as_of: date, partitions: int, policy: Policy
) -> DataFrame:
    """The same as a lazy frame with the columns of `lab.parquet.DECISIONS`, for who writes it elsewhere."""
    as_of_day = day_number(as_of)

    def decide(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return decide_batches(batches, compile_policy(policy), as_of_day)

    rows = _lines(entries)
    if traits is not None:
        rows = rows.unionByName(_travelling(traits))
    return rows.repartition(partitions, "tenancy").mapInArrow(decide, _ddl(DECISIONS))


def _partitions(lines: int, cores: int) -> int:
    """A whole number of rounds, so that no core waits for the last partition."""
    rounds = -(-lines // (LINES_PER_PARTITION * cores))
    return cores * max(1, rounds)


def _ddl(schema: pa.Schema) -> str:
    return ", ".join(f"{field.name} {_DDL[field.type]}" for field in schema)


def _lines(entries: DataFrame) -> DataFrame:
    """The columns that travel. Without `tie` the entry number orders what nothing else orders: a shuffle
    keeps no order of its own.
    """
    tie = "tie" if "tie" in entries.columns else "entry"
    return entries.select(*(_whole(entries, tie if n == "tie" else n, n) for n in TRAVEL.names))


def _travelling(traits: DataFrame) -> DataFrame:
    """Traits in the columns of a line, as `lab.batches` tells. An empty rent or debit day is unknown."""
    from pyspark.sql import functions as f

    def flag(name: str, value: int) -> Column:
        if dict(traits.dtypes).get(name) != "boolean":
            raise ValueError(f"column {name} must be boolean")
        return f.when(f.col(name), value).when(~f.col(name), 0)  # empty stays empty, and is refused

    unknown = f.lit(-1)
    columns = {
        "tenancy": _whole(traits, "tenancy", "tenancy"),
        "day": f.coalesce(_whole(traits, "debit_day", "day"), unknown),
        "due": flag("departed", DEPARTED) + flag("direct_debit", DIRECT_DEBIT),
        "amount": f.coalesce(_whole(traits, "monthly_rent_cents", "amount"), unknown),
        "role": f.lit(TRAITS_ROLE),
        "target": _whole(traits, "hold", "target"),
        "entry": f.lit(0),
        "tie": f.lit(0),
    }
    types = {field.name: _DDL[field.type] for field in TRAVEL}
    return traits.select(*(column.cast(types[name]).alias(name) for name, column in columns.items()))


def _whole(frame: DataFrame, name: str, wanted: str) -> Column:
    """A column as the type of the travelling column `wanted`; only ever made wider, so nothing is lost."""
    from pyspark.sql import functions as f

    found, target = dict(frame.dtypes).get(name), _DDL[TRAVEL.field(wanted).type]
    if found == "date" and target == "int":
        return f.unix_date(name).alias(wanted)
    fits = _WHOLE[: _WHOLE.index(target) + 1]
    if found not in fits:
        raise ValueError(f"column {name} must be {' or '.join(fits)}, not {found or 'absent'}")
    return f.col(name).cast(target).alias(wanted)
