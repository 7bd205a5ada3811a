"""How a decision of the group is written on a page: in one sentence, who does it, why, and who decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tijdig.cases.queries_policy import steps_on
from tijdig.conferences.agenda import Outcome
from tijdig.conferences.told import doer, told


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeLine:
    """One decision as it is shown. `said` and `doer` are Dutch, as the steps of the policy are."""

    id: int
    conference_id: int
    held_on: date
    at: datetime
    said: str
    doer: str
    reason: str
    decided_by: str
    name: str


def labels_on(on: date) -> dict[str, str]:
    """The names of the steps by their code."""
    return {code: step.label for code, step in steps_on(on).items()}


def line(one: Outcome, labels: Mapping[str, str]) -> OutcomeLine:
    return OutcomeLine(
        id=one.id,
        conference_id=one.conference_id,
        held_on=one.held_on,
        at=one.recorded_at,
        said=told(one, labels),
        doer=doer(one.who_name, one.do_by_on),
        reason=one.reason,
        decided_by=", ".join(one.decided_by),
        name=one.name,
    )
