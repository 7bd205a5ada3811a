"""The way of working of the corporation in whose scope we are, on a day; the shipped one until it has one of its own."""

from __future__ import annotations

from datetime import date, datetime

from tijdig.access.reading import read_once
from tijdig.cases.ended import Places, places_of, shipped_places
from tijdig.policy.document import Policy, Step
from tijdig.policy.queries import begun, in_force, version_named
from tijdig.policy.table import Table, shipped


def table_on(on: date, *, known_at: datetime | None = None) -> Table:
    """The compiled way of working of a day, as known at a moment."""
    return in_force(on, known_at=known_at) or shipped()


def policy_on(on: date) -> Policy:
    return table_on(on).policy


def steps_on(on: date) -> dict[str, Step]:
    """Its steps by code."""
    return {step.code: step for step in policy_on(on).steps}


@read_once
def places() -> Places:
    """Where a tenancy stands at each step that this corporation ever had, by its code; the shipped ones are among them."""
    return {**shipped_places(), **places_of(begun())}


def stored_name(policy: Policy) -> str:
    """`v3`: the name under which a standing and a decision keep the version."""
    return f"v{policy.version}"


def table_of(stored: str) -> Table | None:
    """The way of working by the name under which a decision kept it; None where this corporation never had it."""
    found = version_named(stored.removeprefix("v"))
    if found is None and stored == stored_name(shipped().policy):
        return shipped()
    return found
