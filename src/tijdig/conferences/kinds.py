"""The words of a conference: what the group may decide of a case, and what goes with each decision.

Decides nothing by itself: the list is closed, with the Dutch words that a person reads beside it. Every decision holds
until a day. `DONE_BY` asks that somebody does something by a day, `OF_A_STEP` is about the step that is next, and
`CHOOSES` names another one.

Left out: what a decision does to the next step, which is for the room of rulings.
"""

from __future__ import annotations

from enum import StrEnum


class Decision(StrEnum):
    """What the group decided of a case."""

    HAND_OVER = "hand_over"
    ARRANGE = "arrange"
    HELP = "help"
    PAUSE = "pause"
    OTHER_STEP = "other_step"
    GO_ON = "go_on"
    LATER = "later"


DECISION_LABEL = {
    Decision.HAND_OVER: "overdragen aan de deurwaarder",
    Decision.ARRANGE: "eerst een regeling",
    Decision.HELP: "eerst hulp",
    Decision.PAUSE: "pauzeren",
    Decision.OTHER_STEP: "een andere stap",
    Decision.GO_ON: "doorgaan zoals het gaat",
    Decision.LATER: "terug op de agenda",
}
CHOOSES = frozenset({Decision.OTHER_STEP})
OF_A_STEP = frozenset({Decision.OTHER_STEP, Decision.LATER})
DONE_BY = frozenset({Decision.HAND_OVER, Decision.ARRANGE, Decision.HELP, Decision.OTHER_STEP})
