"""What sets one household apart: circumstances, a pause, a decision by name, an answer that waits; a step that was changed.

Decides nothing: who may set a circumstance or decide is for other rooms. Units: flags of `policy.words.Circumstance`,
counts. Example: `no_single_case(3)` are three tenancies about which there is nothing to say. A `Deviation` changes the
step that the way of working gives, only while it gives that step: a deviation from calling does not hide a broken
arrangement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import Enum

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Instead(Enum):
    """What comes in place of a step."""

    OTHER = "other"
    LATER = "later"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Deviation:
    """At a place in the portfolio, in place of rule `rule`: another rule, the same one after a day, or the next that fits.

    `ruling` is the id of the row in which a named person said so.
    """

    place: int
    rule: int
    instead: Instead
    ruling: int
    other: int = -1
    until_day: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class SingleCase:
    """Per tenancy, in the order of the portfolio. `repeats`: how often arrears were settled in the twelve months before."""

    circumstance: Whole
    repeats: Whole
    paused: Flags
    decided: Whole
    reply_waits: Flags
    deviations: tuple[Deviation, ...] = ()

    def slice(self, one: int, stop: int) -> SingleCase:
        columns = {field.name: getattr(self, field.name)[one:stop] for field in fields(self)[:-1]}
        here = (each for each in self.deviations if one <= each.place < stop)
        return SingleCase(**columns, deviations=tuple(moved(each, -one) for each in here))

    def __len__(self) -> int:
        return len(self.circumstance)


def no_single_case(count: int) -> SingleCase:
    """Nothing sets anybody apart."""
    none, no = np.zeros(count, np.int64), np.zeros(count, np.bool_)
    return SingleCase(none, none, no, none, no)


def moved(one: Deviation, by: int) -> Deviation:
    return Deviation(one.place + by, one.rule, one.instead, one.ruling, one.other, one.until_day)


def by_place(deviations: Sequence[Deviation]) -> dict[int, dict[int, Deviation]]:
    """Per place, per rule: the deviation; of two from the same rule the newest."""
    found: dict[int, dict[int, Deviation]] = {}
    for one in sorted(deviations, key=lambda one: one.ruling):
        found.setdefault(one.place, {})[one.rule] = one
    return found
