"""Undoing what somebody did a moment ago, with the letter that followed from it and has not gone yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from tijdig.access.scope import organisation_scope
from tijdig.cases import actions_undo
from tijdig.cases.undo import NotUndone, fault
from tijdig.history.queries import event
from tijdig.letters.actions_queue import take_back_letter
from tijdig.letters.letter import Kind
from tijdig.letters.queries import LetterLine, letters_of
from tijdig.letters.values import NotRight

_AGREED = ("arrangement_active", "arrangement_requested")


def undo(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    tenancy_id: int,
    event_ids: Sequence[int],
    now: datetime,
    on: date,
) -> None:
    """As `cases.actions_undo.undo`; the confirmation of an arrangement that has not gone yet is taken back with it."""
    with organisation_scope(organisation_id):
        confirmed = _confirmations(tenancy_id, event_ids, on)
        try:
            for one in confirmed:
                if one.state is not None:
                    take_back_letter(organisation_id=organisation_id, actor=actor, letter_id=one.id, on=on)
        except NotRight as gone:
            raise NotUndone(fault("letter_went", _AGREED[0])) from gone
        actions_undo.undo(
            organisation_id=organisation_id,
            actor=actor,
            name=name,
            tenancy_id=tenancy_id,
            event_ids=event_ids,
            now=now,
            on=on,
            besides=("letter_written",) if confirmed else (),
        )


def _confirmations(tenancy_id: int, event_ids: Sequence[int], on: date) -> list[LetterLine]:
    """The letters that were written since an arrangement was made, where they confirm it and nothing else was written."""
    made = [one for one in map(event, event_ids) if one and one.verb in _AGREED]
    if not made:
        return []
    since = [one for one in letters_of(tenancy_id, on) if one.made_at >= made[0].recorded_at]
    return since if all(one.kind is Kind.ARRANGEMENT_CONFIRMED for one in since) else []
