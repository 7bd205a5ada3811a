"""Circumstances to set and to end, for the tests of this room: on Monday 2 November 2026."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from tijdig.tenancies.actions_flags import lower_flag, raise_flag
from tijdig.tenancies.flag_draft import EndDraft, FlagDraft
from tijdig.tenancies.flags import Flag, LearnedFrom

TODAY = date(2026, 11, 2)


def flagged(
    organisation: int,
    tenancy: int,
    kind: Flag = Flag.ADMINISTRATION,
    begin_on: date = TODAY,
    *,
    note: str = "",
    actor: str = "user:1",
    asked_as: UUID | None = None,
    on: date = TODAY,
) -> int:
    draft = FlagDraft(
        tenancy_id=tenancy, kind=kind, begin_on=begin_on, learned_from=LearnedFrom.TENANT, note=note
    )
    made = raise_flag(
        organisation_id=organisation, actor=actor, draft=draft, asked_as=asked_as or uuid4(), on=on
    )
    return made.flag_id


def ended(
    organisation: int,
    flag: int,
    end_on: date = TODAY,
    *,
    note: str = "",
    actor: str = "user:2",
    on: date = TODAY,
) -> int:
    draft = EndDraft(flag_id=flag, end_on=end_on, learned_from=LearnedFrom.MUNICIPALITY, note=note)
    return lower_flag(organisation_id=organisation, actor=actor, draft=draft, on=on)
