"""What a way of working says about arrangements: how long, how small, how much patience, how soon again.

Decides nothing of a single case: a person may agree on something else and says why. Units: months, whole cents, days.
Errors: none, a value that is missing or wrong is a `Problem` that names it. Example: `longest_months: 12`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from tijdig.base.problems import Problem

_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class ArrangementTerms:
    """`grace_days` after a due day before an arrangement is broken; `again_after_months` since the last one ended."""

    longest_months: int
    smallest_cents: int
    grace_days: int
    again_after_months: int


def read_terms(given: object, problems: list[Problem]) -> ArrangementTerms | None:
    """The terms of a policy document, or what is wrong with them."""
    names = [field.name for field in fields(ArrangementTerms)]
    if not isinstance(given, Mapping):
        problems.append(Problem("policy_field_missing", "arrangements", "arrangements", fatal=True))
        return None
    before = len(problems)
    for key in sorted(map(str, given.keys() - set(names))):
        problems.append(Problem("policy_field_unknown", "arrangements", key, fatal=True))
    for name in names:
        value = given.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST:
            problems.append(Problem("policy_value_wrong", "arrangements", f"{name}: {value}", fatal=True))
    return ArrangementTerms(**given) if len(problems) == before else None
