"""The last chance of a file, with the arrangement that it stands on; inside the wall."""

from __future__ import annotations

from datetime import date

from tijdig.arrangements.queries import arrangements_of, watched
from tijdig.bailiff.chance import Chance, Plan, chance, plan_under, runs
from tijdig.bailiff.track import Track


def plan_of(tenancy_id: int, on: date) -> Plan | None:
    """The arrangement of this tenant that runs; None where none does."""
    found = next((one for one in arrangements_of([tenancy_id]) if runs(one)), None)
    return Plan(found, watched([found], on)[found.id].broken_on) if found else None


def chance_of(tenancy_id: int, track: Track, on: date) -> Chance | None:
    """How the last chance stands that runs; None where none does."""
    deed = track.last_chance
    if deed is None:
        return None
    plan = plan_under(deed, arrangements_of([tenancy_id]))
    open_now = plan is not None and plan.ended_on is None
    return chance(deed, plan, watched([plan], on)[plan.id] if plan and open_now else None, on)
