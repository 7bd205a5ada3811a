"""A mark says from which day a tenancy must be looked at anew: the earliest, whatever marked it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection

from tijdig.ledger.actions import post
from tijdig.ledger.actions_accounts import bank_account, set_bank_incomplete, set_routes
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind
from tijdig.tenancies.queries import tenancy_ids_by_contract

DAY = date(2026, 11, 1)


def _by_an_entry(organisation: int, day: date) -> None:
    paid = EntryDraft("104.233", Kind.PAYMENT, -100, day, day, "test", f"betaald {day}")
    post(organisation_id=organisation, drafts=[paid], actor="test", on=DAY)


def _by_name(organisation: int, day: date) -> None:
    """Named twice, marked once."""
    tenancy = tenancy_ids_by_contract()["104.233"]
    mark_dirty(organisation_id=organisation, tenancy_ids=[tenancy, tenancy], on=day)


def _by_its_bank_account(organisation: int, day: date) -> None:
    account = bank_account(organisation_id=organisation, iban="NL42TEST1234567890")
    tenancies = list(tenancy_ids_by_contract().values())
    set_routes(organisation_id=organisation, bank_account_id=account, tenancy_ids=tenancies)
    set_bank_incomplete(bank_account_id=account, since=day, on=day)


@pytest.mark.parametrize("mark", [_by_an_entry, _by_name, _by_its_bank_account])
def test_marked_again_the_earliest_day_stands(lease: int, mark: Callable[[int, date], None]) -> None:
    _by_name(lease, DAY)
    for day in (DAY - timedelta(days=12), DAY + timedelta(days=1)):
        mark(lease, day)
    with connection.cursor() as cursor:
        cursor.execute("SELECT earliest_on, marks FROM ledger_dirty")
        assert cursor.fetchall() == [(date(2026, 10, 20), 3)]
