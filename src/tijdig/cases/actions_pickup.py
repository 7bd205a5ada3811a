"""Being busy with a tenancy, and telling it to every open screen: what the doors call. As `caseload.actions_pickup`."""

from __future__ import annotations

from datetime import date, datetime

from tijdig.access.scope import organisation_scope
from tijdig.caseload import actions_pickup
from tijdig.caseload.pickup import Picked
from tijdig.cases.actions import tell

PICKUP = "pickup"  # what open screens are told


def pick_up(
    *, organisation_id: int, actor: str, tenancy_id: int, user_id: int, now: datetime, on: date
) -> Picked | None:
    """Somebody begins, or goes on; a colleague who is busy already stays so. None where there is no such tenancy."""
    with organisation_scope(organisation_id):
        made = actions_pickup.pick_up(
            organisation_id=organisation_id,
            actor=actor,
            tenancy_id=tenancy_id,
            user_id=user_id,
            now=now,
            on=on,
        )
        if made and made.new:
            tell(organisation_id, {PICKUP: [tenancy_id]})
        return made


def take_over(
    *, organisation_id: int, actor: str, tenancy_id: int, user_id: int, now: datetime, on: date
) -> Picked | None:
    """The same, also where a colleague is busy."""
    with organisation_scope(organisation_id):
        made = actions_pickup.take_over(
            organisation_id=organisation_id,
            actor=actor,
            tenancy_id=tenancy_id,
            user_id=user_id,
            now=now,
            on=on,
        )
        if made and made.new:
            tell(organisation_id, {PICKUP: [tenancy_id]})
        return made


def put_down(
    *, organisation_id: int, actor: str, tenancy_id: int, user_id: int, now: datetime, on: date
) -> bool:
    """Somebody is busy no more. Was he?"""
    with organisation_scope(organisation_id):
        was = actions_pickup.put_down(
            organisation_id=organisation_id,
            actor=actor,
            tenancy_id=tenancy_id,
            user_id=user_id,
            now=now,
            on=on,
        )
        if was:
            tell(organisation_id, {PICKUP: [tenancy_id]})
        return was


def hand_back(
    *, organisation_id: int, actor: str, tenancy_id: int, user_id: int, to_user: int, now: datetime, on: date
) -> bool:
    """Undo of taking over. Was he busy still?"""
    with organisation_scope(organisation_id):
        was = actions_pickup.hand_back(
            organisation_id=organisation_id,
            actor=actor,
            tenancy_id=tenancy_id,
            user_id=user_id,
            to_user=to_user,
            now=now,
            on=on,
        )
        if was:
            tell(organisation_id, {PICKUP: [tenancy_id]})
        return was
