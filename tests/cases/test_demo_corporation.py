"""A whole made-up corporation through the real chain: its files in, and the answers held against its own truth."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.cases.demo_corporation import LAST_DAY, read_in
from tests.cases.one_lease import Ledger

from tijdig.access.scope import organisation_scope
from tijdig.arrears.imputation import positions_and_left
from tijdig.base.days import day_number
from tijdig.cases.queries_engine import Loaded, all_ids, load, load_full
from tijdig.lab.population import Corporation, make
from tijdig.lab.truth import Expect


@pytest.fixture
def corporation() -> Corporation:
    return make(200, 14, seed=7, last_day=LAST_DAY)


@pytest.fixture
def ledger(corporation: Corporation, fresh_database: str, tmp_path: Path) -> Ledger:
    return read_in(corporation, tmp_path)


def _columns(loaded: Loaded, on: date) -> dict[str, list[int]]:
    found, _ = positions_and_left(loaded.portfolio, day_number(on), loaded.carried_since)
    names = (
        "balance",
        "overdue",
        "not_due",
        "credit",
        "oldest_due",
        "next_due",
        "arrears_since",
        "due_months",
        "open_items",
        "overdue_items",
    )
    return {"tenancy": loaded.portfolio.tenancy.tolist()} | {
        name: getattr(found, name).tolist() for name in names
    }


def test_a_corporation_reads_in_whole_and_agrees_with_its_own_truth(
    ledger: Ledger, corporation: Corporation
) -> None:
    assert ledger.rows("SELECT name, code FROM imports_sourcefile WHERE state <> 'done'") == []
    assert ledger.rows("SELECT DISTINCT state FROM imports_statement") == [("ok",)]
    assert ledger.rows("SELECT code, text FROM imports_quarantine WHERE state = 'open'") == []
    doubtful = {fact.contract_number for fact in corporation.bank_truth() if fact.expect is not Expect.AUTO}
    truth = {
        contract: (at.balance_cents, at.overdue_cents)
        for contract, at in corporation.truth().items()
        if contract not in doubtful
    }
    ledger.night(LAST_DAY)
    stands = {
        contract: (balance, overdue)
        for contract, balance, overdue in ledger.rows(
            """SELECT t.contract_number, s.balance_cents, s.overdue_cents FROM cases_standing s
                 JOIN tenancies_tenancy t ON t.id = s.tenancy_id"""
        )
    }
    assert {contract: stands[contract] for contract in truth} == truth
    assert len(truth) > 100
    _checkpoints_agree(ledger)


def _checkpoints_agree(ledger: Ledger) -> None:
    """Night after night: positions from checkpoints are those of the whole ledger, to the cent."""
    later = [LAST_DAY + timedelta(days=days) for days in (0, 1, 11, 40)]
    for day in later:
        night = ledger.night(day)
        with organisation_scope(ledger.organisation):
            ids = all_ids()
            short, whole = load(day, ids, narrow=False), load_full(day, ids, narrow=False)
        assert _columns(short, day) == _columns(whole, day)
        assert (night.error, night.tenancies) == ("", len(ids))
        assert short.lines_read < whole.lines_read // 2
    with organisation_scope(ledger.organisation):
        before = load(date(2026, 3, 2), all_ids(), narrow=False)
    assert (before.full, bool(np.all(before.carried_payment < 0))) == (len(before.portfolio.tenancy), True)
