"""The guarded terms of a corporation: what nears, what was missed and nobody answered for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection

from tijdig.cases.deadlines import QUIET, Deadline, Guarded, State, guarded
from tijdig.cases.queries_policy import policy_on
from tijdig.rulings.kinds import DECISIONS, Kind
from tijdig.rulings.queries import in_force

_SHOWN = (State.NEAR, State.MISSED)
_DECIDES = frozenset({*DECISIONS, Kind.PAUSE})


def deadlines(
    on: date, ids: Sequence[int] | None = None, *, states: Sequence[State] = _SHOWN
) -> list[Guarded]:
    """The terms that are in one of these states, the nearest first; of every tenancy where none are named."""
    terms = policy_on(on).deadlines
    named = None if ids is None else [int(one) for one in ids]
    decided = {one.tenancy_id for one in in_force(on, named) if one.kind in _DECIDES}
    answers = _answers(named)
    found = []
    for tenancy, since, talked, opened in _behind(named):
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


def _behind(ids: Sequence[int] | None) -> list[tuple[int, date, date | None, date | None]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT s.tenancy_id, s.arrears_since_on, s.talked_on, c.opened_on
                 FROM cases_standing s LEFT JOIN cases_case c ON c.tenancy_id = s.tenancy_id AND c.closed_at IS NULL
                WHERE s.overdue_cents > 0 AND s.arrears_since_on IS NOT NULL AND s.alert AND s.bucket <> ALL(%s)
                  AND (%s::integer[] IS NULL OR s.tenancy_id = ANY(%s)) ORDER BY s.tenancy_id""",
            [sorted(bucket.value for bucket in QUIET), *[list(ids) if ids is not None else None] * 2],
        )
        return list(cursor.fetchall())


def _answers(ids: Sequence[int] | None) -> set[tuple[int, str, date]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tenancy_id, deadline, since_on FROM cases_answer
                WHERE %s::integer[] IS NULL OR tenancy_id = ANY(%s)""",
            [None if ids is None else list(ids)] * 2,
        )
        return set(cursor.fetchall())
