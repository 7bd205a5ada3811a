"""What was given to whom, and how it is said that it cannot be.

Decides what a reason, a week of working time and the days of an absence may be, before anything is looked up. Units:
minutes of a day, whole. Example: `reason_faults("")` gives `reason_missing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tijdig.caseload.kinds import Why
from tijdig.caseload.wording import REFUSED

LONGEST_REASON = 400  # signs
MOST_MINUTES = 720  # of one day


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a code, and a Dutch sentence that says which and what to do."""

    code: str
    sentence: str


class NotAssigned(ValueError):  # noqa: N818 - an answer to a person, not a fault in the code
    """It may not be; `faults` says why and what to do."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(" ".join(one.sentence for one in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Given:
    """That somebody works a tenancy from a day on. `reason` is empty where it was erased."""

    id: int
    tenancy_id: int
    user_id: int
    from_on: date
    why: Why
    actor: str
    recorded_at: datetime
    reason: str


def fault(code: str, *parts: object) -> Fault:
    return Fault(code, REFUSED[code].format(*parts))


def reason_faults(reason: str) -> Iterator[Fault]:
    """Why this is no reason."""
    if not reason:
        yield fault("reason_missing")
    if len(reason) > LONGEST_REASON:
        yield fault("reason_long", LONGEST_REASON)


def week_faults(minutes: tuple[int, ...]) -> Iterator[Fault]:
    """Why this is no week of working time."""
    if len(minutes) != 7 or not all(0 <= one <= MOST_MINUTES for one in minutes):
        yield fault("minutes_wrong", MOST_MINUTES)


def absence_faults(
    user_id: int, from_on: date, until_on: date | None, stand_in_id: int | None
) -> Iterator[Fault]:
    """Why these are no days of an absence, or nobody can stand in so."""
    if until_on is not None and until_on < from_on:
        yield fault("until_before")
    if stand_in_id == user_id:
        yield fault("stand_in_self")
