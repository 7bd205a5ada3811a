"""Writing a whole talk down as one: the contact with its promise, and the arrangement that was made in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tijdig.access.scope import organisation_scope
from tijdig.arrangements.plan import Ask, Fault
from tijdig.arrangements.queries import made_as
from tijdig.arrangements.values import NotAgreed
from tijdig.cases.actions_arrange import arrange
from tijdig.contacts.actions import log
from tijdig.contacts.kinds import Outcome
from tijdig.contacts.queries import written_as
from tijdig.contacts.values import ContactDraft

_OTHER_OUTCOME = Fault(
    "outcome_other",
    "Een regeling hoort bij de uitkomst ‘wil een regeling’. Kies die, of haal de regeling weg.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """The arrangement that was agreed in the talk: `ask.debt_cents` is what the person saw, `entries` what it is about."""

    ask: Ask
    entries: Collection[int]
    reason: str = ""
    requested: bool = False
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What was written down; no arrangement where none was made."""

    contact_id: int
    arrangement_id: int | None


def write_down(
    *,
    organisation_id: int,
    actor: str,
    draft: ContactDraft,
    agreed: Agreed | None,
    asked_as: UUID,
    now: datetime,
    on: date,
) -> Written:
    """Write the talk down, whole or not at all, and have the tenancy evaluated.

    `asked_as` names the form: the same form twice is one talk, the first. Raises `NotLogged` or `NotAgreed` with what is
    wrong; then nothing is kept.
    """
    with organisation_scope(organisation_id):
        if known := written_as(asked_as):
            return Written(known, made_as(asked_as))
        if agreed and draft.outcome is not Outcome.ARRANGEMENT_WANTED:
            raise NotAgreed((_OTHER_OUTCOME,))
        contact_id = log(
            organisation_id=organisation_id, actor=actor, draft=draft, asked_as=asked_as, now=now, on=on
        )
        if agreed is None:
            return Written(contact_id, None)
        made = arrange(
            organisation_id=organisation_id,
            actor=actor,
            tenancy_id=draft.tenancy_id,
            ask=agreed.ask,
            entries=agreed.entries,
            reason=agreed.reason,
            asked_as=asked_as,
            on=on,
            requested=agreed.requested,
            replace=agreed.replace,
        )
        return Written(contact_id, made)
