"""The writer of acts with legal effect outside letters: that the municipality is not to be told; and for the room of the
bailiff that a file went outside tijdig, or came back.

Each is a step with the name of whoever decided it. Sending the file itself is for other rooms; here stands that it was done.
One at a time per tenancy: of two who write at the same moment the second sees what the first did.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from tijdig.access.scope import organisation_scope
from tijdig.arrears.evaluate import evaluate
from tijdig.base.days import day_number
from tijdig.base.not_done import NotDone
from tijdig.cases.legal_steps import OWN_ACTS, Row, faults
from tijdig.cases.queries_engine import load_full, traits
from tijdig.cases.queries_policy import table_on
from tijdig.history.actions import record
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.steps.actions import Draft, note
from tijdig.steps.kinds import Kind
from tijdig.steps.queries import has_step
from tijdig.tenancies.actions_lock import lock_tenancy
from tijdig.tenancies.queries import lease

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Act:
    """What is written down, of which tenancy, by whom, and the form it came in with."""

    organisation_id: int
    actor: str
    name: str
    tenancy_id: int
    kind: Kind
    remark: str
    asked_as: UUID
    on: date

    @property
    def subject(self) -> str:
        return f"act:{self.asked_as}"


def seen_now(tenancy_id: int, on: date) -> Row | None:
    """The row that the engine sees of a tenancy, or None where there is no such tenancy."""
    if lease(tenancy_id, on) is None:
        return None
    table = table_on(on)
    portfolio = load_full(on, [tenancy_id]).portfolio
    decisions = evaluate(portfolio, traits(on, portfolio, table), table, day_number(on))
    row: Row = decisions.features[0]
    return row


def note_act(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    tenancy_id: int,
    kind: Kind,
    remark: str,
    asked_as: UUID,
    on: date,
) -> None:
    """Write down that this was done, by a person with a name; the same form twice is one act.

    Raises `NotDone` with everything that must be done first, and for a kind that is no such act. A hand-over is none:
    whether a file may go is known where the agreements are.
    """
    act = Act(organisation_id, actor, name, tenancy_id, kind, remark, asked_as, on)
    write_act(act, OWN_ACTS, partial(faults, kind))


def write_act(act: Act, known: Container[Kind], wrong: Callable[[Row], tuple[str, ...]]) -> None:
    """One of the known acts, with the tenancy held: its step, once a form, with its remark. `wrong` says what must be done
    first.

    Raises `NotDone` with that, and where nobody with a name does it, or to no tenancy.
    """
    if act.kind not in known or not act.name.strip():
        raise NotDone(("Kies wat er gedaan is, en door wie.",))
    with organisation_scope(act.organisation_id):
        row = seen_now(act.tenancy_id, act.on) if lock_tenancy(act.tenancy_id) else None
        if row is None:
            raise NotDone(("Deze huurder is er niet.",))
        if not has_step(act.subject, act.kind) and (sentences := wrong(row)):
            raise NotDone(sentences)
        _write(act)


def _write(act: Act) -> None:
    steps = [Draft(act.tenancy_id, act.subject, {"name": act.name})]
    new = note(organisation_id=act.organisation_id, actor=act.actor, kind=act.kind, on=act.on, steps=steps)
    if new and (words := " ".join(act.remark.split())[:_LONGEST]):
        record(
            organisation_id=act.organisation_id,
            actor=act.actor,
            verb="act_remarked",
            subject=f"tenancy:{act.tenancy_id}",
            effective_on=act.on,
            facts={"about": act.subject, "kind": act.kind.value},
            text=words,
        )
    mark_dirty(organisation_id=act.organisation_id, tenancy_ids=[act.tenancy_id], on=act.on)
