"""What people do with what waits: queue it, hold it, let it go, take it back, say how it ended, send it another way."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

from tijdig.access.scope import organisation_scope
from tijdig.base.days import AMSTERDAM
from tijdig.carriers.channel import Arrival, Channel, Report
from tijdig.history.actions import record
from tijdig.law.answer import NotKnown
from tijdig.law.contact_hours import next_moment
from tijdig.ledger.actions import notify
from tijdig.letters.actions_arrived import take_report, went
from tijdig.letters.letter import Kind
from tijdig.letters.models import Letter, Link, Sending, SendingText
from tijdig.letters.queries_basis import reach_of
from tijdig.letters.states import State, before
from tijdig.letters.values import Fault, NotRight
from tijdig.letters.ways import LABEL, ways
from tijdig.tenancies.queries_reach import households

LINK_DAYS = 30
_LATE = Fault(
    "moved_on", "Dit bericht staat er intussen anders voor. Ververs de pagina en kijk wat ermee gebeurde."
)


def queue(
    *,
    organisation_id: int,
    actor: str,
    tenancy_id: int,
    letter_id: int,
    channel: Channel,
    address: str,
    now: datetime,
    link_cents: int = 0,
) -> int:
    """Let a letter go by this way as soon as it may, in the caller's transaction; returns the sending's id."""
    link = _link(organisation_id, tenancy_id, link_cents, now) if link_cents else None
    row = Sending.objects.create(
        organisation_id=organisation_id,
        letter_id=letter_id,
        channel=channel.value,
        key=uuid4(),
        state=State.QUEUED.value,
        go_at=now if channel is Channel.PRINT else allowed_from(now),
        asked_by=actor,
        link=link,
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


def _link(organisation_id: int, tenancy_id: int, cents: int, now: datetime) -> Link:
    return Link.objects.create(
        organisation_id=organisation_id,
        tenancy_id=tenancy_id,
        key=uuid4(),
        amount_cents=cents,
        provider="",
        state="asked",
        expires_on=now.astimezone(AMSTERDAM).date() + timedelta(days=LINK_DAYS),
    )


def hold_back(*, organisation_id: int, actor: str, sending_id: int, on: date) -> None:
    """Keep what is queued from going."""
    _move(organisation_id, actor, sending_id, State.HELD, on, why="by_hand")


def release(*, organisation_id: int, actor: str, sending_id: int, on: date, now: datetime) -> None:
    """Let what was held go, although; or hand over again what may not have gone. A person takes that upon himself."""
    _move(
        organisation_id,
        actor,
        sending_id,
        State.QUEUED,
        on,
        why="released",
        tries=0,
        go_at=allowed_from(now),
    )
    notify("tijdig_letter", organisation_id)


def take_back(*, organisation_id: int, actor: str, sending_id: int, on: date) -> None:
    """It will not go."""
    _move(organisation_id, actor, sending_id, State.CANCELLED, on)


def deal_with(*, organisation_id: int, actor: str, sending_id: int, on: date) -> None:
    """What came back needs no other letter: somebody called, or knows."""
    with organisation_scope(organisation_id):
        rows = Sending.objects.filter(pk=sending_id, state=State.BOUNCED.value)
        if not rows.update(why="dealt_with"):
            raise NotRight((_LATE,))
        row = Sending.objects.select_related("letter").get(pk=sending_id)
        _told(organisation_id, actor, row, on, "dealt_with")


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
        _told(organisation_id, actor, row, on, State.SENT)


def send_another_way(
    *, organisation_id: int, actor: str, letter_id: int, channel: Channel, on: date, now: datetime
) -> int:
    """The same letter by another way: its paper is the one that was made. What still waits is taken back."""
    with organisation_scope(organisation_id):
        letter = Letter.objects.get(pk=letter_id)
        states = list(
            Sending.objects.select_for_update().filter(letter=letter).values_list("state", flat=True)
        )
        reach = reach_of(households([letter.tenancy_id], on)[letter.tenancy_id])
        if channel not in ways(Kind(letter.kind), reach):
            raise NotRight((Fault("way_closed", f"Deze brief kan niet {LABEL[channel]}."),))
        if State.HANDING in states or State.PRINTING in states:
            raise NotRight((_LATE,))
        waiting = [state.value for state in before(State.CANCELLED)]
        Sending.objects.filter(letter=letter, state__in=waiting).update(state=State.CANCELLED.value)
        address = {Channel.EMAIL: reach.email, Channel.SMS: reach.mobile}.get(channel, "")
        made = queue(
            organisation_id=organisation_id,
            actor=actor,
            tenancy_id=letter.tenancy_id,
            letter_id=letter.pk,
            channel=channel,
            address=address,
            now=now,
        )
        row = Sending.objects.select_related("letter").get(pk=made)
        _told(organisation_id, actor, row, on, State.QUEUED)
        return made


def _move(organisation_id: int, actor: str, sending_id: int, after: State, on: date, **more: object) -> None:
    with organisation_scope(organisation_id):
        from_states = [state.value for state in before(after)]
        moved = Sending.objects.filter(pk=sending_id, state__in=from_states, batch=None).update(
            state=after.value, **more
        )
        if not moved:
            raise NotRight((_LATE,))
        row = Sending.objects.select_related("letter").get(pk=sending_id)
        _told(organisation_id, actor, row, on, after)


def _told(organisation_id: int, actor: str, row: Sending, on: date, after: State | str) -> None:
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb=f"message_{after}",
        subject=f"tenancy:{row.letter.tenancy_id}",
        effective_on=on,
        facts={"letter": row.letter_id, "sending": row.pk, "channel": row.channel},
    )
