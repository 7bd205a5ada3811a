"""That somebody is busy with a tenancy now, so that a colleague sees it before he begins on the same.

Decides how long that is: from the moment of picking it up, for `MINUTES`, and again from each time that the same person
opens it; it is over sooner when he saves, puts it down, or a colleague takes over. It forbids nothing: whoever wants to may
open the tenancy, is told who is busy, and may take over.

Units: aware moments, minutes. Errors: none. Worked example: picked up at 10:14, it is over at 10:44; opened again at 10:30
by the same person it is over at 11:00 and still says *since 10:14*.

Left out: whose tenancy it is (`assign`), which lasts for months and not for minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTES = 30


@dataclass(frozen=True, slots=True)
class Pickup:
    """Who is busy with a tenancy, since when, and until when at the latest."""

    id: int
    tenancy_id: int
    user_id: int
    name: str
    initials: str
    from_at: datetime
    until_at: datetime

    def is_of(self, user_id: int) -> bool:
        return self.user_id == user_id


@dataclass(frozen=True, slots=True)
class Picked:
    """Who is busy after somebody tried: he himself or a colleague. `new` where this act made it so."""

    pickup: Pickup
    new: bool


def over_at(now: datetime) -> datetime:
    """When what is picked up or opened now is over by itself."""
    return now + timedelta(minutes=MINUTES)
