"""Whether the next step before the court is still in proportion to what is owed now.

Decides, from the account of this moment, what stands against a summons or an eviction: nothing is owed any more, the
arrears are below the norm of the judges, or what the judgment was about is paid. Where nothing is owed the step stops;
what is out of proportion can be gone past with a reason.

Sources: Aanbeveling Huurzaken (three monthly terms, `law.dissolution`); articles 6:265 and 7:231 BW; article 8 EVRM (an
eviction must be in proportion). Units: whole cents, months as fractions. Errors: none. Example: two months open, a
summons: not in proportion. Left out: the household and what help was offered, which a person looks at by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tijdig.bailiff.earlier import Left
from tijdig.bailiff.track import Judgment
from tijdig.base.money import euro
from tijdig.cases.cost_meter import Cost as Line
from tijdig.law.dissolution import DissolutionNorm


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is owed now. `judged_cents`: of the rent in the last judgment, None where there is none. `costs_cents` has those
    of earlier files too: `earlier_cents` of them, `left` by file. `disputed_cents` the tenant says are not owed: they
    are in none of the others. `to_come`: what the tenant would get beside it if it goes on, as far as the law's figures are
    known; `unknown` names the rest."""

    overdue_cents: int
    norm: DissolutionNorm
    judged_cents: int | None
    costs_cents: int
    may_come_cents: int
    to_come: tuple[Line, ...]
    unknown: tuple[str, ...]
    earlier_cents: int = 0
    left: tuple[Left, ...] = ()
    judgment: Judgment | None = None
    disputed_cents: int = 0

    @property
    def to_be_rid_cents(self) -> int:
        """What a tenant pays now to be rid of it: the arrears and the costs that are owed."""
        return self.overdue_cents + self.costs_cents

    @property
    def to_come_cents(self) -> int:
        return sum(one.cents for one in self.to_come)

    @property
    def provisional(self) -> bool:
        """Is an amount that is to come not sure?"""
        return any(one.provisional for one in self.to_come)


@dataclass(frozen=True, slots=True)
class Weighed:
    """`stops`: it may not go on. `against`: it may, for a reason that somebody gives by name."""

    stops: tuple[str, ...]
    against: tuple[str, ...]


def summons(owed: Owed) -> Weighed:
    """Whether asking the court is in proportion."""
    return Weighed(tuple(_nothing(owed)), tuple(_norm(owed)))


def eviction(owed: Owed) -> Weighed:
    """Whether an eviction is in proportion."""
    return Weighed(tuple(_nothing(owed)), (*_norm(owed), *_judged(owed)))


def _nothing(owed: Owed) -> Iterator[str]:
    if owed.to_be_rid_cents <= 0:
        yield "De huurder is niets meer schuldig dat al betaald had moeten zijn. Stop de procedure."


def _norm(owed: Owed) -> Iterator[str]:
    if owed.overdue_cents > 0 and not owed.norm.reached:
        yield f"{owed.norm.steps[-1].sentence} Een rechter ontbindt dan in beginsel niet."


def _judged(owed: Owed) -> Iterator[str]:
    if owed.judged_cents is not None and owed.judged_cents <= 0 < owed.to_be_rid_cents:
        yield f"De huur waarover het vonnis gaat, is betaald. Er staat nog {euro(owed.to_be_rid_cents)} open."
