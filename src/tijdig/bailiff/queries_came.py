"""What came in on a tenant's account since a file was handed over; inside the wall of its corporation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tijdig.bailiff.values import File
from tijdig.cases.queries_file import entries_of
from tijdig.ledger.kinds import PAID_IN, Kind

_WENT = frozenset({Kind.REVERSAL, Kind.REFUND})


@dataclass(frozen=True, slots=True)
class Came:
    """The days on which something came in and stayed, in order, and what it is in cents, less what went back."""

    days: tuple[date, ...]
    cents: int


def came_since(file: File, on: date) -> Came:
    """Since the hand-over, up to the end of a day. What came in before it and goes back after it counts for neither.

    Worked example: € 300 comes in and is reversed, then € 200: one day, € 200.
    """
    since = [one for one in entries_of(file.tenancy_id, on, None) if one.effective_on >= file.handed_over_on]
    came = {one.id: one for one in since if one.kind in PAID_IN}
    went = [
        one
        for one in since
        if one.amount_cents > 0 and (one.target_id in came or (one.target_id is None and one.kind in _WENT))
    ]
    stayed = came.keys() - {one.target_id for one in went}
    cents = -sum(one.amount_cents for one in (*came.values(), *went))
    return Came(tuple(sorted(came[one].effective_on for one in stayed)), cents)
