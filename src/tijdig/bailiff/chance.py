"""How a last chance stands: it is kept on an arrangement, which the engine watches as any other.

Decides whether it runs, is broken or was kept to its end. It is broken from the day on which its arrangement is, or ended
without being paid; kept when all that was agreed came and its last day is over. One that another arrangement replaced goes
on with that one. A last chance of before, without an arrangement, runs until a person says otherwise.

Sources: the practice of last-chance agreements after a judgment: a favour, no new lease, the judgment stays in force, said
in writing, and not for ever. Units: days. Errors: none. Example: until 1 March on a plan that broke on 12 January: broken
since the 12th. Left out: money (`arrangements.watch`) and what may follow (`track`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tijdig.arrangements.kinds import EndReason, Kept
from tijdig.arrangements.values import Arrangement
from tijdig.arrangements.watch import Watched
from tijdig.bailiff.track import Done, Judgment

_PAID = (EndReason.PAID_OFF, EndReason.REST_FORGIVEN)


class How(StrEnum):
    RUNS = "runs"
    BROKEN = "broken"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Plan:
    """The arrangement that a last chance can stand on now. `broken_on`: the day of a break that is not repaired."""

    arrangement: Arrangement
    broken_on: date | None

    @property
    def last_on(self) -> date:
        return self.arrangement.last_on


@dataclass(frozen=True, slots=True)
class Chance:
    """The last chance that runs, with its arrangement where it has one."""

    deed: Done
    how: How
    broken_on: date | None
    arrangement: Arrangement | None


def plan_under(deed: Done, made: Sequence[Arrangement]) -> Arrangement | None:
    """The arrangement of a last chance: its own, or the one that came in its place."""
    own = next((one for one in made if one.id == deed.arrangement_id), None)
    while own is not None and own.end_reason is EndReason.REPLACED:
        later = [one for one in made if one.id > own.id and one.tenancy_id == own.tenancy_id]
        if not later:
            break
        own = min(later, key=lambda one: one.id)
    return own


def chance(deed: Done, plan: Arrangement | None, watched: Watched | None, on: date) -> Chance:
    """How it stands at the end of a day. `watched` is of the plan while that is not over."""
    if plan is None:
        return Chance(deed, How.RUNS, None, None)
    if plan.ended_on is not None and plan.end_reason not in _PAID:
        return Chance(deed, How.BROKEN, plan.ended_on, plan)
    if watched is not None and watched.broken_on is not None:
        return Chance(deed, How.BROKEN, watched.broken_on, plan)
    paid = plan.ended_on is not None or (watched is not None and watched.kept is Kept.DONE)
    over = deed.at_on is None or on > deed.at_on
    return Chance(deed, How.KEPT if paid and over else How.RUNS, None, plan)


def usual_conditions(plan: Arrangement, judgment: Judgment) -> str:
    """The words that are offered for the conditions of a last chance."""
    number = len(plan.instalments)
    terms = f"{number} termijn" if number == 1 else f"{number} termijnen"
    return " ".join(
        (
            "De huurder betaalt elke maand de gewone huur op tijd, en daarnaast wat is afgesproken in de regeling van",
            f"{plan.agreed_on:%d-%m-%Y}: {terms}, de laatste op {plan.last_on:%d-%m-%Y}.",
            *what_stays(judgment),
        )
    )


def what_stays(judgment: Judgment) -> tuple[str, ...]:
    """What stays as it is, whatever was agreed beside it."""
    lease = ("Dit is geen nieuwe huurovereenkomst.",) if judgment.dissolved else ()
    goes_on = "de ontruiming alsnog doorgaan" if judgment.eviction else "de procedure verdergaan"
    return (
        *lease,
        f"Het vonnis van {judgment.on:%d-%m-%Y} blijft gelden.",
        f"Komt de huurder dit niet na, dan kan {goes_on}.",
    )
