"""How tenants pay: one small function per kind of behaviour, for all tenants of that kind in one month.

A behaviour sees what the tenants of that kind owe and returns at most two transfers each. Direct debits run
by themselves; for who pays by direct debit, `owed` is what is left beside this month's debit, so the
behaviour says how a reversed debit is made good. Chances are in millionths, amounts in whole cents. The
shares and chances are invented and set so that a history looks like life; docs/rules/population.md tells
what each does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from tijdig.lab.draws import Flags, Ints


class Behaviour(IntEnum):
    """What a tenancy is like. The number indexes `PLANS`."""

    PUNCTUAL = 0
    FORGETTER = 1
    SHIFTER = 2  # pays after payday: the 16th or the 25th
    TROUBLE = 3  # two to five hard months, then catches up
    REVERSED = 4  # direct debit that often comes back
    PARTS = 5  # two transfers a month
    DOUBLE = 6  # sometimes pays twice
    ODD = 7  # round amounts
    FAMILY = 8  # someone else pays for this tenant alone
    HELPED = 9  # a debt-help body pays for several people in one transfer
    LEAVER = 10  # stops paying, leaves, and keeps a debt
    STRUCTURAL = 11  # more month than money, for a long time
    REFUSER = 12  # stopped paying altogether


DEBTORS = (Behaviour.STRUCTURAL, Behaviour.REFUSER)

# Permille of who pays by direct debit, and of who pays by transfer, before debtors are chosen from PUNCTUAL.
DEBIT_SHARES = {Behaviour.REVERSED: 40, Behaviour.TROUBLE: 20}
TRANSFER_SHARES = {
    Behaviour.FORGETTER: 130,
    Behaviour.SHIFTER: 45,
    Behaviour.TROUBLE: 35,
    Behaviour.PARTS: 35,
    Behaviour.DOUBLE: 30,
    Behaviour.ODD: 30,
    Behaviour.FAMILY: 25,
    Behaviour.HELPED: 18,
}
LEAVER_PERMILLE = 90  # of who leaves


@dataclass(frozen=True, slots=True)
class View:
    """One month as the tenants of one behaviour see it: columns of equal length."""

    month: int
    charge: Ints  # this month's rent
    owed: Ints  # what is left to transfer; negative is credit
    debit: Flags  # a direct debit runs this month
    left: Ints  # months until the lease ends; negative afterwards
    habit: Ints  # constant per tenant, 0 .. 999,999
    start: Ints  # month in which it begins
    length: Ints  # months it lasts
    chance: tuple[Ints, ...]  # fresh draws, 0 .. 999,999


@dataclass(frozen=True, slots=True)
class Plan:
    """Cents and day of the month of the first and the second transfer; zero or less is none."""

    first: Ints
    first_day: Ints
    second: Ints | None = None
    second_day: Ints | None = None


def _punctual(view: View) -> Plan:
    slips = view.chance[0] < 10_000
    day = np.where(slips | view.debit, 8 + view.chance[1] % 13, 1 + view.habit % 4)
    pays = ~view.debit | (view.chance[2] < 800_000)
    return Plan(np.where(pays, view.owed, 0), day)


def _forgetter(view: View) -> Plan:
    forgets = view.chance[0] < 170_000
    return Plan(np.where(forgets, 0, view.owed), 2 + view.chance[1] % 10)


def _shifter(view: View) -> Plan:
    return Plan(view.owed, np.where(view.habit % 2 == 0, 16, 25) + view.chance[1] % 3)


def _round_down(cents: Ints, step: int) -> Ints:
    return cents // step * step


def _trouble(view: View) -> Plan:
    hard = (view.month >= view.start) & (view.month < view.start + view.length)
    part = _round_down(view.charge * (300 + view.chance[1] % 400) // 1000, 500)
    in_trouble = np.where((view.chance[0] < 450_000) | view.debit, 0, part)
    extra = _round_down(view.charge // 3, 1000)
    later = np.minimum(view.owed, np.where(view.debit, extra, view.charge + extra))
    return Plan(np.where(hard, in_trouble, later), 1 + view.habit % 6 + np.where(view.debit, 8, 0))


def _reversed(view: View) -> Plan:
    whole = np.where(view.chance[0] < 600_000, view.owed, 0)
    half = (view.chance[0] >= 600_000) & (view.chance[0] < 800_000)
    return Plan(np.where(half, _round_down(view.owed // 2, 500), whole), 6 + view.chance[1] % 14)


def _parts(view: View) -> Plan:
    first = _round_down(view.owed // 2, 1000)
    misses = view.chance[0] < 120_000
    return Plan(first, 2 + view.habit % 4, np.where(misses, 0, view.owed - first), 12 + view.chance[1] % 15)


def _double(view: View) -> Plan:
    day = 1 + view.habit % 4
    twice = view.chance[0] < 40_000
    return Plan(view.owed, day, np.where(twice, view.owed, 0), day + 1 + view.chance[1] % 4)


def _odd(view: View) -> Plan:
    near = _round_down(view.charge + np.where(view.habit % 3 == 0, 999, 0), 1000)
    settles = view.owed > view.charge + 60_00
    return Plan(np.where(settles, view.owed, np.where(view.owed > 0, near, 0)), 1 + view.habit % 5)


def _family(view: View) -> Plan:
    return Plan(view.owed, 2 + view.habit % 7)


def _helped(view: View) -> Plan:
    before = np.where(view.chance[0] < 450_000, 0, view.charge)
    helped = np.minimum(view.charge + 50_00, np.maximum(view.owed, 0))
    return Plan(np.where(view.month < view.start, before, helped), 4 + view.habit % 6)


def _leaver(view: View) -> Plan:
    pays_off = (view.habit % 10 < 4) & (view.left < 0)
    after = np.where(pays_off, np.minimum(view.owed, 25_00 + view.habit % 4 * 25_00), 0)
    before = np.where(view.debit, 0, view.owed)
    return Plan(np.where(view.left < view.length, after, before), 3 + view.habit % 20)


def _structural(view: View) -> Plan:
    luck = view.chance[0]
    part = _round_down(view.charge * (500 + view.chance[1] % 400) // 1000, 500)
    steps = [luck < 500_000, luck < 700_000, luck < 930_000]
    catches_up = view.charge + _round_down(np.maximum(view.owed, 0) // 3, 1000)
    transfer = np.select(steps, [view.charge, part, np.zeros_like(part)], catches_up)
    beside = np.where(luck < 250_000, _round_down(view.owed // 2, 1000), 0)
    pays = np.minimum(np.where(view.debit, beside, transfer), np.maximum(view.owed, 0))
    return Plan(np.where(view.month < view.start, view.owed, pays), 2 + view.chance[2] % 25)


def _refuser(view: View) -> Plan:
    return Plan(np.where(view.month < view.start, view.owed, 0), 2 + view.habit % 8)


PLANS: dict[Behaviour, Callable[[View], Plan]] = {
    Behaviour.PUNCTUAL: _punctual,
    Behaviour.FORGETTER: _forgetter,
    Behaviour.SHIFTER: _shifter,
    Behaviour.TROUBLE: _trouble,
    Behaviour.REVERSED: _reversed,
    Behaviour.PARTS: _parts,
    Behaviour.DOUBLE: _double,
    Behaviour.ODD: _odd,
    Behaviour.FAMILY: _family,
    Behaviour.HELPED: _helped,
    Behaviour.LEAVER: _leaver,
    Behaviour.STRUCTURAL: _structural,
    Behaviour.REFUSER: _refuser,
}


def starts(kinds: Ints, draw: Ints, months: int) -> Ints:
    """The month in which each tenant's own story begins; refusers stopped two to nine months ago."""
    steps = [kinds == Behaviour.STRUCTURAL, kinds == Behaviour.REFUSER, kinds == Behaviour.HELPED]
    months_in = [months - 4 - draw % 17, months - 2 - draw % 8, 3 + draw % 8]
    return np.maximum(np.select(steps, months_in, draw % months), 0)
