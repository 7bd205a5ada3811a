"""Reads of contacts and promises, in the scope of one organisation. What was taken back counts for nothing.

`as_of` hides what was not true yet, `known_at` what was not known yet: also that a contact was taken back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection

from tijdig.base.arrays import literal
from tijdig.contacts import models
from tijdig.contacts.contact import NO_DAY, Contact, ContactColumns, Withdrawn
from tijdig.contacts.kinds import Cause, Channel, Direction, NextStep, Outcome, Reached, Who
from tijdig.contacts.promise import Promise
from tijdig.contacts.reply import PLACING
from tijdig.contacts.reply_kinds import Deed
from tijdig.contacts.talk import HOUSEHOLD, SOUGHT, SPOKEN

_SEEN_DAYS = 400  # a year, and a month for who works it off


def contacts_of(
    tenancy_ids: Sequence[int], *, as_of: date, known_at: datetime | None = None, withdrawn: bool = False
) -> list[Contact]:
    """The contacts of these tenancies up to a day; by tenancy, newest last. `withdrawn` shows those taken back too."""
    rows = _read(
        "c.tenancy_id = ANY(%(ids)s) AND c.effective_on <= %(as_of)s",
        {"ids": [int(one) for one in tenancy_ids], "as_of": as_of, "known_at": known_at},
    )
    return [one for one in rows if withdrawn or one.withdrawn is None]


def contact(contact_id: int) -> Contact | None:
    """One contact, taken back or not; None where this organisation has none of that id."""
    return next(iter(_read("c.id = %(id)s", {"id": contact_id, "known_at": None})), None)


def written_as(asked_as: UUID) -> int | None:
    """The contact that a form made; None where it made none yet."""
    return models.Contact.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()


def promises_of(
    tenancy_ids: Sequence[int] | None, *, as_of: date, known_at: datetime | None = None
) -> dict[int, list[Promise]]:
    """The promises by tenancy, in the order of making; of every tenancy where none are named. Who has none is left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_PROMISES} {'' if tenancy_ids is None else _OF_THE_TENANCIES} ORDER BY p.tenancy_id, p.made_on, p.contact_id",
            {
                "as_of": as_of,
                "known_at": known_at,
                "ids": None if tenancy_ids is None else [int(one) for one in tenancy_ids],
            },
        )
        found: dict[int, list[Promise]] = {}
        for tenancy, *made in cursor.fetchall():
            found.setdefault(tenancy, []).append(Promise(*made))
    return found


_PROMISES = """
SELECT p.tenancy_id, p.contact_id, p.made_on, p.amount_cents, p.due_on
  FROM contacts_promise p JOIN contacts_contact c ON c.id = p.contact_id
 WHERE p.made_on <= %(as_of)s AND (%(known_at)s::timestamptz IS NULL OR c.recorded_at <= %(known_at)s)
   AND NOT EXISTS (SELECT 1 FROM contacts_withdrawal w WHERE w.contact_id = p.contact_id
                      AND (%(known_at)s::timestamptz IS NULL OR w.recorded_at <= %(known_at)s))
"""
_OF_THE_TENANCIES = "AND p.tenancy_id = ANY(%(ids)s)"
_COLUMNS = """
WITH counted AS (
    SELECT c.tenancy_id, c.effective_on - date '1970-01-01' AS day, c.at, c.direction = 'in' AS came_in, c.channel,
           c.reached = 'talked' AND c.channel = ANY(%(spoken)s) AND c.who = ANY(%(household)s) AS talk,
           c.direction = 'out' AND c.channel = ANY(%(sought)s) AS sought,
           c.direction = 'out' AND c.channel <> ALL(%(spoken)s) AND c.reached = 'message' AS wrote
      FROM contacts_contact c
      LEFT JOIN unnest(%(paid)s::integer[], %(paid_on)s::date[]) AS paid(tenancy_id, on_day)
             ON paid.tenancy_id = c.tenancy_id
     WHERE c.effective_on > %(since)s AND c.effective_on <= %(as_of)s
       AND (paid.on_day IS NULL OR c.effective_on > paid.on_day)
       AND (%(ids)s::integer[] IS NULL OR c.tenancy_id = ANY(%(ids)s))
       AND (%(known_at)s::timestamptz IS NULL OR c.recorded_at <= %(known_at)s)
       AND NOT EXISTS (SELECT 1 FROM contacts_withdrawal w WHERE w.contact_id = c.id
                          AND (%(known_at)s::timestamptz IS NULL OR w.recorded_at <= %(known_at)s))
), came AS (
    SELECT r.id, r.tenancy_id, r.effective_on - date '1970-01-01' AS day, r.automatic
      FROM contacts_reply r
     WHERE r.effective_on > %(since)s AND r.effective_on <= %(as_of)s {of_some}
       AND (%(known_at)s::timestamptz IS NULL OR r.recorded_at <= %(known_at)s)
), done AS (
    SELECT d.reply_id, d.number, d.deed, d.tenancy_id FROM contacts_replydeed d
     WHERE d.deed <> 'handled' {of_those} AND (%(known_at)s::timestamptz IS NULL OR d.recorded_at <= %(known_at)s)
), placed AS (
    SELECT DISTINCT ON (reply_id) reply_id, tenancy_id FROM done
     WHERE deed = ANY(%(placing)s) ORDER BY reply_id, number DESC
), answered AS (
    SELECT CASE WHEN p.reply_id IS NULL THEN c.tenancy_id ELSE p.tenancy_id END AS tenancy_id, max(c.day) AS day
      FROM came c LEFT JOIN placed p ON p.reply_id = c.id
     WHERE NOT c.automatic OR c.id IN (SELECT reply_id FROM done WHERE deed = %(personal)s)
     GROUP BY 1
), both_sides AS (
    SELECT tenancy_id, day, at, came_in, channel, talk, sought, wrote FROM counted
     UNION ALL
    SELECT tenancy_id, day, NULL, true, NULL, false, false, false FROM answered
     WHERE tenancy_id IS NOT NULL AND (%(ids)s::integer[] IS NULL OR tenancy_id = ANY(%(ids)s))
), told AS (
    SELECT *, at > coalesce(max(at) FILTER (WHERE talk) OVER (PARTITION BY tenancy_id), '-infinity') AS since_talk
      FROM both_sides
)
SELECT tenancy_id, coalesce(max(day) FILTER (WHERE talk), %(none)s),
       coalesce(max(day) FILTER (WHERE sought AND NOT talk), %(none)s),
       coalesce(max(day) FILTER (WHERE came_in), %(none)s),
       count(*) FILTER (WHERE since_talk AND sought AND NOT talk AND channel <> 'visit'),
       count(*) FILTER (WHERE since_talk AND sought AND NOT talk AND channel = 'visit'),
       count(*) FILTER (WHERE since_talk AND wrote)
  FROM told GROUP BY tenancy_id ORDER BY tenancy_id
"""


# Told apart, because the indexes are found by them: an answer came to these tenancies, or was given to them by a person.
_OF_SOME = """AND r.id IN (SELECT o.id FROM contacts_reply o WHERE o.tenancy_id = ANY(%(ids)s)
                             UNION SELECT a.reply_id FROM contacts_replydeed a WHERE a.tenancy_id = ANY(%(ids)s))"""
_OF_THOSE = "AND d.reply_id = ANY(ARRAY(SELECT id FROM came))"


def contact_columns(
    as_of: date,
    ids: Sequence[int] | None = None,
    *,
    known_at: datetime | None = None,
    after: Mapping[int, date] | None = None,
    seen_days: int = _SEEN_DAYS,
) -> ContactColumns:
    """The contacts of the last `seen_days` in one query; of every tenancy where none are named. What is a talk: `talk`.

    `after` leaves out, of these tenancies, what was said or tried up to and including their day.

    An answer that stands with a tenancy is contact that its side sought (`reply`), and neither a talk nor an attempt.
    """
    named: dict[str, Any] = {
        "as_of": as_of,
        "since": as_of - timedelta(days=seen_days),
        "ids": None if ids is None else [int(one) for one in ids],
        "known_at": known_at,
        "paid": literal("integer", list(after or ())),
        "paid_on": literal("date", list((after or {}).values())),
        "none": NO_DAY,
        "spoken": [word.value for word in SPOKEN],
        "sought": [word.value for word in SOUGHT],
        "household": [word.value for word in HOUSEHOLD],
        "placing": [deed.value for deed in PLACING],
        "personal": Deed.PERSONAL.value,
    }
    with connection.cursor() as cursor:
        some = (
            {"of_some": "", "of_those": ""} if ids is None else {"of_some": _OF_SOME, "of_those": _OF_THOSE}
        )
        cursor.execute(_COLUMNS.format(**some), named)
        table = np.array(cursor.fetchall(), np.int64).reshape(-1, 7).T
    tenancy, talk, attempt, came_in, phone, visit, messages = table
    talk_day, attempt_day, in_day = (days.astype(np.int32) for days in (talk, attempt, came_in))
    return ContactColumns(tenancy, talk_day, attempt_day, in_day, phone, visit, messages)


_CONTACTS = """
SELECT c.id, c.tenancy_id, c.person_id, c.channel, c.direction, c.reached, c.who, c.outcome, c.causes, c.effective_on, c.at,
       c.minutes, c.next_step, c.next_on, c.actor, c.recorded_at, coalesce(x.text, ''),
       p.made_on, p.amount_cents, p.due_on, w.at, w.actor, coalesce(y.text, ''), c.confidential
  FROM contacts_contact c
  LEFT JOIN contacts_contacttext x ON x.contact_id = c.id
  LEFT JOIN contacts_promise p ON p.contact_id = c.id
  LEFT JOIN contacts_withdrawal w ON w.contact_id = c.id
        AND (%(known_at)s::timestamptz IS NULL OR w.recorded_at <= %(known_at)s)
  LEFT JOIN contacts_withdrawaltext y ON y.withdrawal_id = w.contact_id
 WHERE (%(known_at)s::timestamptz IS NULL OR c.recorded_at <= %(known_at)s)
"""


def _read(condition: str, named: dict[str, Any]) -> list[Contact]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_CONTACTS} AND {condition} ORDER BY c.tenancy_id, c.at, c.id", named)
        return [_contact(*row) for row in cursor.fetchall()]


def _contact(
    pk: int,
    tenancy_id: int,
    person_id: int | None,
    channel: str,
    direction: str,
    reached: str,
    who: str,
    outcome: str,
    causes: list[str],
    on: date,
    at: datetime,
    minutes: int | None,
    next_step: str,
    next_on: date | None,
    actor: str,
    recorded_at: datetime,
    note: str,
    made_on: date | None,
    cents: int | None,
    due_on: date | None,
    gone_at: datetime | None,
    gone_by: str | None,
    gone_text: str,
    confidential: bool,
) -> Contact:
    return Contact(
        id=pk,
        tenancy_id=tenancy_id,
        person_id=person_id,
        channel=Channel(channel),
        direction=Direction(direction),
        reached=Reached(reached),
        who=Who(who),
        outcome=Outcome(outcome),
        causes=tuple(Cause(cause) for cause in causes),
        on=on,
        at=at,
        minutes=minutes,
        next_step=NextStep(next_step),
        next_on=next_on,
        actor=actor,
        recorded_at=recorded_at,
        note=note,
        promise=Promise(pk, made_on, cents, due_on) if made_on and cents and due_on else None,
        withdrawn=Withdrawn(gone_at, gone_by, gone_text) if gone_at and gone_by is not None else None,
        confidential=confidential,
    )
