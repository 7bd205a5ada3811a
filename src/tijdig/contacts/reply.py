"""An answer of a tenant, as it came in and as it stands.

Decides where an answer stands, from what it was matched to on arrival and what people did since, and which deed may follow.
The last deed about its place counts: `ASSIGNED` to a tenancy, `RETURNED` to the queue, or `SET_ASIDE`. An answer of a
program waits for nobody until somebody says that a person wrote it (`PERSONAL`). `HANDLED` holds until its place changes.

| State | May be |
|---|---|
| `UNMATCHED` | assigned, set aside |
| `WAITS` | handled, assigned to another, returned |
| `HANDLED`, `ASIDE` | assigned, returned |
| `AUTOMATIC` | said to be a person's |

An answer that stands with a tenancy and is no program's is contact that the tenant's side sought: a message, no talk.

Example: matched on arrival to 7, returned, assigned to 9, handled: `HANDLED` with 9. Errors: none. Left out: who may.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tijdig.contacts.kinds import Channel
from tijdig.contacts.reply_kinds import Deed, How, State, Why
from tijdig.contacts.reply_match import Match, Sign

PLACING = frozenset({Deed.ASSIGNED, Deed.RETURNED, Deed.SET_ASIDE})
WORK = frozenset({State.UNMATCHED, State.WAITS})  # somebody must look
_MAY = {
    State.UNMATCHED: frozenset({Deed.ASSIGNED, Deed.SET_ASIDE}),
    State.WAITS: frozenset({Deed.HANDLED, Deed.ASSIGNED, Deed.RETURNED}),
    State.HANDLED: frozenset({Deed.ASSIGNED, Deed.RETURNED}),
    State.ASIDE: frozenset({Deed.ASSIGNED, Deed.RETURNED}),
    State.AUTOMATIC: frozenset({Deed.PERSONAL}),
}
REASONED = frozenset({Deed.SET_ASIDE, Deed.RETURNED})


@dataclass(frozen=True, slots=True)
class Attached:
    """What was with an answer; its content is not kept."""

    name: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An answer as it came in. `digest` names it for ever; `validity` and `uid` are its place in a folder of mail.

    `automatic` and `trouble` are codes (`reply_kinds`), empty where it is a person's and could be read.
    """

    channel: Channel
    received_at: datetime
    digest: str
    match: Match
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    text: str = ""
    quoted: str = ""
    shortened: bool = False
    attached: tuple[Attached, ...] = ()
    automatic: str = ""
    trouble: str = ""
    folder: str = ""
    validity: int | None = None
    uid: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did with an answer; the reason is empty once it was erased."""

    deed: Deed
    tenancy_id: int | None
    at: datetime
    actor: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    state: State
    tenancy_id: int | None
    how: How | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer. `tenancy_id`, `how` and `state` are as it stands; `arrived` is the sign that decided when it came.

    What a person wrote is empty once it was erased. `on` is the day in Amsterdam on which it came.
    """

    id: int
    tenancy_id: int | None
    state: State
    how: How | None
    arrived: Sign | None
    why: Why | None
    suggestions: tuple[Sign, ...]
    channel: Channel
    received_at: datetime
    on: date
    recorded_at: datetime
    automatic: str
    trouble: str
    sender: str
    sender_name: str
    subject: str
    text: str
    quoted: str
    shortened: bool
    attached: tuple[Attached, ...]
    deeds: tuple[Done, ...]

    @property
    def counts(self) -> bool:
        """Is this contact that the tenant's side sought?"""
        return self.tenancy_id is not None and self.state is not State.AUTOMATIC


def standing(sign: Sign | None, automatic: bool, deeds: Iterable[Done]) -> Standing:
    """Where an answer stands; the deeds in the order in which they were done."""
    tenancy, how = (sign.tenancy_id, sign.how) if sign else (None, None)
    aside = handled = False
    for one in deeds:
        automatic = automatic and one.deed is not Deed.PERSONAL
        handled = one.deed is Deed.HANDLED
        if one.deed in PLACING:
            tenancy, how = one.tenancy_id, How.PERSON if one.tenancy_id is not None else None
            aside = one.deed is Deed.SET_ASIDE
    if automatic:
        return Standing(State.AUTOMATIC, tenancy, how)
    if aside:
        return Standing(State.ASIDE, None, None)
    if tenancy is None:
        return Standing(State.UNMATCHED, None, None)
    return Standing(State.HANDLED if handled else State.WAITS, tenancy, how)


def may(state: State, deed: Deed) -> bool:
    """May this be done with an answer that stands so?"""
    return deed in _MAY[state]
