"""A plan of instalments as another program sends it, read as what a tenant can pay.

Decides whether the instalments are a plan as ours are: the same amount in a rhythm, with more on some days, the last one
what is left. The rhythm is told by `prolongatieInterval`, or is the one that fits. Without instalments the amount, their
number and the first day make the plan.

Units: whole cents. Errors: `Refused` that says what does not fit. Worked example: 300, 300, 300 and 100 on the 25th of each
month is € 300 a month from the first 25th on; 300, 500, 300 is the same with € 200 more on the second day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from tijdig.arrangements.kinds import Rhythm
from tijdig.arrangements.plan import Ask, Extra, Instalment, plan
from tijdig.vera.values import Refused

_ODD = (
    "De termijnen zijn geen plan zoals wij het kennen: hetzelfde bedrag per maand, vier weken of week, soms meer, "
    "en als laatste wat er over is. Stuur ze zo, of laat ze weg en stuur bedrag, termijnenAantal, begindatum en "
    "prolongatieInterval."
)


def read_terms(terms: Sequence[tuple[date, int]], rhythm: Rhythm | None) -> Ask:
    """What was asked by these days and cents. `Refused` where they are no plan."""
    wanted = sorted(terms)
    if any(cents <= 0 for _, cents in wanted):
        raise Refused(400, "termijn_bedrag", "Elke termijn heeft een bedrag van meer dan nul.")
    total = sum(cents for _, cents in wanted)
    for kind in [rhythm] if rhythm else list(Rhythm):
        for each in _amounts(wanted):
            ask = _with_extras(wanted, total, each, kind)
            if ask is not None:
                return ask
    raise Refused(400, "termijnen", _ODD)


def _amounts(wanted: Sequence[tuple[date, int]]) -> list[int]:
    """Which amount could be the usual one: the one that comes most, and the first."""
    usual = Counter(cents for _, cents in wanted[:-1] or wanted).most_common(1)[0][0]
    return list(dict.fromkeys([usual, wanted[0][1], min(cents for _, cents in wanted)]))


def _with_extras(wanted: Sequence[tuple[date, int]], total: int, each: int, rhythm: Rhythm) -> Ask | None:
    ask = Ask(total, each, wanted[0][0], rhythm)
    regular = {one.due_on for one in plan(Ask(each * len(wanted), each, wanted[0][0], rhythm))}
    extras = []
    for due_on, cents in wanted[:-1]:
        more = cents - each if due_on in regular else cents
        if more < 0:
            return None
        if more:
            extras.append(Extra(due_on, more))
    last_on, last_cents = wanted[-1]
    if last_on not in regular:
        extras.append(Extra(last_on, last_cents))
    elif last_cents > each:
        extras.append(Extra(last_on, last_cents - each))
    ask = Ask(total, each, wanted[0][0], rhythm, tuple(extras))
    made = [(one.due_on, one.cents) for one in plan(ask)]
    return ask if made == [(due_on, cents) for due_on, cents in wanted] else None


def read_count(total: int, count: int, first_on: date, rhythm: Rhythm) -> Ask:
    """So many instalments of the same amount, in whole cents; the last one is what is left."""
    if count < 1 or total < count:
        raise Refused(400, "termijnen_aantal", "Stuur een bedrag, en een aantal termijnen van ten minste 1.")
    ask = Ask(total, -(-total // count), first_on, rhythm)
    made: tuple[Instalment, ...] = plan(ask)
    if len(made) != count:
        raise Refused(
            400, "termijnen_aantal", f"Dit bedrag past niet in {count} gelijke termijnen; stuur termijnen."
        )
    return ask
