"""Answers of tenants come in: the folder of mail is read, and text messages are delivered. What is kept: `contacts`.

Each mail is a transaction of its own, and is marked as seen after it was kept. Who stops in between keeps it once more: it
is known, by what it says and by its place, and only the mark is missing. A mail at which we stumble is kept without its
text, with the reason; the next one is read all the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import OperationalError

from tijdig.access.scope import organisation_scope
from tijdig.base.days import amsterdam_day
from tijdig.carriers.imap import Fetched, Folder, FolderError, Opened, open_folder
from tijdig.carriers.reply_mail import MailReply, reply_of
from tijdig.carriers.sms_reply import SmsReply
from tijdig.contacts.actions_take import Taken, take
from tijdig.contacts.kinds import Channel
from tijdig.contacts.queries_replies import known_uids
from tijdig.contacts.reply import Attached, Received
from tijdig.contacts.reply_kinds import Why
from tijdig.contacts.reply_match import Match, match
from tijdig.letters.actions_carriers import carriers_of, reply_folder
from tijdig.letters.actions_run import take_mail
from tijdig.letters.queries_signs import signs_of_mail, signs_of_sms
from tijdig.sandbox.process import in_a_limited_process

log = logging.getLogger(__name__)
ACTOR = "system:replies"
_MANY = 100  # in one conversation
_LATE = timedelta(days=7)  # so long ago a text message may have come before it was delivered to us


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading a folder once. `trouble` is why it could not be read (Dutch); `more` when there is more."""

    new: int = 0
    known: int = 0
    stumbled: int = 0
    more: bool = False
    trouble: str = ""


def read_replies(
    *, organisation_id: int, clock: Callable[[], datetime], go_on: Callable[[], bool] = lambda: True
) -> Read | None:
    """Take in what nobody saw yet; None where this corporation has no folder. May run in several processes at once."""
    folder = reply_folder(organisation_id)
    if folder is None:
        return None
    tally = _Tally()
    try:
        with open_folder(folder) as opened:
            uids = opened.unseen()
            _read_all(organisation_id, folder, opened, uids[:_MANY], tally, clock, go_on)
            return replace(tally.told(), more=len(uids) > _MANY)
    except FolderError as error:
        log.error("the replies of organisation %s cannot be read: %s", organisation_id, error)
        return replace(tally.told(), trouble=str(error))


class _Tally:
    def __init__(self) -> None:
        self.new = self.known = self.stumbled = 0

    def told(self) -> Read:
        return Read(self.new, self.known, self.stumbled)


def _read_all(
    organisation_id: int,
    folder: Folder,
    opened: Opened,
    uids: list[int],
    tally: _Tally,
    clock: Callable[[], datetime],
    go_on: Callable[[], bool],
) -> None:
    with organisation_scope(organisation_id):
        known = known_uids(folder.place, opened.validity, uids) if opened.validity else set()
    for uid in uids:
        if not go_on():
            return
        if uid in known:  # it was kept before, and then the mark was not set
            tally.known += 1
        elif (fetched := opened.fetch(uid)) is None or not _kept(
            organisation_id, folder, opened.validity, fetched, tally, clock()
        ):
            continue
        opened.seen(uid)


def _kept(
    organisation_id: int, folder: Folder, validity: int, fetched: Fetched, tally: _Tally, now: datetime
) -> bool:
    """Keep this mail, if need be without its text; false where even that did not go, so that it comes again."""
    place = (folder.place, validity, fetched.uid) if validity else None
    for keep in (take_reply, _take_bare):
        try:
            taken = keep(organisation_id=organisation_id, fetched=fetched, place=place, now=now)
        except OperationalError:
            raise  # of the database, and passing: the mail comes again
        except Exception:
            log.exception("mail %s of organisation %s cannot be kept", fetched.uid, organisation_id)
            tally.stumbled += keep is take_reply
            continue
        tally.new += taken.new
        tally.known += not taken.new
        return True
    return False


def take_reply(
    *, organisation_id: int, fetched: Fetched, place: tuple[str, int, int] | None, now: datetime
) -> Taken:
    """One mail as an answer. A report about a message of ours is one, and is told to whom it is about as well."""
    reply = in_a_limited_process(reply_of, fetched.raw, fetched.whole)
    if reply.automatic == "report":
        take_mail(organisation_ids=[organisation_id], raw=fetched.raw, now=now)
    with organisation_scope(organisation_id):
        found = match(signs_of_mail(reply))
    return _take(organisation_id, _placed(_received(reply, fetched, found, now), place), now)


def _take_bare(
    *, organisation_id: int, fetched: Fetched, place: tuple[str, int, int] | None, now: datetime
) -> Taken:
    """A mail at which we stumbled: that it came, and that it must be read where it lies."""
    bare = Received(
        channel=Channel.EMAIL,
        received_at=_came(fetched.at, now),
        digest=sha256(fetched.raw).hexdigest(),
        match=Match(None, Why.NOBODY),
        trouble="not_kept",
    )
    return _take(organisation_id, _placed(bare, place), now)


def _received(reply: MailReply, fetched: Fetched, found: Match, now: datetime) -> Received:
    return Received(
        channel=Channel.EMAIL,
        received_at=_came(fetched.at, now),
        digest=reply.digest,
        match=found,
        sender=reply.sender,
        sender_name=reply.sender_name,
        subject=reply.subject,
        text=reply.text,
        quoted=reply.quoted,
        shortened=reply.shortened,
        attached=tuple(Attached(one.name, one.size_bytes) for one in reply.attached),
        automatic=reply.automatic,
        trouble=reply.trouble,
    )


def _came(at: datetime | None, now: datetime) -> datetime:
    """When the server got it; never later than now, whatever a clock elsewhere says."""
    return min(at, now) if at is not None else now


def _placed(received: Received, place: tuple[str, int, int] | None) -> Received:
    if place is None:
        return received
    folder, validity, uid = place
    return replace(received, folder=folder, validity=validity, uid=uid)


def take_sms(*, organisation_id: int, reply: SmsReply, now: datetime) -> Taken:
    """One text message as an answer. Whoever delivers it is believed: the door has seen who he is."""
    carrier = carriers_of(organisation_id).sms
    with organisation_scope(organisation_id):
        found = match(signs_of_sms(reply, carrier.name if carrier else ""))
    at = reply.at if reply.at is not None and reply.at > now - _LATE else None
    received = Received(
        channel=Channel.SMS,
        received_at=_came(at, now),
        digest=sha256(f"sms\0{reply.id}".encode()).hexdigest(),
        match=found,
        sender=reply.sender,
        text=reply.text,
    )
    return _take(organisation_id, received, now)


def _take(organisation_id: int, received: Received, now: datetime) -> Taken:
    return take(organisation_id=organisation_id, actor=ACTOR, received=received, on=amsterdam_day(now))
