"""Whether a file may end for a reason, by what the program itself knows; and what of it is nobody's result.

Decides, for whoever closes a file, that the reason is a fact: *all paid* with nothing owed any more, *partly paid* with
something paid since the hand-over, *evicted* and *judgment* with that deed in the file, and a debt procedure, bankruptcy or
death with that circumstance at the tenant. What the program cannot know (uncollectable, prescribed, passed on to another) is
taken on the name of who says so: none of those counts as solved. That a file should never have come is for the corporation
to say, who gave it.

A file that was handed over wrongly is nobody's result. One that the corporation took back while it ran is neither: it was
broken off. What was paid by then or had a judgment is a result all the same.

Sources: EXTERNEINCASSOEINDEREDEN of VERA. Units: whole cents. Errors: none, what stands in the way is a Dutch sentence.
Example: € 900 is open: not *all paid*. Left out: who may choose which reason (`kinds.BY_PARTNER`).
"""

from __future__ import annotations

from dataclasses import dataclass

from tijdig.bailiff.figures import Figures
from tijdig.bailiff.kinds import END_LABEL, End, Side
from tijdig.base.money import euro
from tijdig.tenancies.flags import PROCEDURES, Flag

_OTHER = "of kies een andere reden."
_NOTED: dict[End, frozenset[Flag]] = {  # what must be noted at the tenant
    End.SETTLED_DEBTS: frozenset(PROCEDURES),
    End.WSNP: frozenset({Flag.WSNP}),
    End.WSNP_CLEAN: frozenset({Flag.WSNP}),
    End.BANKRUPT: frozenset({Flag.BANKRUPTCY}),
    End.DIED: frozenset({Flag.DEATH}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the program knows of a file now. `owed_cents`: arrears and costs, without the `disputed_cents`. `paid`: something
    since the hand-over. `holds` and `over`: the circumstances of the tenant now, and those that were."""

    owed_cents: int
    paid: bool
    judged: bool
    evicted: bool
    holds: frozenset[Flag]
    over: frozenset[Flag]
    disputed_cents: int = 0

    @property
    def settled(self) -> bool:
        """Is nothing left to pay? What is in dispute may still be owed."""
        return self.owed_cents + max(0, self.disputed_cents) <= 0


def in_the_way(end: End, known: Known) -> str:
    """Why a file cannot end so, with what to do; empty where it can."""
    if end is End.PAID and known.owed_cents > 0:
        return (
            f"Volgens de huurrekening en de kosten staat nog {euro(known.owed_cents)} open. "
            f"Sluit het dossier zodra het betaald is, {_OTHER}"
        )
    if end is End.PAID and known.disputed_cents > 0:
        return (
            f"Over {euro(known.disputed_cents)} is er een bezwaar. De corporatie antwoordt daar eerst op; "
            f"sluit daarna, {_OTHER}"
        )
    if end is End.PARTLY and not known.paid:
        return f"Sinds de overdracht is er niets betaald. Boek eerst wat er binnenkwam, {_OTHER}"
    if end is End.EVICTED and not known.evicted:
        return f"Er staat geen ontruiming in dit dossier. Leg die eerst vast bij de stappen, {_OTHER}"
    if end is End.JUDGMENT and not known.judged:
        return f"Er staat geen vonnis in dit dossier. Leg het eerst vast bij de stappen, {_OTHER}"
    return _circumstance(end, known)


def _circumstance(end: End, known: Known) -> str:
    wanted = _NOTED.get(end)
    seen = known.over if end is End.WSNP_CLEAN else known.holds
    if end is End.SETTLED_DEBTS:
        seen |= known.over
    if wanted is None or wanted & seen:
        return ""
    over = " die is afgerond" if end is End.WSNP_CLEAN else ""
    return (
        f"‘{END_LABEL[end].capitalize()}’ staat nog niet bij de bijzonderheden van de huurder{over}. "
        f"De corporatie legt het daar vast; sluit daarna, {_OTHER}"
    )


def amicable(end: End | None, side: Side | None, figures: Figures) -> bool | None:
    """Was a file solved without a judge? None where it is nobody's result. An open file has no end."""
    to_court = figures.judged or figures.evicted
    solved = figures.settled or end is End.PAID
    broken_off = end is End.TAKEN_BACK and side is Side.CORPORATION and not (solved or to_court)
    if end is End.WRONGLY or broken_off:
        return None
    return (solved or figures.kept) and not to_court
