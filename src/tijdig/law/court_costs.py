"""What proceedings cost: the court fee, the representative's salary, the bailiff's acts. By day, each with its source.

Source: annex of the Wet griffierechten burgerlijke zaken (by the year of the first docket date); the liquidation rate of
the cantonal courts (by the day of the judgment, per point, by principal + interest + collection costs); Besluit tarieven
ambtshandelingen gerechtsdeurwaarders (by the day of the act, without VAT).

Units: whole cents; points as exact fractions. Errors: `NotKnown` before the first table and where nothing is known, such
as bailiff tariffs in 2026; `ValueError` for a negative claim, no points or a code that does not exist.

Example, 2026, a claim of € 2,100 defended at a hearing: court fee 397.00; salary 2 x 217 = 434.00; after the judgment at
most 108.50.

Left out: VAT on a bailiff's act, half the tariff when the tenant complies at once, and who pays in the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any

from tijdig.base.money import euro
from tijdig.law.answer import Answer, Doubt, NotKnown, Step, short_day
from tijdig.law.conventions import Rounding, rounded
from tijdig.law.dated import Found, Quantity
from tijdig.law.quantity import mapping, percent, percent_text, quantity

_HALF = Fraction(1, 2)


class Person(StrEnum):
    """Who claims: a corporation is a legal person."""

    LEGAL = "legal"
    NATURAL = "natural"
    LOW_INCOME = "low_income_cents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge(Answer):
    """One amount, with the sentence that says what it is."""

    total_cents: int
    sentence: str

    @property
    def steps(self) -> tuple[Step, ...]:
        return (Step(self.sentence, self.total_cents),)


@dataclass(frozen=True, slots=True)
class Band:
    """`up_to_cents` None: no upper end; `most_points` None: no most."""

    up_to_cents: int | None
    point_cents: int
    most_points: int | None


@dataclass(frozen=True, slots=True)
class SalaryTable:
    bands: tuple[Band, ...]
    eviction_only_cents: int
    after_costs_maximum_cents: int | None

    def band(self, claim_cents: int) -> Band:
        return next(one for one in self.bands if one.up_to_cents is None or claim_cents <= one.up_to_cents)


def _salary_table(raw: Any) -> SalaryTable:
    bands = tuple(
        Band(None if up_to is None else up_to * 100, point * 100, most) for up_to, point, most in raw["bands"]
    )
    return SalaryTable(bands, raw["eviction_only_cents"], raw["after_costs_maximum_cents"])


@cache
def court_fees() -> Quantity[Mapping[str, Any]]:
    """The court fee through time."""
    return quantity("court_fee", mapping)


@cache
def salary_tables() -> Quantity[SalaryTable]:
    """The representative's salary through time."""
    return quantity("representative_salary", _salary_table)


@cache
def act_tariffs() -> Quantity[Mapping[str, int | None]]:
    """The bailiff's tariffs through time, by the letter of the decree."""
    return quantity("bailiff_acts", mapping)


def _unknown(found: Found[Any], what: str) -> NotKnown:
    since = short_day(found.from_on)
    return NotKnown(
        "unknown", f"{found.name} vanaf {since}: {what} is niet bekend. Zoek het op en voer het zelf in."
    )


def _charge(cents: int, sentence: str, found: Found[Any], doubts: tuple[Doubt, ...] | None = None) -> Charge:
    told = found.doubts if doubts is None else doubts
    return Charge(total_cents=cents, sentence=sentence, sources=(found.source,), doubts=told)


def _not_negative(claim_cents: int) -> None:
    if claim_cents < 0:
        raise ValueError("Een vordering kan niet lager zijn dan nul.")


def court_fee(claim_cents: int | None, docket_on: date, person: Person = Person.LEGAL) -> Charge:
    """The court fee by the first docket date; `claim_cents` None for a claim of no fixed value: the lowest band."""
    _not_negative(claim_cents or 0)
    found = court_fees().at(docket_on)
    table = found.value[person]
    if table is None:
        raise _unknown(found, "het bedrag voor een natuurlijk persoon")
    if person is Person.LOW_INCOME:
        return _charge(table, "Griffierecht bij een laag inkomen.", found)
    row = next(one for one in table if one["up_to_cents"] is None or (claim_cents or 0) <= one["up_to_cents"])
    claim = "een vordering van onbepaalde waarde" if claim_cents is None else euro(claim_cents)
    return _charge(row["fee_cents"], f"Griffierecht over {claim}.", found)


def representative_salary(claim_cents: int, judgment_on: date, points: Fraction) -> Charge:
    """The salary: points times the amount of the band, up to the most points of that band."""
    _not_negative(claim_cents)
    if points <= 0:
        raise ValueError("Het aantal punten moet hoger zijn dan nul.")
    found = salary_tables().at(judgment_on)
    band = found.value.band(claim_cents)
    counted = points if band.most_points is None else min(points, Fraction(band.most_points))
    cents = rounded(band.point_cents * counted.numerator, counted.denominator, Rounding.HALF_UP)
    sentence = f"Salaris gemachtigde: {percent_text(counted)} punten van {euro(band.point_cents)}."
    return _charge(cents, sentence, found)


def eviction_salary(judgment_on: date) -> Charge:
    """The amount per point where only eviction is claimed."""
    found = salary_tables().at(judgment_on)
    return _charge(
        found.value.eviction_only_cents, "Salaris gemachtigde, alleen ontruiming: per punt.", found
    )


def after_costs(claim_cents: int, judgment_on: date) -> Charge:
    """The costs after the judgment: half a point, up to their own maximum."""
    found = salary_tables().at(judgment_on)
    most = found.value.after_costs_maximum_cents
    if most is None:
        raise _unknown(found, "het maximum van de nakosten")
    half = representative_salary(claim_cents, judgment_on, _HALF).total_cents
    return _charge(min(half, most), "Nakosten: een half punt.", found, found.part_doubts("after_costs"))


def points_of(acts: Mapping[str, int], judgment_on: date) -> tuple[Fraction, tuple[Doubt, ...]]:
    """The points of these acts (summons, hearing, reply) by number, with what is not sure about them."""
    found = quantity("representative_points", mapping).at(judgment_on)
    points = sum((percent(found.value[act]) * number for act, number in acts.items()), Fraction(0))
    return points, found.doubts


def bailiff_act(code: str, on: date) -> Charge:
    """The tariff of one act: a summons, b service of a judgment, c notice, d other service, v eviction."""
    found = act_tariffs().at(on)
    label = act_tariffs().labels.get(code)
    if label is None:
        raise ValueError(f"De ambtshandeling '{code}' bestaat niet.")
    cents = found.value.get(code)
    if cents is None:
        raise _unknown(found, label)
    return _charge(cents, f"Deurwaarder: {label}, zonder btw.", found, found.part_doubts(code))
