"""What is on the agenda, in which order, and which case comes next.

Decides: a case is on the agenda from the day it was put there until it is withdrawn or decided; a decision *back on the
agenda* leaves it there. Of one case in one conference the last decision stands; those before it were replaced. The agenda
goes by the day by which an answer is wanted: the day that was asked for, or that of the last *back on the agenda*; who
asked for none waits for the next conference, so for him that is the day he asked. What has the same day goes by age.

After a case comes the next one in that order that has no decision of this conference, and after the last the first.

Units: days. Errors: none. Worked example: put on 2 November without a day, on 3 November for the 10th, on 4 November for
the 3rd: first the one of the 2nd, then that of the 4th, then that of the 3rd.

Left out: how hard a case is, and who may put it there.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from tijdig.conferences.kinds import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was decided of a case. `decided_by` are the names of who was present; `reason` is empty once erased.

    `do` and `instead_of` are codes of steps, only where the group chose another step. `previous_id` is the decision of the
    same case that it came after.
    """

    id: int
    item_id: int
    tenancy_id: int
    conference_id: int
    held_on: date
    decision: Decision
    until_on: date
    do: str
    instead_of: str
    who_id: int | None
    who_name: str
    do_by_on: date | None
    reason: str
    decided_on: date
    decided_by: tuple[str, ...]
    actor: str
    name: str
    recorded_at: datetime
    previous_id: int | None


class Withdrawn(NamedTuple):
    """Who took a case off the agenda, when, and why; the reason is empty once erased."""

    on: date
    actor: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A case for the group, with every decision so far, the first first; `question` is empty once erased."""

    id: int
    tenancy_id: int
    question: str
    put_on: date
    actor: str
    name: str
    wanted_by_on: date | None
    recorded_at: datetime
    outcomes: tuple[Outcome, ...] = ()
    withdrawn: Withdrawn | None = None

    @property
    def last(self) -> Outcome | None:
        """The last decision, in whatever conference."""
        return self.outcomes[-1] if self.outcomes else None

    @property
    def on_agenda(self) -> bool:
        return self.withdrawn is None and (self.last is None or self.last.decision is Decision.LATER)

    @property
    def due_on(self) -> date | None:
        """By when an answer is wanted; None: at the next conference."""
        return self.due_before(None)

    def due_before(self, conference_id: int | None) -> date | None:
        """The same as it was before this conference decided."""
        back = [
            one
            for one in standing(self.outcomes)
            if one.decision is Decision.LATER and one.conference_id != conference_id
        ]
        return back[-1].until_on if back else self.wanted_by_on

    def outcome_in(self, conference_id: int) -> Outcome | None:
        """What stands of it in this conference."""
        return next((one for one in standing(self.outcomes) if one.conference_id == conference_id), None)


def standing(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Without those that a newer one of the same case in the same conference replaced; in the order they came in."""
    last = {(one.item_id, one.conference_id): one for one in outcomes}
    return tuple(sorted(last.values(), key=lambda one: one.id))


def in_order(items: Iterable[Item], conference_id: int | None = None) -> list[Item]:
    """As the agenda shows them; in a conference they keep their order while they are decided."""
    return sorted(items, key=lambda one: (one.due_before(conference_id) or one.put_on, one.put_on, one.id))


def next_case(ids: Sequence[int], decided: Container[int], after: int) -> int | None:
    """The case to open after this one; None where all others have their decision. `ids` are in the order of the agenda."""
    place = ids.index(after) + 1 if after in ids else 0
    return next((one for one in (*ids[place:], *ids[:place]) if one not in decided and one != after), None)
