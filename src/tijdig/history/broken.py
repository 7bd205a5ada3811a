"""In which ways a chain may not hold: a closed list, and where it was found. Pure values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

UNSEALED_FOR = timedelta(hours=25)  # sealed every night, with an hour for a night that is late


class Of(StrEnum):
    """What the chain is of."""

    EVENTS = "events"
    LOOKS = "looks"  # who looked at what
    ACTS = "acts"  # what a partner's people did about their own people


class Break(StrEnum):
    """In what way it does not hold."""

    CHANGED = "changed"  # a row of this link, or what the link says
    REMOVED = "removed"  # rows of this link are gone
    ADDED = "added"  # there are more rows than were sealed
    LINK = "link"  # a link before this one is gone or was put in
    TEXT = "text"  # the text of a row is not what was digested
    UNSEALED = "unsealed"  # rows that should have been sealed by now
    KEPT = "kept"  # the link that was kept outside is not there any more


@dataclass(frozen=True, slots=True)
class Broken:
    """What does not hold, and where: after one row, up to another, between two moments as far as they are known."""

    kind: Break
    link: int  # its number, counted from 1; 0 where it is in none
    after_id: int
    until_id: int
    first_at: datetime | None = None
    last_at: datetime | None = None
    of: Of = Of.EVENTS
