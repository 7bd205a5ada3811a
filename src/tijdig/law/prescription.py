"""Prescription: until when a claim can be enforced in court, and how a reminder in writing starts a new term.

Source: article 3:308 BW (rent: five years, from the day after it was due), 3:317 (a written reminder that keeps the right
to payment interrupts), 3:319 (then a new term starts on the next day, as long as the old one and at most five years, and
never ends before the old one would have), 3:324 (a judgment: twenty years; what falls due per period under it: five).

Units: years. Errors: `NotKnown` before 1992, `ValueError` for a reminder before the claim was due.

Example: rent due on 1 March 2020 can be enforced through 1 March 2025 and is prescribed from 2 March 2025. With a reminder
on 10 June 2023 it is prescribed from 11 June 2028. A reminder on 5 March 2025 comes too late.

Left out: interruption by a claim in court (3:316) or by recognition (3:318), lengthening (3:320), and that a judge applies
prescription only if the tenant pleads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from tijdig.base.days import add_months
from tijdig.law.answer import Answer, Step, long_day
from tijdig.law.dated import Found, Quantity
from tijdig.law.quantity import mapping, quantity

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription(Answer):
    """The claim lives through `last_day_on`; `late` are reminders that came after it was prescribed."""

    starts_on: date
    years: int
    interrupted_on: tuple[date, ...]
    late: tuple[date, ...]
    prescribed_from: date

    @property
    def last_day_on(self) -> date:
        return self.prescribed_from - _ONE_DAY

    @property
    def steps(self) -> tuple[Step, ...]:
        return (
            Step(f"De termijn van {self.years} jaar begint op {long_day(self.starts_on)}."),
            *(Step(f"Gestuit op {long_day(day)}: een nieuwe termijn begint.") for day in self.interrupted_on),
            *(Step(f"Te laat om te stuiten: {long_day(day)}.") for day in self.late),
            Step(f"De vordering is verjaard vanaf {long_day(self.prescribed_from)}."),
        )


@cache
def terms() -> Quantity[Mapping[str, int]]:
    """The terms through time, in years."""
    return quantity("prescription", mapping)


def _answer(
    began_on: date, years: int, found: Found[Mapping[str, int]], reminders: Iterable[date]
) -> Prescription:
    starts_on = began_on + _ONE_DAY
    end = _years_on(starts_on, years)
    renewed = min(years, found.value["renewed_years_max"])
    interrupted, late = [], []
    for day in sorted(reminders):
        if day < began_on:
            raise ValueError(f"Er is gestuit op {long_day(day)}, vóór de vordering bestond.")
        if day >= end:
            late.append(day)
            continue
        interrupted.append(day)
        end = max(end, _years_on(day + _ONE_DAY, renewed))
    return Prescription(
        starts_on=starts_on,
        years=years,
        interrupted_on=tuple(interrupted),
        late=tuple(late),
        prescribed_from=end,
        sources=(found.source,),
        doubts=found.doubts,
    )


def _years_on(first: date, years: int) -> date:
    """The day after a term of so many years that begins on a day: begun on 29 February it runs up to 28 February, whole."""
    found = add_months(first, 12 * years)
    return found if found.day == first.day else found + _ONE_DAY


def rent_prescription(due_on: date, reminders: Iterable[date] = ()) -> Prescription:
    """The prescription of an instalment of rent; `reminders` are the days on which it was interrupted."""
    found = terms().at(due_on)
    return _answer(due_on, found.value["rent_years"], found, reminders)


def judgment_prescription(
    judgment_on: date, reminders: Iterable[date] = (), *, periodic: bool = False
) -> Prescription:
    """The prescription of what a judgment awards; `periodic` for what falls due per period under it."""
    found = terms().at(judgment_on)
    years = found.value["judgment_periodic_years" if periodic else "judgment_years"]
    return _answer(judgment_on, years, found, reminders)
