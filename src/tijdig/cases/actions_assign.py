"""Whoever fell behind gets somebody who works it: the tenancies of the worklist that are in nobody's hands."""

from __future__ import annotations

from datetime import date

from tijdig.access.scope import organisation_scope
from tijdig.caseload.actions import assign_wanted
from tijdig.caseload.queries import load
from tijdig.cases.queries_team import at_work, unowned


def assign_open(*, organisation_id: int, on: date, actor: str, minutes: int | None = None) -> int:
    """Give every tenancy with an open alert and without an owner to somebody; returns how many.

    Without an owner is also: whose owner left, or is away longer than the habits allow and has no stand-in. Each
    asks the minutes of its step by the way of working, or `minutes` where that is said. A second run gives nothing.
    """
    with organisation_scope(organisation_id):
        asked = at_work(on, minutes)
        people = load(on, asked)
        wanted = unowned(on, asked, people)
        if not wanted:
            return 0
        return assign_wanted(organisation_id=organisation_id, actor=actor, wanted=wanted, load=people, on=on)
