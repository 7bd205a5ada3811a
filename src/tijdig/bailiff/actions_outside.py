"""The only writer of a hand-over outside tijdig: a corporation without agreements says that a file went, or came back.

With an agreement a file goes by `actions_file` alone, where every point is judged and what is weak asks a second person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from tijdig.bailiff.queries import files_of, in_force
from tijdig.bailiff.queries_facts import first_heard
from tijdig.cases.actions_legal import Act, write_act
from tijdig.cases.legal_steps import Row, faults
from tijdig.steps.kinds import Kind

BY_THE_PAGE = "Draag over op de pagina Overdragen; daar wordt alles nagekeken."
MOVES = frozenset({Kind.HANDED_OVER, Kind.HANDED_BACK})


def outside_faults(tenancy_id: int, kind: Kind, row: Row, on: date) -> tuple[str, ...]:
    """What stands in the way of writing down that a file went outside tijdig, or came back; in the scope of its
    corporation."""
    if kind is Kind.HANDED_OVER:
        if in_force(on):
            return (BY_THE_PAGE,)
        return (*faults(kind, row), *first_heard(tenancy_id, row, on))
    at_partner: Sequence[str] = (
        ("Dit dossier staat bij een deurwaarder. Haal het terug op de pagina Overdragen.",)
        if any(one.ended_on is None for one in files_of(tenancy_id))
        else ()
    )
    return (*faults(kind, row), *at_partner)


def note_move(
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
    """Write down that a file went to a bailiff, or came back; the same form twice is one.

    Raises `NotDone` with everything that must be done first, and where it goes by an agreement.
    """
    act = Act(organisation_id, actor, name, tenancy_id, kind, remark, asked_as, on)
    write_act(act, MOVES, lambda row: outside_faults(tenancy_id, kind, row, on))
