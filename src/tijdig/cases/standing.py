"""From what the engine decided to what is written: only what differs. Pure columns.

A step keeps the day it was first due: a policy's "within two days" counts from the day the step became the next one,
not from every night that repeats it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from tijdig.arrears.dealings import Agreed, Promised
from tijdig.arrears.evaluate import Decisions
from tijdig.arrears.features import Traits
from tijdig.arrears.imputation import NONE
from tijdig.arrears.position import phases
from tijdig.arrears.trajectory import no_trajectory
from tijdig.policy.words import Feature

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
RECENT_REVERSAL_DAYS = 7
COLUMNS = (
    "balance_cents", "overdue_cents", "not_due_cents", "credit_cents", "oldest_due", "due_months", "open_items",
    "rent_cents", "departed", "phase", "arrears_since", "talked", "ruling", "worth", "new_overdue", "new_since",
    "alert", "rule",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """What stands now, in the order of the decisions. `rule` is -1 where nothing stands or the policy is another."""

    values: dict[str, Whole]
    step_due: Whole
    open_alert: Flags
    alert_months: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Writes:
    """Places (in the order of the decisions) of what is to be written."""

    values: dict[str, Whole]
    step_due: Whole
    changed: Whole
    decided: Whole  # another rule than before: a decision of its own
    raised: Whole
    worse: Whole  # an open alert that became worse: another month, a reversal, or a broken arrangement
    cured: Whole


def now(decisions: Decisions, traits: Traits, worth: Whole) -> dict[str, Whole]:
    """The columns of a standing. `worth` is what a contact is expected to change."""
    p, own = decisions.positions, traits.trajectory or no_trajectory(len(decisions))
    new = own.capped(p.overdue)
    columns: dict[str, npt.NDArray[np.generic]] = {
        "balance_cents": p.balance,
        "overdue_cents": p.overdue,
        "not_due_cents": p.not_due,
        "credit_cents": p.credit,
        "oldest_due": np.where(p.overdue > 0, p.oldest_due, NONE),
        "due_months": p.due_months,
        "open_items": p.open_items,
        "rent_cents": traits.monthly_rent_cents,
        "departed": traits.departed,
        "phase": phases(p, traits.monthly_rent_cents),
        "arrears_since": np.where(p.overdue > 0, p.arrears_since, NONE),
        "talked": traits.dealings.talk_day if traits.dealings else np.full(len(decisions), NONE),
        "ruling": decisions.ruling,
        "worth": np.where(decisions.alert, worth, 0),
        "new_overdue": np.where(own.runs, new, NONE),
        "new_since": np.where(new > 0, own.new_since, NONE),
        "alert": decisions.alert,
        "rule": decisions.rule,
    }
    return {name: column.astype(np.int64) for name, column in columns.items()}


def compare(decisions: Decisions, traits: Traits, worth: Whole, before: Before) -> Writes:
    """What differs from what stands, and what that means for alerts.

    An alert is raised where the policy asks for one and none is open. It is cured where the policy no longer asks
    for one; while something holds the tenancy (the bank is incomplete) an open alert stays.
    """
    values = now(decisions, traits, worth)
    other = np.zeros(len(decisions), np.bool_)
    for name in COLUMNS:
        other |= values[name] != before.values[name]
    new_rule = values["rule"] != before.values["rule"]
    new_ruling = values["ruling"] != before.values["ruling"]
    step_due = np.where(new_rule | new_ruling, decisions.due_day, before.step_due)
    alert = decisions.alert
    held = (traits.hold > 0) & (decisions.positions.overdue > 0)
    since_reversal = decisions.features[:, Feature.DAYS_SINCE_REVERSAL]
    fresh_reversal = (since_reversal >= 0) & (since_reversal <= RECENT_REVERSAL_DAYS)
    worse = (
        alert
        & before.open_alert
        & other
        & (
            (values["due_months"] > before.alert_months)
            | (fresh_reversal & (values["overdue_cents"] > before.values["overdue_cents"]))
            | (new_rule & (decisions.features[:, Feature.ARRANGEMENT] == Agreed.BROKEN))
        )
    )
    places = np.flatnonzero
    return Writes(
        values=values,
        step_due=step_due,
        changed=places(other),
        decided=places(new_rule | new_ruling),
        raised=places(alert & ~before.open_alert),
        worse=places(worse),
        cured=places(before.open_alert & ~alert & ~held),
    )


def causes(decisions: Decisions, places: Whole, by: str) -> list[str]:
    """Why an alert came now: what was agreed and did not come, a recent reversal, else what set off the evaluation (`due` by
    night, `fact` by day)."""
    seen = decisions.features[places]
    columns = (Feature.ARRANGEMENT, Feature.PROMISE, Feature.DAYS_SINCE_REVERSAL)
    return [_cause(row, by) for row in seen[:, columns].tolist()]


def _cause(seen: Sequence[int], by: str) -> str:
    arrangement, promise, since_reversal = seen
    if arrangement == Agreed.BROKEN:
        return "arrangement"
    if promise == Promised.BROKEN:
        return "promise"
    return "reversal" if 0 <= since_reversal <= RECENT_REVERSAL_DAYS else by


def overdue_entries(
    start: npt.NDArray[np.int64],
    left: Whole,
    role: npt.NDArray[np.int8],
    due: npt.NDArray[np.int32],
    entry: Whole,
    as_of_day: int,
    places: Sequence[int],
) -> list[list[int]]:
    """The ledger entries behind each alert: what is open and was due before the day."""
    found = []
    for place in places:
        rows = slice(int(start[place]), int(start[place + 1]))
        late = (left[rows] > 0) & (role[rows] <= 2) & (due[rows] < as_of_day)
        found.append(entry[rows][late].tolist())
    return found


def iso(days: Sequence[int]) -> list[str | None]:
    """Day numbers as ISO text, `NONE` as None."""
    return [None if day == NONE else date.fromordinal(day + 719163).isoformat() for day in days]
