"""The account of one tenancy as a claim and every letter read it: entries, letters, and what the law makes of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tijdig.arrears.claim import Claim, claim
from tijdig.arrears.notices import KINDS, Notice, notices
from tijdig.arrears.portfolio import Portfolio
from tijdig.cases.account import Entry, bears_costs, bears_interest, booked_costs, corrected, court_doubts
from tijdig.cases.queries_engine import load_full
from tijdig.cases.queries_file import entries_of
from tijdig.law.answer import once
from tijdig.law.conventions import Conventions
from tijdig.policy.adopted import holding
from tijdig.policy.queries import adoptions
from tijdig.steps.kinds import Step
from tijdig.steps.queries import steps_of


@dataclass(frozen=True, slots=True)
class Account:
    """What is known of a tenancy up to a day. In the portfolio, corrections lower the charge that they point to."""

    as_of: date
    portfolio: Portfolio
    entries: Mapping[int, Entry]
    sent: tuple[Notice, ...]
    conventions: Conventions

    def asked(self) -> tuple[Claim, Claim]:
        """The claim, and the same without costs of letters that are in doubt: what another letter may ask for sure."""
        told = self.claim()
        doubted = [one.notice for one in told.costs if one.provisional and one.booked]
        if not doubted:
            return told, told
        sure = tuple(one for one in self.sent if one not in doubted)
        return told, replace(self, sent=sure).claim()

    def claim(self, lowered: Mapping[int, int] | None = None, *, all_costs: bool = False) -> Claim:
        """The claim, at the rents as asked or with some rows brought down (by row, in cents)."""
        told = claim(
            self.portfolio.lowered(lowered or {}),
            self.as_of,
            self.conventions,
            self.sent,
            booked_costs(self.entries.values()),
            all_costs=all_costs,
            no_interest=frozenset(one.id for one in self.entries.values() if not bears_interest(one)),
        )
        return replace(told, doubts=once(told.doubts, court_doubts(self.entries.values())))


def account(tenancy_id: int, as_of: date, *, steps: Sequence[Step] | None = None) -> Account:
    """The account of a tenancy in the scope of its corporation. Letters that came back later are known already.

    `steps` are all there are, where the caller has read them.
    """
    entries = {entry.id: entry for entry in entries_of(tenancy_id, as_of, None)}
    portfolio = load_full(as_of, [tenancy_id]).portfolio
    rows = {number: row for row, number in enumerate(portfolio.entry.tolist())}
    lower = {rows[number]: cents for number, cents in corrected(entries.values()).items()}
    made = adoptions()
    if steps is None:
        steps = steps_of([tenancy_id], kinds=KINDS, as_of=date.max)
    steps = [one for one in steps if one.kind in KINDS]
    return Account(
        as_of,
        portfolio.lowered(lower),
        entries,
        tuple(_of_the_lease(one, entries) for one in notices(steps, as_of, lambda day: holding(made, day))),
        holding(made, as_of),
    )


def _of_the_lease(notice: Notice, entries: Mapping[int, Entry]) -> Notice:
    """Costs follow from what a letter named of the lease; damage that it named as well bears none."""
    kept = tuple(one for one in notice.facts.entries if one not in entries or bears_costs(entries[one]))
    return (
        notice if kept == notice.facts.entries else replace(notice, facts=replace(notice.facts, entries=kept))
    )
