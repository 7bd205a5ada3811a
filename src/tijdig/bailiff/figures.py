"""What one file counts for in the figures of an agreement.

Decides nothing. Units: days, whole cents. Errors: none. `first_talk_on` is the first talk of somebody of the partner with
the household since the hand-over. Left out: how the figures of many files come to one (`reports`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """`settled`: nothing is owed any more. `kept`: in an arrangement that is kept, and whose first term came.
    `arrangements`: of the partner's own, the day on which the outcome of each was known and whether it was kept."""

    first_talk_on: date | None
    judged: bool
    evicted: bool
    settled: bool
    kept: bool
    tenant_cents: int
    corporation_cents: int
    arrangements: tuple[tuple[date, bool], ...]
