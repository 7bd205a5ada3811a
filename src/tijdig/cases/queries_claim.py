"""The claim statement of one tenancy with the words a person reads: the engine over a portfolio of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tijdig.arrears.claim import Claim, at_rents, claim
from tijdig.arrears.older_rent import Asked, RentPart, fall_back, steps
from tijdig.arrears.portfolio import Portfolio
from tijdig.base.days import day_of
from tijdig.cases.account import Entry, label
from tijdig.cases.queries_engine import load_full
from tijdig.cases.queries_file import entries_of
from tijdig.ledger.kinds import Kind, Role
from tijdig.tenancies.queries import lease, rent_history


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """A claim with whose it is, what its rows are called, and the rents it can be worked out at."""

    tenancy_id: int
    names: list[str]
    address: str
    contract_number: str
    claim: Claim
    labels: dict[int, str]  # by ledger entry
    rents: list[tuple[date, int]]  # each net rent and since when; the first is the starting rent
    rent_on: date | None  # the day whose rent counts; None: every month its own
    full_cents: int  # the total when every month counts its own rent
    unknown: list[date]  # due days of months of which the rent is not known

    @property
    def less_cents(self) -> int:
        return self.full_cents - self.claim.total_cents


def claim_file(tenancy_id: int, *, as_of: date, rent_on: date | None = None) -> ClaimFile | None:
    """The claim as of a day, at the rents as asked or at the net rent of a day; None where there is no such tenancy."""
    who = lease(tenancy_id, as_of)
    if who is None:
        return None
    portfolio = load_full(as_of, [tenancy_id]).portfolio
    entries = {entry.id: entry for entry in entries_of(tenancy_id, as_of, None)}
    parts = [RentPart(*row) for row in rent_history(tenancy_id)]
    asked = claim(portfolio, as_of)
    told, unknown = asked, tuple[int, ...]()
    if rent_on is not None:
        fallen = fall_back(_rent_rows(portfolio, entries), parts, rent_on)
        told, unknown = claim(at_rents(portfolio, fallen.cents), as_of), fallen.unknown
    return ClaimFile(
        tenancy_id=tenancy_id,
        names=who.names,
        address=who.address,
        contract_number=who.contract_number,
        claim=told,
        labels={number: label(entry) for number, entry in entries.items()},
        rents=steps(parts),
        rent_on=rent_on,
        full_cents=asked.total_cents,
        unknown=[day_of(int(portfolio.due[row])) for row in unknown],
    )


def _rent_rows(portfolio: Portfolio, entries: dict[int, Entry]) -> list[Asked]:
    return [
        Asked(row, day_of(int(portfolio.due[row])), int(portfolio.amount[row]))
        for row, number in enumerate(portfolio.entry.tolist())
        if entries[number].kind is Kind.RENT and portfolio.role[row] == Role.PRINCIPAL
    ]
