"""The only writers of our answers to debt counsellors, each by a named person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.help.actions_traffic_effects import By, hold, take_back, tell
from tijdig.help.models import ConversationText, Message
from tijdig.help.queries_traffic_balance import balance
from tijdig.help.traffic import PROPOSALS, Refusal
from tijdig.help.traffic import Message as Word
from tijdig.help.traffic_balance import Balance, digest, facts, first_day
from tijdig.help.traffic_values import Conversation, Told

_LONGEST_REMARK = 1000


def balances_of(talk: Conversation, as_of: date) -> list[Balance]:
    """What a balance request would be answered, of each tenancy whose conversation it is."""
    return [found for pk in talk.tenancy_ids if (found := balance(pk, as_of))]


def answer_balance(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    conversation_id: int,
    message_id: int,
    as_of: date,
    seen: str,
    knowing: bool,
    asked_as: UUID,
    now: datetime,
    on: date,
) -> int:
    """Answer with what is open as of a day; returns the id of the answer, the same form twice is one.

    `seen` is the digest of what was shown, `knowing` that the person goes on with what is not sure. Raises `NotDone` where
    somebody answered already, nobody said whose it is, or the account has changed since.
    """
    by = By(organisation_id=organisation_id, actor=actor, name=name.strip(), now=now, on=on)
    with organisation_scope(organisation_id):
        talk = hold(conversation_id)
        if known := _asked(asked_as):
            return known
        asked = _waiting(talk, message_id, (Word.BALANCE_REQUEST,))
        if not talk.matches:
            raise NotDone(("Zoek eerst uit om welke huurder het gaat.",))
        if as_of > on:
            raise NotDone(("Kies vandaag of een dag daarvoor.",))
        if as_of < first_day(asked.on):
            raise NotDone(
                (
                    f"Het verzoek kwam op {asked.on:%d-%m-%Y}. "
                    f"Kies een stand van {first_day(asked.on):%d-%m-%Y} of later.",
                )
            )
        found = balances_of(talk, as_of)
        if digest(found) != seen:
            raise NotDone(("De rekening is veranderd sinds u keek. Kijk de bedragen nog eens na.",))
        if any(one.warnings for one in found) and not knowing:
            raise NotDone(
                ("Er is iets niet zeker aan deze rekening. Lees wat er staat, en vink aan dat u dat weet.",)
            )
        return _answer(by, talk, asked, Word.BALANCE, facts(found), "", asked_as)


def answer_proposal(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    conversation_id: int,
    message_id: int,
    accepted: bool,
    reason: Refusal | None,
    remark: str,
    asked_as: UUID,
    now: datetime,
    on: date,
) -> int:
    """Accept a proposal, or refuse it with a reason and words. Returns the id of the answer. Raises `NotDone`."""
    by = By(organisation_id=organisation_id, actor=actor, name=name.strip(), now=now, on=on)
    with organisation_scope(organisation_id):
        talk = hold(conversation_id)
        if known := _asked(asked_as):
            return known
        asked = _waiting(talk, message_id, PROPOSALS)
        if not talk.matches:
            raise NotDone(("Zoek eerst uit om welke huurder het gaat.",))
        words = remark.strip()
        if len(words) > _LONGEST_REMARK:
            raise NotDone((f"Schrijf ten hoogste {_LONGEST_REMARK} tekens.",))
        if accepted:
            return _answer(by, talk, asked, Word.ACCEPT, {"as_of": on.isoformat()}, words, asked_as)
        if reason is None or not words:
            raise NotDone(
                ("Weigert u? Kies dan de reden en leg die uit: de schuldhulpverlener moet ermee verder.",)
            )
        told = {"as_of": on.isoformat(), "reason": reason.value}
        return _answer(by, talk, asked, Word.REFUSE, told, words, asked_as)


def answer_unknown(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    conversation_id: int,
    asked_as: UUID,
    now: datetime,
    on: date,
) -> int:
    """Say that we do not know this client. Returns the id of the answer. Raises `NotDone` where we do."""
    by = By(organisation_id=organisation_id, actor=actor, name=name.strip(), now=now, on=on)
    with organisation_scope(organisation_id):
        talk = hold(conversation_id)
        if known := _asked(asked_as):
            return known
        if talk.matches:
            raise NotDone(("Dit gesprek is aan een huurder gekoppeld. Maak de koppeling eerst los.",))
        asked = talk.waits or next((one for one in reversed(talk.messages) if one.incoming), None)
        if asked is None or talk.ended:
            raise NotDone(("Dit gesprek is beëindigd. U hoeft niets te doen.",))
        _first(talk, asked)
        return _answer(by, talk, asked, Word.UNKNOWN, {"as_of": on.isoformat()}, "", asked_as)


def retract(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    conversation_id: int,
    message_id: int,
    now: datetime,
    on: date,
) -> Told:
    """Take an answer back, by name: its question waits again. Returns the answer as it was.

    Raises `NotDone` where it does not stand, or something came in since that goes on from it.
    """
    by = By(organisation_id=organisation_id, actor=actor, name=name.strip(), now=now, on=on)
    with organisation_scope(organisation_id):
        talk = hold(conversation_id)
        given = next((one for one in talk.answers if one.id == message_id), None)
        if given is None or not by.name:
            raise NotDone(("Dit antwoord is er niet, of het is al teruggenomen.",))
        if any(one.incoming and one.id > given.id for one in talk.messages):  # they may have gone on from it
            raise NotDone(
                ("Er kwam daarna een bericht van de schuldhulpverlener. Bel om te zeggen wat er niet klopt.",)
            )
        take_back(by, given)
        tell(by, talk, "debt_help_retracted", {"message": given.id})
        return next(one for one in hold(conversation_id).messages if one.id == message_id)


def _asked(asked_as: UUID) -> int | None:
    """The answer that this form gave. Raises `NotDone` where it was taken back since."""
    found = Message.objects.filter(asked_as=asked_as).values_list("pk", "messageretraction").first()
    if found and found[1] is not None:
        raise NotDone(("Dit antwoord is teruggenomen. Open het gesprek opnieuw.",))
    return found[0] if found else None


def _waiting(talk: Conversation, message_id: int, kinds: Sequence[Word]) -> Told:
    """The message, where it is of these kinds and waits. Raises `NotDone`."""
    asked = next((one for one in talk.messages if one.id == message_id and one.kind in kinds), None)
    if asked is None:
        raise NotDone(("Dit bericht is er niet. Open het gesprek opnieuw.",))
    _first(talk, asked)
    if talk.waits is None or talk.waits.id != message_id:
        raise NotDone(("Er kwam een later bericht in dit gesprek. Antwoord daarop.",))
    return asked


def _first(talk: Conversation, asked: Told) -> None:
    """Raises `NotDone` where somebody answered already."""
    given = talk.answer_to(asked.id)
    if given:
        raise NotDone((f"{given.name} antwoordde al op {given.on:%d-%m-%Y}: {given.label}.",))


def _answer(
    by: By, talk: Conversation, asked: Told, kind: Word, told: Mapping[str, Any], words: str, asked_as: UUID
) -> int:
    if not by.name:
        raise NotDone(("Alleen iemand met een naam kan antwoorden.",))
    row = Message.objects.create(
        organisation_id=by.organisation_id,
        conversation_id=talk.id,
        kind=kind.value,
        direction="out",
        answered_on=by.on,
        facts=dict(told),
        answers_id=asked.id,
        actor=by.actor,
        name=by.name,
        asked_as=asked_as,
    )
    if words:
        ConversationText.objects.create(organisation_id=by.organisation_id, message=row, remark=words)
    tell(by, talk, "debt_help_answered", {"message": row.pk}, text=words)
    return int(row.pk)
