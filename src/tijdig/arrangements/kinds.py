"""The words of an arrangement: its state, its rhythm, and how it ended, in the codes of the sector where there are any.

Decides nothing. States and reasons of end carry the VERA codes BETALINGSREGELINGSTATUS and BETALINGSREGELINGEINDEREDEN, so
that an arrangement goes back to the source system as it came. Left out: VERA's status "deleted", for nothing is deleted
here.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where an arrangement stands, whether it is kept or not."""

    REQUESTED = "requested"
    ACTIVE = "active"
    FROZEN = "frozen"
    ENDED = "ended"
    CANCELLED = "cancelled"


RUNS = (State.ACTIVE, State.FROZEN)
VERA_STATE = {
    State.REQUESTED: "AAN",
    State.ACTIVE: "ACT",
    State.FROZEN: "BEV",
    State.ENDED: "BEE",
    State.CANCELLED: "ANN",
}
STATE_LABEL = {
    State.REQUESTED: "aangevraagd",
    State.ACTIVE: "loopt",
    State.FROZEN: "bevroren",
    State.ENDED: "beëindigd",
    State.CANCELLED: "ingetrokken",
}


class EndReason(StrEnum):
    """Why an arrangement ended."""

    PAID_OFF = "paid_off"
    NOT_KEPT = "not_kept"
    REST_FORGIVEN = "rest_forgiven"
    UNCOLLECTABLE = "uncollectable"
    REPLACED = "replaced"  # by another one


VERA_END = {
    EndReason.PAID_OFF: "AFB",
    EndReason.NOT_KEPT: "VOL",
    EndReason.REST_FORGIVEN: "SAN",
    EndReason.UNCOLLECTABLE: "ONI",
}  # the sector has no code for one that another replaces: it goes out as cancelled
END_LABEL = {
    EndReason.PAID_OFF: "afbetaald",
    EndReason.NOT_KEPT: "niet nagekomen",
    EndReason.REST_FORGIVEN: "rest kwijtgescholden",
    EndReason.UNCOLLECTABLE: "oninbaar",
    EndReason.REPLACED: "vervangen door een andere regeling",
}


class Rhythm(StrEnum):
    """How often an instalment is due."""

    MONTHLY = "monthly"
    FOUR_WEEKLY = "four_weekly"
    WEEKLY = "weekly"


RHYTHM_LABEL = {
    Rhythm.MONTHLY: "elke maand",
    Rhythm.FOUR_WEEKLY: "elke vier weken",
    Rhythm.WEEKLY: "elke week",
}


class Kept(StrEnum):
    """How an arrangement is kept as of a day."""

    KEPT = "kept"
    LATE = "late"  # something did not come in time, and the days of grace are not over
    BROKEN = "broken"
    DONE = "done"  # all that was agreed has come


KEPT_LABEL = {Kept.KEPT: "nagekomen", Kept.LATE: "te laat", Kept.BROKEN: "gebroken", Kept.DONE: "afbetaald"}
