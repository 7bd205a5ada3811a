"""What waits for somebody in the room of help, one line each, for *Vandaag* and the worklist.

Decides nothing. Units: days. Errors: none. Example: `Due("balance_request", 7, date(2026, 11, 16), "Saldoverzoek van
Kredietbank Proef: antwoord.", "traffic-conversation", (12,))`. Left out: in which order, and whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do. `tenancy_id` is None where it is of no tenancy yet; `route` with `args` is the page for it."""

    kind: str
    tenancy_id: int | None
    due_on: date
    sentence: str
    route: str
    args: tuple[int, ...]
