"""What every charge of one tenancy was open on any day before, read from the engine's own settlement.

Decides what was open when a day began: what is open now, and what was settled or taken back since. So it is to the cent what
the engine would have said on the day before, with what is known now.

Units: whole cents, days. Example: rent € 700 of 1 March, € 200 paid on 10 March: open before 10 March € 700, before 11
March € 500. Left out: what was known on that day (`known_at`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tijdig.arrears.imputation import Link, Settlement
from tijdig.arrears.portfolio import Portfolio
from tijdig.base.days import day_number
from tijdig.ledger.kinds import Role


class OpenThen:
    """The account of one tenancy, asked about days before its settlement."""

    def __init__(self, portfolio: Portfolio, settlement: Settlement) -> None:
        self.portfolio = portfolio
        self._left = {left.row: left.cents for left in settlement.open_items}
        self._links: dict[int, list[Link]] = {}
        for link in settlement.links:
            self._links.setdefault(link.charge, []).append(link)
        self._rows = {entry: row for row, entry in enumerate(portfolio.entry.tolist())}

    def principals(self, entries: Iterable[int]) -> list[tuple[int, int]]:
        """Row and number of those of these entries that are principal: costs bear no costs."""
        known = [(self._rows[entry], entry) for entry in dict.fromkeys(entries) if entry in self._rows]
        return [pair for pair in known if self.portfolio.role[pair[0]] in (Role.PRINCIPAL, Role.UNDO)]

    def open_before(self, row: int, day: date) -> int:
        """What was open of a charge when that day began; nothing of one that was not there yet."""
        number = day_number(day)
        if self.portfolio.day[row] >= number:
            return 0
        since = sum(link.cents for link in self._links.get(row, ()) if link.day >= number)
        return self._left.get(row, 0) + since

    def taken_back_from(self, row: int, day: date) -> int:
        """What was taken back of the payments of a charge on or after a day."""
        number = day_number(day)
        return -sum(link.cents for link in self._links.get(row, ()) if link.cents < 0 and link.day >= number)

    def was_due(self, row: int, day: date) -> bool:
        """Was a charge late on that day?"""
        return bool(self.portfolio.due[row] < day_number(day))
