"""Any past decision taken once more: by the way of working of its version, from what it saw, with what people had decided.

Decides nothing: it shows that the same rules give the same step. What a decision saw is stored with it; a later feature is
unknown to it (-1) and its version does not look at it. Rulings are those that held on the day of the decision, as they were
known at its moment. Errors: None where this corporation has no such decision, or never had its version.

Example: a decision of version 3 of two years ago, `visit`, because it was 19 days late: `redo` gives `visit` again, whatever
the way of working of today asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection

from tijdig.arrears.next_step import next_steps
from tijdig.arrears.position import UNKNOWN
from tijdig.base.days import day_number, day_of
from tijdig.cases.queries_policy import table_of
from tijdig.cases.queries_single_case import deviations
from tijdig.policy.words import Feature
from tijdig.rulings.queries import in_force


@dataclass(frozen=True, slots=True)
class Redone:
    """The step and its last day as they were decided, and as they come out again."""

    rule_then: str
    rule_again: str
    due_then: date
    due_again: date
    ruling_then: int | None
    ruling_again: int | None

    @property
    def same(self) -> bool:
        return (self.rule_then, self.due_then, self.ruling_then) == (
            self.rule_again,
            self.due_again,
            self.ruling_again,
        )


def redo(decision_id: int) -> Redone | None:
    """A decision as it was and as it comes out under its own version."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tenancy_id, as_of, decided_at, policy_version, rule, step_due_on, ruling_id, saw
                 FROM cases_decision WHERE id = %s""",
            [decision_id],
        )
        found = cursor.fetchone()
    if found is None or (table := table_of(found[3])) is None:
        return None
    tenancy, as_of, decided_at, _, rule, due_on, ruling, saw = found
    row = np.full((1, len(Feature)), UNKNOWN, np.int64)
    row[0, : len(saw)] = saw
    rulings = in_force(as_of, [tenancy], known_at=decided_at)
    changed = deviations(np.array([tenancy], np.int64), rulings, table)
    again = next_steps(row, table, day_number(as_of), changed)
    return Redone(
        rule_then=rule,
        rule_again=table.codes[int(again.rule[0])],
        due_then=due_on,
        due_again=day_of(int(again.due_day[0])),
        ruling_then=ruling,
        ruling_again=int(again.ruling[0]) or None,
    )
