"""The only writers of who is busy with a tenancy. A row is ended and never taken away; each beginning and end is told.

Of two who begin at the same moment one wins: the database refuses two at once (`caseload_pickup_alone`). Whoever calls
these also tells the open screens: the doors call `cases.actions_pickup`, which does.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from tijdig.access.scope import broken_rule, organisation_scope
from tijdig.caseload.models import Pickup as Row
from tijdig.caseload.pickup import Picked, Pickup, over_at
from tijdig.caseload.queries_pickup import pickups
from tijdig.history.actions import record
from tijdig.tenancies.models import Tenancy


def pick_up(
    *, organisation_id: int, actor: str, tenancy_id: int, user_id: int, now: datetime, on: date
) -> Picked | None:
    """Somebody begins, or goes on; a colleague who is busy already stays so. None where there is no such tenancy."""
    with organisation_scope(organisation_id):
        if not Tenancy.objects.filter(
            pk=tenancy_id
        ).exists():  # a foreign key looks through the wall; this does not
            return None
        found = pickups([tenancy_id], now).get(tenancy_id)
        if found is None:
            return _begin(organisation_id, actor, tenancy_id, user_id, now, on)
        if found.is_of(user_id):
            Row.objects.filter(pk=found.id, ended_at=None).update(until_at=over_at(now))
        return Picked(found, False)


def take_over(
    *, organisation_id: int, actor: str, tenancy_id: int, user_id: int, now: datetime, on: date
) -> Picked | None:
    """The same, also where a colleague is busy: that is over then."""
    with organisation_scope(organisation_id):
        found = pickups([tenancy_id], now).get(tenancy_id)
        if found is None or found.is_of(user_id):
            return pick_up(
                organisation_id=organisation_id,
                actor=actor,
                tenancy_id=tenancy_id,
                user_id=user_id,
                now=now,
                on=on,
            )
        _end(found, now)
        return _begin(organisation_id, actor, tenancy_id, user_id, now, on, instead_of=found.user_id)


def put_down(
    *, organisation_id: int, actor: str, tenancy_id: int, user_id: int, now: datetime, on: date
) -> bool:
    """Somebody is busy no more. Was he? What a colleague is busy with is left alone."""
    with organisation_scope(organisation_id):
        found = pickups([tenancy_id], now).get(tenancy_id)
        if found is None or not found.is_of(user_id) or not _end(found, now):
            return False
        _tell(organisation_id, actor, "tenancy_put_down", found, on)
        return True


def hand_back(
    *, organisation_id: int, actor: str, tenancy_id: int, user_id: int, to_user: int, now: datetime, on: date
) -> bool:
    """Undo of taking over: somebody is busy no more, and the colleague is again. Was he?"""
    with organisation_scope(organisation_id):
        found = pickups([tenancy_id], now).get(tenancy_id)
        if found is None or not found.is_of(user_id) or not _end(found, now):
            return False
        _begin(organisation_id, actor, tenancy_id, to_user, now, on, instead_of=user_id)
        return True


def _begin(
    organisation_id: int,
    actor: str,
    tenancy_id: int,
    user_id: int,
    now: datetime,
    on: date,
    *,
    instead_of: int | None = None,
) -> Picked:
    try:
        with transaction.atomic():
            Row.objects.create(
                organisation_id=organisation_id,
                tenancy_id=tenancy_id,
                user_id=user_id,
                from_at=now,
                until_at=over_at(now),
                actor=actor,
            )
    except IntegrityError as error:
        if broken_rule(error) != "caseload_pickup_alone":
            raise
        return Picked(
            pickups([tenancy_id], now)[tenancy_id], False
        )  # somebody began at the same moment, and was first
    made = pickups([tenancy_id], now)[tenancy_id]
    _tell(organisation_id, actor, "tenancy_picked_up", made, on, instead_of=instead_of)
    return Picked(made, True)


def _end(found: Pickup, now: datetime) -> bool:
    ended_at = max(now, found.from_at)  # the clock of another process may be a little ahead of ours
    return bool(Row.objects.filter(pk=found.id, ended_at=None).update(ended_at=ended_at))


def _tell(
    organisation_id: int, actor: str, verb: str, found: Pickup, on: date, *, instead_of: int | None = None
) -> None:
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb=verb,
        subject=f"tenancy:{found.tenancy_id}",
        effective_on=on,
        facts={"pickup": found.id, "user": found.user_id, "instead_of": instead_of},
    )
