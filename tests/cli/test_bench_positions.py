"""The measurement runs, and its answers agree with DuckDB's."""

from __future__ import annotations

from tijdig.cli.bench_positions import run


def test_run_on_few_homes_gives_every_figure_and_equal_answers() -> None:
    found = run(150, 12)
    assert found["homes"] == 150
    assert found["lines"] > 3_000
    assert {"kernel_ms", "kernel_mixed_ms", "memory_pass_ms", "duckdb_ms", "peak_mib"} <= found.keys()
    assert "postgres_ms" not in found
