"""The measurement of reading camt.053 runs, and its file is one that every way reads whole."""

from __future__ import annotations

import io

from tijdig.cli.bench_camt import run, statement
from tijdig.imports import camt
from tijdig.imports.drafts import Movement, Nature, Statement, StatementEnd


def test_run_on_few_entries_gives_both_readings_and_their_ratio() -> None:
    found = run(200)
    assert found["read_entries"] == 200
    expected = {"read_entries_per_s", "read_growth_mib", "bankstatementparser_entries_per_s"}
    assert expected | {"times_bankstatementparser"} <= found.keys()


def test_statement_ties_and_holds_one_payment_an_entry() -> None:
    head, *movements, end = camt.read(io.BytesIO("".join(statement(300)).encode()))
    assert isinstance(head, Statement)
    assert isinstance(end, StatementEnd)
    assert end.movement_cents == head.closing_cents
    assert [m.nature for m in movements if isinstance(m, Movement)] == [Nature.PAYMENT] * 300


def test_statement_of_the_same_seed_is_the_same_file() -> None:
    assert list(statement(50, seed=3)) == list(statement(50, seed=3))
    assert list(statement(50, seed=3)) != list(statement(50, seed=4))
