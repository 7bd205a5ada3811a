"""Reads of conversations with debt counsellors, and what waits in them, in the scope of one organisation."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from tijdig.help import models
from tijdig.help.agenda import Due
from tijdig.help.queries_traffic_files import FETCHED
from tijdig.help.traffic import MESSAGE_LABEL, Message
from tijdig.help.traffic_days import after
from tijdig.help.traffic_layouts import terms
from tijdig.help.traffic_values import Conversation, Matched, Told
from tijdig.law.holidays import is_rest_day
from tijdig.tenancies.queries import any_of

_MESSAGES = """
SELECT m.id, m.conversation_id, m.kind, coalesce(m.received_on, m.answered_on), m.due_on, m.facts, m.name, m.answers_id,
       e.made_on, coalesce(x.contact, ''), coalesce(x.client, ''), coalesce(x.partner, ''), coalesce(x.address, ''),
       coalesce(x.remark, ''), m.actor, m.recorded_at, x.message_id IS NULL, b.on, coalesce(b.name, '')
  FROM help_message m LEFT JOIN help_conversationtext x ON x.message_id = m.id
  LEFT JOIN help_trafficexportitem i ON i.message_id = m.id LEFT JOIN help_trafficexport e ON e.id = i.export_id
  LEFT JOIN help_messageretraction b ON b.message_id = m.id
 WHERE m.conversation_id = ANY(%s) ORDER BY m.id
"""
_MATCHES = """
SELECT t.conversation_id, t.id, t.tenancy_id, t.proof, t.by_itself, t.matched_on, t.name, r.match_id IS NOT NULL
  FROM help_conversationmatch t LEFT JOIN help_conversationrelease r ON r.match_id = t.id
 WHERE t.conversation_id = ANY(%s) ORDER BY t.id
"""
_OPEN = """
WITH back AS (SELECT message_id FROM help_messageretraction)
SELECT c.id FROM help_conversation c
 WHERE (SELECT n.kind FROM help_message n WHERE n.conversation_id = c.id AND n.direction = 'in' ORDER BY n.id DESC LIMIT 1)
       <> 'end'
   AND (EXISTS (SELECT 1 FROM help_message m WHERE m.conversation_id = c.id AND m.direction = 'in' AND m.due_on IS NOT NULL
                   AND NOT EXISTS (SELECT 1 FROM help_message a WHERE a.answers_id = m.id AND a.id NOT IN (TABLE back)))
     OR (SELECT l.kind FROM help_message l WHERE l.conversation_id = c.id AND l.id NOT IN (TABLE back)
          ORDER BY l.id DESC LIMIT 1) <> 'unknown'
        AND NOT EXISTS (SELECT 1 FROM help_conversationmatch t LEFT JOIN help_conversationrelease r ON r.match_id = t.id
                         WHERE t.conversation_id = c.id AND r.match_id IS NULL))
 ORDER BY c.id
"""
WAITS = (
    f"ARRAY({_OPEN}), {FETCHED}"  # conversations that may wait, and when somebody last looked at the portal
)
_RUNNING = """
SELECT c.id FROM help_conversation c
 WHERE (SELECT n.kind FROM help_message n WHERE n.conversation_id = c.id AND n.kind IN ('agreement', 'end')
         ORDER BY n.id DESC LIMIT 1) = 'agreement'
 ORDER BY c.id DESC LIMIT %s
"""


def conversation(pk: int) -> Conversation | None:
    """One; None where this organisation has none of that id."""
    return next(iter(conversations([pk])), None)


def conversations(ids: Sequence[int]) -> list[Conversation]:
    """These, in the order of their ids."""
    if not ids:
        return []
    rows = list(models.Conversation.objects.filter(pk__in=list(ids)).order_by("pk"))
    told, matched, released = _messages(ids), defaultdict[int, list[Matched]](list), set()
    with connection.cursor() as cursor:
        cursor.execute(_MATCHES, [list(ids)])
        for one, pk, tenancy, proof, by_itself, on, name, mistake in cursor.fetchall():
            if mistake:
                released.add(one)
            else:
                matched[one].append(Matched(pk, tenancy, _plain(proof), by_itself, on, name))
    return [
        Conversation(
            id=row.pk,
            number=str(row.number),
            counsellor=row.counsellor,
            begun_on=row.begun_on,
            messages=tuple(told[row.pk]),
            matches=tuple(matched[row.pk]),
            released=row.pk in released,
        )
        for row in rows
    ]


def _messages(ids: Sequence[int]) -> dict[int, list[Told]]:
    told = defaultdict[int, list[Told]](list)
    with connection.cursor() as cursor:
        cursor.execute(_MESSAGES, [list(ids)])
        for row in cursor.fetchall():
            (
                pk,
                talk,
                kind,
                on,
                due_on,
                facts,
                name,
                answers,
                went_on,
                contact,
                client,
                partner,
                address,
                remark,
                actor,
                recorded_at,
                erased,
                back_on,
                back_by,
            ) = row
            told[talk].append(
                Told(
                    id=pk,
                    conversation_id=talk,
                    kind=Message(kind),
                    on=on,
                    due_on=due_on,
                    facts=_plain(facts),
                    name=name,
                    answers=answers,
                    went_on=went_on,
                    contact=contact,
                    client=client,
                    partner=partner,
                    address=address,
                    remark=remark,
                    actor=actor,
                    recorded_at=recorded_at,
                    erased=erased,
                    back_on=back_on,
                    back_by=back_by,
                )
            )
    return told


def _plain(value: Any) -> Any:
    """A JSON column as a cursor gives it: text, or read already."""
    return json.loads(value) if isinstance(value, str) else value


def numbered(numbers: Sequence[UUID]) -> dict[UUID, int]:
    """The ids of conversations by the hub's number, as far as we know them."""
    rows = models.Conversation.objects.filter(number__in=list(numbers)).values_list("number", "pk")
    return {number: int(pk) for number, pk in rows}


def open_conversations() -> list[Conversation]:
    """Of which an answer or a match waits, and that did not end; the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN)
        ids = [int(row[0]) for row in cursor.fetchall()]
    return [one for one in conversations(ids) if one.waits or one.nobody]


def running(most: int) -> list[Conversation]:
    """Of which an agreement runs, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_RUNNING, [most])
        ids = [int(row[0]) for row in cursor.fetchall()]
    return conversations(ids)[::-1]


def conversations_of(tenancy_id: int) -> list[Conversation]:
    """About one tenancy, the newest first."""
    if not any_of(models.ConversationMatch, tenancy_id):
        return []
    ids = models.ConversationMatch.objects.filter(tenancy_id=tenancy_id).values_list(
        "conversation_id", flat=True
    )
    return [one for one in conversations(sorted(set(ids)))[::-1] if tenancy_id in one.tenancy_ids]


def due(on: date) -> list[Due]:
    """What waits for somebody on a day, the soonest first: answers, matches, and the portal that nobody looked at."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {WAITS}")
        open_ids, fetched = cursor.fetchone()
    return due_of(open_ids, fetched, on)


def due_of(open_ids: Sequence[int], fetched: date | None, on: date) -> list[Due]:
    """The same from what `WAITS` gave."""
    waiting = (one for one in conversations(open_ids) if one.waits or one.nobody)
    items = [*map(_of_conversation, waiting), *_to_fetch(fetched, on)]
    return sorted(items, key=lambda one: (one.due_on, one.kind, one.args))


def _of_conversation(one: Conversation) -> Due:
    asked, route, args = one.waits, "traffic-conversation", (one.id,)
    by = one.counsellor or "een schuldhulpverlener"
    if one.nobody:
        last = asked or next(each for each in reversed(one.messages) if each.incoming)
        due_on = asked.due_on if asked and asked.due_on else after(last.on, terms().match_working_days)
        words = f"{last.label.capitalize()} van {by}: zoek uit welke huurder het is."
        return Due("match", None, due_on, words, route, args)
    assert asked is not None and asked.due_on is not None  # what is matched and waits, waits for an answer
    words = f"{MESSAGE_LABEL[asked.kind].capitalize()} van {by}: antwoord."
    return Due(asked.kind.value, next(iter(one.tenancy_ids), None), asked.due_on, words, route, args)


def _to_fetch(last: date | None, on: date) -> Iterator[Due]:
    if last is not None and last < on and not is_rest_day(on):
        kept = after(last, terms().kept_working_days)
        words = (
            f"Vandaag nog niet opgehaald bij het Schuldenknooppunt; de laatste keer was {last:%d-%m-%Y}. "
            f"Wat er sindsdien kwam, kan vanaf {kept:%d-%m-%Y} gewist zijn."
        )
        yield Due("fetch", None, on, words, "traffic", ())
