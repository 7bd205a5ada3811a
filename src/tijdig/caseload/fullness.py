"""How full a caseload is: the work in hand as a part of somebody's time, and that as a word.

Decides by the percents of the habits. Units: minutes of work, minutes of a week, whole percents rounded down. Errors:
none. Worked example: 450 minutes in hand of a week of 1800 is 25 percent, which is room. Left out: who is away.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from tijdig.caseload.habits import habits


class Fullness(StrEnum):
    """A word for it. NO_TIME: there is no time for tenants at all, so no part of it either."""

    NO_TIME = "no_time"
    ROOM = "room"
    FULL = "full"
    OVER = "over"


FULLNESS_LABEL = {
    Fullness.NO_TIME: "geen tijd voor huurders",
    Fullness.ROOM: "ruimte",
    Fullness.FULL: "goed gevuld",
    Fullness.OVER: "te vol",
}


def part_pct(hand_minutes: int, week_minutes: int) -> int | None:
    """The work in hand as percents of a week; None without time."""
    return hand_minutes * 100 // week_minutes if week_minutes else None


def fullness(hand_minutes: int, week_minutes: int, on: date) -> Fullness:
    """The word that fits."""
    pct, numbers = part_pct(hand_minutes, week_minutes), habits(on)
    if pct is None:
        return Fullness.NO_TIME
    if pct > numbers.over_from_pct:
        return Fullness.OVER
    return Fullness.FULL if pct >= numbers.full_from_pct else Fullness.ROOM
