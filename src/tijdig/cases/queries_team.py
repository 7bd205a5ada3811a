"""Who works the worklist: what every consultant has in hand, and which tenancies are in nobody's hands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import connection

from tijdig.caseload.assign import Consultant, Wanted, holding
from tijdig.caseload.habits import habits
from tijdig.caseload.queries import consultants, load, regions_of, unheld
from tijdig.cases.queries_day import ASKS
from tijdig.cases.queries_policy import policy_on


def at_work(on: date, minutes: int | None = None) -> dict[int, int]:
    """The minutes that each tenancy asks of a person: those of its step, or as many for each where that is said."""
    policy = policy_on(on)
    takes = {step.code: policy.minutes[step.do] for step in policy.steps}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT s.tenancy_id, s.rule FROM cases_standing s WHERE {ASKS}")
        rows = cursor.fetchall()
    return {pk: takes.get(rule, 0) if minutes is None else minutes for pk, rule in rows}


def team(on: date) -> list[Consultant]:
    """The consultants, with what each has in hand of the worklist."""
    return load(on, at_work(on))


def unowned(on: date, asked: Mapping[int, int], people: list[Consultant]) -> list[Wanted]:
    """Those of these that are in nobody's hands. `asked` is their minutes, `people` who there is."""
    regions = regions_of(list(asked))
    wanted = [Wanted(one, regions.get(one, ""), minutes) for one, minutes in asked.items()]
    return unheld(wanted, people, on)


def waits(on: date) -> bool:
    """Does anything on the worklist lie in nobody's hands while somebody is there to take it? Asked all day, so no more is
    read than that."""
    people = consultants(on)
    if all(one.away for one in people):
        return False
    held_by = holding(people, on, habits(on).keep_days)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT EXISTS (SELECT s.tenancy_id FROM cases_standing s WHERE {ASKS}
                           EXCEPT SELECT h.tenancy_id FROM caseload_holder h WHERE h.user_id = ANY(%s))""",
            [sorted(held_by)],
        )
        return bool(cursor.fetchone()[0])
