"""May the municipality be told of these arrears? The four duties with their evidence, and what keeps a signal back.

Decides, for one tenancy on one day: which duties were done since the arrears began and by what that is shown; from which day
the offer has waited long enough; what stands in the way; and whether a person may decide now. A letter that came back shows
nothing. Pointing at help counts when it was written down: the letter that offers the municipality's help, or a talk in which
help was what came of it or what comes next.

Source: article 2 Besluit gemeentelijke schuldhulpverlening (Stb. 2020, 240); who lives there no more, who keeps an
arrangement and who is in a debt procedure is not signalled (rules of thumb of the NVVK, May 2022).

Units: days, whole cents. Errors: none. Worked example: arrears since 1 March, a call on the 9th, the letter with the offer
on the 30th: the duties are done on the 30th, and a signal is possible from 13 April, unless the tenant says no before.

Left out: whether it is wise; that is for the person who decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tijdig.help.kinds import Duty, Stop


class Source(StrEnum):
    """Where evidence stands."""

    CONTACT = "contact"
    LETTER = "letter"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows it: a row, its day, and what it was ("telefoon", "herinnering")."""

    source: Source
    id: int
    on: date
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one tenancy since its arrears began (`since_on`; None where there are none)."""

    tenancy_id: int
    since_on: date | None
    overdue_cents: int
    sought: Proof | None = None
    pointed: Proof | None = None
    reminded: Proof | None = None
    offered: Proof | None = None
    objected_on: date | None = None
    stops: frozenset[Stop] = frozenset()


@dataclass(frozen=True, slots=True)
class Done:
    """One duty: what shows that it was done, or None."""

    duty: Duty
    proof: Proof | None


@dataclass(frozen=True, slots=True)
class Eligible:
    """How it stands. `from_on` is the first day on which the offer has waited long enough; None without an offer."""

    facts: Facts
    duties: tuple[Done, ...]
    stops: tuple[Stop, ...]
    from_on: date | None
    waits: bool

    @property
    def missing(self) -> tuple[Duty, ...]:
        return tuple(one.duty for one in self.duties if one.proof is None)

    @property
    def may(self) -> bool:
        """May a person decide now that the municipality is told?"""
        return not self.missing and not self.stops and not self.waits


def judged(facts: Facts, on: date, objection_days: int) -> Eligible:
    """The duties and stops of one tenancy on a day."""
    duties = (
        Done(Duty.CONTACT, facts.sought),
        Done(Duty.HELP, facts.pointed),
        Done(Duty.REMINDER, facts.reminded),
        Done(Duty.OFFER, facts.offered),
    )
    stops = set(facts.stops)
    if facts.since_on is None or facts.overdue_cents <= 0:
        stops.add(Stop.NO_ARREARS)
    if facts.objected_on is not None:
        stops.add(Stop.OBJECTED)
    from_on = facts.offered.on + timedelta(days=objection_days) if facts.offered else None
    waits = from_on is not None and on < from_on
    return Eligible(facts, duties, tuple(stop for stop in Stop if stop in stops), from_on, waits)
