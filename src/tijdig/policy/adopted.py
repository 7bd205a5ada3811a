"""Which conventions a corporation adopted, and which of them hold on a day.

Decides what holds: of all adoptions from before or on a day the one with the latest first day, and of two with the same
first day the one that was made last: that is how a mistake is put right. Where nothing was adopted, the default of the law
room holds. Each adoption names a convention of every kind, so that nothing is left to guess.

Example: actual/365 from 1 January 2026 and actual/actual from 1 July 2026: on 30 June the first holds, on 1 July the second.
Left out: whether a convention is wise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from tijdig.law.conventions import DEFAULT, Conventions, choices
from tijdig.law.quantity import document

KINDS: tuple[str, ...] = tuple(one.name for one in fields(Conventions))


@dataclass(frozen=True, slots=True)
class Adopted:
    """One adoption as it was made. `made_by` is the actor, `name` what that person is called now."""

    id: int
    from_on: date
    conventions: Conventions
    made_by: str
    name: str
    made_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Option:
    """One way to fill in what the law leaves open. `friendly`: no other way costs the tenant less."""

    value: str
    sentence: str
    friendly: bool


def options(kind: str) -> tuple[str, tuple[Option, ...]]:
    """The Dutch name of a kind, and its options, the default one first."""
    name, found = choices(kind)
    cheapest = document("conventions")[kind]["friendly"]
    return name, tuple(Option(value, sentence, value == cheapest) for value, sentence in found)


def timeline(adoptions: Sequence[Adopted]) -> list[Adopted]:
    """Those that hold some day, earliest first day first: of each first day the one that was made last."""
    latest: dict[date, Adopted] = {}
    for one in sorted(adoptions, key=lambda one: one.id):
        latest[one.from_on] = one
    return [latest[day] for day in sorted(latest)]


def holding(adoptions: Sequence[Adopted], on: date) -> Conventions:
    """What holds on a day."""
    found = [one for one in timeline(adoptions) if one.from_on <= on]
    return found[-1].conventions if found else DEFAULT


def since(adoptions: Sequence[Adopted], kind: str, on: date) -> date | None:
    """Since when the convention of this kind that holds on a day has held without a break; None: from the beginning."""
    now, first = getattr(holding(adoptions, on), kind), None
    for one in reversed([one for one in timeline(adoptions) if one.from_on <= on]):
        if getattr(one.conventions, kind) != now:
            return first
        first = one.from_on
    return None if getattr(DEFAULT, kind) == now else first


def changed(adoptions: Sequence[Adopted], one: Adopted) -> tuple[str, ...]:
    """The kinds in which an adoption differs from what held on its first day just before it was made."""
    before = holding([other for other in adoptions if other.id < one.id], one.from_on)
    return tuple(kind for kind in KINDS if getattr(before, kind) != getattr(one.conventions, kind))
