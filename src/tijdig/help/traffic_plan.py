"""What of a file of messages is new, beside the conversations that we have.

Decides, message by message: known where it says what the last of its kind in its conversation said, in facts and in
texts (as far as those were not erased), and that one waits for an answer still or is younger than `Terms.known_days`; an
agreement or an end says its own day, so the same again is known however old. What this very file gave before is known
too. Not to be taken where it ends a conversation that we never had, or before the day on which it was agreed; else new.

Units: lines of the file, days. Errors: none, what cannot be taken is an `Unread` for each of its lines. Example: the same
balance request in the file of the day after is known, with a corrected name it is new, and a year after the answer too.
Left out: what follows from a message (`actions_traffic_effects`).
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from tijdig.help.answer_sheet import Unread
from tijdig.help.traffic import Message
from tijdig.help.traffic_layouts import terms
from tijdig.help.traffic_sheet import TEXTS, Incoming
from tijdig.help.traffic_values import Conversation

_DATED = (Message.AGREEMENT, Message.END)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is new, how many lines said what we knew, and the lines that cannot be used."""

    new: tuple[Incoming, ...]
    known: int
    unread: tuple[Unread, ...]


def planned(
    messages: Sequence[Incoming],
    unread: Sequence[Unread],
    standing: Mapping[UUID, Conversation],
    on: date,
    before: Container[tuple[UUID, str]] = (),
) -> Plan:
    """`standing` are the conversations that we have, by the number of the hub; `before` what this file gave already, each
    with its digest.
    """
    new, known, wrong = [], 0, list(unread)
    for one in messages:
        talk = standing.get(one.conversation)
        if talk and ((one.conversation, one.digest) in before or _told(one, talk, on)):
            known += len(one.lines)
        elif fault := _fault(one, talk):
            wrong += [Unread(number, str(one.conversation), fault) for number in one.lines]
        else:
            new.append(one)
    return Plan(tuple(new), known, tuple(sorted(wrong, key=lambda each: each.number)))


def _told(one: Incoming, talk: Conversation, on: date) -> bool:
    last = talk.last_of(one.kind)
    if last is None or last.facts != one.facts:
        return False
    if not last.erased and any(getattr(last, name) != one.texts[name] for name in TEXTS):
        return False
    young = on - last.on < timedelta(days=terms().known_days)
    return one.kind in _DATED or talk.unanswered(last) or young


def _fault(one: Incoming, talk: Conversation | None) -> str:
    """Why a message that can be read cannot be taken."""
    if one.kind is not Message.END:
        return ""
    if talk is None:
        return (
            "Over dit gesprek kwam nooit eerder een bericht, dus er is niets om te beëindigen. "
            "Vraag de schuldhulpverlener om welke klant het gaat."
        )
    agreed_on = talk.agreed.day("agreed_on") if talk.agreed else None
    if agreed_on and date.fromisoformat(one.facts["ended_on"]) < agreed_on:
        return f"De dag van beëindiging ligt voor de dag van het akkoord ({agreed_on:%d-%m-%Y})."
    return ""
