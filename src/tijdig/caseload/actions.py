"""The only writers of assignments: by rule and by hand. Nothing is changed or deleted.

One writer at a time per organisation, so that what is looked at is what is written to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection

from tijdig.access.queries import names
from tijdig.access.scope import organisation_scope
from tijdig.base.arrays import literals
from tijdig.caseload.assign import Choice, Consultant, Wanted, choose, holding
from tijdig.caseload.habits import habits
from tijdig.caseload.kinds import Why
from tijdig.caseload.queries import assigned, consultants, regions_of
from tijdig.caseload.values import Fault, NotAssigned, fault, reason_faults
from tijdig.caseload.wording import NOBODY
from tijdig.history.actions import record, record_many
from tijdig.tenancies.models import Tenancy

_LOCK = 7465  # one writer of the caseload at a time


def assign_wanted(
    *,
    organisation_id: int,
    actor: str,
    wanted: Sequence[Wanted],
    load: Sequence[Consultant],
    on: date,
) -> int:
    """Give each of these to somebody; returns how many. What is in somebody's hands by now is left alone.

    `load` is who there is with what is in hand (`queries.load`). Where nobody is there, nothing is given.
    """
    with organisation_scope(organisation_id):
        lock(organisation_id)
        keep_days = habits(on).keep_days
        known = {one.id for one in consultants(on)}
        team = [one for one in load if one.id in known]
        ids = [one.tenancy_id for one in wanted]
        whose, held_by = assigned(on, ids), holding(team, on, keep_days)
        loose = {one.tenancy_id: one for one in wanted if whose.get(one.tenancy_id) not in held_by}
        ours = regions_of(list(loose))  # a foreign key looks through the wall; this does not
        chosen = choose([loose[one] for one in sorted(ours)], team, on, keep_days)
        give(organisation_id, actor, on, chosen)
        tell_many(organisation_id, actor, on, chosen, whose)
    return len(chosen)


def assign(
    *,
    organisation_id: int,
    actor: str,
    tenancy_id: int,
    user_id: int,
    reason: str,
    seen: int | None,
    on: date,
) -> None:
    """Give one tenancy to somebody by hand. `seen` is whose it was on the screen of who asks; None: nobody's.

    Raises `NotAssigned` without a reason, where nothing would change, and where a colleague was first: it then says what
    was seen and what it is now.
    """
    reason = " ".join(reason.split())
    with organisation_scope(organisation_id):
        lock(organisation_id)
        whose = assigned(on, [tenancy_id])
        if faults := _faults(tenancy_id, user_id, reason, seen, whose.get(tenancy_id), on):
            raise NotAssigned(*faults)
        choice = Choice(tenancy_id, user_id, Why.BY_HAND, reason)
        give(organisation_id, actor, on, [choice])
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="tenancy_assigned",
            subject=f"tenancy:{tenancy_id}",
            effective_on=on,
            facts=_facts(choice, whose),
            text=reason,
        )


def _faults(
    tenancy_id: int, user_id: int, reason: str, seen: int | None, now: int | None, on: date
) -> list[Fault]:
    if not Tenancy.objects.filter(pk=tenancy_id).exists():
        return [fault("tenancy_unknown")]
    if now != seen:
        called = names()
        return [fault("changed", called.get(seen or 0, NOBODY), called.get(now or 0, NOBODY))]
    people = {one.id: one.name for one in consultants(on)}
    found = list(reason_faults(reason))
    if user_id not in people:
        return [fault("user_unknown"), *found]
    return [fault("same_owner", people[user_id]), *found] if user_id == now else found


def lock(organisation_id: int) -> None:
    """Wait for whoever else writes, until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, organisation_id])


_GIVE = """
WITH chosen AS (
    SELECT * FROM unnest(%s::integer[], %s::integer[], %s::text[], %s::text[]) AS t(tenancy_id, user_id, why, text)
), made AS (
    INSERT INTO caseload_assignment (organisation_id, tenancy_id, user_id, from_on, why, actor)
    SELECT %s, tenancy_id, user_id, %s, why, %s FROM chosen ORDER BY tenancy_id RETURNING id, tenancy_id)
INSERT INTO caseload_assignmenttext (organisation_id, assignment_id, text)
SELECT %s, made.id, chosen.text FROM made JOIN chosen USING (tenancy_id)
"""


def give(organisation_id: int, actor: str, on: date, chosen: Sequence[Choice]) -> None:
    """Write these down, a tenancy once, each with its sentence; inside the lock of an action of this room."""
    columns: list[list[Any]] = [
        [one.tenancy_id for one in chosen],
        [one.user_id for one in chosen],
        [one.why.value for one in chosen],
        [one.sentence for one in chosen],
    ]
    with connection.cursor() as cursor:
        kept = literals("integer integer text text", columns)
        cursor.execute(_GIVE, [*kept, organisation_id, on, actor, organisation_id])


def tell_many(
    organisation_id: int, actor: str, on: date, chosen: Sequence[Choice], whose: Mapping[int, int]
) -> None:
    """A line of history for each, with whose it was before."""
    record_many(
        organisation_id=organisation_id,
        actor=actor,
        verb="tenancy_assigned",
        effective_on=on,
        happened=[(f"tenancy:{one.tenancy_id}", _facts(one, whose)) for one in chosen],
    )


def _facts(choice: Choice, whose: Mapping[int, int]) -> dict[str, object]:
    """What history keeps: ids and a code."""
    return {"user": choice.user_id, "before": whose.get(choice.tenancy_id), "why": choice.why.value}
