"""What is a talk, what is an attempt to have one, and which outcome fits.

Decides three things. A talk, which is personal contact in the sense of the way of working: somebody of the household or its
representative was spoken to, by telephone, by video, at the door or at the desk; an e-mail or a text message is none. An
attempt: we sought a talk by telephone, video or visit, and it did not come to one. Which outcome fits: who was not reached
has promised nothing, and who was spoken to is at home.

Units: none. Errors: none. Worked example: a visit at which only a neighbour opened is an attempt; a call that the
tenant made to us is a talk.

Left out: letters that the program sent itself (`steps`), and how many attempts are enough (policy). A call to a number that
turned out wrong is an attempt like any other.
"""

from __future__ import annotations

from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who

SPOKEN = frozenset({Channel.PHONE, Channel.VISIT, Channel.DESK, Channel.VIDEO})  # ways by which one can talk
SOUGHT = frozenset({Channel.PHONE, Channel.VISIT, Channel.VIDEO})  # ways by which we seek a talk
HOUSEHOLD = frozenset({Who.TENANT, Who.CO_TENANT, Who.PARTNER, Who.REPRESENTATIVE})
_WRITTEN = frozenset(Outcome) - {Outcome.WRONG_NUMBER, Outcome.NOT_HOME, Outcome.NO_AGREEMENT}
_UNHEARD = frozenset({Outcome.CALL_BACK, Outcome.OTHER})
_FITS = {
    (Direction.OUT, Reached.TALKED): _WRITTEN | {Outcome.NO_AGREEMENT},
    (Direction.IN, Reached.TALKED): _WRITTEN | {Outcome.NO_AGREEMENT},
    (Direction.OUT, Reached.MESSAGE): _UNHEARD | {Outcome.NOT_HOME},
    (Direction.IN, Reached.MESSAGE): _WRITTEN,
    (Direction.OUT, Reached.NONE): _UNHEARD | {Outcome.NOT_HOME, Outcome.WRONG_NUMBER},
    (Direction.IN, Reached.NONE): _UNHEARD,
}


def fits(reached: Reached, outcome: Outcome, direction: Direction = Direction.OUT) -> bool:
    """May a contact that reached so much have this outcome? What a tenant writes by himself may say what a talk may."""
    return outcome in _FITS[direction, reached]


def is_talk(channel: Channel, direction: Direction, reached: Reached, who: Who) -> bool:
    """Is this personal contact? Whoever began it: `direction` is asked for so that both questions are asked alike."""
    return reached == Reached.TALKED and channel in SPOKEN and who in HOUSEHOLD


def is_attempt(channel: Channel, direction: Direction, reached: Reached, who: Who) -> bool:
    """Did we seek a talk and did it not come to one? To speak to a neighbour only is an attempt."""
    sought = direction == Direction.OUT and channel in SOUGHT
    return sought and not is_talk(channel, direction, reached, who)
