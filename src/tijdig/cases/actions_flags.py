"""Setting and ending a circumstance of a tenancy, and having the tenancy evaluated anew: what the doors call."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from tijdig.access.scope import organisation_scope
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.tenancies import actions_flags
from tijdig.tenancies.flag_draft import EndDraft, FlagDraft


def raise_flag(*, organisation_id: int, actor: str, draft: FlagDraft, asked_as: UUID, on: date) -> int:
    """Set it, as `tenancies.actions_flags.raise_flag`; the mark is made in the same transaction."""
    with organisation_scope(organisation_id):
        made = actions_flags.raise_flag(
            organisation_id=organisation_id, actor=actor, draft=draft, asked_as=asked_as, on=on
        )
        if made.new:
            mark_dirty(organisation_id=organisation_id, tenancy_ids=[draft.tenancy_id], on=on)
        return made.flag_id


def lower_flag(*, organisation_id: int, actor: str, draft: EndDraft, on: date) -> None:
    """End it, as `tenancies.actions_flags.lower_flag`; the mark is made in the same transaction."""
    with organisation_scope(organisation_id):
        tenancy_id = actions_flags.lower_flag(
            organisation_id=organisation_id, actor=actor, draft=draft, on=on
        )
        mark_dirty(organisation_id=organisation_id, tenancy_ids=[tenancy_id], on=on)
