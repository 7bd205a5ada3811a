"""Lines per second of the whole road (Parquet in, decisions as Parquet out): in process, and on a cluster of
one and of two workers on this machine.

The three read the same file and their answers must be equal. A worker has one core and 1 GiB, but its Java
and its Python run beside each other, so one worker keeps more than one core busy.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tijdig.base.days import day_number, day_of
from tijdig.cli.local_cluster import local_cluster, missing, session
from tijdig.lab.batches import TRAVEL, decide_batches
from tijdig.lab.columns import portfolio_of_homes
from tijdig.lab.parquet import ENTRIES_FILE, write_parquet
from tijdig.lab.spark import positions
from tijdig.policy.document import default_policy
from tijdig.policy.table import compile_policy

_REPEATS = 3
_WARM_UPS = 2  # Java compiles what it has seen often


def run(homes: int, months: int) -> dict[str, float]:
    """The figures; `startup_s` is from nothing until the first answer of a cluster of two workers.

    RuntimeError when Java or PySpark is not here, or when the answers differ.
    """
    if lacks := missing():
        raise RuntimeError(lacks)
    with tempfile.TemporaryDirectory(prefix="tijdig-") as name:
        folder = Path(name)
        portfolio = portfolio_of_homes(homes, months, mixed=True)
        lines, as_of = portfolio.rows, day_of(int(portfolio.day.max()))
        write_parquet(portfolio, folder)
        del portfolio
        found: dict[str, float] = {"homes": homes, "lines": lines}
        found["in_process_lines_per_s"] = lines / _median_s(lambda: _in_process(folder, as_of), 1)
        for workers, word in ((1, "one_worker"), (2, "two_workers")):
            took, first = _on_cluster(folder, workers, as_of)
            found[f"{word}_lines_per_s"] = lines / took
            found["startup_s"] = first
        return found


def _median_s(work: Callable[[], object], warm_ups: int) -> float:
    took = []
    for _ in range(warm_ups + _REPEATS):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return statistics.median(took[warm_ups:])


def _in_process(folder: Path, as_of: date) -> None:
    """The same file through the same functions, with every core of this process."""
    lines = pq.read_table(folder / ENTRIES_FILE).cast(TRAVEL)
    table = compile_policy(default_policy())
    decided = decide_batches(lines.to_batches(), table, day_number(as_of), threads=None)
    pq.write_table(pa.Table.from_batches(decided), folder / "in_process.parquet")


def _on_cluster(folder: Path, workers: int, as_of: date) -> tuple[float, float]:
    """Median seconds of a warm run, and seconds from nothing until a first small answer."""
    out = folder / f"out{workers}"
    begun = time.perf_counter()
    with local_cluster(workers, folder) as address, session(address, workers, folder) as spark:
        spark.range(workers).count()
        first = time.perf_counter() - begun

        def work() -> None:
            shutil.rmtree(out, ignore_errors=True)
            positions(spark, str(folder / ENTRIES_FILE), None, as_of, str(out))

        took = _median_s(work, _WARM_UPS)
    if not pq.read_table(out).sort_by("tenancy").equals(pq.read_table(folder / "in_process.parquet")):
        raise RuntimeError("the cluster and the process differ")
    return took, first
