"""What people do with answers: say whose one is, give it back, set it aside, say that it was dealt with.

Nothing is changed: each is a row of its own, and the last one counts (`reply`). How an answer comes in: `actions_take`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from tijdig.access.scope import broken_rule, organisation_scope
from tijdig.contacts import models
from tijdig.contacts.queries_replies import reply as read_reply
from tijdig.contacts.reply import REASONED, WORK, Done, Reply, Standing, may, standing
from tijdig.contacts.reply_kinds import Deed, State
from tijdig.contacts.values import LONGEST_REASON, Fault, fault
from tijdig.history.actions import record
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.tenancies.models import Tenancy


class NotDone(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """What somebody wanted to do with an answer is not done; `faults` says why, and what to do."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(one.sentence for one in faults))
        self.faults = faults


def assign(
    *, organisation_id: int, actor: str, reply_id: int, tenancy_id: int, now: datetime, on: date
) -> None:
    """Say whose answer it is. Raises `NotDone`; to whom it stands already it is not assigned again."""
    _do(organisation_id, actor, reply_id, Deed.ASSIGNED, now, on, tenancy_id=tenancy_id)


def give_back(
    *, organisation_id: int, actor: str, reply_id: int, reason: str, now: datetime, on: date
) -> None:
    """Say that it is not of whom it stands with: it goes back to the queue. Raises `NotDone`."""
    _do(organisation_id, actor, reply_id, Deed.RETURNED, now, on, reason=reason)


def set_aside(
    *, organisation_id: int, actor: str, reply_id: int, reason: str, now: datetime, on: date
) -> None:
    """Say that it is of no tenant, with a reason. Raises `NotDone`."""
    _do(organisation_id, actor, reply_id, Deed.SET_ASIDE, now, on, reason=reason)


def handle(*, organisation_id: int, actor: str, reply_id: int, now: datetime, on: date) -> None:
    """Say that an answer of a tenant was dealt with. Raises `NotDone`."""
    _do(organisation_id, actor, reply_id, Deed.HANDLED, now, on)


def say_personal(*, organisation_id: int, actor: str, reply_id: int, now: datetime, on: date) -> None:
    """Say that a person wrote what was taken for a program's: it waits like any other. Raises `NotDone`."""
    _do(organisation_id, actor, reply_id, Deed.PERSONAL, now, on)


def _do(
    organisation_id: int,
    actor: str,
    reply_id: int,
    deed: Deed,
    now: datetime,
    on: date,
    *,
    tenancy_id: int | None = None,
    reason: str = "",
) -> None:
    reason = reason.strip()
    with organisation_scope(organisation_id):
        known = read_reply(reply_id)
        if known is None:
            raise NotDone((fault("reply_unknown"),))
        if _stands_so(known, deed, tenancy_id):
            return  # the same button twice
        if faults := tuple(_faults(known, deed, tenancy_id, reason)):
            raise NotDone(faults)
        try:
            with transaction.atomic():
                row = models.ReplyDeed.objects.create(
                    organisation_id=organisation_id,
                    reply_id=reply_id,
                    number=len(known.deeds) + 1,
                    deed=deed.value,
                    tenancy_id=tenancy_id,
                    effective_on=on,
                    at=now,
                    actor=actor,
                )
        except IntegrityError as error:
            if broken_rule(error) != "contacts_replydeed_number":
                raise
            raise NotDone((fault("reply_moved"),)) from error
        if reason:
            models.ReplyDeedText.objects.create(organisation_id=organisation_id, deed=row, text=reason)
        _tell(organisation_id, known, Done(deed, tenancy_id, now, actor, reason), on)


def _stands_so(known: Reply, deed: Deed, tenancy_id: int | None) -> bool:
    if deed is Deed.ASSIGNED:
        return known.state is State.WAITS and known.tenancy_id == tenancy_id
    done = known.deeds[-1].deed if known.deeds else None
    return done is deed and deed is not Deed.PERSONAL


def _faults(known: Reply, deed: Deed, tenancy_id: int | None, reason: str) -> list[Fault]:
    found = []
    if not may(known.state, deed):
        found.append(fault("reply_moved"))
    if deed in REASONED and not reason:
        found.append(fault("reply_reason_missing"))
    if len(reason) > LONGEST_REASON:
        found.append(fault("reason_long", LONGEST_REASON))
    # A foreign key looks through the wall; this does not.
    if tenancy_id is not None and not Tenancy.objects.filter(pk=tenancy_id).exists():
        found.append(fault("tenancy_unknown"))
    return found


def _tell(organisation_id: int, known: Reply, done: Done, on: date) -> None:
    """History, what waits now, and a new evaluation of whom it was with and is with."""
    stands = standing(known.arrived, bool(known.automatic), (*known.deeds, done))
    put_to_work(organisation_id, known.id, stands)
    record(
        organisation_id=organisation_id,
        actor=done.actor,
        verb=f"reply_{done.deed.value}",
        subject=subject_of(known.id, done.tenancy_id or known.tenancy_id),
        effective_on=on,
        facts={"reply": known.id, "from": known.tenancy_id, "to": stands.tenancy_id},
        text=done.reason,
    )
    mark(organisation_id, [known.tenancy_id, stands.tenancy_id], on)


def put_to_work(organisation_id: int, reply_id: int, stands: Standing) -> None:
    """Let it wait for somebody, or no longer; in the caller's transaction."""
    if stands.state in WORK:
        models.ReplyWork.objects.update_or_create(
            reply_id=reply_id,
            defaults={"organisation_id": organisation_id, "tenancy_id": stands.tenancy_id},
        )
    else:
        models.ReplyWork.objects.filter(reply_id=reply_id).delete()


def mark(organisation_id: int, tenancies: Sequence[int | None], on: date) -> None:
    """Have these tenancies evaluated, as far as there are any."""
    ids = sorted({one for one in tenancies if one is not None})
    mark_dirty(organisation_id=organisation_id, tenancy_ids=ids, on=on)


def subject_of(reply_id: int, tenancy_id: int | None) -> str:
    """Under whom history tells of it."""
    return f"reply:{reply_id}" if tenancy_id is None else f"tenancy:{tenancy_id}"
