"""An answer to take in, for the tests of this room: an e-mail on Monday 2 November 2026 at noon, of nobody."""

from __future__ import annotations

from hashlib import sha256

from tests.contacts.calls import NOON, TODAY

from tijdig.contacts.actions_take import take
from tijdig.contacts.kinds import Channel
from tijdig.contacts.reply import Attached, Received
from tijdig.contacts.reply_kinds import How, Why
from tijdig.contacts.reply_match import Match, Sign

NOBODY = Match(None, Why.NOBODY)


def digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def of(tenancy: int, how: How = How.MESSAGE, said: str = "") -> Match:
    return Match(Sign(how, tenancy, said), None)


def received(name: str = "een", **changed: object) -> Received:
    plain: dict[str, object] = {
        "channel": Channel.EMAIL,
        "received_at": NOON,
        "digest": digest(name),
        "match": NOBODY,
        "sender": "m1@voorbeeld.example",
        "sender_name": "M. de Vries",
        "subject": "Re: Uw huur",
        "text": "Ik betaal vrijdag.",
        "quoted": "> Beste mevrouw",
        "attached": (Attached("bewijs.png", 2_056),),
    }
    return Received(**plain | changed)  # type: ignore[arg-type]


def taken(organisation: int, name: str = "een", **changed: object) -> int:
    """Take one in; returns its id."""
    return take(
        organisation_id=organisation, actor="system:replies", received=received(name, **changed), on=TODAY
    ).id
