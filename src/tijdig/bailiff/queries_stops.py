"""What stands against any step towards a household as of a day, from what both sides may read; inside the wall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection

from tijdig.arrangements.kinds import Kept, State
from tijdig.arrangements.queries import arrangements_of, watched
from tijdig.law.signal_wait import summons_window
from tijdig.objections.queries import pausing
from tijdig.tenancies.flags import FLAG_LABEL, Flag
from tijdig.tenancies.queries_flags import flags_of

STOPPING = (
    Flag.DEBT_PROCEDURE, Flag.WSNP, Flag.AMICABLE, Flag.MORATORIUM, Flag.DEATH, Flag.BANKRUPTCY,
)  # fmt: skip
STANDS_STILL = "Bij dit huishouden staat alles stil; vraag de corporatie waarom, voor u verdergaat"


def stops_on(tenancy_id: int, on: date) -> Iterator[str]:
    """A procedure, a death, an objection that waits, a plan that is kept: whoever wrote them, and whenever they came.

    A partner to whom the agreement does not show what the household needs hears that it stands still, and not why.
    """
    held = {one.kind for one in flags_of(tenancy_id, on) if one.holds(on)}
    known = [kind for kind in STOPPING if kind in held]
    for kind in known:
        yield f"Dit houdt het tegen: {FLAG_LABEL[kind]}. Overleg eerst met elkaar."
    if not known and stands_still(tenancy_id, on):
        yield f"{STANDS_STILL}."
    if len(pausing(on, [tenancy_id])):
        yield "Er is een bezwaar van de huurder dat nog niet is beantwoord."
    made = [one for one in arrangements_of([tenancy_id]) if one.agreed_on <= on]
    runs = [one for one in made if one.ended_on is None and one.state is not State.REQUESTED]
    if any(how.kept in (Kept.KEPT, Kept.LATE) for how in watched(runs, on).values()):
        yield "Er loopt een regeling die wordt nagekomen. Dan gaat er niets verder bij de rechter."


def too_soon_or_late(tenancy_id: int, on: date) -> Iterator[str]:
    """Why a summons of that day does not fit the signal to the municipality; nothing where no signal was needed."""
    signal_on = sent_on(tenancy_id, on)
    window = summons_window(signal_on, on) if signal_on else None
    if window is not None and not window.fits(on):
        yield " ".join(step.sentence for step in window.steps[:3])


def stands_still(tenancy_id: int, on: date) -> bool:
    """Does one of `STOPPING` hold? Also for whom the agreement does not show which."""
    return bool(_one("SELECT tijdig_stands_still(%s, %s)", tenancy_id, on))


def sent_on(tenancy_id: int, on: date) -> date | None:
    """The day of the last early signal up to a day: a summons is held against it, whoever brings it."""
    found: date | None = _one("SELECT tijdig_signal_on(%s, %s)", tenancy_id, on)
    return found


def _one(question: str, tenancy_id: int, on: date) -> Any:
    """What the database answers past what the agreement shows: it says no more than a step before the court must know."""
    with connection.cursor() as cursor:
        cursor.execute(question, [tenancy_id, on])
        return cursor.fetchone()[0]
