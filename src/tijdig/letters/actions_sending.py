"""Handing messages to their carriers, each once: planned in one transaction, handed over, and written down in another.

A process that dies in between leaves a row that says *with the carrier*. After a while (`holds.yaml`) somebody else asks the
carrier whether it has the message, by its key. Only when the carrier says no it is handed over again; when it cannot say,
a person looks and chooses.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from tijdig.access.scope import organisation_scope
from tijdig.base.days import AMSTERDAM
from tijdig.carriers.channel import Asked, Carrier, Channel, Handed, Known, Message, Outcome
from tijdig.carriers.chosen import Carriers
from tijdig.carriers.payment_link import LinkError
from tijdig.history.actions import record
from tijdig.letters.actions_arrived import went
from tijdig.letters.actions_link import open_link
from tijdig.letters.actions_queue import allowed_from
from tijdig.letters.as_data import letter_from
from tijdig.letters.holds import habits, hold, next_try
from tijdig.letters.message import message_of
from tijdig.letters.models import LetterPaper, LetterText, Sending, SendingText, Try
from tijdig.letters.queries_seen import seen
from tijdig.letters.queries_texts import letterhead, version_of
from tijdig.letters.states import State
from tijdig.letters.texts import TextError

log = logging.getLogger(__name__)
ACTOR = "system:letters"
_DETAIL = 400


@dataclass(frozen=True, slots=True)
class _Taken:
    """A message that this process has in hand. `number` is the try: a late answer of an earlier one counts for nothing."""

    sending_id: int
    number: int
    carrier: Carrier
    message: Message


def send_next(*, organisation_id: int, carriers: Carriers, now: datetime) -> bool:
    """Take the next message that may go and hand it over; False when there is none. Never raises for a carrier's fault."""
    with organisation_scope(organisation_id):
        row = _next(now)
        if row is None:
            return False
        taken = _taken(organisation_id, row, carriers, now)
    if taken is None:
        return True
    handed = taken.carrier.hand_over(taken.message)
    if handed.outcome is Outcome.UNSURE:
        handed = _heard(taken.carrier.ask(taken.message.key, taken.message.to), handed)
    _settle(organisation_id, taken.sending_id, taken.number, handed, now)
    return True


def recover(*, organisation_id: int, carriers: Carriers, now: datetime) -> int:
    """Find out what became of messages that a process had in hand when it stopped; returns how many."""
    done = 0
    while (left := _left_behind(organisation_id, now)) is not None:
        sending_id, number, channel, key, address = left
        carrier = carriers.of(Channel(channel))
        told = carrier.ask(key, address) if carrier else Asked(Known.CANNOT_SAY)
        _settle(organisation_id, sending_id, number, _heard(told, Handed(Outcome.UNSURE)), now)
        done += 1
    return done


def _next(now: datetime) -> Sending | None:
    return (
        Sending.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("letter")
        .filter(state=State.QUEUED.value, go_at__lte=now)
        .exclude(channel=Channel.PRINT.value)
        .order_by("go_at", "id")
        .first()
    )


def _taken(organisation_id: int, row: Sending, carriers: Carriers, now: datetime) -> _Taken | None:
    """As `_take`; a message that cannot be made waits for somebody, and the next one goes."""
    try:
        with transaction.atomic():
            return _take(organisation_id, row, carriers, now)
    except TextError:
        _hold(organisation_id, row, "no_message", now)
    except Exception:
        log.exception("message %s cannot be made", row.pk)
        _hold(organisation_id, row, "broken", now)
    return None


def _take(organisation_id: int, row: Sending, carriers: Carriers, now: datetime) -> _Taken | None:
    """Mark the row as in hand and say what to hand over; None where it must wait."""
    carrier = carriers.of(Channel(row.channel))
    today = now.astimezone(AMSTERDAM).date()
    why = "" if row.why == "released" else hold(seen([row.pk])[row.pk], today)
    if why or carrier is None:
        _hold(organisation_id, row, why or "no_carrier", now)
        return None
    try:
        link = open_link(row.link, carriers.links, now) if row.link else ""
    except LinkError as error:
        if error.again:
            _wait(organisation_id, row, error.detail, now, tries=row.tries + 1)
            return None
        link = ""  # it will never be there; the letter says the account and the reference
    message = _message(row, link)
    number = row.tries + 1
    Sending.objects.filter(pk=row.pk).update(
        state=State.HANDING.value, tries=number, handed_at=now, carrier=carrier.name
    )
    SendingText.objects.filter(sending=row).update(body=message.body)
    Try.objects.create(organisation_id=organisation_id, sending=row, number=number, what="begun", at=now)
    return _Taken(row.pk, number, carrier, message)


def _message(row: Sending, link: str) -> Message:
    paper = LetterPaper.objects.get(letter_id=row.letter_id)
    letter, head = letter_from(paper.value), letterhead()
    assert head is not None
    return message_of(
        letter,
        version_of(LetterText.objects.get(pk=row.letter.text_id)).text,
        head,
        channel=Channel(row.channel),
        key=row.key.hex,
        to=SendingText.objects.get(sending=row).address,
        plain=paper.text,
        pdf=bytes(paper.pdf),
        link=link,
    )


def _left_behind(organisation_id: int, now: datetime) -> tuple[int, int, str, str, str] | None:
    with organisation_scope(organisation_id):
        lease = timedelta(minutes=habits(now.date()).lease_minutes)
        row = (
            Sending.objects.select_for_update(skip_locked=True)
            .filter(state=State.HANDING.value, handed_at__lt=now - lease)
            .order_by("id")
            .first()
        )
        if row is None:
            return None
        Sending.objects.filter(pk=row.pk).update(handed_at=now)  # mine to ask about
        address = SendingText.objects.get(sending=row).address
        return row.pk, row.tries, row.channel, row.key.hex, address


def _heard(told: Asked, otherwise: Handed) -> Handed:
    """What a carrier says of a message of which nobody knows whether it went."""
    if told.known is Known.YES:
        return Handed(Outcome.SENT, told.provider_id)
    if told.known is Known.NO:
        return Handed(Outcome.LATER, detail="De provider heeft het bericht niet.")
    return otherwise


def _settle(organisation_id: int, sending_id: int, number: int, handed: Handed, now: datetime) -> None:
    with organisation_scope(organisation_id):
        row = Sending.objects.select_for_update(of=("self",)).select_related("letter").get(pk=sending_id)
        if row.state != State.HANDING or row.tries != number:
            return  # somebody else found out first
        Try.objects.create(
            organisation_id=organisation_id, sending=row, number=number, what=handed.outcome.value
        )
        if handed.outcome is Outcome.SENT:
            row.provider_id = handed.provider_id[:100]
            Sending.objects.filter(pk=row.pk).update(provider_id=row.provider_id)
            day = now.astimezone(AMSTERDAM).date()
            went(organisation_id=organisation_id, actor=ACTOR, rows=[row], on=day)
        elif handed.outcome is Outcome.LATER:
            _wait(organisation_id, row, handed.detail, now, tries=number)
        else:
            refused = handed.outcome is Outcome.REFUSED
            after = State.REFUSED if refused else State.UNSURE
            _stop(
                organisation_id, row, after, "address_refused" if refused else "stopped", handed.detail, now
            )


def _wait(organisation_id: int, row: Sending, detail: str, now: datetime, *, tries: int) -> None:
    """Another try later, or a person when there were enough."""
    minutes = next_try(tries, now.astimezone(AMSTERDAM).date())
    if minutes is None:
        _hold(organisation_id, row, "carrier_down", now)
    else:
        go_at = allowed_from(now + timedelta(minutes=minutes))
        Sending.objects.filter(pk=row.pk).update(state=State.QUEUED.value, go_at=go_at, tries=tries)
    SendingText.objects.filter(sending=row).update(detail=detail[:_DETAIL])


def _hold(organisation_id: int, row: Sending, why: str, now: datetime) -> None:
    _stop(organisation_id, row, State.HELD, why, "", now)


def _stop(organisation_id: int, row: Sending, after: State, why: str, detail: str, now: datetime) -> None:
    Sending.objects.filter(pk=row.pk).update(state=after.value, why=why, ended_at=now)
    SendingText.objects.filter(sending=row).update(detail=detail[:_DETAIL])
    record(
        organisation_id=organisation_id,
        actor=ACTOR,
        verb=f"message_{after}",
        subject=f"tenancy:{row.letter.tenancy_id}",
        effective_on=now.astimezone(AMSTERDAM).date(),
        facts={"letter": row.letter_id, "sending": row.pk, "why": why},
    )
