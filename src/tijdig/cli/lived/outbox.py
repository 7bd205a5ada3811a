"""The post of a made-up year: what the program writes by itself, what goes, what comes back, and what is held."""

from __future__ import annotations

from datetime import datetime, timedelta

from tijdig.access.scope import organisation_scope
from tijdig.carriers.channel import Arrival, Channel, Report
from tijdig.carriers.chosen import Carriers
from tijdig.cli.lived.desk import Desk
from tijdig.lab.scripted import bounces
from tijdig.letters.actions_arrived import take_report
from tijdig.letters.actions_automatic import carry_out
from tijdig.letters.actions_mailbox import Mailbox
from tijdig.letters.actions_print import hand_over_batch, make_batch, make_part
from tijdig.letters.actions_queue import deal_with, release, say_came_back, take_back
from tijdig.letters.actions_sending import Round, recover, send_next
from tijdig.letters.queries_batch import overtaken
from tijdig.letters.queries_box import Tray, box
from tijdig.letters.states import State

ACTOR = "system:year"
_BACK_AFTER_DAYS = 2
_GONE_STALE = ("paid_since", "arranged", "too_late", "moved", "died", "open_again")


def automatic(desk: Desk, now: datetime) -> None:
    """What the way of working lets the program write is written, and what may go goes."""
    carried = carry_out(organisation_id=desk.organisation, on=desk.on, now=now)
    desk.count("messages_written", carried.written)
    desk.count("messages_postponed", carried.postponed)
    send(desk, now)


def send(desk: Desk, now: datetime) -> None:
    """To the mailbox of the program, which takes what a carrier would take."""
    mailbox = Mailbox(desk.organisation)
    carriers = Carriers(email=mailbox, sms=mailbox)
    recover(organisation_id=desk.organisation, carriers=carriers, now=now)
    while send_next(organisation_id=desk.organisation, carriers=carriers, now=now) is Round.DONE:
        pass


def paper(desk: Desk, by: str) -> None:
    """What was printed yesterday goes, without what was overtaken; what waits for paper now is printed."""
    if desk.batch is not None:
        with organisation_scope(desk.organisation):
            without = [place for place, _, _ in overtaken(desk.batch, desk.on)]
        hand_over_batch(
            organisation_id=desk.organisation,
            actor=by,
            batch_id=desk.batch,
            on=desk.on,
            without=without,
        )
        desk.count("batches")
    desk.batch = make_batch(organisation_id=desk.organisation, actor=by, on=desk.on)
    while desk.batch is not None and make_part(organisation_id=desk.organisation, batch_id=desk.batch):
        pass


def come_back(desk: Desk, now: datetime) -> None:
    """Some of what went two days ago comes back; somebody deals with it."""
    sent_on = desk.on - timedelta(days=_BACK_AFTER_DAYS)
    with organisation_scope(desk.organisation):
        rows = [row for row in box(Tray.SENT) if row.sent_on == sent_on and row.state is State.SENT]
    for row in rows:
        if not bounces(desk.tenant(row.tenancy_id), sent_on):
            continue
        if row.channel is Channel.PRINT:
            say_came_back(
                organisation_id=desk.organisation, actor=ACTOR, sending_id=row.id, on=desk.on, now=now
            )
        else:
            report = Report(Arrival.BOUNCED, key=row.message_key)
            take_report(organisation_id=desk.organisation, report=report, actor=ACTOR, now=now, on=desk.on)
        deal_with(organisation_id=desk.organisation, actor=ACTOR, sending_id=row.id, on=desk.on)
        desk.count("came_back")


def look_at_held(desk: Desk, by: str, now: datetime) -> None:
    """What was held: taken back where it was overtaken, let go where it no longer is."""
    with organisation_scope(desk.organisation):
        rows = [row for row in box(Tray.WAITS, most=500) if row.state is State.HELD]
    for row in rows:
        if row.why in _GONE_STALE:
            take_back(organisation_id=desk.organisation, actor=by, sending_id=row.id, on=desk.on)
            desk.count("held_taken_back")
        elif not _waits(desk, row.tenancy_id):
            release(organisation_id=desk.organisation, actor=by, sending_id=row.id, on=desk.on, now=now)
            desk.count("held_released")


def _waits(desk: Desk, tenancy: int) -> bool:
    lease = desk.lease(tenancy)
    return any(one.lease == lease for _, one in desk.loose)
