"""A day of the consultants of a made-up year: each works the list, in its order, as long as there is time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection

from tijdig.access.queries import Colleague
from tijdig.access.scope import organisation_scope
from tijdig.caseload.queries import minutes_on
from tijdig.cases.queries_day import day_of, held_of
from tijdig.cases.queries_owner import owners_on
from tijdig.cli.lived.acts import ACTS, ruled
from tijdig.cli.lived.desk import Case, Desk
from tijdig.lab.scripted_work import deviates
from tijdig.law.holidays import is_holiday
from tijdig.policy.words import Act

_EVENINGS = (1, 3)  # on Tuesday and Thursday they begin later and call in the evening
_BETWEEN_MINUTES = 1
_ROWS = """
SELECT tenancy_id, rule, overdue_cents, coalesce(rent_cents, 0), departed, arrears_since_on, talked_on
  FROM cases_standing WHERE alert AND NOT automatic
"""


def is_workday(desk: Desk) -> bool:
    return desk.on.weekday() < 5 and not is_holiday(desk.on)


def work(desk: Desk) -> None:
    """Everybody's day."""
    with organisation_scope(desk.organisation):
        people = [one for one in desk.people if one.role == "consultant"]
        minutes = minutes_on([one.id for one in people], desk.on)
        lists = {one.id: list(_list(desk, one)) for one in people}
    for one in people:
        _work(desk, one, lists[one.id], minutes.get(one.id, 0))


def _list(desk: Desk, by: Colleague) -> Iterator[Case]:
    """What this consultant has in hand, in the order of the worklist."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS)
        rows = {row[0]: row for row in cursor.fetchall()}
    for placed in day_of(by.id, held_of(by.id, owners_on(desk.people, desk.on)), desk.on).placed:
        row = rows.get(placed.work.tenancy_id)
        if row is not None and (step := desk.steps.get(row[1])) is not None and step.do in ACTS:
            yield Case(row[0], row[1], step.do, *row[2:])


def _work(desk: Desk, by: Colleague, cases: list[Case], minutes: int) -> None:
    begin = desk.moment(13) if desk.on.weekday() in _EVENINGS else desk.moment(9)
    used = 0
    for case in cases:
        takes = desk.policy.minutes[case.act]
        if used + takes > minutes:
            desk.count("left_over")
            continue
        now: datetime = begin + timedelta(minutes=used)
        if _deviates(desk, case, by, now) or ACTS[case.act](desk, case, by, now):
            used += takes + _BETWEEN_MINUTES
            desk.count("minutes", takes)


def _deviates(desk: Desk, case: Case, by: Colleague, now: datetime) -> bool:
    """Now and then a call or a visit is put off, or all of it rests."""
    if case.act not in (Act.CALL, Act.VISIT):
        return False
    choice = deviates(desk.tenant(case.tenancy), desk.on)
    if choice is None or desk.rests(case.tenancy, "deviates", 60):
        return False
    ruled(desk, case, by, now, choice.kind, choice.days)
    return True
