"""How a talk with a tenant begins: why we talk, with whom, and who began. The sentences stand in `wording_opening`.

Decides the one reason that is said, and with it the words. First it must be clear who is spoken to: to anybody but the
tenant or who acts for him nothing is said about money, rent or an agreement, and neither to a machine or on a card through
the door. Then the fact in one sentence, then an open question, then the offer: who talks gets an arrangement first. With a
death, a debt procedure or a bankruptcy no amount of the old debt is asked of the tenant; of rent that fell due since the
procedure began and did not come, the amount is said. A vulnerable household is asked how it goes and need not decide today;
where somebody else goes over the money, agreements are made there.

Why we talk, in this order: death, debt procedure or bankruptcy, nothing open, a broken arrangement, a broken promise, a
tenant who left, a collection that came back, late again and again, an earlier talk, and else the rent that did not come.

Units: whole cents; months by their first day. Errors: none. Worked example: € 640 of the rent of November is open and
nothing else: "Van de huur van november 2026 staat nog € 640,00 open.", then "Hoe komt dat?".

Left out: what is open exactly (the page has it beside the sentences), and every sentence after the first answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tijdig.tenancies.flags import PROCEDURES, Flag

OFTEN = 3  # settled and late again so many times in a year: that is said


class Ear(StrEnum):
    """Who hears it. ELSE is anybody who may not know of the money: also a partner who is no tenant."""

    TENANT = "tenant"
    REPRESENTATIVE = "representative"
    ELSE = "else"
    MACHINE = "machine"  # a voicemail, or a card through the door


class Began(StrEnum):
    """How we come to talk: we call, we stand at the door, or they called or came."""

    WE_CALL = "call"
    WE_VISIT = "visit"
    THEY_CAME = "in"


class Why(StrEnum):
    """Why we talk: the one reason that is said."""

    DEATH = "death"
    DEBT_PROCEDURE = "debt_procedure"
    BANKRUPTCY = "bankruptcy"
    NOTHING_OPEN = "nothing_open"
    ARRANGEMENT_BROKEN = "arrangement_broken"
    PROMISE_BROKEN = "promise_broken"
    DEPARTED = "departed"
    DEBIT_RETURNED = "debit_returned"
    OFTEN_LATE = "often_late"
    TALKED_BEFORE = "talked_before"
    RENT_MISSED = "rent_missed"


@dataclass(frozen=True, slots=True)
class Short:
    """What should have come by an agreement that is broken, and what came. `on` is the day of a promise."""

    asked_cents: int
    came_cents: int
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known before the talk. `rent_cents` is the part of `overdue_cents` that is rent, `months` are its months."""

    overdue_cents: int
    rent_cents: int = 0
    months: tuple[date, ...] = ()
    since_on: date | None = None
    departed: bool = False
    flags: frozenset[Flag] = frozenset()
    arrangement: Short | None = None  # that is broken
    promise: Short | None = None  # the same
    returned_on: date | None = None
    repeats: int = 0
    talked_on: date | None = None
    begun_on: date | None = None  # the first day of a debt procedure that runs
    new_cents: int = 0  # overdue of what fell due since then
    frozen_cents: int = 0  # and of before, which stands still


_CIRCUMSTANCES = {
    Flag.DEATH: Why.DEATH,
    **dict.fromkeys(PROCEDURES, Why.DEBT_PROCEDURE),
    Flag.BANKRUPTCY: Why.BANKRUPTCY,
}


def why(known: Situation) -> Why:
    """The one reason, the heaviest first."""
    for flag, reason in _CIRCUMSTANCES.items():
        if flag in known.flags:
            return reason
    if known.overdue_cents <= 0:
        return Why.NOTHING_OPEN
    found = (
        (Why.ARRANGEMENT_BROKEN, known.arrangement is not None),
        (Why.PROMISE_BROKEN, known.promise is not None),
        (Why.DEPARTED, known.departed),
        (Why.DEBIT_RETURNED, known.returned_on is not None),
        (Why.OFTEN_LATE, known.repeats >= OFTEN),
        (Why.TALKED_BEFORE, known.talked_on is not None),
    )
    return next((reason for reason, holds in found if holds), Why.RENT_MISSED)
