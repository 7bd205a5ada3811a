"""Tenants as a made-up year plays them: who is reached, what they say, and what they do afterwards without being asked.

Decides nothing about real people: every answer is a draw from the seed, the tenant's number and the day, so the same year
can be lived again. A tenant sees what is asked of him and says what comes of it, in the words of `contacts.kinds`; what
then comes in stands in `scripted_pay`. Chances are in thousands, invented, and set so that a year looks like life.

Units: whole cents, days, minutes of the day. Errors: none. Worked example: `tenant(1, 7, Behaviour.FORGETTER)` is the same
tenant every time; whoever forgot says that he pays now, or by a day.

Left out: why somebody falls behind, which is `behaviour`; visits by others than consultants.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from tijdig.base.days import day_number
from tijdig.contacts.kinds import Cause, Outcome
from tijdig.lab.behaviour import Behaviour
from tijdig.lab.draws import Draws

THOUSAND = 1_000
EVENING_MINUTE = 17 * 60
SMALLEST_TERM_CENTS = 2_500
_PART = 20  # of the streams of a corporation


class Nature(IntEnum):
    """How somebody is who fell behind."""

    FORGOT = 0  # can pay, and does when asked
    SHORT = 1  # short of money for a while: a plan helps
    DEEP = 2  # several debts: plans break, help is welcome
    SILENT = 3  # hardly ever reached
    UNWILLING = 4  # does not want to
    DISPUTES = 5  # thinks that it is wrong


_WEIGHTS = {
    Behaviour.STRUCTURAL: (10, 45, 28, 8, 5, 4),
    Behaviour.REFUSER: (0, 20, 30, 25, 22, 3),
    Behaviour.TROUBLE: (15, 60, 15, 5, 2, 3),
    Behaviour.LEAVER: (10, 30, 20, 25, 13, 2),
}
_USUAL = (70, 18, 4, 4, 1, 3)
# By telephone in the day, in the evening, at the door: in thousands.
_REACHED = {
    Nature.FORGOT: (520, 720, 600),
    Nature.SHORT: (480, 680, 600),
    Nature.DEEP: (330, 500, 500),
    Nature.SILENT: (40, 80, 130),
    Nature.UNWILLING: (300, 450, 450),
    Nature.DISPUTES: (550, 700, 650),
}
_OFFICE, _COMES_BACK = 800, 15
_CAUSES = {
    Nature.FORGOT: (Cause.FORGOT, Cause.PAYMENT_METHOD, Cause.ADMINISTRATION_CHAOS),
    Nature.SHORT: (Cause.INCOME_DOWN, Cause.BENEFIT_DELAY, Cause.WORK_LOST, Cause.SEPARATION, Cause.MOVED_COSTS),
    Nature.DEEP: (Cause.SEVERAL_DEBTS, Cause.ALLOWANCE, Cause.ILLNESS, Cause.SELF_EMPLOYED),
    Nature.SILENT: (Cause.UNKNOWN,),
    Nature.UNWILLING: (Cause.UNKNOWN, Cause.OTHER),
    Nature.DISPUTES: (Cause.DISPUTE_REPAIRS, Cause.OTHER),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tenant:
    """One household. `trickles_cents` comes each month of who pays a little whatever was agreed; mostly nothing."""

    seed: int
    number: int
    nature: Nature
    trickles_cents: int
    trickle_day: int

    def below(self, bound: int, *path: int) -> int:
        """A draw of this tenant's own, from 0 up to, not including, `bound`."""
        return int(Draws(self.seed, _PART, self.number, *path).below(bound, 1)[0])

    def happens(self, permille: int, *path: int) -> bool:
        return self.below(THOUSAND, *path) < permille


class Topic(IntEnum):
    """What a draw is about, so that one more of one kind moves none of another."""

    NATURE = 0
    REACHED = 2
    SAID = 3
    CAUSE = 4
    KEPT = 5
    OBJECTS = 6
    BOUNCES = 7
    FLAG = 8
    COURSE = 9
    WRITES = 10
    HELP = 11


def tenant(seed: int, number: int, behaviour: Behaviour) -> Tenant:
    """Who lives here. `number` is the place of the lease in its corporation."""
    draws = Draws(seed, _PART, number, Topic.NATURE)
    nature = Nature(int(draws.pick(_WEIGHTS.get(behaviour, _USUAL), 1)[0]))
    trickles = nature in (Nature.SHORT, Nature.DEEP) and int(draws.below(THOUSAND, 1)[0]) < 200
    cents, day = int(draws.between(3, 9, 1)[0]) * 1_000, int(draws.between(20, 27, 1)[0])
    return Tenant(seed, number, nature, cents if trickles else 0, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What stands on the table of a talk. `broke` is whether a promise or an arrangement was not kept."""

    overdue_cents: int
    rent_cents: int
    broke: bool = False
    departed: bool = False
    objected: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What came of a talk. `cents` is promised or paid in `days`; `term_cents` is what a plan asks each month."""

    outcome: Outcome
    cause: Cause
    cents: int = 0
    days: int = 0
    term_cents: int = 0


def reached(who: Tenant, on: date, minute: int, *, at_door: bool, office: bool = False) -> bool:
    """Does somebody of the household answer the telephone, or open the door? `office`: an administrator or trustee does."""
    by_day, by_evening, door = _REACHED[who.nature]
    chance = door if at_door else by_evening if minute >= EVENING_MINUTE else by_day
    return who.happens(_OFFICE if office else chance, Topic.REACHED, day_number(on), int(at_door))


def says(who: Tenant, asked: Asked, on: date) -> Said:
    """What this tenant says when somebody asks."""
    day = day_number(on)
    cause = _CAUSES[who.nature][who.below(len(_CAUSES[who.nature]), Topic.CAUSE)]
    luck = who.below(THOUSAND, Topic.SAID, day)
    said = _TALKS[who.nature](who, asked, luck, cause)
    if asked.broke and said.outcome is Outcome.ARRANGEMENT_WANTED and luck % 2:
        return Said(Outcome.NO_AGREEMENT, cause)
    return said


def _forgot(who: Tenant, asked: Asked, luck: int, cause: Cause) -> Said:
    if _is_much(asked) and luck < 500:
        return _plan(asked, cause, 3 + luck % 3)
    if luck < 600:
        return Said(Outcome.PAYS_NOW, cause, asked.overdue_cents, 1 + luck % 3)
    return Said(Outcome.PROMISE, cause, asked.overdue_cents, 4 + luck % 9)


def _short(who: Tenant, asked: Asked, luck: int, cause: Cause) -> Said:
    if not _is_much(asked) and luck < 450:
        return Said(Outcome.PROMISE, cause, asked.overdue_cents, 7 + luck % 20)
    if luck < 880:
        return _plan(asked, cause, 3 + luck % 7)
    return Said(Outcome.CANNOT_PAY if luck < 950 else Outcome.HELP_WANTED, cause)


def _deep(who: Tenant, asked: Asked, luck: int, cause: Cause) -> Said:
    if luck < 350:
        return Said(Outcome.HELP_WANTED, cause)
    if luck < 650:
        return _plan(asked, cause, 6 + luck % 9)
    if luck < 850:
        return Said(Outcome.PROMISE, cause, min(asked.overdue_cents, 30_000), 10 + luck % 15)
    return Said(Outcome.CANNOT_PAY if luck < 950 else Outcome.HELP_REFUSED, cause)


def _silent(who: Tenant, asked: Asked, luck: int, cause: Cause) -> Said:
    if luck < 400:
        return Said(Outcome.PROMISE, cause, asked.overdue_cents, 5 + luck % 15)
    return Said(Outcome.NO_AGREEMENT, cause)


def _unwilling(who: Tenant, asked: Asked, luck: int, cause: Cause) -> Said:
    if luck < 150:
        return Said(Outcome.PROMISE, cause, asked.overdue_cents, 5 + luck % 10)
    if luck < 350:
        return Said(Outcome.HOSTILE, cause)
    return Said(Outcome.HELP_REFUSED if luck < 600 else Outcome.NO_AGREEMENT, cause)


def _disputes(who: Tenant, asked: Asked, luck: int, cause: Cause) -> Said:
    if not asked.objected:
        return Said(Outcome.DISPUTES, cause)
    return _forgot(who, asked, luck, cause)


def _is_much(asked: Asked) -> bool:
    return asked.overdue_cents > max(asked.rent_cents, 1) * 3 // 2


def _plan(asked: Asked, cause: Cause, months: int) -> Said:
    """A plan in about so many months, in whole fives of euros."""
    each = -(-asked.overdue_cents // (months * 500)) * 500
    return Said(Outcome.ARRANGEMENT_WANTED, cause, term_cents=max(SMALLEST_TERM_CENTS, each))


_TALKS = {
    Nature.FORGOT: _forgot,
    Nature.SHORT: _short,
    Nature.DEEP: _deep,
    Nature.SILENT: _silent,
    Nature.UNWILLING: _unwilling,
    Nature.DISPUTES: _disputes,
}


def objects(who: Tenant, on: date) -> bool:
    """Does a written objection come in today, of somebody who is behind?"""
    chance = {Nature.DISPUTES: 12, Nature.UNWILLING: 4}.get(who.nature, 1)
    return who.happens(chance, Topic.OBJECTS, day_number(on))


def bounces(who: Tenant, sent_on: date) -> bool:
    """Does what was sent to this tenant on a day come back?"""
    return who.happens(_COMES_BACK, Topic.BOUNCES, day_number(sent_on))
