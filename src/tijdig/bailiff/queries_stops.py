"""What stands against any step towards a household as of a day, from what both sides may read; inside the wall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tijdig.arrangements.kinds import Kept, State
from tijdig.arrangements.queries import arrangements_of, watched
from tijdig.arrears.imputation import positions
from tijdig.base.days import day_number, day_of
from tijdig.cases.queries_engine import load_full
from tijdig.contacts.kinds import Reached, Who
from tijdig.contacts.queries import contacts_of
from tijdig.law.signal_wait import summons_window
from tijdig.objections.queries import pausing
from tijdig.steps.kinds import Kind
from tijdig.steps.queries import steps_of
from tijdig.tenancies.flags import FLAG_LABEL, Flag
from tijdig.tenancies.queries_flags import flags_of

_STOPPING = (
    Flag.DEBT_PROCEDURE, Flag.WSNP, Flag.AMICABLE, Flag.MORATORIUM, Flag.DEATH, Flag.BANKRUPTCY,
)  # fmt: skip
UNHEARD = "Er is een bewindvoerder en die is in deze achterstand nog niet gesproken. Spreek eerst met hem."


def stops_on(tenancy_id: int, on: date) -> Iterator[str]:
    """A procedure, a death, an administrator who heard nothing, an objection that waits, a plan that is kept: whoever wrote
    them, and whenever they came."""
    held = {one.kind for one in flags_of(tenancy_id, on) if one.holds(on)}
    for kind in _STOPPING:
        if kind in held:
            yield f"Dit houdt het tegen: {FLAG_LABEL[kind]}. Overleg eerst met elkaar."
    if Flag.ADMINISTRATION in held and not administrator_heard(tenancy_id, _behind_since(tenancy_id, on), on):
        yield UNHEARD
    if len(pausing(on, [tenancy_id])):
        yield "Er is een bezwaar van de huurder dat nog niet is beantwoord."
    made = [one for one in arrangements_of([tenancy_id]) if one.agreed_on <= on]
    runs = [one for one in made if one.ended_on is None and one.state is not State.REQUESTED]
    if any(how.kept in (Kept.KEPT, Kept.LATE) for how in watched(runs, on).values()):
        yield "Er loopt een regeling die wordt nagekomen. Dan gaat er niets verder bij de rechter."


def administrator_heard(tenancy_id: int, since: date, on: date) -> bool:
    """Did anybody speak with who represents the tenant, from a day on?"""
    return any(
        one.who is Who.REPRESENTATIVE and one.reached is Reached.TALKED and one.on >= since
        for one in contacts_of([tenancy_id], as_of=on)
    )


def _behind_since(tenancy_id: int, on: date) -> date:
    """The day from which the arrears of now are; the day itself where there are none."""
    found = positions(load_full(on, [tenancy_id]).portfolio, day_number(on))
    return day_of(int(found.oldest_due[0])) if found.overdue[0] else on


def too_soon_or_late(tenancy_id: int, on: date) -> Iterator[str]:
    """Why a summons of that day does not fit the signal to the municipality; nothing where no signal was needed."""
    sent = steps_of([tenancy_id], kinds=(Kind.SIGNAL_SENT,), as_of=on)
    window = summons_window(sent[-1].effective_on, on) if sent else None
    if window is not None and not window.fits(on):
        yield " ".join(step.sentence for step in window.steps[:3])
