"""A policy as numbers: what the engine's interpreter reads. A draft policy needs no compiler, so it can be
tried at once.

One line per condition: rule, feature, comparison, value. The lines of one rule stand together, in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tijdig.policy.document import Policy, default_text, read_policy
from tijdig.policy.words import Who


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """`conditions[first[r]:first[r + 1]]` belong to rule `r`; the other columns are its outcome."""

    policy: Policy
    conditions: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    due_in_days: npt.NDArray[np.int64]
    alert: npt.NDArray[np.bool_]
    automatic: npt.NDArray[np.bool_]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(step.code for step in self.policy.steps)


def compile_policy(policy: Policy) -> Table:
    """The table of a policy; rules keep their order."""
    lines = [
        (rule, condition.feature, condition.comparison, condition.value)
        for rule, step in enumerate(policy.steps)
        for condition in step.conditions
    ]
    sizes = [len(step.conditions) for step in policy.steps]
    return Table(
        policy,
        np.array(lines, np.int64).reshape(len(lines), 4),
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        np.array([step.due_in_days for step in policy.steps], np.int64),
        np.array([step.alert for step in policy.steps], np.bool_),
        np.array([step.who is Who.AUTOMATIC for step in policy.steps], np.bool_),
    )


@lru_cache(maxsize=64)
def compiled(text: str) -> Table:
    """The table of a document, read once a process. ValueError for one that cannot be read: such a one is never kept."""
    policy, problems = read_policy(text)
    if policy is None:
        raise ValueError(problems)
    return compile_policy(policy)


def shipped() -> Table:
    """The way of working that comes with the program."""
    return compiled(default_text())
