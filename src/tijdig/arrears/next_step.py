"""Which rule of a policy applies to each tenancy: one small interpreter, compiled once, for any policy.

Rules are tried in order and the first whose conditions all hold wins; see `docs/rules/next-step.md`. The step
is due a number of calendar days after the day of the decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tijdig.arrears.compiled import kernel, step
from tijdig.arrears.single_case import Deviation, Instead, by_place
from tijdig.policy.table import Table
from tijdig.policy.words import Comparison

LESS, AT_MOST, EQUAL, NOT_EQUAL = (int(c) for c in list(Comparison)[:4])
AT_LEAST, MORE, HAS, LACKS = (int(c) for c in list(Comparison)[4:])
FEATURE, COMPARISON, VALUE = 1, 2, 3  # cells of a condition

Whole = npt.NDArray[np.int64]


class NextSteps(NamedTuple):
    """`rule` is what is done, `own_rule` what the way of working gives by itself; they differ where a person decided so.
    `ruling` is the id of that decision, 0 where there is none."""

    rule: npt.NDArray[np.int16]  # place in `Table.policy.steps`
    due_day: npt.NDArray[np.int32]
    alert: npt.NDArray[np.bool_]
    automatic: npt.NDArray[np.bool_]
    own_rule: npt.NDArray[np.int16]
    ruling: Whole


@step
def _holds(seen: int, comparison: int, value: int) -> bool:
    if seen < 0:
        return False  # unknown
    if comparison == HAS:
        return seen & value != 0
    if comparison == LACKS:
        return seen & value == 0
    if comparison == EQUAL:
        return seen == value
    if comparison == NOT_EQUAL:
        return seen != value
    if seen < value:
        return comparison in (LESS, AT_MOST)
    if seen > value:
        return comparison in (AT_LEAST, MORE)
    return comparison in (AT_MOST, AT_LEAST)


@kernel
def holds(seen: int, comparison: int, value: int) -> bool:
    """Does one condition hold? The same code that decides, for the explanation."""
    return _holds(seen, comparison, value)


@kernel
def _first_match(
    features: Whole, conditions: Whole, first: Whole, start: int, rule: npt.NDArray[np.int16]
) -> None:
    for tenancy in range(len(features)):
        for candidate in range(start, len(first) - 1):
            good = True
            for line in range(first[candidate], first[candidate + 1]):
                seen = features[tenancy, conditions[line, FEATURE]]
                if not _holds(seen, conditions[line, COMPARISON], conditions[line, VALUE]):
                    good = False
                    break
            if good:
                rule[tenancy] = candidate
                break


def next_steps(
    features: Whole, table: Table, as_of_day: int, deviations: Sequence[Deviation] = ()
) -> NextSteps:
    """The rule, due day and alert of every tenancy. A policy ends with a rule without conditions: one always
    fits. `deviations` are what named persons decided about single tenancies.
    """
    columns = np.asfortranarray(features)
    own = np.empty(len(features), np.int16)
    _first_match(columns, table.conditions, table.first, 0, own)
    rule, ruling = own.copy(), np.zeros(len(features), np.int64)
    later: dict[int, int] = {}
    for place, by_rule in by_place(deviations).items():
        _deviate(columns, table, place, by_rule, rule, ruling, later)
    due_day = (as_of_day + table.due_in_days[rule]).astype(np.int32)
    for place, day in later.items():
        due_day[place] = max(day + 1, as_of_day)
    return NextSteps(rule, due_day, table.alert[rule], table.automatic[rule], own, ruling)


def _deviate(
    columns: Whole,
    table: Table,
    place: int,
    by_rule: Mapping[int, Deviation],
    rule: npt.NDArray[np.int16],
    ruling: Whole,
    later: dict[int, int],
) -> None:
    """Change one tenancy's rule while it is one that a person deviated from. What is passed over gives way to the next that
    fits, which may be changed in turn; another step or another day is the end of it."""
    while (one := by_rule.get(int(rule[place]))) is not None:
        if one.instead is Instead.SKIP and one.rule == len(table.policy.steps) - 1:
            return  # the last step is what there is when nothing else fits
        ruling[place] = one.ruling
        if one.instead is Instead.LATER:
            later[place] = one.until_day
            return
        if one.instead is Instead.OTHER:
            rule[place] = one.other
            return
        row = np.asfortranarray(columns[place : place + 1])
        _first_match(row, table.conditions, table.first, one.rule + 1, rule[place : place + 1])
