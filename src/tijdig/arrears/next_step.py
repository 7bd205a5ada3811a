"""Which rule of a policy applies to each tenancy: one small interpreter, compiled once, for any policy.

Rules are tried in order and the first whose conditions all hold wins; see `docs/rules/next-step.md`. The step
is due a number of calendar days after the day of the decision.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tijdig.arrears.compiled import kernel, step
from tijdig.policy.document import Comparison
from tijdig.policy.table import Table

LESS, AT_MOST, EQUAL, NOT_EQUAL = (int(c) for c in list(Comparison)[:4])
AT_LEAST, MORE, HAS, LACKS = (int(c) for c in list(Comparison)[4:])
FEATURE, COMPARISON, VALUE = 1, 2, 3  # cells of a condition

Whole = npt.NDArray[np.int64]


class NextSteps(NamedTuple):
    rule: npt.NDArray[np.int16]  # place in `Table.policy.steps`
    due_day: npt.NDArray[np.int32]
    alert: npt.NDArray[np.bool_]
    automatic: npt.NDArray[np.bool_]


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
def _first_match(features: Whole, conditions: Whole, first: Whole, rule: npt.NDArray[np.int16]) -> None:
    for tenancy in range(len(features)):
        for candidate in range(len(first) - 1):
            good = True
            for line in range(first[candidate], first[candidate + 1]):
                seen = features[tenancy, conditions[line, FEATURE]]
                if not _holds(seen, conditions[line, COMPARISON], conditions[line, VALUE]):
                    good = False
                    break
            if good:
                rule[tenancy] = candidate
                break


def next_steps(features: Whole, table: Table, as_of_day: int) -> NextSteps:
    """The rule, due day and alert of every tenancy. A policy ends with a rule without conditions: one always
    fits.
    """
    rule = np.empty(len(features), np.int16)
    _first_match(features, table.conditions, table.first, rule)
    due_day = (as_of_day + table.due_in_days[rule]).astype(np.int32)
    return NextSteps(rule, due_day, table.alert[rule], table.automatic[rule])
