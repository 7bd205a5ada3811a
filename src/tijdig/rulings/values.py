"""A ruling as a person asks for it, and as it stands; and how it is said that it cannot be.

Decides nothing. Units: days; moments are aware. Errors: `ValueError` for an `about` of another shape than `conference:12`,
which is a fault in the code. Example: `Draft(kind=Kind.OTHER, instead_of="call", do="visit", until_on=date(2026, 11, 30),
reason="Neemt de telefoon nooit op.")`. Left out: what is right about it (`ruling`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from tijdig.rulings.kinds import Kind

ABOUT = r"^[a-z_]{1,40}:[0-9]{1,18}$"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a code, and a Dutch sentence that says which and what to do."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a person decides. `instead_of` and `do` are codes of steps, empty where the kind has none.

    `until_on` is the last day on which it holds. `about` is where it came from: empty, or `conference:12`.
    """

    kind: Kind
    until_on: date
    reason: str
    instead_of: str = ""
    do: str = ""
    about: str = ""

    def __post_init__(self) -> None:
        if self.about and not re.fullmatch(ABOUT, self.about):
            raise ValueError(f"not a subject: {self.about}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """One ruling. It holds from `from_on` through `until_on`, but no longer on `ended_on` where a person ended it.

    `name` is of whoever decided, `ended_by` the actor who ended it. Both reasons are empty once the person was erased.
    """

    id: int
    tenancy_id: int
    kind: Kind
    instead_of: str
    do: str
    from_on: date
    until_on: date
    actor: str
    name: str
    reason: str
    recorded_at: datetime
    about: str
    ended_on: date | None = None
    ended_by: str = ""
    ended_reason: str = ""
