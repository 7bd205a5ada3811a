"""What people do with what waits: queue it, hold it, let it go, take it back, say how it ended, send it another way."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import uuid4

from tijdig.access.scope import organisation_scope
from tijdig.base.days import AMSTERDAM
from tijdig.carriers.channel import Arrival, Channel, Report
from tijdig.law.answer import NotKnown
from tijdig.law.contact_hours import next_moment
from tijdig.ledger.actions import notify
from tijdig.letters.actions_arrived import take_report, went
from tijdig.letters.actions_link import ASKED
from tijdig.letters.actions_move import move, told
from tijdig.letters.habits import habits
from tijdig.letters.holds import and_for
from tijdig.letters.letter import Kind, Language
from tijdig.letters.models import Letter, Link, Sending, SendingText
from tijdig.letters.queries_basis import reach_of
from tijdig.letters.queries_seen import seen
from tijdig.letters.queries_texts import letterhead, version_of
from tijdig.letters.states import State
from tijdig.letters.values import Fault, NotRight
from tijdig.letters.ways import LABEL, ways
from tijdig.tenancies.queries_reach import households

_WAITING = (State.QUEUED, State.HELD, State.UNSURE, State.REFUSED)
_GOES_OR_WENT = (State.QUEUED, State.SENT, State.DELIVERED)
_LATE = Fault(
    "moved_on", "Dit bericht staat er intussen anders voor. Ververs de pagina en kijk wat ermee gebeurde."
)


def queue(
    *,
    organisation_id: int,
    actor: str,
    letter_id: int,
    channel: Channel,
    address: str,
    now: datetime,
    link: Link | None = None,
) -> int:
    """Let a letter go by this way as soon as it may, in the caller's transaction; returns the sending's id."""
    head = letterhead()
    row = Sending.objects.create(
        organisation_id=organisation_id,
        letter_id=letter_id,
        channel=channel.value,
        key=uuid4(),
        state=State.QUEUED.value,
        go_at=now if channel is Channel.PRINT else allowed_from(now),
        asked_by=actor,
        link=link,
        trial=head is not None and head.trial and channel is not Channel.PRINT,
    )
    SendingText.objects.create(sending=row, organisation_id=organisation_id, address=address)
    notify("tijdig_letter", organisation_id)
    return int(row.pk)


def allowed_from(now: datetime) -> datetime:
    """The first moment from now on at which a message may reach somebody: the hours of the law (`law.contact_hours`)."""
    here = now.astimezone(AMSTERDAM)
    try:
        day, minutes = next_moment(here.date(), here.hour * 60 + here.minute)
    except NotKnown:  # before there were such hours
        return now
    if (day, minutes) == (here.date(), here.hour * 60 + here.minute):
        return now
    return datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=AMSTERDAM)


def new_link(organisation_id: int, tenancy_id: int, cents: int, now: datetime) -> Link:
    """A link that the provider is asked for when its message goes."""
    today = now.astimezone(AMSTERDAM).date()
    return Link.objects.create(
        organisation_id=organisation_id,
        tenancy_id=tenancy_id,
        key=uuid4(),
        amount_cents=cents,
        provider="",
        state=ASKED,
        expires_on=today + timedelta(days=habits(today).link_days),
    )


def hold_back(*, organisation_id: int, actor: str, sending_id: int, on: date) -> None:
    """Keep what is queued from going."""
    with organisation_scope(organisation_id):
        _one(organisation_id, actor, sending_id, {State.QUEUED}, State.HELD, on, why="by_hand")


def release(*, organisation_id: int, actor: str, sending_id: int, on: date, now: datetime) -> None:
    """Let what was held go, although; or hand over again what may not have gone. A person takes that upon himself.

    What held it no longer does, at the amount of this moment; anything else still holds it back.
    """
    with organisation_scope(organisation_id):
        row = Sending.objects.filter(pk=sending_id).first()
        if row is None:
            raise NotRight((_LATE,))
        overruled = row.overruled
        if row.state == State.HELD:
            overruled = and_for(overruled, seen([sending_id], on)[sending_id], row.why)
        _one(
            organisation_id,
            actor,
            sending_id,
            {State.HELD, State.UNSURE},
            State.QUEUED,
            on,
            overruled=overruled,
            retries=0,
            go_at=allowed_from(now),
        )
        notify("tijdig_letter", organisation_id)


def take_back(*, organisation_id: int, actor: str, sending_id: int, on: date) -> None:
    """It will not go."""
    with organisation_scope(organisation_id):
        _one(organisation_id, actor, sending_id, _WAITING, State.CANCELLED, on)


def take_back_letter(*, organisation_id: int, actor: str, letter_id: int, on: date) -> None:
    """It will not go by any way. Raises `NotRight` where it went, or is on its way."""
    with organisation_scope(organisation_id):
        ways_of = Sending.objects.filter(letter_id=letter_id).exclude(state=State.CANCELLED.value)
        for sending_id in ways_of.values_list("pk", flat=True):
            take_back(organisation_id=organisation_id, actor=actor, sending_id=sending_id, on=on)


def _one(
    organisation_id: int,
    actor: str,
    sending_id: int,
    before: Collection[State],
    after: State,
    on: date,
    why: str = "",
    **more: object,
) -> None:
    """Move one message that is in no batch, or say that it moved on."""
    if Sending.objects.filter(pk=sending_id).exclude(batch=None).exists():
        raise NotRight((_LATE,))
    moved = move(
        organisation_id=organisation_id,
        actor=actor,
        ids=[sending_id],
        before=before,
        after=after,
        on=on,
        why=why,
        **more,
    )
    if not moved:
        raise NotRight((_LATE,))


def deal_with(*, organisation_id: int, actor: str, sending_id: int, on: date) -> None:
    """What came back needs no other letter: somebody called, or knows."""
    with organisation_scope(organisation_id):
        rows = Sending.objects.filter(pk=sending_id, state=State.BOUNCED.value)
        if not rows.update(why="dealt_with"):
            raise NotRight((_LATE,))
        row = Sending.objects.select_related("letter").get(pk=sending_id)
        told(organisation_id=organisation_id, actor=actor, rows=[row], verb="message_dealt_with", on=on)


def say_came_back(*, organisation_id: int, actor: str, sending_id: int, on: date, now: datetime) -> None:
    """The post brought it back, or the tenant says that it never came: a fact that day."""
    with organisation_scope(organisation_id):
        key = Sending.objects.values_list("key", flat=True).get(pk=sending_id).hex
        report = Report(Arrival.BOUNCED, key=key)
        if not take_report(organisation_id=organisation_id, report=report, actor=actor, now=now, on=on):
            raise NotRight((_LATE,))


def say_sent(*, organisation_id: int, actor: str, sending_id: int, on: date, sent_on: date) -> None:
    """Somebody looked and saw that what was not sure did go, on that day."""
    with organisation_scope(organisation_id):
        row = Sending.objects.select_for_update(of=("self",)).select_related("letter").get(pk=sending_id)
        if row.state != State.UNSURE:
            raise NotRight((_LATE,))
        went(organisation_id=organisation_id, actor=actor, rows=[row], on=sent_on)
        told(organisation_id=organisation_id, actor=actor, rows=[row], verb="message_said_sent", on=on)


def send_another_way(
    *, organisation_id: int, actor: str, letter_id: int, channel: Channel, on: date, now: datetime
) -> int:
    """The same letter by another way: its paper is the one that was made. What still waits is taken back."""
    with organisation_scope(organisation_id):
        letter = Letter.objects.select_related("text").get(pk=letter_id)
        rows = list(Sending.objects.select_for_update().filter(letter=letter).order_by("id"))
        reach = reach_of(households([letter.tenancy_id], on)[letter.tenancy_id])
        short = short_of(letter)
        if channel not in ways(Kind(letter.kind), reach, short=short):
            raise NotRight((Fault("way_closed", f"Deze brief kan niet {LABEL[channel]}."),))
        under_way = {State.HANDING, State.PRINTING}
        if any(
            row.state in under_way or (row.channel == channel and row.state in _GOES_OR_WENT) for row in rows
        ):
            raise NotRight((_LATE,))
        ids = [row.pk for row in rows]
        move(
            organisation_id=organisation_id,
            actor=actor,
            ids=ids,
            before=_WAITING,
            after=State.CANCELLED,
            on=on,
        )
        made = queue(
            organisation_id=organisation_id,
            letter_id=letter.pk,
            channel=channel,
            address={Channel.EMAIL: reach.email, Channel.SMS: reach.mobile}.get(channel, ""),
            actor=actor,
            now=now,
            link=next((row.link for row in rows if row.link), None),
        )
        row = Sending.objects.select_related("letter").get(pk=made)
        told(organisation_id=organisation_id, actor=actor, rows=[row], verb="message_queued", on=on)
        return made


def short_of(letter: Letter) -> bool:
    """Does the text of this letter have a short message in the tenant's language?"""
    return bool(version_of(letter.text).text.parts[Language(letter.language)].message)
