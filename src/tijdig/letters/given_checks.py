"""What may be wrong with what a person typed: it is not there, or it is not what was asked.

Decides whether each fact that the kind asks has its type: a day, an amount above zero in whole cents, words on one line, a
time as 14:30. Errors: none, a fault is a value; its sentence names the fact as the form does. Example: a reminder without
a day gives `given_missing` with "Betalen uiterlijk op". Left out: whether a day or amount fits (`kind_checks`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from tijdig.letters.asked import Asked, AskedType
from tijdig.letters.letter import Fact
from tijdig.letters.values import Fault

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_LONGEST = 100
_LAST_YEAR = 2199  # a later one is a slip of the hand
_WISHES = {
    AskedType.DAY: "Vul een dag in.",
    AskedType.CENTS: "Vul een bedrag in dat meer is dan nul.",
    AskedType.TEXT: f"Vul dit in op één regel, met ten hoogste {_LONGEST} tekens.",
    AskedType.TIME: "Vul een tijd in zoals 14:30.",
}


def given_faults(asked: Sequence[Asked], given: Mapping[str, Fact]) -> Iterator[Fault]:
    """A fault for each fact that is missing or odd, in the order of the form."""
    for one in asked:
        fact = given.get(one.name)
        if fact is None or fact == "":
            yield Fault("given_missing", f"Dit ontbreekt: {one.label}. {_WISHES[one.type]}")
        elif not _fits(one.type, fact):
            yield Fault("given_missing", f"Dit klopt niet: {one.label}. {_WISHES[one.type]}")


def field_faults(asked: Sequence[Asked], given: Mapping[str, Fact]) -> dict[str, str]:
    """The same by name of the fact, without its label: what stands beside its field."""
    return {one.name: _WISHES[one.type] for one in asked if list(given_faults((one,), given))}


def _fits(asked: AskedType, fact: Fact) -> bool:
    if asked is AskedType.DAY:
        return isinstance(fact, date) and not isinstance(fact, datetime) and fact.year <= _LAST_YEAR
    if asked is AskedType.CENTS:
        return isinstance(fact, int) and not isinstance(fact, bool) and fact > 0
    if not isinstance(fact, str):
        return False
    if asked is AskedType.TIME:
        return _TIME.fullmatch(fact) is not None
    return fact.isprintable() and 0 < len(fact.strip()) <= _LONGEST


def day_of(given: Mapping[str, Fact], name: str) -> date:
    """A typed day, of facts without faults."""
    day = given[name]
    assert isinstance(day, date)
    return day


def cents_of(given: Mapping[str, Fact], name: str) -> int:
    """A typed amount, of facts without faults."""
    cents = given[name]
    assert isinstance(cents, int)
    return cents
