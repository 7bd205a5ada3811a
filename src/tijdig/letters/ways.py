"""By which way a letter goes: what the law asks, what the tenant prefers, and what is known of him.

Decides the channel. A letter whose arrival must be shown in court or that gives a term (the fourteen-day letter, the early
signal, the announcement of the hand-over) goes on paper. Others go as the tenant prefers, if that can be; without a
preference by e-mail where an address is known, else on paper. An SMS only carries what has a short text.

Example: a reminder to a tenant who prefers SMS and has no mobile number goes by e-mail, or on paper.
Left out: what it costs; what the tenant did with earlier messages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tijdig.carriers.channel import Channel
from tijdig.letters.letter import Kind

ON_PAPER = frozenset({Kind.FOURTEEN_DAY, Kind.EARLY_SIGNAL, Kind.HANDOVER_ANNOUNCED})
LABEL = {Channel.PRINT: "op papier", Channel.EMAIL: "per e-mail", Channel.SMS: "per sms"}


@dataclass(frozen=True, slots=True)
class Reach:
    """How a tenant can be reached: the address lines of post, an e-mail address, a mobile number; empty where unknown."""

    address_lines: tuple[str, ...] = ()
    email: str = ""
    mobile: str = ""
    prefers: str = ""


def ways(kind: Kind, reach: Reach, *, short: bool = True) -> tuple[Channel, ...]:
    """The channels that this letter may take, the one it should take first. Paper is always among them.

    `short` tells whether its text has a short message; a telephone shows nothing else.
    """
    if kind in ON_PAPER:
        return (Channel.PRINT,)
    open_ways = (
        [Channel.EMAIL] * bool(reach.email) + [Channel.PRINT] + [Channel.SMS] * bool(reach.mobile and short)
    )
    return tuple(_first(reach.prefers, open_ways))


def _first(preferred: str, all_ways: Sequence[Channel]) -> list[Channel]:
    return sorted(all_ways, key=lambda way: way != preferred)
