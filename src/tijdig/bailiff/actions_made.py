"""The only writer of what two people of a corporation ask and of the file that it becomes, inside the transaction of
`actions_file`, which decides whether it may be.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from tijdig.bailiff import values
from tijdig.bailiff.actions_package import keep_package
from tijdig.bailiff.checklist import Item, weak
from tijdig.bailiff.kinds import Start
from tijdig.bailiff.models import File, HandOver, HandOverText, ProposalRefusal
from tijdig.bailiff.queries import waiting_of
from tijdig.bailiff.queries_facts import overdue_on
from tijdig.bailiff.queries_program import proposal_of
from tijdig.base.not_done import NotDone
from tijdig.history.actions import record
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.steps.actions import Draft, note
from tijdig.steps.kinds import Kind

LONGEST = 500


class By(NamedTuple):
    """Who writes, for which corporation, on which day."""

    organisation_id: int
    actor: str
    name: str
    on: date


class Asked(NamedTuple):
    """What is asked, of which tenancy. `went_on`: it went before, outside tijdig."""

    tenancy_id: int
    agreed: values.Agreement
    start: Start
    asked_as: UUID
    items: tuple[Item, ...]
    went_on: date | None = None


def begin(by: By, asked: Asked, reason: str, cents: int) -> int | None:
    """Write down what was asked; the file is made where nothing is weak."""
    if not by.name:
        raise NotDone(("Alleen iemand met een naam kan overdragen.",))
    past, words = weak(asked.items), " ".join(reason.split())[:LONGEST]
    _may_ask(asked.tenancy_id, past, words)
    row = _row(by, asked, past)
    if words:
        HandOverText.objects.create(organisation_id=by.organisation_id, hand_over=row, reason=words)
    facts = {"hand_over": row.pk, "weak": row.weak}
    verb = "take_in_asked" if asked.went_on else "hand_over_asked"
    write_history(by.organisation_id, by.actor, verb, asked.tenancy_id, by.on, facts, words)
    return None if past else make(row, asked.agreed, asked.items, cents, by)


def _may_ask(tenancy_id: int, past: tuple[Item, ...], words: str) -> None:
    if (waits := waiting_of(tenancy_id)) is not None:
        asked = f"{waits.name} vroeg dit al op {waits.on:%d-%m-%Y}; het wacht op een tweede collega."
        raise NotDone((asked,))
    if past and not words:
        why = "Er is een zwak punt. Schrijf op waarom u toch verder wilt; een tweede collega beslist mee."
        raise NotDone((why,))


def make(
    row: HandOver,
    agreed: values.Agreement,
    items: tuple[Item, ...],
    cents: int,
    by: By,
    *,
    second: bool = False,
) -> int:
    """The file of what was asked, by whoever asked it or by the second person. Returns its id."""
    went_on: date | None = row.went_on
    overdue_cents = cents if went_on is None else overdue_on(row.tenancy_id, went_on)
    beside = (by.actor, by.name) if second else ("", "")
    made = _file(row, agreed, items, went_on or by.on, overdue_cents, beside)
    facts: dict[str, object] = {"name": row.name, "partner": agreed.partner_id}
    if second:
        facts["second"] = by.name
    if went_on is not None:  # it stands already that it went
        facts["file"] = made.pk
        write_history(by.organisation_id, by.actor, "file_taken_in", row.tenancy_id, by.on, facts)
        return int(made.pk)
    steps = [Draft(row.tenancy_id, f"file:{made.pk}", facts)]
    note(organisation_id=by.organisation_id, actor=by.actor, kind=Kind.HANDED_OVER, on=by.on, steps=steps)
    mark_dirty(organisation_id=by.organisation_id, tenancy_ids=[row.tenancy_id], on=by.on)
    return int(made.pk)


def _row(by: By, asked: Asked, past: tuple[Item, ...]) -> HandOver:
    """What was asked, with every point as it stands; `past` are those that two people must go past."""
    return HandOver.objects.create(
        organisation_id=by.organisation_id,
        tenancy_id=asked.tenancy_id,
        agreement_id=asked.agreed.id,
        start=asked.start.value,
        points=[[one.point.value, one.state.value, one.sentence] for one in asked.items],
        weak=[one.point.value for one in past],
        went_on=asked.went_on,
        on=by.on,
        actor=by.actor,
        name=by.name,
        asked_as=asked.asked_as,
    )


def _file(
    row: HandOver,
    agreed: values.Agreement,
    items: tuple[Item, ...],
    went_on: date,
    cents: int,
    second: tuple[str, str] = ("", ""),
) -> File:
    """The file, with everything that goes with it as of the day of the row."""
    proposed = proposal_of(row.tenancy_id)
    known_as = {"pk": proposed.id} if proposed and proposed.partner_id == agreed.partner_id else {}
    if proposed and not known_as:  # somebody decided otherwise
        ProposalRefusal.objects.create(
            organisation_id=row.organisation_id,
            proposal_id=proposed.id,
            on=row.on,
            actor=row.actor,
            name=row.name,
        )
    made = File.objects.create(
        **known_as,
        organisation_id=row.organisation_id,
        hand_over=row,
        tenancy_id=row.tenancy_id,
        partner_id=agreed.partner_id,
        agreement_id=row.agreement_id,
        start=row.start,
        handed_over_on=went_on,
        overdue_cents=cents,
        second_actor=second[0],
        second_name=second[1],
    )
    by = tuple(one for one in (row.name, second[1]) if one)
    keep_package(
        row.organisation_id, made.pk, row.tenancy_id, row.on, agreed=agreed, start=Start(row.start), by=by, items=items
    )  # fmt: skip
    return made


def write_history(
    organisation_id: int,
    actor: str,
    verb: str,
    tenancy_id: int,
    on: date,
    facts: dict[str, object],
    text: str = "",
) -> None:
    """The line of history of an act in a file, about its tenancy; with the words apart, so that they can be erased."""
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb=verb,
        subject=f"tenancy:{tenancy_id}",
        effective_on=on,
        facts=facts,
        text=text,
    )
