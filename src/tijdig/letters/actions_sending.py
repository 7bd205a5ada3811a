"""Handing messages to their carriers, each once: planned in one transaction, handed over, and written down in another.

A process that dies in between leaves a row that says *with the carrier*. After a while (`habits.yaml`) somebody else
asks the carrier whether it has the message, by its key. Only when the carrier says no it is handed over again; when it
cannot say, a person looks and chooses.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import OperationalError, transaction
from django.db.models import QuerySet

from tijdig.access.scope import organisation_scope
from tijdig.base.days import AMSTERDAM
from tijdig.carriers.channel import Asked, Carrier, Channel, Handed, Known, Message, Outcome
from tijdig.carriers.chosen import Carriers
from tijdig.carriers.payment_link import LinkError, LinkState
from tijdig.letters.actions_arrived import went
from tijdig.letters.actions_carriers import answered_here
from tijdig.letters.actions_link import ASKED, open_link
from tijdig.letters.actions_mailbox import Mailbox
from tijdig.letters.actions_move import move
from tijdig.letters.actions_queue import allowed_from
from tijdig.letters.as_data import letter_from
from tijdig.letters.habits import habits
from tijdig.letters.holds import after_hold, hold, next_try
from tijdig.letters.message import message_of
from tijdig.letters.models import LetterPaper, Sending, SendingText, Try
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


class Round(StrEnum):
    """What came of one go: nothing waits, one was dealt with, or the line is down and the rest should wait."""

    NOTHING = "nothing"
    DONE = "done"
    LINE_DOWN = "line_down"


def send_next(*, organisation_id: int, carriers: Carriers, now: datetime) -> Round:
    """Take the next message that may go and hand it over. `now` is read for each message anew, for it stamps the lease."""
    _open_next_link(organisation_id, carriers, now)
    with organisation_scope(organisation_id):
        row = _next(now)
        if row is None:
            return Round.NOTHING
        taken = _taken(organisation_id, row, carriers, now)
    if taken is None:
        return Round.DONE
    handed = _hand_over(taken)
    _settle(organisation_id, taken.sending_id, taken.number, handed, now)
    return Round.LINE_DOWN if handed.outcome is Outcome.LATER else Round.DONE


def _hand_over(taken: _Taken) -> Handed:
    """What the carrier says; what it cannot say is asked for once. A fault of ours in between leaves it unsure."""
    try:
        handed = taken.carrier.hand_over(taken.message)
        if handed.outcome is Outcome.UNSURE:
            return _heard(taken.carrier.ask(taken.message.key, taken.message.to), handed)
        return handed
    except Exception:
        log.exception("the carrier of message %s failed", taken.sending_id)
        return Handed(Outcome.UNSURE)


def _open_next_link(organisation_id: int, carriers: Carriers, now: datetime) -> None:
    """Ask the provider for the link of the message that is next, with nothing locked; the same key is the same link."""
    with organisation_scope(organisation_id):
        row = _waiting(now).filter(link__state=ASKED).select_related("link").first()
    if row is None or row.link is None or carriers.links is None:
        return
    try:
        open_link(organisation_id=organisation_id, row=row.link, provider=carriers.links, now=now)
    except LinkError as error:
        with organisation_scope(organisation_id):
            if error.again:
                _wait(organisation_id, row, error.detail, now)
            else:  # it will never be there; the letter says the account and the reference
                Sending.objects.filter(pk=row.pk).update(link=None)


def recover(*, organisation_id: int, carriers: Carriers, now: datetime) -> int:
    """Find out what became of messages that a process had in hand when it stopped; returns how many.

    Only the carrier that got a message can say that it has not got it.
    """
    done = 0
    while (left := _left_behind(organisation_id, now)) is not None:
        row, address = left
        carrier = _carrier(organisation_id, row, carriers)
        same = carrier is not None and carrier.name == row.carrier
        told = carrier.ask(row.key.hex, address) if carrier and same else Asked(Known.CANNOT_SAY)
        _settle(organisation_id, row.pk, row.tries, _heard(told, Handed(Outcome.UNSURE)), now)
        done += 1
    return done


def _carrier(organisation_id: int, row: Sending, carriers: Carriers) -> Carrier | None:
    """A message of a trial goes to the mailbox, also when the trial is over."""
    return Mailbox(organisation_id) if row.trial else carriers.of(Channel(row.channel))


def _waiting(now: datetime) -> QuerySet[Sending]:
    rows = Sending.objects.filter(state=State.QUEUED.value, go_at__lte=now)
    return rows.exclude(channel=Channel.PRINT.value).order_by("go_at", "id")


def _next(now: datetime) -> Sending | None:
    rows = _waiting(now).select_for_update(skip_locked=True, of=("self",))
    return rows.select_related("letter__text", "link").first()


def _taken(organisation_id: int, row: Sending, carriers: Carriers, now: datetime) -> _Taken | None:
    """As `_take`; a message that cannot be made waits for somebody, and the next one goes."""
    try:
        with transaction.atomic():
            return _take(organisation_id, row, carriers, now)
    except OperationalError:
        raise  # of the database, and passing
    except TextError:
        _hold(organisation_id, row, "no_message", now)
    except Exception:
        log.exception("message %s cannot be made", row.pk)
        _hold(organisation_id, row, "broken", now)
    return None


def _take(organisation_id: int, row: Sending, carriers: Carriers, now: datetime) -> _Taken | None:
    """Mark the row as in hand and say what to hand over; None where it must wait."""
    carrier = _carrier(organisation_id, row, carriers)
    today = now.astimezone(AMSTERDAM).date()
    if (later := allowed_from(now)) > now:
        Sending.objects.filter(pk=row.pk).update(go_at=later)
        return None
    why = hold(seen([row.pk], today)[row.pk], today, row.overruled)
    if why or carrier is None:
        _hold(organisation_id, row, why or "no_carrier", now)
        return None
    link = row.link.url if row.link and row.link.state == LinkState.OPEN else ""
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
    message = message_of(
        letter,
        version_of(row.letter.text).text,
        head,
        channel=Channel(row.channel),
        key=row.key.hex,
        to=SendingText.objects.get(sending=row).address,
        plain=paper.text,
        pdf=bytes(paper.pdf),
        link=link,
    )
    return answered_here(row.organisation_id, message)


def _left_behind(organisation_id: int, now: datetime) -> tuple[Sending, str] | None:
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
        return row, SendingText.objects.get(sending=row).address


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
            _wait(organisation_id, row, handed.detail, now)
        else:
            refused = handed.outcome is Outcome.REFUSED
            after = State.REFUSED if refused else State.UNSURE
            _stop(
                organisation_id, row, after, "address_refused" if refused else "stopped", handed.detail, now
            )


def _wait(organisation_id: int, row: Sending, detail: str, now: datetime) -> None:
    """Another try later, or a person when there were enough."""
    retries = row.retries + 1
    minutes = next_try(retries, now.astimezone(AMSTERDAM).date())
    if minutes is None:
        _stop(organisation_id, row, State.HELD, "carrier_down", detail, now)
        return
    go_at = allowed_from(now + timedelta(minutes=minutes))
    stands = Sending.objects.filter(pk=row.pk, state=row.state)  # not if somebody withdrew it meanwhile
    stands.update(state=State.QUEUED.value, go_at=go_at, retries=retries)
    SendingText.objects.filter(sending=row).update(detail=detail[:_DETAIL])


def _hold(organisation_id: int, row: Sending, why: str, now: datetime) -> None:
    _stop(organisation_id, row, after_hold(why, row.letter.made_by), why, "", now)


def _stop(organisation_id: int, row: Sending, after: State, why: str, detail: str, now: datetime) -> None:
    move(
        organisation_id=organisation_id,
        actor=ACTOR,
        ids=[row.pk],
        before={State(row.state)},
        after=after,
        on=now.astimezone(AMSTERDAM).date(),
        why=why,
    )
    SendingText.objects.filter(sending=row).update(detail=detail[:_DETAIL])
