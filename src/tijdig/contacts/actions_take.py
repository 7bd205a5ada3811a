"""How an answer comes in: once, with where it belongs, in one transaction.

The same message again is the one that is there: known by its digest, or by its place in a folder of mail. So whoever reads
may stop at any moment and begin again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

from tijdig.access.scope import broken_rule, organisation_scope
from tijdig.base.bsn import clean
from tijdig.base.days import amsterdam_day
from tijdig.contacts import models
from tijdig.contacts.actions_replies import mark, put_to_work, subject_of
from tijdig.contacts.reply import Received, standing
from tijdig.history.actions import record

_TAKEN_BEFORE = ("contacts_reply_once", "contacts_reply_place")


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer that was taken in; `new` is false where it was there before."""

    id: int
    new: bool


def take(*, organisation_id: int, actor: str, received: Received, on: date) -> Taken:
    """Write an answer down, once, with where it belongs and without numbers that look like a bsn; have it evaluated."""
    received = _kept(received)
    with organisation_scope(organisation_id):
        if known := _known(received):
            return Taken(known, False)
        try:
            with transaction.atomic():
                row = _store(organisation_id, received)
        except IntegrityError as error:
            known = _known(received)
            if known is None or broken_rule(error) not in _TAKEN_BEFORE:
                raise
            return Taken(known, False)  # another process took the same message, and was first
        stands = standing(received.match.sign, bool(received.automatic), ())
        put_to_work(organisation_id, row.pk, stands)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="reply_received",
            subject=subject_of(row.pk, row.tenancy_id),
            effective_on=row.effective_on,
            facts=_facts(row),
            text="\n".join(filter(None, (received.sender, received.subject, received.text))),
        )
        mark(organisation_id, [row.tenancy_id], on)
        return Taken(int(row.pk), True)


def _kept(received: Received) -> Received:
    return replace(
        received,
        sender_name=clean(received.sender_name),
        subject=clean(received.subject),
        text=clean(received.text),
        quoted=clean(received.quoted),
        attached=tuple(replace(one, name=clean(one.name)) for one in received.attached),
    )


def _known(received: Received) -> int | None:
    """The id of this message where it was taken before: by what it says, or by its place in the folder."""
    same = Q(digest=received.digest)
    if received.uid is not None:
        same |= Q(folder=received.folder, validity=received.validity, uid=received.uid)
    return models.Reply.objects.filter(same).values_list("pk", flat=True).first()


def _store(organisation_id: int, received: Received) -> models.Reply:
    found, why = received.match.sign, received.match.why
    row = models.Reply.objects.create(
        organisation_id=organisation_id,
        channel=received.channel.value,
        received_at=received.received_at,
        effective_on=amsterdam_day(received.received_at),
        digest=received.digest,
        folder=received.folder,
        validity=received.validity,
        uid=received.uid,
        tenancy_id=found.tenancy_id if found else None,
        how=found.how.value if found else "",
        said=found.said if found else "",
        why=why.value if why else "",
        suggested=[[one.tenancy_id, one.how.value, one.said] for one in received.match.suggestions],
        automatic=bool(received.automatic),
        automatic_why=received.automatic,
        trouble=received.trouble,
    )
    models.ReplyText.objects.create(
        organisation_id=organisation_id,
        reply=row,
        sender=received.sender,
        sender_name=received.sender_name,
        subject=received.subject,
        text=received.text,
        quoted=received.quoted,
        shortened=received.shortened,
        attached=[[one.name, one.size_bytes] for one in received.attached],
    )
    return row


def _facts(row: models.Reply) -> dict[str, object]:
    """What history keeps: codes and ids, no personal text."""
    return {
        "reply": row.pk,
        "channel": row.channel,
        "how": row.how,
        "said": row.said,
        "why": row.why,
        "automatic": row.automatic_why,
        "trouble": row.trouble,
    }
