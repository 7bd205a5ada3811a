"""Reads of who wants to know and what was told, within the wall of whose they are."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Q

from tijdig.access.people import Person
from tijdig.access.scope import as_person
from tijdig.hooks.kinds import ALWAYS, Kind, State
from tijdig.hooks.values import Delivery, Subscription


def theirs_now() -> frozenset[int]:
    """The files of which a partner may hear, over all corporations: the database's own answer. Inside its wall."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tijdig_partner_files()")
        return frozenset(int(row[0]) for row in cursor.fetchall())


def may_go() -> Q:
    """Which messages to a partner may go, now. Inside its wall."""
    return Q(partner_id=None) | Q(kind__in=[one.value for one in ALWAYS]) | Q(file_id__in=theirs_now())


_SUBSCRIPTIONS = """
SELECT s.id, s.name, s.url, s.kinds, s.made_at, s.paused_at, s.paused_because,
       CASE WHEN s.earlier_until > now() THEN s.earlier_until END,
       (SELECT count(*) FROM hooks_delivery d WHERE d.subscription_id = s.id AND d.state = 'waiting'),
       (SELECT count(*) FROM hooks_delivery d WHERE d.subscription_id = s.id AND d.state = 'failed'),
       (SELECT max(d.done_at) FROM hooks_delivery d WHERE d.subscription_id = s.id)
  FROM hooks_subscription s
 WHERE s.removed_at IS NULL AND coalesce(s.organisation_id, 0) = %s AND coalesce(s.partner_id, 0) = %s
"""


def subscriptions(person: Person) -> list[Subscription]:
    """Of their corporation or partner, by name."""
    with as_person(person), connection.cursor() as cursor:
        cursor.execute(
            f"{_SUBSCRIPTIONS} ORDER BY lower(s.name), s.id", [person.organisation_id, person.partner_id or 0]
        )
        return [_subscription(*row) for row in cursor.fetchall()]


def _subscription(pk: int, name: str, url: str, kinds: str, *rest: Any) -> Subscription:
    return Subscription(pk, name, url, frozenset(kinds.split()), *rest)


def deliveries(person: Person, subscription_id: int, most: int = 200) -> list[Delivery]:
    """What was told and what waits: what did not arrive first, then what waits, then the newest."""
    with as_person(person), connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, kind, corporation, file_id, arrangement_id, number, at, state, tries, next_at, status,
                      detail, done_at
                 FROM hooks_delivery WHERE subscription_id = %s
                  AND coalesce(organisation_id, 0) = %s AND coalesce(partner_id, 0) = %s
                ORDER BY state = 'done', state = 'waiting', id DESC LIMIT %s""",
            [subscription_id, person.organisation_id, person.partner_id or 0, most],
        )
        return [_delivery(*row) for row in cursor.fetchall()]


def _delivery(*row: Any) -> Delivery:
    pk, kind, corporation, file_id, arrangement_id, number, at, state, *rest = row
    return Delivery(pk, Kind(kind), corporation, file_id, arrangement_id, number, at, State(state), *rest)
