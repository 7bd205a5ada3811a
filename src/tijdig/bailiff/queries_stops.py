"""What stands against any step towards a household as of a day, from what both sides may read; inside the wall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tijdig.arrangements.kinds import Kept, State
from tijdig.arrangements.queries import arrangements_of, watched
from tijdig.law.signal_wait import summons_window
from tijdig.objections.queries import pausing
from tijdig.steps.kinds import Kind
from tijdig.steps.queries import steps_of
from tijdig.tenancies.flags import FLAG_LABEL, Flag
from tijdig.tenancies.queries_flags import flags_of

_STOPPING = (
    Flag.DEBT_PROCEDURE, Flag.WSNP, Flag.AMICABLE, Flag.MORATORIUM, Flag.DEATH, Flag.BANKRUPTCY,
)  # fmt: skip


def stops_on(tenancy_id: int, on: date) -> Iterator[str]:
    """A procedure, a death, an objection that waits, a plan that is kept: whoever wrote them, and whenever they came."""
    held = {one.kind for one in flags_of(tenancy_id, on) if one.holds(on)}
    for kind in _STOPPING:
        if kind in held:
            yield f"Dit houdt het tegen: {FLAG_LABEL[kind]}. Overleg eerst met elkaar."
    if len(pausing(on, [tenancy_id])):
        yield "Er is een bezwaar van de huurder dat nog niet is beantwoord."
    made = [one for one in arrangements_of([tenancy_id]) if one.agreed_on <= on]
    runs = [one for one in made if one.ended_on is None and one.state is not State.REQUESTED]
    if any(how.kept in (Kept.KEPT, Kept.LATE) for how in watched(runs, on).values()):
        yield "Er loopt een regeling die wordt nagekomen. Dan gaat er niets verder bij de rechter."


def too_soon_or_late(tenancy_id: int, on: date) -> Iterator[str]:
    """Why a summons of that day does not fit the signal to the municipality; nothing where no signal was needed."""
    sent = steps_of([tenancy_id], kinds=(Kind.SIGNAL_SENT,), as_of=on)
    window = summons_window(sent[-1].effective_on, on) if sent else None
    if window is not None and not window.fits(on):
        yield " ".join(step.sentence for step in window.steps[:3])
