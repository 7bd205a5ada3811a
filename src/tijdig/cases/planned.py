"""The words of planned steps and of cases: how a step stands, and how it ended.

Decides nothing. A step is planned before it is done and ends once: it was taken, it was withdrawn because another step
came in its place, or it was refused because what it needed was not right. Example: a friendly message that was planned and
then paid for is withdrawn by `nothing_open`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tijdig.policy.words import Act, Stage


class State(StrEnum):
    PLANNED = "planned"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


STATE_LABEL = {
    State.PLANNED: "gepland",
    State.TAKEN: "gedaan",
    State.WITHDRAWN: "vervallen",
    State.REFUSED: "niet gelukt",
}


@dataclass(frozen=True, slots=True)
class Planned:
    """One planned step as it stands. `about_on` is the due day it is about; `subject` names what was done ("letter:12")."""

    id: int
    case_id: int
    tenancy_id: int
    rule: str
    act: Act
    letter: str
    automatic: bool
    policy_version: str
    about_on: date
    planned_on: date
    planned_at: datetime
    due_on: date
    state: State
    ended_on: date | None
    ended_by: str
    subject: str
    note: str


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """One case: since when, how far, and how it ended."""

    id: int
    tenancy_id: int
    opened_on: date
    stage: Stage
    stage_since_on: date
    policy_version: str
    closed_on: date | None
    closed_by: str
