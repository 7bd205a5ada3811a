"""The guarded terms of a corporation: what nears, what was missed and nobody answered for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.db import connection

from tijdig.base.arrays import literal
from tijdig.base.days import day_number
from tijdig.cases.deadlines import QUIET, Deadline, Guarded, State, guarded
from tijdig.cases.queries_policy import policy_on
from tijdig.policy.terms import Deadlines
from tijdig.rulings.kinds import DECISIONS, Kind
from tijdig.rulings.queries import in_force
from tijdig.tenancies.flags import PROCEDURES
from tijdig.tenancies.queries_flags import NO_DAY, flags_and_begun

_SHOWN = (State.NEAR, State.MISSED)
_DECIDES = frozenset({*DECISIONS, Kind.PAUSE})


def deadlines(
    on: date, ids: Sequence[int] | None = None, *, states: Sequence[State] = _SHOWN
) -> list[Guarded]:
    """The terms that are in one of these states, the nearest first; of every tenancy where none are named."""
    terms = policy_on(on).deadlines
    behind = _behind(on, terms, ids, every=not set(states) <= set(_SHOWN))
    named = [tenancy for tenancy, *_ in behind]
    decided = _decided(on, named, {tenancy for tenancy, *_, runs in behind if runs}) if named else set()
    answers = _answers(named) if named else set()
    found = []
    for tenancy, since, talked, opened, _ in behind:
        for deadline, met in (
            (Deadline.TALK, talked is not None and talked >= since),
            (Deadline.DECISION, tenancy in decided),
        ):
            one = guarded(
                deadline,
                tenancy_id=tenancy,
                since_on=since,
                opened_on=opened,
                on=on,
                terms=terms,
                met=met,
                answered=(tenancy, deadline.value, since) in answers,
            )
            if one.state in states:
                found.append(one)
    return sorted(found, key=lambda one: (one.due_on, one.tenancy_id))


# The clock by which the terms of a standing count: of who is in a debt procedure, that of what fell due since it began. The
# old debt stands still, so there is no clock where nothing new is overdue.
SINCE = "CASE WHEN s.new_overdue_cents IS NULL THEN s.arrears_since_on ELSE s.new_since_on END"
# When a debt procedure last ended: from that day on the old debt is asked again, and not from years before it.
THAWED = f"""
  LEFT JOIN (SELECT tenancy_id, max(end_on) AS on_day FROM tenancies_tenancyflagend
              WHERE kind IN ({", ".join(f"'{flag.value}'" for flag in PROCEDURES)}) AND end_on > begin_on
              GROUP BY tenancy_id) thawed ON thawed.tenancy_id = s.tenancy_id
"""
# The database leaves out whose terms are far ahead, and who talked with the decision far ahead; how one stands: `guarded`.
_BEHIND = f"""
SELECT s.tenancy_id, since.on_day, s.talked_on, greatest(c.opened_on, thawed.on_day), s.new_overdue_cents IS NOT NULL
  FROM cases_standing s LEFT JOIN cases_case c ON c.tenancy_id = s.tenancy_id AND c.closed_at IS NULL {THAWED}
 CROSS JOIN LATERAL (SELECT {SINCE} AS on_day) since
 WHERE s.overdue_cents > 0 AND since.on_day IS NOT NULL AND s.alert AND s.bucket <> ALL(%(quiet)s)
   AND (%(ids)s::integer[] IS NULL OR s.tenancy_id = ANY(%(ids)s::integer[]))
   AND (%(every)s
        OR (s.talked_on IS NULL OR s.talked_on < since.on_day)
           AND greatest(since.on_day + %(talk)s, greatest(c.opened_on, thawed.on_day) + %(talk_within)s) <= %(near)s
        OR greatest(since.on_day + %(decide)s, greatest(c.opened_on, thawed.on_day) + %(decide_within)s) <= %(near)s)
 ORDER BY s.tenancy_id
"""


def _behind(
    on: date, terms: Deadlines, ids: Sequence[int] | None, *, every: bool
) -> list[tuple[int, date, date | None, date | None, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            _BEHIND,
            {
                "quiet": sorted(bucket.value for bucket in QUIET),
                "ids": None if ids is None else literal("integer", ids),
                "every": every,
                "near": on + timedelta(days=terms.warn_days),
                "talk": terms.talk_by_days,
                "talk_within": terms.talk_within_days,
                "decide": terms.decide_by_days,
                "decide_within": terms.decide_within_days,
            },
        )
        return list(cursor.fetchall())


def _decided(on: date, named: Sequence[int], in_procedure: Collection[int]) -> set[int]:
    """Of whom somebody decided or paused. What was decided before a debt procedure began is about the debt of before."""
    found = [one for one in in_force(on, named) if one.kind in _DECIDES]
    old = [one for one in found if one.tenancy_id in in_procedure and one.kind is not Kind.PAUSE]
    if old:
        tenancies, _, begun = flags_and_begun(on, sorted({one.tenancy_id for one in old}))
        begins = dict(zip(tenancies.tolist(), begun.tolist(), strict=True))
        before = {one.id for one in old if day_number(one.from_on) < begins.get(one.tenancy_id, NO_DAY)}
        found = [one for one in found if one.id not in before]
    return {one.tenancy_id for one in found}


def _answers(ids: Sequence[int]) -> set[tuple[int, str, date]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tenancy_id, deadline, since_on FROM cases_answer WHERE tenancy_id = ANY(%s::integer[])",
            [literal("integer", ids)],
        )
        return set(cursor.fetchall())
