"""What a person types for a letter of each kind: which facts, of which type, with a value to begin from.

Decides what is asked and what is suggested; everything else in a letter comes from the account. A suggestion is a day that
gives the tenant time, on a working day: seven days to pay, fourteen to object and before the bailiff. Those are habits and
no law; a person may type another day, and `kind_checks` says when that is too soon.

Example: `ask_for(Kind.REMINDER)` asks one day; for a letter of Monday 2 November 2026 it suggests Monday 9 November.
Left out: the fourteen-day letter, of which nothing is typed (`kinds.fourteen_day_facts`), and a plan that is given whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tijdig.base.days import add_months, first_of_month
from tijdig.law.holidays import extended
from tijdig.letters.basis import Basis
from tijdig.letters.habits import habits
from tijdig.letters.letter import Fact, Kind


class AskedType(StrEnum):
    """How a fact is typed: a day, an amount in whole cents, words on one line, or a time as 14:30."""

    DAY = "day"
    CENTS = "cents"
    TEXT = "text"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Asked:
    """One fact that a person types. `suggest` gives a value to begin from, or None where only that person knows."""

    name: str
    label: str
    type: AskedType
    help: str
    suggest: Callable[[Basis], Fact | None] = lambda basis: None


def _later(habit: str) -> Callable[[Basis], date]:
    """The first working day so many days after the letter, by a habit of that day."""
    return lambda basis: extended(basis.on + timedelta(days=getattr(habits(basis.on), habit)))


def _pay_before(basis: Basis) -> date:
    """A week on, and not within the term of a fourteen-day letter that runs."""
    day = basis.on + timedelta(days=habits(basis.on).pay_days)
    runs_until = basis.fee_from_on - timedelta(days=1) if basis.fee_from_on else day
    return extended(max(day, runs_until))


def _municipality(basis: Basis) -> str | None:
    """The town of the home, which is mostly called like its municipality; None where no town is known."""
    return basis.town or None


def _next_month(basis: Basis) -> date:
    return add_months(first_of_month(basis.on), 1)


_PAY_BEFORE = Asked(
    "pay_before_on",
    "Betalen uiterlijk op",
    AskedType.DAY,
    "De laatste dag om te betalen. Geef minstens vijf dagen, en kies geen zondag of feestdag.",
    _pay_before,
)
_ASKED: Mapping[Kind, tuple[Asked, ...]] = {
    Kind.REMINDER: (_PAY_BEFORE,),
    Kind.INVITATION: (
        Asked(
            "meet_on",
            "Dag van het gesprek",
            AskedType.DAY,
            "Een dag na de brief, en geen zondag of feestdag.",
            _later("meet_days"),
        ),
        Asked("meet_time", "Tijd van het gesprek", AskedType.TIME, "Bijvoorbeeld 14:30, tussen 7 en 20 uur."),
        Asked("meet_place", "Plaats van het gesprek", AskedType.TEXT, "Straat, huisnummer en plaats."),
    ),
    Kind.ARRANGEMENT_CONFIRMED: (
        Asked("instalment_cents", "Bedrag per maand", AskedType.CENTS, "Wat u met de huurder afsprak."),
        Asked(
            "first_on",
            "Eerste keer betalen uiterlijk op",
            AskedType.DAY,
            "Daarna elke maand op deze dag.",
            _next_month,
        ),
    ),
    Kind.INSTALMENT_MISSED: (
        Asked("instalment_cents", "Bedrag van het deel", AskedType.CENTS, "Wat van dit deel nog open is."),
        Asked("due_on", "Dag waarop dit deel betaald moest zijn", AskedType.DAY, "De dag uit de afspraak."),
        _PAY_BEFORE,
    ),
    Kind.EARLY_SIGNAL: (
        Asked(
            "municipality",
            "Gemeente",
            AskedType.TEXT,
            "De gemeente waar de huurder woont: alleen de naam. Wij stellen de woonplaats voor; kijk of die klopt.",
            _municipality,
        ),
        Asked(
            "object_before_on",
            "Bezwaar maken vóór",
            AskedType.DAY,
            "Tot deze dag kan de huurder nee zeggen. Geef minstens een week.",
            _later("object_days"),
        ),
    ),
    Kind.HANDOVER_ANNOUNCED: (
        Asked(
            "handover_on",
            "Naar de deurwaarder op",
            AskedType.DAY,
            "Tot deze dag kan de huurder nog betalen of afspreken.",
            _later("handover_days"),
        ),
        Asked("bailiff_name", "Deurwaarder", AskedType.TEXT, "De naam van het kantoor."),
    ),
    Kind.SETTLED: (
        Asked("paid_cents", "Laatste betaling", AskedType.CENTS, "Het bedrag waarmee alles betaald was."),
        Asked("paid_on", "Dag van die betaling", AskedType.DAY, "De dag waarop dat bedrag binnenkwam."),
    ),
}


def ask_for(kind: Kind) -> tuple[Asked, ...]:
    """The facts that a person types for this kind, in the order of a form; none where the account says all."""
    return _ASKED.get(kind, ())
