"""How urgent each case of somebody's list is, and one consultant's day.

How urgent is an expression of SQL, because it looks at what four rooms keep; the order and the cut are `day_list`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from tijdig.base.arrays import literal
from tijdig.caseload.queries import minutes_on
from tijdig.cases.day_list import Class, Placed, Work, cut
from tijdig.cases.queries_deadlines import SINCE, THAWED
from tijdig.cases.queries_owner import BESIDES, HELD, Owners
from tijdig.cases.queries_policy import policy_on
from tijdig.policy.document import Policy
from tijdig.policy.words import Act
from tijdig.rulings.kinds import DECISIONS, Kind

# A standing `s` that asks a person for something.
ASKS = "s.alert AND NOT s.automatic"
# What happened or holds today is read once a statement, not once a row.
_URGENT = """
(CASE WHEN s.tenancy_id IN (SELECT c.tenancy_id FROM contacts_contact c WHERE c.effective_on = %(today)s
                      AND c.direction = 'out' AND c.reached <> 'talked' AND c.channel IN ('phone', 'video', 'visit')
                      AND NOT EXISTS (SELECT 1 FROM contacts_withdrawal w WHERE w.contact_id = c.id))
           THEN 4
      WHEN term.no_talk AND term.talk_on < %(today)s AND NOT answered.talk THEN 0
      WHEN NOT decided.yes AND term.decide_on < %(today)s AND NOT answered.decision THEN 0
      WHEN term.no_talk AND %(today)s BETWEEN term.talk_on - %(warn)s AND term.talk_on THEN 1
      WHEN NOT decided.yes AND %(today)s BETWEEN term.decide_on - %(warn)s AND term.decide_on THEN 1
      WHEN s.step_due_on <= %(today)s THEN 2 ELSE 3 END)
"""
_DECIDED = f"""
 CROSS JOIN LATERAL (SELECT s.tenancy_id IN (
    SELECT r.tenancy_id FROM rulings_ruling r LEFT JOIN rulings_ending e ON e.ruling_id = r.id
     WHERE r.kind = ANY(%(decides)s) AND r.from_on <= %(today)s AND r.until_on >= %(today)s
       AND (e.ended_on IS NULL OR e.ended_on > %(today)s)) AS yes) decided
  LEFT JOIN cases_case opened ON opened.tenancy_id = s.tenancy_id AND opened.closed_at IS NULL {THAWED}
 CROSS JOIN LATERAL (SELECT {SINCE} AS on_day, greatest(opened.opened_on, thawed.on_day) AS opened_on) since
 CROSS JOIN LATERAL (SELECT coalesce(bool_or(a.deadline = 'talk'), false) AS talk,
                            coalesce(bool_or(a.deadline = 'decision'), false) AS decision
    FROM cases_answer a WHERE a.tenancy_id = s.tenancy_id AND a.since_on = since.on_day) answered
 CROSS JOIN LATERAL (SELECT
    CASE WHEN since.on_day IS NOT NULL
         THEN greatest(since.on_day + %(talk)s, since.opened_on + %(talk_within)s) END AS talk_on,
    CASE WHEN since.on_day IS NOT NULL
         THEN greatest(since.on_day + %(decide)s, since.opened_on + %(decide_within)s) END AS decide_on,
    since.on_day IS NOT NULL AND coalesce(s.talked_on < since.on_day, true) AS no_talk) term
"""


@dataclass(frozen=True, slots=True)
class Order:
    """`joins` after `cases_standing s`, `urgent` as an expression; named parameters."""

    joins: str
    urgent: str
    params: dict[str, Any]


def order_on(today: date) -> Order:
    """The order of work on a day, by the terms of the way of working."""
    terms = policy_on(today).deadlines
    params = {
        "today": today,
        "talk": terms.talk_by_days,
        "decide": terms.decide_by_days,
        "warn": terms.warn_days,
        "talk_within": terms.talk_within_days,
        "decide_within": terms.decide_within_days,
        "decides": [kind.value for kind in (*DECISIONS, Kind.PAUSE)],
    }
    return Order(_DECIDED, _URGENT, params)


@dataclass(frozen=True, slots=True)
class Day:
    """One person's day. `minutes` is the time there is, `needed` what all of it would take."""

    minutes: int
    needed: int
    placed: Sequence[Placed]

    @property
    def fits(self) -> int:
        return sum(1 for one in self.placed if not one.below)


def day_of(user_id: int, held: Collection[int], today: date) -> Day:
    """All that a consultant has in hand (`held_of`), in its order, cut to the time of the day."""
    works = _works(held, today)
    minutes = minutes_on([user_id], today).get(user_id, 0)
    return Day(minutes, sum(one.minutes for one in works), cut(works, minutes))


def _works(held: Collection[int], today: date) -> list[Work]:
    order, policy = order_on(today), policy_on(today)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT s.tenancy_id, {order.urgent}, s.worth, s.step_due_on - date '1970-01-01', s.rule
                  FROM cases_standing s {order.joins} WHERE {ASKS} AND s.tenancy_id = ANY(%(held)s::integer[])""",
            order.params | {"held": literal("integer", sorted(held))},
        )
        rows = cursor.fetchall()
    minutes = _minutes(policy)
    return [
        Work(tenancy, Class(urgent), worth, due, minutes.get(rule, 0))
        for tenancy, urgent, worth, due, rule in rows
    ]


def _minutes(policy: Policy) -> dict[str, int]:
    return {step.code: policy.minutes[step.do] for step in policy.steps if step.do is not Act.NONE}


def held_of(user_id: int, owners: Owners) -> set[int]:
    """What a consultant works: all that is held, and what asks for somebody in the region and is nobody's."""
    if user_id not in owners.people:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(HELD, owners.named(user_id))
        return {row[0] for row in cursor.fetchall()}


def nobodys_of(user_id: int, owners: Owners, tenancy_ids: Collection[int]) -> set[int]:
    """Of these tenancies those in the region of a consultant that are nobody's."""
    if not tenancy_ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(BESIDES, owners.named(user_id) | {"besides": sorted(tenancy_ids)})
        return {row[0] for row in cursor.fetchall()}
