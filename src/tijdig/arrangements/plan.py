"""The plan of an arrangement: which amounts on which days pay off a debt.

Decides the instalments from what a tenant can miss: the same amount in a rhythm, with more on days when there is more
(holiday money in May), until the debt is paid; the last one is what is left. Monthly keeps the day of the first one: who
begins on the 31st pays on the last day of a shorter month.

Units: whole cents. Errors: none, what cannot be a plan is a `Fault` with a Dutch sentence that says what to do.
Worked example: € 1,000 at € 300 a month from 25 November 2026, € 200 more on 25 May 2027: 300, 300, 300 and the last 100
on 25 February; the holiday money is not needed any more.

Left out: whether a plan is wise (`advice`), and the current rent, which is paid beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from tijdig.arrangements.kinds import Rhythm
from tijdig.base.days import add_months
from tijdig.base.money import euro

MOST_INSTALMENTS = 260  # five years of weeks
_AHEAD_DAYS = 92
_TEN, _HALF_A_YEAR = 10_00, 6
_WEEKS = {Rhythm.WEEKLY: 1, Rhythm.FOUR_WEEKLY: 4}


class Instalment(NamedTuple):
    """One amount of a plan; `number` counts from 1."""

    number: int
    due_on: date
    cents: int


class Extra(NamedTuple):
    """More on a day: holiday money, a refund of tax."""

    on: date
    cents: int


class Fault(NamedTuple):
    """What is wrong, and what to do."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Ask:
    """What the tenant can pay: so much each time from a day on, and more on some days."""

    debt_cents: int
    instalment_cents: int
    first_on: date
    rhythm: Rhythm = Rhythm.MONTHLY
    extras: tuple[Extra, ...] = ()


def beginning(debt_cents: int, today: date) -> Ask:
    """Something to begin the talk with: the debt in half a year, in whole tens of euros, from next week on."""
    each_cents = max(_TEN, -(-debt_cents // (_HALF_A_YEAR * _TEN)) * _TEN)
    return Ask(debt_cents, each_cents, today + timedelta(days=7))


def ask_faults(ask: Ask, today: date) -> Iterator[Fault]:
    """Everything that keeps this from being a plan."""
    if ask.debt_cents <= 0:
        yield Fault("no_debt", "Er staat niets open. Een regeling is niet nodig.")
    if ask.instalment_cents <= 0:
        yield Fault("no_instalment", "Vul in hoeveel de huurder per keer kan betalen.")
    elif ask.debt_cents > ask.instalment_cents * MOST_INSTALMENTS:
        yield Fault(
            "too_many",
            f"Met {euro(ask.instalment_cents)} per keer zijn er meer dan {MOST_INSTALMENTS} termijnen. Kies een hoger "
            "bedrag.",
        )
    if ask.first_on < today:
        yield Fault("first_past", "De eerste dag ligt in het verleden. Kies vandaag of een latere dag.")
    elif ask.first_on > today + timedelta(days=_AHEAD_DAYS):
        yield Fault("first_far", "De eerste dag ligt meer dan drie maanden vooruit. Kies een eerdere dag.")
    for extra in ask.extras:
        if extra.cents <= 0 or extra.on < ask.first_on:
            yield Fault(
                "extra_wrong", "Een extra betaling heeft een bedrag, en een dag na de eerste termijn."
            )


def plan(ask: Ask) -> tuple[Instalment, ...]:
    """The instalments, earliest first. `ask` has no faults."""
    left, found = ask.debt_cents, list[Instalment]()
    for due_on, cents in _amounts(ask):
        cents = min(cents, left)
        if found and found[-1].due_on == due_on:
            found[-1] = found[-1]._replace(cents=found[-1].cents + cents)
        else:
            found.append(Instalment(len(found) + 1, due_on, cents))
        left -= cents
        if not left:
            break
    return tuple(found)


def _amounts(ask: Ask) -> Iterator[tuple[date, int]]:
    """Every amount by day, without an end."""
    extras = sorted(ask.extras)
    for place in range(MOST_INSTALMENTS + 1):
        due_on = _due(ask, place)
        while extras and extras[0].on < due_on:
            yield extras.pop(0)
        yield due_on, ask.instalment_cents


def _due(ask: Ask, place: int) -> date:
    if ask.rhythm is Rhythm.MONTHLY:
        return add_months(ask.first_on, place)
    return ask.first_on + timedelta(weeks=_WEEKS[ask.rhythm] * place)


def months(instalments: Sequence[Instalment]) -> int:
    """How many months a plan takes, counted up: from its first to its last day."""
    first, last = instalments[0].due_on, instalments[-1].due_on
    whole = (last.year - first.year) * 12 + last.month - first.month
    return whole + (last.day > first.day) or 1
