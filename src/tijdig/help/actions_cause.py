"""The only writer of root causes: what somebody noticed, or that it is over."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.help.cause import CauseDraft, faults
from tijdig.help.models import RootCause, RootCauseText
from tijdig.history.actions import record
from tijdig.tenancies.actions_lock import lock_tenancy


def note_causes(
    *, organisation_id: int, actor: str, name: str, draft: CauseDraft, asked_as: UUID, on: date
) -> list[int]:
    """Write causes down; returns their ids, the same form twice is one. Raises `NotDone` with all that is wrong."""
    with organisation_scope(organisation_id):
        if not name.strip() or not lock_tenancy(draft.tenancy_id):
            raise NotDone(("Deze huurder is er niet.",))
        known = RootCause.objects.filter(asked_as=asked_as).order_by("pk").values_list("pk", flat=True)
        if known:
            return [int(pk) for pk in known]
        if wrong := tuple(faults(draft, on)):
            raise NotDone(wrong)
        rows = RootCause.objects.bulk_create(
            RootCause(
                organisation_id=organisation_id,
                tenancy_id=draft.tenancy_id,
                cause=cause,
                says=draft.says,
                noticed_by=draft.noticed_by,
                noticed_on=draft.noticed_on,
                actor=actor,
                name=name.strip(),
                asked_as=asked_as,
            )
            for cause in dict.fromkeys(draft.causes)
        )
        words = draft.words.strip()
        if words:
            RootCauseText.objects.bulk_create(
                RootCauseText(organisation_id=organisation_id, root_cause=row, text=words) for row in rows
            )
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="causes_noticed",
            subject=f"tenancy:{draft.tenancy_id}",
            effective_on=draft.noticed_on,
            facts={"noticed_by": draft.noticed_by, "ids": [row.pk for row in rows]},
            text=words,
        )
        return [int(row.pk) for row in rows]
