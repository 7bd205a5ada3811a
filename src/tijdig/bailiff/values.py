"""An agreement, a hand-over and a file as they stand; and how it is said that something cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tijdig.bailiff.agreement import Terms
from tijdig.bailiff.checklist import Item
from tijdig.bailiff.kinds import SIDE_LABEL, START_LABEL, End, Side, Start


@dataclass(frozen=True, slots=True)
class Approval:
    side: Side
    on: date
    name: str
    at: datetime  # when it was written down

    @property
    def label(self) -> str:
        return SIDE_LABEL[self.side]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One version. Whether it holds on a day says `queries.in_force`."""

    id: int
    organisation_id: int
    partner_id: int
    partner: str
    code: str
    version: int
    terms: Terms
    begin_on: date
    name: str
    approvals: tuple[Approval, ...]
    end_on: date | None
    ended_by: str

    @property
    def approved(self) -> bool:
        return {one.side for one in self.approvals} == set(Side)

    def waits_for(self, side: Side) -> bool:
        return self.end_on is None and side not in {one.side for one in self.approvals}

    @property
    def over_on(self) -> date | None:
        """The first day on which it does not hold, by its agreed end or because a side ended it; None while that is open."""
        until = self.terms.until_on
        days = [self.end_on, until + timedelta(days=1) if until else None]
        return min((day for day in days if day is not None), default=None)

    @property
    def last_on(self) -> date | None:
        """The last day on which it holds, where that is known."""
        return self.over_on - timedelta(days=1) if self.over_on else None

    def ran_out(self, on: date) -> bool:
        """Is its agreed last day past?"""
        return self.terms.until_on is not None and self.terms.until_on < on


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """That somebody asked to hand over, with every point as it stood then. `went_on`: it went before, outside tijdig."""

    id: int
    tenancy_id: int
    agreement_id: int
    partner: str
    start: Start
    items: tuple[Item, ...]
    weak: tuple[str, ...]
    went_on: date | None
    on: date
    actor: str
    name: str
    reason: str

    @property
    def start_label(self) -> str:
        return START_LABEL[self.start]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """That a program proposed to hand over. `id` is the one that the file will have; `refused_by` is of who said no."""

    id: int
    organisation_id: int
    tenancy_id: int
    partner_id: int
    start: Start
    on: date
    name: str
    refused_on: date | None
    refused_by: str

    @property
    def start_label(self) -> str:
        return START_LABEL[self.start]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file at a partner. `second_name` is of who agreed to go past weak points."""

    id: int
    organisation_id: int
    tenancy_id: int
    partner_id: int
    agreement_id: int
    start: Start
    handed_over_on: date
    overdue_cents: int
    second_name: str
    ended_on: date | None
    end: End | None
    end_side: Side | None
    end_name: str

    @property
    def start_label(self) -> str:
        return START_LABEL[self.start]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What one side asked, and what the other answered; words that were erased are empty."""

    id: int
    file_id: int
    tenancy_id: int
    side: Side
    on: date
    name: str
    text: str
    answered_on: date | None
    answered_by: str
    answer: str

    @property
    def waits(self) -> bool:
        return self.answered_on is None
