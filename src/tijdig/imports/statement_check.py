"""Does a statement tie, and does it follow the one before it? Pure.

Opening + booked entries = closing; and it opens where its predecessor closed. What does not is held until a person
accepts it with a reason, or until the missing statement comes in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Totals:
    account_known: bool
    opening_cents: int | None
    closing_cents: int | None
    movement_cents: int
    opening_on: date | None
    sequence: str
    overlaps: bool  # some of its entries were told before


@dataclass(frozen=True, slots=True)
class Before:
    """A statement of the same account that closed no later."""

    closing_on: date | None
    closing_cents: int | None
    sequence: str


@dataclass(frozen=True, slots=True)
class Check:
    """`hold` is empty when all is well; else account_unknown, no_balance, difference or gap."""

    hold: str
    difference_cents: int | None


def check(totals: Totals, before: Sequence[Before]) -> Check:
    """`before` is latest first. A first statement follows nothing and so cannot miss anything."""
    difference = None
    if totals.opening_cents is not None and totals.closing_cents is not None:
        difference = totals.closing_cents - totals.opening_cents - totals.movement_cents
    if not totals.account_known:
        return Check("account_unknown", difference)
    if difference is None:
        return Check("no_balance", None)
    if difference:
        return Check("difference", difference)
    if before and not totals.overlaps and not _follows(totals, before):
        previous = before[0].closing_cents
        gap = None if previous is None or totals.opening_cents is None else totals.opening_cents - previous
        return Check("gap", gap)
    return Check("", 0)


def _follows(totals: Totals, before: Sequence[Before]) -> bool:
    latest = before[0].closing_on
    same_day = [one for one in before if one.closing_on == latest]
    fitting = [one for one in same_day if one.closing_cents == totals.opening_cents]
    return any(not _skips(one.sequence, totals.sequence) for one in fitting)


def _skips(previous: str, sequence: str) -> bool:
    """Numbers that jump ahead within a year miss a statement, also one whose movements cancel out."""
    if not (previous.isdigit() and sequence.isdigit()):
        return False
    step = int(sequence) - int(previous)
    return 1 < step < 100
