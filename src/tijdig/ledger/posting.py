"""Turning drafts into rows: which tenancy, what role, what it points to. Pure; the database is asked by the action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from tijdig.base.problems import Problem
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind, Role, role_of, sign_fits


@dataclass(frozen=True, slots=True)
class Known:
    """An entry that a draft may point to."""

    id: int
    tenancy_id: int
    role: int
    effective_on: date


class Row(NamedTuple):
    """A draft, resolved: exactly what is written."""

    tenancy_id: int
    role: int
    target_id: int | None
    draft: EntryDraft


@dataclass(slots=True)
class Posted:
    """What came of a batch: what was posted, what was there already, and what was refused."""

    count: int = 0
    first_id: int = 0
    last_id: int = 0
    duplicates: int = 0
    problems: list[Problem] = field(default_factory=list)
    tenancies: set[int] = field(default_factory=set)


Key = tuple[str, str]  # source and reference of an entry


def target_keys(draft: EntryDraft) -> tuple[Key, ...]:
    """What the draft may point to, best first: this reference in its own source, else `source/reference`."""
    if not draft.target_reference:
        return ()
    source, slash, reference = draft.target_reference.partition("/")
    own = (draft.source, draft.target_reference)
    return (own, (source, reference)) if slash else (own,)


def resolve(draft: EntryDraft, tenancies: Mapping[str, int], targets: Mapping[Key, Known]) -> Row | Problem:
    """The row of a draft, or why it cannot be posted. A target of another tenancy is refused."""
    tenancy_id = tenancies.get(draft.contract_number)
    if tenancy_id is None:
        return refused("tenancy_unknown", draft, contract=draft.contract_number)
    if not sign_fits(draft.kind, draft.amount_cents):
        return refused("sign_wrong", draft, kind=draft.kind.name, cents=str(draft.amount_cents))
    keys = target_keys(draft)
    target = next((targets[key] for key in keys if key in targets), None)
    if keys and target is None:
        return refused("target_unknown", draft, target=draft.target_reference)
    if target and target.tenancy_id != tenancy_id:
        return refused("target_elsewhere", draft, target=draft.target_reference)
    role = role_of(
        draft.kind,
        draft.amount_cents,
        target_is_credit=target is not None and target.role == Role.CREDIT,
    )
    return Row(tenancy_id, role, target.id if target else None, _when_due(draft, role, target))


def _when_due(draft: EntryDraft, role: Role, target: Known | None) -> EntryDraft:
    """Costs count from the day on which they are due, and what takes them off again not before.

    So no payment settles a fee that is not due yet. The booking day stays what it was.
    """
    if role is Role.COSTS and draft.due_on and draft.due_on > draft.effective_on:
        return replace(draft, effective_on=draft.due_on)
    takes_off = draft.kind in (Kind.CORRECTION, Kind.WRITE_OFF) and draft.amount_cents < 0
    if takes_off and target and target.role == Role.COSTS and target.effective_on > draft.effective_on:
        return replace(draft, effective_on=target.effective_on)
    return draft


def refused(code: str, draft: EntryDraft, **params: str) -> Problem:
    """Why a draft is not posted; `reference` among its parameters says which draft."""
    text = f"{draft.reference} {draft.kind.name} {draft.amount_cents} {draft.effective_on}"
    return Problem(code=code, place=draft.place, text=text, params={"reference": draft.reference, **params})
