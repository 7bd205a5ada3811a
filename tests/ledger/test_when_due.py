"""Costs count from the day on which they are due: before it no payment settles them."""

from __future__ import annotations

from datetime import date

from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind, Role
from tijdig.ledger.posting import Known, Row, resolve

BOOKED, DUE = date(2026, 11, 2), date(2026, 11, 19)
TENANCIES = {"100": 7}


def _draft(kind: Kind, cents: int, *, due: date | None = None, target: str = "") -> EntryDraft:
    return EntryDraft("100", kind, cents, BOOKED, BOOKED, "erp", "K1", due_on=due, target_reference=target)


def _when(draft: EntryDraft, **known: Known) -> date:
    row = resolve(draft, TENANCIES, {("erp", name): one for name, one in known.items()})
    assert isinstance(row, Row)
    assert row.draft.booked_on == BOOKED
    return row.draft.effective_on


def test_costs_count_from_their_due_day() -> None:
    assert _when(_draft(Kind.COLLECTION_COSTS, 4_000, due=DUE)) == DUE
    assert _when(_draft(Kind.COLLECTION_COSTS, 4_000)) == BOOKED
    assert _when(_draft(Kind.COLLECTION_COSTS, 4_000, due=date(2026, 10, 1))) == BOOKED


def test_rent_is_there_before_it_is_due() -> None:
    assert _when(_draft(Kind.RENT, 70_000, due=DUE)) == BOOKED


def test_what_takes_such_costs_off_again_counts_with_them_and_a_payment_counts_when_it_came() -> None:
    costs = Known(5, 7, Role.COSTS, DUE)
    assert _when(_draft(Kind.CORRECTION, -4_000, target="C"), C=costs) == DUE
    assert _when(_draft(Kind.WRITE_OFF, -4_000, target="C"), C=costs) == DUE
    assert _when(_draft(Kind.PAYMENT, -4_000, target="C"), C=costs) == BOOKED
    rent = Known(5, 7, Role.PRINCIPAL, DUE)
    assert _when(_draft(Kind.CORRECTION, -4_000, target="C"), C=rent) == BOOKED
