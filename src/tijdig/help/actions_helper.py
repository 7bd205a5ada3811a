"""The only writer of the directory of helpers."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.help.helper import HelperDraft, faults
from tijdig.help.models import Helper, Municipality
from tijdig.help.queries_referral import helper, helpers
from tijdig.help.values import plain
from tijdig.history.actions import record


def keep_helper(*, organisation_id: int, actor: str, draft: HelperDraft, pk: int | None, on: date) -> int:
    """Write a helper down, or change one; returns the id. Raises `NotDone` with all that is wrong."""
    with organisation_scope(organisation_id):
        before = None if pk is None else helper(pk)
        if pk is not None and before is None:
            raise NotDone(("Deze helper is er niet.",))
        if wrong := (*faults(draft), *_taken(draft, pk)):
            raise NotDone(wrong)
        fields = asdict(draft)
        if pk is not None:
            Helper.objects.filter(pk=pk).update(**fields)
        else:
            pk = int(Helper.objects.create(organisation_id=organisation_id, **fields).pk)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="helper_kept",
            subject=f"helper:{pk}",
            effective_on=on,
            facts={"before": plain(asdict(before)) if before else None, "after": plain(fields)},
        )
        return pk


def _taken(draft: HelperDraft, pk: int | None) -> tuple[str, ...]:
    if (
        draft.municipality_id is not None
        and not Municipality.objects.filter(pk=draft.municipality_id).exists()
    ):
        return ("Kies een gemeente uit de lijst.",)
    taken = any(
        one.name.casefold() == draft.name.casefold()
        and one.municipality_id == draft.municipality_id
        and one.id != pk
        for one in helpers()
    )
    return (f"{draft.name} staat er al.",) if taken else ()
