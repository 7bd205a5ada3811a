"""The one way in which a message goes from one state to another: what it was is looked at, and history is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import Any

from tijdig.cases.actions_finish import take_back
from tijdig.history.actions import record_many
from tijdig.letters.holds import PROGRAM, WHY
from tijdig.letters.models import Sending
from tijdig.letters.states import State, may_go

_AT_ONCE = 1000
_ENDS = frozenset({State.HELD, State.CANCELLED, State.REFUSED, State.UNSURE})


def move(
    *,
    organisation_id: int,
    actor: str,
    ids: Sequence[int],
    before: Collection[State],
    after: State,
    on: date,
    why: str = "",
    **more: Any,
) -> int:
    """Move those of these messages that stand as they should, in the caller's transaction; returns how many did.

    Raises `ValueError` where the states do not allow it (`states`): that is a fault in the code.
    """
    if wrong := [state for state in before if not may_go(state, after)]:
        raise ValueError(f"a message cannot go from {wrong} to {after}")
    rows = list(
        Sending.objects.select_for_update(of=("self",))
        .select_related("letter")
        .filter(pk__in=list(ids), state__in=[state.value for state in before])
    )
    changed = {"state": after.value, "why": why, **more}
    if after in _ENDS:
        changed["ended_at"] = datetime.now(UTC)
    Sending.objects.filter(pk__in=[row.pk for row in rows]).update(**changed)
    told(organisation_id=organisation_id, actor=actor, rows=rows, verb=f"message_{after}", on=on, why=why)
    if after is State.CANCELLED and actor.startswith(PROGRAM):
        # A person who takes back what the program wrote does not want it; the program only saw that this one was overtaken.
        take_back(
            organisation_id=organisation_id,
            actor=actor,
            subjects=[f"letter:{row.letter_id}" for row in rows],
            why=WHY.get(why, why),
            on=on,
        )
    return len(rows)


def told(
    *, organisation_id: int, actor: str, rows: Sequence[Sending], verb: str, on: date, why: str = ""
) -> None:
    """A line of history for each of these messages."""
    record_many(
        organisation_id=organisation_id,
        actor=actor,
        verb=verb,
        effective_on=on,
        happened=[
            (
                f"tenancy:{row.letter.tenancy_id}",
                {"letter": row.letter_id, "sending": row.pk, "channel": row.channel, "why": why},
            )
            for row in rows
        ],
    )
