"""Fourteen-day letters that wait for a named person: each case with its facts, the doubtful ones on top.

A case is plain when the letter can be made as the account stands and nothing sets the household apart: no flag, no
objection, no reply that waits, no pause. Only plain cases may be approved together. Units: whole cents, days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from tijdig.cases.queries import tenancies_at
from tijdig.cases.queries_policy import policy_on, table_on
from tijdig.cases.queries_single_case import single_case
from tijdig.letters.letter import Kind
from tijdig.letters.queries_compose import choices, ground_of
from tijdig.policy.words import Act, Circumstance
from tijdig.tenancies.flags import FLAG_LABEL, procedure_in
from tijdig.tenancies.queries import Card, cards

_APART = {
    Circumstance.ADMINISTRATION: "Er is een bewindvoerder.",
    Circumstance.DEATH: "Een huurder is overleden.",
    Circumstance.VULNERABLE: "Het huishouden is kwetsbaar.",
    Circumstance.BANKRUPTCY: "De huurder is failliet.",
    Circumstance.OBJECTION: "Er is een bezwaar dat op antwoord wacht.",
}


@dataclass(frozen=True, slots=True)
class Approvable:
    """One case. `doubts` is why a person should look at it by itself; `possible` whether the letter can be made at all."""

    card: Card
    overdue_cents: int
    since_on: date | None
    items: int
    doubts: tuple[str, ...]
    possible: bool

    @property
    def plain(self) -> bool:
        return self.possible and not self.doubts


def to_approve(on: date, *, most: int = 60) -> tuple[list[Approvable], int]:
    """The cases at the step of the fourteen-day letter, doubtful ones first, at most so many; and how many there are."""
    codes = [step.code for step in policy_on(on).steps if step.do is Act.FOURTEEN_DAY_LETTER]
    ids = [pk for code in codes for pk in tenancies_at(code)]
    shown = ids[:most]
    apart = _apart(on, shown)
    known = cards(shown)
    found = [_case(known[pk], apart[pk], on) for pk in shown if pk in known]
    return sorted(found, key=lambda one: (one.plain, -one.overdue_cents)), len(ids)


def _case(card: Card, apart: tuple[str, ...], on: date) -> Approvable:
    ground = ground_of(card.id, on=on, by="")
    if ground is None:
        return Approvable(card, 0, None, 0, apart, False)
    choice = next(one for one in choices(ground) if one.kind is Kind.FOURTEEN_DAY)
    rows = ground.basis.overdue
    return Approvable(
        card,
        sum(row.open_cents for row in rows),
        min((row.due_on for row in rows), default=None),
        len(rows),
        (*apart, *(fault.sentence for fault in choice.faults)),
        not choice.faults,
    )


def _apart(on: date, ids: list[int]) -> dict[int, tuple[str, ...]]:
    """What sets each household apart, in sentences."""
    tenancies = np.array(sorted(ids), np.int64)
    case = single_case(on, tenancies, table_on(on))
    found: dict[int, tuple[str, ...]] = {}
    for place, pk in enumerate(tenancies.tolist()):
        procedure = procedure_in(int(case.circumstance[place]))
        said = [] if procedure is None else [f"Er loopt een {FLAG_LABEL[procedure]}."]
        said += [sentence for flag, sentence in _APART.items() if int(case.circumstance[place]) & flag]
        if case.reply_waits[place]:
            said.append("Een antwoord van de huurder wacht.")
        if case.paused[place]:
            said.append("De zaak is gepauzeerd.")
        found[pk] = tuple(said)
    return found
