"""The measurement of letters runs, and its letters are whole."""

from __future__ import annotations

from tijdig.cli.bench_letters import run


def test_run_on_few_letters_gives_every_figure() -> None:
    found = run(letters=6, batch=8)
    assert (found["letters"], found["pages"], found["batch_letters"]) == (6, 6, 8)
    assert {
        "letters_per_s",
        "bytes_each",
        "batch_letters_per_s",
        "first_part_peak_mb",
        "peak_mb",
    } <= found.keys()
