"""The writer of acts with legal effect outside letters: that the municipality is not to be told; and for the room of the
bailiff that a file went outside tijdig, or came back.

Each is a step with the name of whoever decided it. Sending the file itself is for other rooms; here stands that it was done.
One at a time per tenancy: of two who write at the same moment the second sees what the first did.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from tijdig.access.scope import organisation_scope
from tijdig.arrears.evaluate import evaluate
from tijdig.base.days import day_number
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


class NotDone(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """It cannot be written down; `sentences` say what must be done first."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


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
    if kind not in OWN_ACTS or not name.strip():
        raise NotDone(("Kies wat er gedaan is, en door wie.",))
    with organisation_scope(organisation_id):
        row = seen_now(tenancy_id, on) if lock_tenancy(tenancy_id) else None
        if row is None:
            raise NotDone(("Deze huurder is er niet.",))
        if not has_step(f"act:{asked_as}", kind) and (wrong := faults(kind, row)):
            raise NotDone(wrong)
        write_act(organisation_id, actor, name, tenancy_id, kind, remark, asked_as, on)


def write_act(
    organisation_id: int,
    actor: str,
    name: str,
    tenancy_id: int,
    kind: Kind,
    remark: str,
    asked_as: UUID,
    on: date,
) -> None:
    """The step of an act that was checked, once a form, with its remark; in the scope of its corporation."""
    subject = f"act:{asked_as}"
    steps = [Draft(tenancy_id, subject, {"name": name})]
    new = note(organisation_id=organisation_id, actor=actor, kind=kind, on=on, steps=steps)
    if new and (words := " ".join(remark.split())[:_LONGEST]):
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="act_remarked",
            subject=f"tenancy:{tenancy_id}",
            effective_on=on,
            facts={"about": subject, "kind": kind.value},
            text=words,
        )
    mark_dirty(organisation_id=organisation_id, tenancy_ids=[tenancy_id], on=on)
