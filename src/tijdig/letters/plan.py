"""The instalments of an arrangement: the same amount each month, the last one what remains.

Decides the days and amounts, and what is wrong with a plan: it pays exactly what is open, in order, and begins after the
letter. A start on the 31st falls on the last day of a shorter month, and on the 31st again after it.

Units: whole cents. Errors: `ValueError` for amounts that are not above zero, and for more than sixty instalments: five
years, by when a claim for rent is out of time (article 3:308 BW).
Example: € 100 in instalments of € 40 from 31 January 2027 gives € 40 on 31 January, € 40 on 28 February, € 20 on 31 March.
Left out: what a tenant can pay, and for how many months an arrangement may run; both are policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from tijdig.base.days import add_months
from tijdig.base.money import euro
from tijdig.law.answer import short_day
from tijdig.letters.basis import Basis
from tijdig.letters.given_checks import cents_of, day_of
from tijdig.letters.letter import Fact, Row
from tijdig.letters.values import Fault

MOST_INSTALMENTS = 60


def plan_rows(total_cents: int, instalment_cents: int, first_on: date) -> tuple[Row, ...]:
    """The instalments in order of their days; a letter numbers them itself."""
    if total_cents <= 0 or instalment_cents <= 0:
        raise ValueError("Een regeling en elk deel ervan zijn meer dan nul.")
    count = _count(total_cents, instalment_cents)
    if count > MOST_INSTALMENTS:
        raise ValueError(f"Een regeling van {count} delen is te lang.")
    rest_cents = total_cents - instalment_cents * (count - 1)
    amounts = [instalment_cents] * (count - 1) + [rest_cents]
    return tuple(Row(add_months(first_on, at), cents) for at, cents in enumerate(amounts))


def agreed_rows(basis: Basis, given: Mapping[str, Fact], plan: tuple[Row, ...]) -> tuple[Row, ...]:
    """The plan that was given, or else the one that the typed amount and day make."""
    return plan or plan_rows(basis.open_cents, cents_of(given, "instalment_cents"), day_of(given, "first_on"))


def plan_faults(basis: Basis, given: Mapping[str, Fact], plan: tuple[Row, ...]) -> Iterator[Fault]:
    """What is wrong with a plan, given or typed; nothing where the account itself is wrong already."""
    if basis.open_cents <= 0:
        return
    count = len(plan) or _count(basis.open_cents, cents_of(given, "instalment_cents"))
    if count > MOST_INSTALMENTS:
        yield Fault(
            "plan_long",
            f"De regeling heeft {count} delen. Spreek een hoger bedrag af, met ten hoogste {MOST_INSTALMENTS} delen.",
        )
    else:
        yield from _row_faults(basis, agreed_rows(basis, given, plan))


def _count(total_cents: int, instalment_cents: int) -> int:
    return -(-total_cents // instalment_cents)


def _row_faults(basis: Basis, rows: tuple[Row, ...]) -> Iterator[Fault]:
    total_cents = sum(row.open_cents for row in rows)
    if any(row.open_cents <= 0 for row in rows):
        yield Fault("plan_amount", "Een deel van de regeling is niet meer dan nul. Verbeter dat bedrag.")
    elif total_cents != basis.open_cents:
        yield Fault(
            "plan_sum",
            f"De delen zijn samen {euro(total_cents)}, open staat {euro(basis.open_cents)}. Maak die gelijk.",
        )
    days = [row.due_on for row in rows]
    if min(days) <= basis.on:
        yield Fault(
            "plan_past",
            f"Het deel van {short_day(min(days))} moet betaald zijn op of vóór de dag van de brief. Kies een latere dag.",
        )
    if days != sorted(set(days)):
        yield Fault(
            "plan_order", "De dagen van de regeling staan niet op volgorde. Zet de eerste dag voorop."
        )
