"""Collection costs that the ledger charged: those that a letter made due count, the others are set aside.

Decides which part of them is in the account that a tenant or a judge is shown. Costs are due by a fourteen-day letter of
which the term is over (article 6:96 paragraph 6 BW), and from that day. What was charged before, or for more, or without a
letter, is no debt: a payment does not settle it first (article 6:44 BW), so the rent that it would have left open is paid.

What the corporation took off costs again falls away with them: in the account of a claim neither stands, as if they had
never been charged.

Units: whole cents. Errors: none. Worked example: rents of € 700 of 1 August and 1 September, € 40 of costs charged on 20
August without a letter, € 700 paid on 25 August. Set aside: € 700 is open, of September. As charged: € 740, of which € 40 of
August.

Left out: costs of court and bailiff, which rest on a judgment or an act.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tijdig.arrears.claim_costs import claim_costs
from tijdig.arrears.imputation import Settlement, settle
from tijdig.arrears.notice_costs import Booked, NoticeCosts
from tijdig.arrears.notices import Notice
from tijdig.arrears.portfolio import Portfolio
from tijdig.base.days import day_number


class Account(NamedTuple):
    """An account settled, with the costs that letters made due, and what of the booked costs none of them carries."""

    settlement: Settlement
    costs: tuple[NoticeCosts, ...]
    loose: tuple[Booked, ...]


def as_charged(
    portfolio: Portfolio, notices: Sequence[Notice], as_of: date, booked: Sequence[Booked]
) -> Account:
    """The account with all costs that the ledger charged."""
    settlement = settle(portfolio, day_number(as_of))
    costs = claim_costs(portfolio, settlement, notices, as_of, booked, early=True)
    return Account(settlement, costs, _loose(booked, _carried(costs)))


def set_aside(
    portfolio: Portfolio, notices: Sequence[Notice], as_of: date, booked: Sequence[Booked]
) -> Account:
    """The account with those booked costs alone that a letter made due.

    A letter is judged by what was open in its term, where costs of earlier letters may have taken a part of a payment. So
    this is asked again until nothing changes, a letter at a time. Where it would never end, the tenant has the benefit:
    all is set aside, and the letters' own costs stand beside the account.
    """
    carried: Mapping[int, int] = {}
    for _ in range(len(notices) + 2):
        settlement = settle(_with(portfolio, booked, carried), day_number(as_of))
        costs = claim_costs(portfolio, settlement, notices, as_of, booked)
        found = _carried(costs)
        if found == carried:
            return Account(settlement, costs, _loose(booked, carried))
        carried = found
    settlement = settle(_with(portfolio, booked, {}), day_number(as_of))
    given_up = [one._replace(cents=one.off_cents) for one in booked]
    costs = claim_costs(portfolio, settlement, notices, as_of, given_up)
    return Account(settlement, costs, _loose(booked, {}))


def _with(portfolio: Portfolio, booked: Sequence[Booked], carried: Mapping[int, int]) -> Portfolio:
    """The account with so much of the booked costs, and without what was taken off them again."""
    if not booked:
        return portfolio
    rows = {entry: row for row, entry in enumerate(portfolio.entry.tolist())}
    amounts = {rows[one.entry]: carried.get(one.entry, 0) for one in booked}
    for one in booked:
        left = one.off_cents
        for credit in one.taken_off:
            off = min(credit.cents, left)
            left -= off
            amounts[rows[credit.entry]] = abs(int(portfolio.amount[rows[credit.entry]])) - off
    return portfolio.lowered(amounts)


def _carried(costs: Sequence[NoticeCosts]) -> dict[int, int]:
    """By ledger entry what letters carry of it."""
    found: dict[int, int] = {}
    for one in costs:
        for part in one.booked:
            found[part.entry] = found.get(part.entry, 0) + part.cents
    return found


def _loose(booked: Sequence[Booked], carried: Mapping[int, int]) -> tuple[Booked, ...]:
    """What no letter carries and nobody took off again."""
    left = (
        one._replace(cents=one.cents - one.off_cents - carried.get(one.entry, 0), taken_off=())
        for one in booked
    )
    return tuple(one for one in left if one.cents > 0)
