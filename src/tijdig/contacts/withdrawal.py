"""When a contact may be taken back, and whether a reason is needed.

Decides: whoever wrote it down may undo that within the minutes of the habits without a reason; after that, and for
anybody else, a reason is needed. A contact is taken back once, for good: what was meant is written down anew.

Units: minutes since it was recorded, not since the talk. Errors: none. Worked example: recorded at 10:00, at 11:00 its
own writer needs no reason, at 11:01 he does; a colleague needs one at 10:01.

Left out: who has the right to do it, which is for the door.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tijdig.base.days import amsterdam_day
from tijdig.contacts.contact import Contact
from tijdig.contacts.habits import habits
from tijdig.contacts.values import LONGEST_REASON, Fault, fault


def is_undo(contact: Contact, actor: str, now: datetime) -> bool:
    """Is this whoever wrote it down, in time?"""
    undo_minutes = habits(amsterdam_day(now)).undo_minutes
    return contact.actor == actor and now <= contact.recorded_at + timedelta(minutes=undo_minutes)


def withdrawal_faults(contact: Contact, actor: str, reason: str, now: datetime) -> Iterator[Fault]:
    """Why it may not be taken back; nothing where it may."""
    if contact.withdrawn:
        yield fault("withdrawn_already")
    elif not reason and not is_undo(contact, actor, now):
        yield fault("reason_missing", habits(amsterdam_day(now)).undo_minutes)
    if len(reason) > LONGEST_REASON:
        yield fault("reason_long", LONGEST_REASON)
