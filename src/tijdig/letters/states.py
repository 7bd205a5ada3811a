"""Where a message stands between the moment that it was asked for and the moment that it arrived.

Decides which states a person or a job may leave for which. `QUEUED` waits for its moment, `HANDING` is with the carrier
now, `SENT` was taken, `DELIVERED` and `BOUNCED` are what the carrier told later, `REFUSED` will never arrive, `UNSURE` may
have gone while the answer was lost, `HELD` waits for a person, `CANCELLED` will not go. A letter for the print house is
`QUEUED` until it is in a batch, `PRINTING` while it is in one, and `SENT` when the batch was handed over.

Example: `may_go(State.UNSURE, State.SENT)` is true, `may_go(State.SENT, State.QUEUED)` is not: a message that went is never
sent again, another one is made. Left out: who may.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a message stands."""

    QUEUED = "queued"
    PRINTING = "printing"
    HANDING = "handing"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    REFUSED = "refused"
    UNSURE = "unsure"
    HELD = "held"
    CANCELLED = "cancelled"


LABEL = {
    State.QUEUED: "klaar om te gaan",
    State.PRINTING: "bij het printen",
    State.HANDING: "wordt verstuurd",
    State.SENT: "verstuurd",
    State.DELIVERED: "bezorgd",
    State.BOUNCED: "kwam terug",
    State.REFUSED: "kan niet aankomen",
    State.UNSURE: "niet zeker of het ging",
    State.HELD: "tegengehouden",
    State.CANCELLED: "ingetrokken",
}
WAITS_FOR_SOMEBODY = (State.UNSURE, State.HELD, State.REFUSED, State.BOUNCED)
WENT = (State.SENT, State.DELIVERED, State.BOUNCED)
TO_GO = (State.QUEUED, State.PRINTING, State.HANDING, State.HELD)
_NEXT: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.HANDING, State.PRINTING, State.HELD, State.CANCELLED}),
    State.PRINTING: frozenset({State.SENT, State.QUEUED, State.HELD}),
    State.HANDING: frozenset({State.SENT, State.QUEUED, State.REFUSED, State.UNSURE, State.HELD}),
    State.SENT: frozenset({State.DELIVERED, State.BOUNCED}),
    State.DELIVERED: frozenset({State.BOUNCED}),
    State.BOUNCED: frozenset(),
    State.REFUSED: frozenset({State.CANCELLED}),
    State.UNSURE: frozenset({State.SENT, State.QUEUED, State.CANCELLED, State.DELIVERED, State.BOUNCED}),
    State.HELD: frozenset({State.QUEUED, State.CANCELLED}),
    State.CANCELLED: frozenset(),
}


def may_go(before: State, after: State) -> bool:
    """May a message go from the one state to the other?"""
    return after in _NEXT[before]
