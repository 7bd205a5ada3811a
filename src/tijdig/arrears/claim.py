"""The claim statement of one tenancy as of a day: what is open, what settled what, and what the delay cost.

Decides per instalment that was due before the day: its amount, every payment that settled a part of it and still stands,
what is open, from which day it is in default (articles 6:81 and 6:83 sub a BW: a due date that passes), and the
statutory interest until the day, that day not counted (6:119 BW). What was settled follows the engine's own walk, so the
open amount is to the cent what every other screen shows as overdue.

A payment that was taken back never counted: the instalment bears interest from its own default day, as if nobody had
paid. Interest is counted on principal alone; interest or costs that the ledger charged already stand beside it.

When a court strikes an increase, the same is asked of the account with each month's rent brought down (`Portfolio.lowered`):
all months again, also those that were paid, so that what was paid too much settles the oldest debt.

Collection costs come in by the letters that announced them (`claim_costs`), from the same settlement, and only what the
ledger did not charge already. What the ledger charged and no letter made due is set aside (`costs_aside`): no payment
settles it, and it is not claimed. A claim with all that was charged can be asked for; it is in doubt.

Worked example: rent € 700 due 1 March 2025, nothing paid, as of 2 November 2026: default from 2 March 2025, interest
€ 59,56.

Left out: interest on instalments that were paid late and are closed (not claimed), and court costs.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from tijdig.arrears.costs_aside import Account, as_charged, set_aside
from tijdig.arrears.imputation import Left, Settlement
from tijdig.arrears.notice_costs import Booked, NoticeCosts
from tijdig.arrears.notices import Notice
from tijdig.arrears.portfolio import Portfolio
from tijdig.arrears.prescribed import prescribed
from tijdig.base.days import day_of
from tijdig.base.money import euro
from tijdig.law.answer import Doubt, NotKnown, Source, once
from tijdig.law.conventions import DEFAULT, Conventions
from tijdig.law.interest import LONGEST_YEARS, Interest, Payment, first_interest_day, interest
from tijdig.ledger.kinds import Role


@dataclass(frozen=True, slots=True)
class Settled:
    """A part of an instalment that a payment settled, and that was not taken back. `entry` is the payment's."""

    entry: int
    on: date
    cents: int


@dataclass(frozen=True, slots=True)
class Instalment:
    """One charge that was due. `interest` is None for what bears none, costs and interest, and where `unknown` says why."""

    row: int
    entry: int
    role: Role
    due_on: date
    amount_cents: int
    settled: tuple[Settled, ...]
    open_cents: int
    default_on: date
    interest: Interest | None
    unknown: Doubt | None = None  # why its interest cannot be worked out

    @property
    def interest_cents(self) -> int:
        return self.interest.total_cents if self.interest else 0


@dataclass(frozen=True, slots=True)
class Claim:
    """What is owed as of a day, instalment by instalment, oldest first."""

    as_of_on: date
    instalments: tuple[Instalment, ...]
    conventions: tuple[str, ...]
    sources: tuple[Source, ...]
    doubts: tuple[Doubt, ...]
    costs: tuple[NoticeCosts, ...] = ()  # by letter, also of letters that make nothing due
    loose: tuple[Booked, ...] = ()  # collection costs in the ledger that no letter made due
    charged_interest_cents: int = 0  # interest in the ledger, paid or not
    credit_cents: int = 0  # what waits in the account

    @property
    def open_cents(self) -> int:
        """All that is overdue in the ledger: principal, costs and interest that were charged, save what was set aside."""
        return sum(one.open_cents for one in self.instalments)

    @property
    def principal_cents(self) -> int:
        return sum(one.open_cents for one in self.instalments if one.role == Role.PRINCIPAL)

    @property
    def beside_cents(self) -> int:
        """What is overdue beside principal: costs, interest and reversals that stand by themselves."""
        return self.open_cents - self.principal_cents

    @property
    def counted_cents(self) -> int:
        """Statutory interest until the day on what is open, as it is worked out."""
        return sum(one.interest_cents for one in self.instalments)

    @property
    def interest_cents(self) -> int:
        """The same less what the ledger charged already, paid or not."""
        return max(0, self.counted_cents - self.charged_interest_cents)

    @property
    def costs_cents(self) -> int:
        """Collection costs that are due and that the ledger did not charge."""
        return sum(one.due_cents for one in self.costs)

    @property
    def set_off_cents(self) -> int:
        """What waits in the account, as far as it pays those costs."""
        return min(self.costs_cents, self.credit_cents)

    @property
    def loose_cents(self) -> int:
        """Collection costs in the ledger that no letter made due: not claimed, unless all costs were asked for."""
        return sum(one.cents for one in self.loose)

    @property
    def total_cents(self) -> int:
        return self.open_cents + self.interest_cents + self.costs_cents - self.set_off_cents

    @property
    def provisional(self) -> bool:
        return bool(self.doubts)


def claim(
    portfolio: Portfolio,
    as_of: date,
    conventions: Conventions = DEFAULT,
    notices: Sequence[Notice] = (),
    booked: Sequence[Booked] = (),
    *,
    all_costs: bool = False,
    no_interest: Collection[int] = (),
) -> Claim:
    """The claim of one tenancy (`Portfolio.only`; else ValueError) as of a day.

    `booked` are the collection costs that the ledger charged. `all_costs` counts them all, also those that no letter
    made due. `no_interest` are ledger entries without a fixed due day, which are in default only after a notice.
    """
    known = [one for one in booked if one.on <= as_of]
    account = (as_charged if all_costs else set_aside)(portfolio, notices, as_of, known)
    settlement, costs = account.settlement, account.costs
    settled = _settled(portfolio, settlement)
    overdue = [left for left in settlement.open_items if _is_late(portfolio, left.row, account)]
    instalments = tuple(
        _instalment(portfolio, left, settled.get(left.row, []), as_of, conventions, no_interest)
        for left in sorted(overdue, key=lambda left: (int(portfolio.due[left.row]), left.row))
    )
    charged = _charged_interest(portfolio, settlement.as_of_day)
    answers = [one.interest for one in instalments if one.interest is not None]
    unknown = [one.unknown for one in instalments if one.unknown]
    first_day = conventions.sentences("first_interest_day") if answers else ()
    return Claim(
        as_of,
        instalments,
        once(*(answer.conventions for answer in answers), first_day),
        once(*(answer.sources for answer in (*answers, *costs))),
        once(
            *(answer.doubts for answer in (*answers, *costs)),
            unknown,
            _in_account(charged, account, all_costs),
            prescribed(
                ((one.entry, one.due_on) for one in instalments if one.role is Role.PRINCIPAL), notices, as_of
            ),
        ),
        costs,
        account.loose,
        charged,
        _credit(portfolio, settlement),
    )


def _is_late(portfolio: Portfolio, row: int, account: Account) -> bool:
    """Due before the day; costs that a letter carries were due when its term was over, on the day itself too."""
    due, as_of_day = int(portfolio.due[row]), account.settlement.as_of_day
    if due < as_of_day or due > as_of_day or portfolio.role[row] != Role.COSTS:
        return due < as_of_day
    return int(portfolio.entry[row]) in {part.entry for one in account.costs for part in one.booked}


def _credit(portfolio: Portfolio, settlement: Settlement) -> int:
    """What is there for costs beside the account: money that waits, or went to what was not late yet and names nothing."""
    ahead, not_late = 0, set(np.flatnonzero(portfolio.due >= settlement.as_of_day).tolist())
    for link in settlement.links if not_late else ():
        if link.cents > 0 and link.charge in not_late and portfolio.target[link.credit] != link.charge:
            ahead += link.cents - link.taken_back
    return ahead + sum(left.cents for left in settlement.waiting)


def _charged_interest(portfolio: Portfolio, as_of_day: int) -> int:
    """All interest that the ledger charged up to a day."""
    rows = (portfolio.role == Role.INTEREST) & (portfolio.day <= as_of_day)
    return int(portfolio.amount[rows].sum())


def _in_account(charged_cents: int, account: Account, all_costs: bool) -> tuple[Doubt, ...]:
    """What the ledger charged beside principal and nobody can vouch for: costs without a letter, interest twice."""
    found = []
    if all_costs and account.loose:
        loose = sum(one.cents for one in account.loose)
        found.append(
            Doubt(
                "costs_booked",
                f"In de rekening staan {euro(loose)} incassokosten die niet volgen uit een brief waarvan de termijn voorbij "
                "is. Zoek uit of ze verschuldigd zijn, of boek ze terug.",
            )
        )
    if charged_cents:
        found.append(
            Doubt(
                "interest_booked",
                f"In de rekening is {euro(charged_cents)} rente geboekt. Die gaat van de berekende rente af. Kijk of "
                "zij over dezelfde maanden gaat.",
            )
        )
    return tuple(found)


def _settled(portfolio: Portfolio, settlement: Settlement) -> dict[int, list[Settled]]:
    """Per charge what payments settled of it and still stands."""
    found: dict[int, list[Settled]] = {}
    for link in settlement.links:
        cents = link.cents - link.taken_back
        if link.cents > 0 and cents:
            entry = int(portfolio.entry[link.credit]) if len(portfolio.entry) else 0
            found.setdefault(link.charge, []).append(Settled(entry, day_of(link.day), cents))
    return found


def _instalment(
    portfolio: Portfolio,
    left: Left,
    settled: list[Settled],
    as_of: date,
    conventions: Conventions,
    no_interest: Collection[int],
) -> Instalment:
    row, open_cents = left.row, left.cents
    entry = int(portfolio.entry[row]) if len(portfolio.entry) else 0
    role, due_on = Role(int(portfolio.role[row])), day_of(int(portfolio.due[row]))
    amount = open_cents + sum(one.cents for one in settled)  # of a reversal: what did not reopen anything
    default_on = first_interest_day(due_on, conventions)
    found: Interest | Doubt | None = None
    if role in (Role.PRINCIPAL, Role.UNDO) and default_on <= as_of and entry not in no_interest:
        found = _interest(amount, default_on, as_of, settled, conventions)
    return Instalment(
        row=row,
        entry=entry,
        role=role,
        due_on=due_on,
        amount_cents=amount,
        settled=tuple(settled),
        open_cents=open_cents,
        default_on=default_on,
        interest=None if isinstance(found, Doubt) else found,
        unknown=found if isinstance(found, Doubt) else None,
    )


def _interest(
    cents: int, default_on: date, as_of: date, settled: list[Settled], conventions: Conventions
) -> Interest | Doubt:
    """The interest on one charge, or why it is not known."""
    if as_of.year - default_on.year > LONGEST_YEARS:
        return Doubt(
            "unknown", f"Rente over meer dan {LONGEST_YEARS} jaar rekenen wij niet uit. Kies een eerdere dag."
        )
    try:
        return interest(
            cents, default_on, as_of, [Payment(one.on, one.cents) for one in settled], conventions
        )
    except NotKnown as unknown:
        return unknown.doubt
