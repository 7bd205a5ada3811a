"""What a person may do with a message of the outbox, the advised thing first.

Decides from where it stands and why. What cannot arrive goes another way; what came back or has no carrier too; what
nobody is sure of is looked up first. A letter that was overtaken by money or a death is taken back rather than released.
Of what went a person may say that it came back, for the post does not tell.

Example: a mail to an address that does not exist gives `(BY_PRINT, TAKE_BACK)`; a letter in a batch gives nothing, for
that goes or stays with its batch. Left out: who may, and whether it still stands so (`states`, `actions_queue`).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from tijdig.carriers.channel import Channel
from tijdig.letters.states import State


class Deed(StrEnum):
    """One thing that a person does with a message. `GO_AGAIN` hands over anew what perhaps went before."""

    RELEASE = "release"
    GO_AGAIN = "go_again"
    SAY_SENT = "say_sent"
    HOLD_BACK = "hold_back"
    TAKE_BACK = "take_back"
    CAME_BACK = "came_back"
    DEAL_WITH = "deal_with"
    BY_PRINT = "print"
    BY_EMAIL = "email"
    BY_SMS = "sms"


BY = {Channel.PRINT: Deed.BY_PRINT, Channel.EMAIL: Deed.BY_EMAIL, Channel.SMS: Deed.BY_SMS}
WAY = {deed: channel for channel, deed in BY.items()}
_NO_LINE = frozenset({"no_carrier", "carrier_down"})
_OVERTAKEN = frozenset({"paid_since", "died"})


def deeds(state: State, why: str, *, followed: bool, open_ways: Sequence[Channel] = ()) -> tuple[Deed, ...]:
    """What may be done; `open_ways` are the other ways, `followed` says that the letter went one of them already."""
    by = tuple(BY[way] for way in open_ways)
    if state is State.HELD:
        if why in _OVERTAKEN:
            return (Deed.TAKE_BACK, Deed.RELEASE)
        return (*(by if why in _NO_LINE else ()), Deed.RELEASE, Deed.TAKE_BACK)
    if state is State.BOUNCED:
        return () if followed else (*by, Deed.DEAL_WITH)
    return {
        State.SENT: (Deed.CAME_BACK,),
        State.DELIVERED: (Deed.CAME_BACK,),
        State.QUEUED: (Deed.HOLD_BACK, Deed.TAKE_BACK),
        State.REFUSED: (*by, Deed.TAKE_BACK),
        State.UNSURE: (Deed.SAY_SENT, Deed.GO_AGAIN, Deed.TAKE_BACK),
    }.get(state, ())
