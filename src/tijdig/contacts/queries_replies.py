"""Reads of answers that came in, in the scope of one organisation: of a tenancy, and what waits for somebody.

`as_of` hides what had not come yet; `known_at` what was not known yet, also that a person assigned it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet

from tijdig.contacts import models
from tijdig.contacts.kinds import Channel
from tijdig.contacts.reply import Attached, Done, Reply, standing
from tijdig.contacts.reply_kinds import Deed, How, Why
from tijdig.contacts.reply_match import Sign
from tijdig.tenancies.queries import any_of


def replies_of(tenancy_id: int, as_of: date, known_at: datetime | None = None) -> list[Reply]:
    """The answers of a tenancy up to a day, also those of programs; the newest last."""
    if not any_of(models.Reply, tenancy_id) and not any_of(models.ReplyDeed, tenancy_id):
        return []
    came = models.Reply.objects.filter(tenancy_id=tenancy_id).values_list("pk")
    assigned = models.ReplyDeed.objects.filter(tenancy_id=tenancy_id).values_list("reply_id")
    rows = models.Reply.objects.filter(pk__in=came.union(assigned), effective_on__lte=as_of)
    return [one for one in _read(rows, known_at) if one.tenancy_id == tenancy_id]


def reply(reply_id: int) -> Reply | None:
    """One answer as it stands now; None where this organisation has none of that id."""
    return next(iter(_read(models.Reply.objects.filter(pk=reply_id))), None)


def unmatched(most: int | None = None) -> list[Reply]:
    """The answers that are nobody's yet, the oldest first."""
    return _work(models.ReplyWork.objects.filter(tenancy=None), most)


def unanswered(as_of: date, most: int | None = None) -> list[Reply]:
    """The answers of tenants that came up to a day and that nobody has dealt with by now, the oldest first."""
    return _work(models.ReplyWork.objects.filter(tenancy__isnull=False, reply__effective_on__lte=as_of), most)


def unanswered_by_tenancy(as_of: date) -> list[tuple[int, datetime]]:
    """Whose they are and when they came, without what they say; the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT w.tenancy_id, r.received_at FROM contacts_replywork w JOIN contacts_reply r ON r.id = w.reply_id
                WHERE w.tenancy_id IS NOT NULL AND r.effective_on <= %s ORDER BY r.received_at, r.id""",
            [as_of],
        )
        return list(cursor.fetchall())


def automatic_since(since: date, most: int) -> list[Reply]:
    """What programs sent from a day on, the newest first: so that somebody can see that no person is among it."""
    personal = models.ReplyDeed.objects.filter(deed=Deed.PERSONAL.value).values("reply_id")
    rows = models.Reply.objects.filter(automatic=True, effective_on__gte=since).exclude(pk__in=personal)
    newest = list(rows.order_by("-received_at", "-id").values_list("pk", flat=True)[:most])
    return _read(models.Reply.objects.filter(pk__in=newest))[::-1]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many answers are nobody's, and how many of tenants nobody dealt with."""

    unmatched: int
    unanswered: int

    @property
    def all(self) -> int:
        return self.unmatched + self.unanswered


def waiting() -> Waiting:
    """How much work there is: from the few rows that wait, however many answers ever came."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FILTER (WHERE tenancy_id IS NULL), count(*) FILTER (WHERE tenancy_id IS NOT NULL)
                 FROM contacts_replywork"""
        )
        return Waiting(*cursor.fetchone())


def known_uids(folder: str, validity: int, uids: Sequence[int]) -> set[int]:
    """Which of these places in a folder were taken before."""
    rows = models.Reply.objects.filter(folder=folder, validity=validity, uid__in=uids)
    return {int(uid) for uid in rows.values_list("uid", flat=True) if uid is not None}


def _work(rows: QuerySet[models.ReplyWork], most: int | None) -> list[Reply]:
    oldest = list(rows.order_by("reply__received_at", "reply_id").values_list("reply_id", flat=True)[:most])
    return _read(models.Reply.objects.filter(pk__in=oldest))


def _read(rows: QuerySet[models.Reply], known_at: datetime | None = None) -> list[Reply]:
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    found = list(rows.select_related("replytext").order_by("received_at", "id"))
    deeds = _deeds([row.pk for row in found], known_at)
    return [_reply(row, deeds.get(row.pk, ())) for row in found]


def _deeds(reply_ids: Sequence[int], known_at: datetime | None) -> dict[int, tuple[Done, ...]]:
    rows = models.ReplyDeed.objects.filter(reply_id__in=reply_ids).select_related("replydeedtext")
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    found: dict[int, tuple[Done, ...]] = {}
    for row in rows.order_by("reply_id", "number"):
        reason = row.replydeedtext.text if hasattr(row, "replydeedtext") else ""
        done = Done(Deed(row.deed), row.tenancy_id, row.at, row.actor, reason)
        found[row.reply_id] = (*found.get(row.reply_id, ()), done)
    return found


def _reply(row: models.Reply, deeds: tuple[Done, ...]) -> Reply:
    sign = Sign(How(row.how), row.tenancy_id, row.said) if row.tenancy_id is not None else None
    stands = standing(sign, row.automatic, deeds)
    text = row.replytext if hasattr(row, "replytext") else None
    return Reply(
        id=row.pk,
        tenancy_id=stands.tenancy_id,
        state=stands.state,
        how=stands.how,
        arrived=sign,
        why=Why(row.why) if row.why else None,
        suggestions=tuple(Sign(How(how), tenancy, said) for tenancy, how, said in row.suggested),
        channel=Channel(row.channel),
        received_at=row.received_at,
        on=row.effective_on,
        recorded_at=row.recorded_at,
        automatic=row.automatic_why,
        trouble=row.trouble,
        sender=text.sender if text else "",
        sender_name=text.sender_name if text else "",
        subject=text.subject if text else "",
        text=text.text if text else "",
        quoted=text.quoted if text else "",
        shortened=text.shortened if text else False,
        attached=tuple(Attached(name, size) for name, size in text.attached) if text else (),
        deeds=deeds,
    )
