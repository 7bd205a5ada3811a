"""Setting a circumstance of a tenancy and ending it. Nothing is changed or deleted.

Whoever calls these asks for a new evaluation too: the doors call `cases.actions_flags`, which does.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction

from tijdig.access.scope import broken_rule, organisation_scope
from tijdig.history.actions import record
from tijdig.tenancies.flag_draft import (
    EndDraft,
    Fault,
    FlagDraft,
    NotFlagged,
    end_faults,
    flag_fault,
    flag_faults,
    set_already,
)
from tijdig.tenancies.flags import Flag
from tijdig.tenancies.models import (
    Tenancy,
    TenancyFlag,
    TenancyFlagEnd,
    TenancyFlagEndText,
    TenancyFlagText,
)

_ONE_OPEN = ("tenancies_flag_first", "tenancies_flag_followed_once")


class Raised(NamedTuple):
    """The one that is set; not `new` where the same form had set it before."""

    flag_id: int
    new: bool


def raise_flag(*, organisation_id: int, actor: str, draft: FlagDraft, asked_as: UUID, on: date) -> Raised:
    """Set it. `asked_as` names the form: the same form twice is one, the first.

    Raises `NotFlagged` with all that is wrong, also where one of its kind is set already.
    """
    with organisation_scope(organisation_id):
        if known := _asked(asked_as):
            return Raised(known, False)
        faults = tuple(flag_faults(draft, on))
        if not Tenancy.objects.filter(pk=draft.tenancy_id).exists():
            faults = (flag_fault("flag_tenancy_unknown"), *faults)
        if faults:
            raise NotFlagged(faults)
        try:
            with transaction.atomic():
                row = _store(organisation_id, actor, draft, asked_as)
        except IntegrityError as error:
            if known := _asked(asked_as):
                return Raised(
                    known, False
                )  # the same form came in at the same moment, and the other one was first
            if broken_rule(error) not in _ONE_OPEN:
                raise
            raise NotFlagged((set_already(draft.kind),)) from error
        _tell_set(row, draft.note.strip())
        return Raised(int(row.pk), True)


def lower_flag(*, organisation_id: int, actor: str, draft: EndDraft, on: date) -> int:
    """Say that it is over; returns the tenancy. Raises `NotFlagged` with all that is wrong."""
    with organisation_scope(organisation_id):
        row = TenancyFlag.objects.filter(pk=draft.flag_id).first()
        if row is None:
            raise NotFlagged((flag_fault("flag_unknown"),))
        if TenancyFlagEnd.objects.filter(flag=row).exists():
            raise NotFlagged((_ended(),))
        if faults := tuple(end_faults(draft, row.begin_on, on)):
            raise NotFlagged(faults)
        try:
            with transaction.atomic():
                over = _store_end(row, actor, draft)
        except IntegrityError as error:
            raise NotFlagged((_ended(),)) from error
        _tell_over(over, draft.note.strip())
        return int(row.tenancy_id)


def _asked(asked_as: UUID) -> int | None:
    return TenancyFlag.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()


def _ended() -> Fault:
    return flag_fault("flag_ended")


def _store(organisation_id: int, actor: str, draft: FlagDraft, asked_as: UUID) -> TenancyFlag:
    row = TenancyFlag.objects.create(
        organisation_id=organisation_id,
        tenancy_id=draft.tenancy_id,
        kind=draft.kind.value,
        begin_on=draft.begin_on,
        learned_from=draft.learned_from.value,
        follows=_last_end(draft.tenancy_id, draft.kind),
        actor=actor,
        asked_as=asked_as,
    )
    if note := draft.note.strip():
        TenancyFlagText.objects.create(flag=row, organisation_id=organisation_id, text=note)
    return row


def _last_end(tenancy_id: int, kind: Flag) -> TenancyFlagEnd | None:
    """The newest end of that kind. Where the newest one is still open, this end is followed already, and that is refused."""
    rows = TenancyFlagEnd.objects.filter(tenancy_id=tenancy_id, kind=kind.value)
    return rows.order_by("-flag_id").first()


def _store_end(row: TenancyFlag, actor: str, draft: EndDraft) -> TenancyFlagEnd:
    over = TenancyFlagEnd.objects.create(
        flag=row,
        organisation_id=row.organisation_id,
        tenancy_id=row.tenancy_id,
        kind=row.kind,
        begin_on=row.begin_on,
        end_on=draft.end_on,
        learned_from=draft.learned_from.value,
        actor=actor,
    )
    if note := draft.note.strip():
        TenancyFlagEndText.objects.create(end=over, organisation_id=row.organisation_id, text=note)
    return over


def _tell_set(row: TenancyFlag, note: str) -> None:
    record(
        organisation_id=row.organisation_id,
        actor=row.actor,
        verb="flag_set",
        subject=f"tenancy:{row.tenancy_id}",
        effective_on=row.begin_on,
        facts={"flag": row.pk, "learned_from": row.learned_from},
        text=note,
    )


def _tell_over(over: TenancyFlagEnd, note: str) -> None:
    record(
        organisation_id=over.organisation_id,
        actor=over.actor,
        verb="flag_ended",
        subject=f"tenancy:{over.tenancy_id}",
        effective_on=over.end_on,
        facts={"flag": over.flag_id, "learned_from": over.learned_from},
        text=note,
    )
