"""The only writers of worries: notice one, and take one up."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.help.models import Worry, WorryPickup, WorryText
from tijdig.help.queries_worry import worry
from tijdig.help.worry import WorryDraft, faults
from tijdig.history.actions import record
from tijdig.tenancies.actions_lock import lock_tenancy


def notice(
    *, organisation_id: int, actor: str, name: str, role: str, draft: WorryDraft, asked_as: UUID, on: date
) -> int:
    """Write a worry down; returns its id, the same form twice is one. Raises `NotDone` with all that is wrong."""
    with organisation_scope(organisation_id):
        if not name.strip() or not lock_tenancy(draft.tenancy_id):
            raise NotDone(("Deze huurder is er niet.",))
        if (
            known := Worry.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()
        ) is not None:
            return int(known)
        if wrong := tuple(faults(draft, on)):
            raise NotDone(wrong)
        row = Worry.objects.create(
            organisation_id=organisation_id,
            tenancy_id=draft.tenancy_id,
            what=list(dict.fromkeys(draft.what)),
            talked=draft.talked,
            noticed_on=draft.noticed_on,
            actor=actor,
            name=name.strip(),
            role=role,
            asked_as=asked_as,
        )
        words = draft.words.strip()
        if words:
            WorryText.objects.create(organisation_id=organisation_id, worry=row, text=words)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="worry_noticed",
            subject=f"tenancy:{draft.tenancy_id}",
            effective_on=draft.noticed_on,
            facts={"worry": row.pk, "talked": draft.talked},
            text=words,
        )
        return int(row.pk)


def take_up(*, organisation_id: int, actor: str, name: str, worry_id: int, on: date) -> None:
    """Say that one works on it. Raises `NotDone` where there is none, or somebody else did already."""
    with organisation_scope(organisation_id):
        known = worry(worry_id)
        if known is None or not name.strip() or not lock_tenancy(known.tenancy_id):
            raise NotDone(("Deze melding is er niet.",))
        known = worry(worry_id) or known  # as whoever held the tenancy left it
        if known.taken_on:
            raise NotDone((f"{known.taken_by} pakte dit al op, op {known.taken_on:%d-%m-%Y}.",))
        WorryPickup.objects.create(
            organisation_id=organisation_id, worry_id=worry_id, on=on, actor=actor, name=name.strip()
        )
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="worry_taken_up",
            subject=f"tenancy:{known.tenancy_id}",
            effective_on=on,
            facts={"worry": worry_id},
        )
