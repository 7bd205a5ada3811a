"""One consultant's day: the work in its order, cut to the time there is; what falls below the cut keeps its reason.

Decides the order: first what was promised and missed, then what nears its term, then what is due, then the rest; within
each what a contact is expected to change, then the due day. Who was tried today and not reached comes after everybody who
was not. The day is cut where the minutes run out; a case that does not fit any more does not keep a smaller one after it
from fitting.

Units: minutes. Errors: none. Example: with 60 minutes, a visit of 45, a call of 10 and a visit of 45 make a day of the
first two. Left out: whose list it is (`caseload`), and travelling.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Class(IntEnum):
    """How near the deadline is. The number is the order."""

    MISSED = 0
    NEAR = 1
    DUE = 2
    LATER = 3
    TRIED = 4


CLASS_LABEL = {
    Class.MISSED: "termijn gemist",
    Class.NEAR: "termijn nadert",
    Class.DUE: "vandaag aan de beurt",
    Class.LATER: "kan later",
    Class.TRIED: "vandaag al geprobeerd",
}


@dataclass(frozen=True, slots=True)
class Work:
    """One case: how urgent, how much a contact is expected to change (per mille), how long it takes."""

    tenancy_id: int
    urgent: Class
    worth: int
    due_day: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A case in the day. `below` is why it falls below the cut, empty where it fits. `until` is the time used so far."""

    work: Work
    below: str
    until: int


def order(works: Iterable[Work]) -> list[Work]:
    """The order in which they are done."""
    return sorted(works, key=lambda one: (one.urgent, -one.worth, one.due_day, one.tenancy_id))


def cut(works: Iterable[Work], minutes: int) -> list[Placed]:
    """The day, in order: what fits, and what does not with its reason."""
    placed, used = [], 0
    for one in order(works):
        below = _below(one, minutes - used)
        if not below:
            used += one.minutes
        placed.append(Placed(one, below, used))
    return placed


def _below(one: Work, left: int) -> str:
    if one.urgent is Class.TRIED:
        return "vandaag al geprobeerd; morgen weer"
    if one.minutes > left:
        return f"vraagt {one.minutes} minuten, er zijn er vandaag nog {max(left, 0)}"
    return ""
