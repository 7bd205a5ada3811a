"""The only writer of who lives in a home, as it was asked before a file goes to a bailiff."""

from __future__ import annotations

from datetime import date

from tijdig.access.scope import organisation_scope
from tijdig.bailiff.actions_made import write_history
from tijdig.bailiff.kinds import Lives
from tijdig.bailiff.models import Household
from tijdig.bailiff.queries_around import household_of
from tijdig.base.not_done import NotDone
from tijdig.tenancies.actions_lock import lock_tenancy


def note_household(
    *, organisation_id: int, actor: str, name: str, tenancy_id: int, lives: Lives, on: date
) -> None:
    """Write down by name who lives there, or that it was asked and nobody could say. The same of one day is one.

    What the answer was stands in this row alone, which can be erased; history says that it was asked. Raises `NotDone`.
    """
    if not name.strip():
        raise NotDone(("Alleen iemand met een naam kan dit vastleggen.",))
    with organisation_scope(organisation_id):
        if not lock_tenancy(tenancy_id):
            raise NotDone(("Deze huurder is er niet.",))
        known = household_of(tenancy_id)
        if known is not None and (known.lives, known.on) == (lives, on):
            return
        Household.objects.create(
            organisation_id=organisation_id,
            tenancy_id=tenancy_id,
            lives=lives.value,
            on=on,
            actor=actor,
            name=name.strip(),
        )
        write_history(organisation_id, actor, "household_noted", tenancy_id, on, {})
