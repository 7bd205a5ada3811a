"""An arrangement as it is asked for and as it stands; and how it is said that it cannot be.

Decides nothing. Units: whole cents. Example: `Draft(...)` of a plan with warnings and no reason is refused by
`actions.agree`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from tijdig.arrangements.kinds import RUNS, EndReason, Rhythm, State
from tijdig.arrangements.plan import Ask, Fault, Instalment
from tijdig.arrangements.watch import Pause


class NotAgreed(ValueError):  # noqa: N818 - it says what it is
    """It may not be; `faults` says why and what to do."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(fault.sentence for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a person asks: for which open entries, how it is paid, and why where policy would have it otherwise.

    `left_out_cents` is what is overdue and not among the entries. `requested`: the tenant still has to say yes.
    """

    tenancy_id: int
    ask: Ask
    entries: tuple[int, ...]
    left_out_cents: int = 0
    reason: str = ""
    requested: bool = False


class Change(NamedTuple):
    """What became of an arrangement, and when."""

    verb: str
    on: date
    until: date | None
    end_reason: EndReason | None
    actor: str
    made_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Arrangement:
    """An arrangement as it stands."""

    id: int
    tenancy_id: int
    agreed_on: date
    debt_cents: int
    entries: tuple[int, ...]
    last_entry: int
    rhythm: Rhythm
    grace_days: int
    state: State
    ended_on: date | None
    end_reason: EndReason | None
    made_by: str
    instalments: tuple[Instalment, ...]
    changes: tuple[Change, ...]

    @property
    def runs(self) -> bool:
        """Agreed by both, and not over; frozen it runs too."""
        return self.state in RUNS

    @property
    def last_on(self) -> date:
        """The day of the last instalment."""
        return self.instalments[-1].due_on

    def state_on(self, day: date) -> State:
        """Requested, or active, on a day on which it was not over."""
        said = [one.verb for one in self.changes if one.on <= day]
        return State.REQUESTED if said == [State.REQUESTED.value] else State.ACTIVE

    def stood_on(self, day: date) -> State:
        """How it stood at the end of a day, by what was written about it up to then."""
        said = [one for one in self.changes if one.on <= day]
        if not said:
            return self.state
        last = said[-1]
        return State.ACTIVE if last.verb == "resumed" else State(last.verb)

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """The days on which it was frozen: until it was resumed, or the day that was said."""
        found: list[Pause] = []
        for one in self.changes:
            if one.verb == "frozen" and one.until is not None:
                found.append(Pause(one.on, one.until))
            elif one.verb == "resumed" and found and found[-1].last_on >= one.on:
                found[-1] = found[-1]._replace(last_on=max(found[-1].first_on, one.on))
        return tuple(found)
