"""A conference as it stands: when it was, who is there, and whether it is over.

Decides nothing. Units: days. Example: a conference without an end may still be decided in. Left out: the cases, which
stand on the agenda.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple


class Closed(NamedTuple):
    """Who closed it, and when; what was decided is fixed since."""

    on: date
    actor: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference:
    """One meeting of the group. `present` are the ids of colleagues, `names` their names; `guests` are names alone."""

    id: int
    held_on: date
    chair: str
    present: tuple[int, ...]
    names: tuple[str, ...]
    guests: tuple[str, ...]
    actor: str
    name: str
    recorded_at: datetime
    closed: Closed | None

    @property
    def everybody(self) -> tuple[str, ...]:
        """The names of all who are there."""
        return (*self.names, *self.guests)
