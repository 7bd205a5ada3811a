"""What stands against any step towards a household as of a day, from what both sides may read; inside the wall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection

from tijdig.arrangements.kinds import Kept
from tijdig.arrangements.queries import arrangements_of, watched
from tijdig.arrears.imputation import positions
from tijdig.base.days import day_number, day_of
from tijdig.cases.queries_engine import load_full
from tijdig.law.signal_wait import summons_window
from tijdig.objections.queries import disputing, pausing
from tijdig.tenancies.flags import FLAG_LABEL, Flag
from tijdig.tenancies.queries_flags import flags_of

STOPPING = (
    Flag.DEBT_PROCEDURE, Flag.WSNP, Flag.AMICABLE, Flag.MORATORIUM, Flag.DEATH, Flag.BANKRUPTCY,
)  # fmt: skip
UNHEARD = "Er is een bewindvoerder en die is in deze achterstand nog niet gesproken. Spreek eerst met hem."
OBJECTION = "Er is een bezwaar van de huurder dat nog niet is beantwoord."
_RESTS = {
    "payment": "Er wacht een betaling die van deze huurder kan zijn. De corporatie koppelt die eerst.",
    "bank": "De bankgegevens zijn niet compleet. Wacht tot elke betaling is ingelezen.",
    "held": "Het contract is aangehouden in het bronsysteem. De corporatie heft dat eerst op.",
    "pause": "Er loopt een pauze. De corporatie beëindigt die eerst, of de einddag gaat voorbij.",
}
STANDS_STILL = "Bij dit huishouden staat alles stil; vraag de corporatie waarom, voor u verdergaat"


def stops_on(tenancy_id: int, on: date, *, past: bool = False) -> Iterator[str]:
    """A procedure, a death, an administrator who heard nothing, an objection that waits, a plan that is kept, a pause, money
    that may be there: whoever wrote them, and whenever they came. Of a day that is `past`, nothing that only stands now.

    A partner to whom the agreement does not show what the household needs hears that it stands still, and not why.
    """
    held = {one.kind for one in flags_of(tenancy_id, on) if one.holds(on)}
    known = [kind for kind in STOPPING if kind in held]
    for kind in known:
        yield f"Dit houdt het tegen: {FLAG_LABEL[kind]}. Overleg eerst met elkaar."
    unheard = administrator_unheard(tenancy_id, _behind_since(tenancy_id, on), on)
    if unheard and Flag.ADMINISTRATION in held:
        yield UNHEARD
    elif unheard or (not known and stands_still(tenancy_id, on)):
        yield f"{STANDS_STILL}."
    if len(pausing(on, [tenancy_id])) or disputes_rent(tenancy_id, on):
        yield OBJECTION
    rests = _rests(tenancy_id, on, past=past)
    yield from (sentence for code, sentence in _RESTS.items() if code in rests)
    made = [one for one in arrangements_of([tenancy_id]) if one.agreed_on <= on]
    if any(
        how.kept in (Kept.KEPT, Kept.LATE) for how in watched([one for one in made if one.runs], on).values()
    ):
        yield "Er loopt een regeling die wordt nagekomen. Dan gaat er niets verder bij de rechter."


def disputes_rent(tenancy_id: int, on: date) -> bool:
    """Does the tenant say of certain months or items that they are not owed, and did nobody answer that yet?"""
    return bool(len(disputing(on, [tenancy_id])))


def _rests(tenancy_id: int, on: date, *, past: bool) -> frozenset[str]:
    """Which of `_RESTS` hold, also for whom the rows behind them are closed."""
    found = frozenset(_one("SELECT tijdig_rests(%s, %s)", tenancy_id, on))
    return found & {"pause"} if past else found


def _behind_since(tenancy_id: int, on: date) -> date:
    """The day on which the arrears of now began, unbroken since; the day itself where there are none."""
    found = positions(load_full(on, [tenancy_id]).portfolio, day_number(on))
    return day_of(int(found.arrears_since[0])) if found.overdue[0] else on


def too_soon_or_late(tenancy_id: int, on: date) -> Iterator[str]:
    """Why a summons of that day does not fit the signal to the municipality; nothing where no signal was needed, because the
    tenant does not want it or has left."""
    signal_on = sent_on(tenancy_id, _behind_since(tenancy_id, on), on)
    window = summons_window(signal_on, on) if signal_on else None
    if window is not None and not window.fits(on):
        yield " ".join(step.sentence for step in window.steps[:3])


def administrator_unheard(tenancy_id: int, since: date, on: date) -> bool:
    """Is there an administrator with whom nobody spoke from a day on? Also for whom the agreement does not show it."""
    return bool(_one("SELECT tijdig_unheard(%s, %s, %s)", tenancy_id, since, on))


def stands_still(tenancy_id: int, on: date) -> bool:
    """Does one of `STOPPING` hold? Also for whom the agreement does not show which."""
    return bool(_one("SELECT tijdig_stands_still(%s, %s)", tenancy_id, on))


def sent_on(tenancy_id: int, since: date, on: date) -> date | None:
    """The day of the last early signal of arrears that began on a day: a summons is held against it, whoever brings it. One
    that the platform refused reached nobody; None too where the tenant objected in these arrears, or has left."""
    found: date | None = _one("SELECT tijdig_signal_on(%s, %s, %s)", tenancy_id, since, on)
    return found


def _one(question: str, tenancy_id: int, *days: date) -> Any:
    """What the database answers past what the agreement shows: it says no more than a step before the court must know."""
    with connection.cursor() as cursor:
        cursor.execute(question, [tenancy_id, *days])
        return cursor.fetchone()[0]
