"""What made-up consultants choose where the way of working asks a person: decisions, deviations, answers, circumstances.

Decides nothing about real work. Each choice is a draw from the tenant's own stream and what is known of the case, in the
words of the rooms that keep it. Chances are in thousands and invented.

Units: days. Errors: none. Worked example: of a tenant who was spoken to and was short of money most decisions are to
arrange first; of one whom nobody ever reached most are to hand over.

Left out: which step is next, which is the way of working's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tijdig.base.days import day_number
from tijdig.lab.scripted import Nature, Tenant, Topic
from tijdig.objections.kinds import Outcome as Answer
from tijdig.rulings.kinds import Kind
from tijdig.tenancies.flags import Flag

_DECIDED = 30  # of the paths of `Tenant.below`: decisions, deviations, answers, circumstances
_DEVIATES, _ANSWERS, _CIRCUMSTANCE, _TO_GROUP = 31, 32, 33, 34
_HARD_PERMILLE = 250  # of decisions: too hard for one person
_LASTS = {Kind.HAND_OVER: 90, Kind.ARRANGE: 21, Kind.HELP: 60, Kind.PAUSE: 30, Kind.GO_ON: 45}
_FLAGS = (
    Flag.VULNERABLE, Flag.ADMINISTRATION, Flag.DEBT_PROCEDURE, Flag.AMICABLE, Flag.WSNP, Flag.MORATORIUM, Flag.BANKRUPTCY,
    Flag.DEATH,
)  # fmt: skip
_FLAG_EDGES = (420, 680, 780, 870, 910, 930, 970, 1_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What whoever decides has before him. `tried` is whether a decision in these arrears came to nothing before."""

    talked: bool
    departed: bool
    tried: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    kind: Kind
    days: int  # so long it holds


def decides(who: Tenant, known: Known, on: date) -> Choice:
    """A decision by name about a case that comes near its day."""
    kind = _kind(who, known, who.below(1_000, _DECIDED, day_number(on)))
    return Choice(kind, _LASTS[kind])


def asks_group(who: Tenant, on: date) -> bool:
    """Is this one too hard to decide alone?"""
    return who.happens(_HARD_PERMILLE, _TO_GROUP, day_number(on))


def _kind(who: Tenant, known: Known, luck: int) -> Kind:
    if known.tried or not known.talked:
        return Kind.HAND_OVER if luck < 850 else Kind.GO_ON if luck < 930 else Kind.PAUSE
    if known.departed:
        return Kind.HAND_OVER if luck < 650 else Kind.ARRANGE
    if who.nature is Nature.DEEP:
        return Kind.HELP if luck < 600 else Kind.ARRANGE if luck < 750 else Kind.HAND_OVER
    if who.nature is Nature.UNWILLING:
        return Kind.HAND_OVER if luck < 900 else Kind.GO_ON
    return Kind.ARRANGE if luck < 700 else Kind.PAUSE if luck < 780 else Kind.HAND_OVER


def deviates(who: Tenant, on: date) -> Choice | None:
    """Now and then a step is done otherwise than the way of working says."""
    luck = who.below(1_000, _DEVIATES, day_number(on))
    if luck < 12:
        return Choice(Kind.LATER, 4 + luck % 5)
    return Choice(Kind.PAUSE, 10 + luck % 10) if luck < 18 else None


def answers(who: Tenant, received_on: date) -> tuple[Answer, int]:
    """How an objection is answered, and after how many days."""
    luck = who.below(1_000, _ANSWERS, day_number(received_on))
    outcome = Answer.UPHELD if luck < 150 else Answer.PARTLY if luck < 250 else Answer.REJECTED
    return (Answer.WITHDRAWN if luck > 950 else outcome), 2 + luck % 9


def circumstance(who: Tenant, on: date) -> Flag | None:
    """What a talk sometimes brings to light."""
    chance = {Nature.DEEP: 90, Nature.SHORT: 12, Nature.SILENT: 60}.get(who.nature, 4)
    if not who.happens(chance, Topic.FLAG, day_number(on)):
        return None
    luck = who.below(1_000, _CIRCUMSTANCE, day_number(on))
    return next(flag for flag, edge in zip(_FLAGS, _FLAG_EDGES, strict=True) if luck < edge)
