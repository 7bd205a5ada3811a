"""What screens, API and command see: the worklist, alerts, search hits, night runs. A fixed number of queries each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import connection

from tijdig.access.queries import Colleague
from tijdig.arrears.explain import why
from tijdig.arrears.position import PHASE_LABEL, Phase, phase_label
from tijdig.base.days import day_number
from tijdig.cases.models import Night
from tijdig.cases.policy import steps
from tijdig.cases.queries_file import tenancy_file
from tijdig.cases.values import AlertRow, Found, NightRow, Worklist, WorkRow
from tijdig.cases.wording import CAUSES, alert_sentence, ended_label, urgency
from tijdig.policy.document import Feature
from tijdig.tenancies.queries import cards
from tijdig.tenancies.queries import search as search_tenancies

__all__ = [
    "WorkFilter",
    "found",
    "nights",
    "recent_alerts",
    "tenancy_file",
    "work_row",
    "work_rows",
    "worklist",
]

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """What the worklist is narrowed to. `consultant` is a user id: the tenancies of that person's region."""

    q: str = ""
    region: str = ""
    phase: str = ""
    consultant: int = 0
    page: int = 1


_FROM = """
  FROM cases_standing s JOIN tenancies_tenancy t ON t.id = s.tenancy_id
  LEFT JOIN tenancies_home h ON h.id = t.home_id
 WHERE s.alert
"""
_ROW = """
SELECT s.tenancy_id, t.contract_number, s.overdue_cents, s.oldest_due_on, s.due_months, s.rule, s.step_due_on,
       s.departed, s.phase, coalesce(h.region, ''), s.rent_cents, s.as_of,
       coalesce(h.street || ' ' || h.house_number || ', ' || h.city, ''),
       (SELECT string_agg(x.display_name, ' en ' ORDER BY p.role, p.id) FROM tenancies_party p
          JOIN tenancies_persontext x USING (person_id)
         WHERE p.tenancy_id = s.tenancy_id AND p.role IN ('HUU', 'MDH')),
       (SELECT coalesce(max(m.debit_day), 0) FROM tenancies_paymentmethod m WHERE m.tenancy_id = s.tenancy_id
                  AND m.kind = 'INC' AND m.end_on IS NULL)
"""


def _where(chosen: WorkFilter, people: Sequence[Colleague]) -> tuple[str, list[Any]]:
    clause = ""
    params: list[Any] = []
    if chosen.region:
        clause, params = clause + " AND h.region = %s", [*params, chosen.region]
    if chosen.consultant:
        region = next((one.region for one in people if one.id == chosen.consultant), "")
        if region:
            clause, params = clause + " AND h.region = %s", [*params, region]
    if chosen.phase in Phase.__members__:
        clause, params = clause + " AND s.phase = %s AND NOT s.departed", [*params, int(Phase[chosen.phase])]
    elif chosen.phase == "DEPARTED":
        clause += " AND s.departed"
    if chosen.q:
        ids = [tenancy for tenancy, _ in search_tenancies(chosen.q, 500)]
        clause, params = clause + " AND s.tenancy_id = ANY(%s)", [*params, ids]
    return clause, params


_ORDER = " ORDER BY s.step_due_on, s.overdue_cents DESC, s.tenancy_id"


def worklist(chosen: WorkFilter, people: Sequence[Colleague], today: date) -> Worklist:
    """A page of who needs attention now, most urgent first, with the sum over all pages."""
    clause, params = _where(chosen, people)
    with connection.cursor() as cursor:
        whole = (
            _FROM if clause else " FROM cases_standing s WHERE s.alert"
        )  # unfiltered, no other table matters
        cursor.execute(f"SELECT count(*), coalesce(sum(s.overdue_cents), 0)::bigint {whole} {clause}", params)
        total, cents = cursor.fetchone()
        pages = max(1, -(-total // PER_PAGE))
        page = min(chosen.page, pages)
        cursor.execute(
            f"{_ROW} {_FROM} {clause} {_ORDER} LIMIT %s OFFSET %s", [*params, PER_PAGE, (page - 1) * PER_PAGE]
        )
        rows = cursor.fetchall()
        cursor.execute("SELECT DISTINCT region FROM tenancies_complex WHERE region <> '' ORDER BY region")
        regions = [row[0] for row in cursor.fetchall()]
    phases = [(phase.name, PHASE_LABEL[phase]) for phase in Phase if phase >= Phase.UNDER_ONE]
    return Worklist(
        rows=_work_rows(rows, people, today),
        total=total,
        overdue_cents=cents,
        page=page,
        pages=pages,
        regions=regions,
        phases=[*phases, ("DEPARTED", "vertrokken")],
        as_of=today,
        consultants=[(one.id, one.name) for one in people if one.role == "consultant"],
    )


def work_rows(chosen: WorkFilter, people: Sequence[Colleague], today: date) -> list[WorkRow]:
    """The whole list as filtered, for an export."""
    clause, params = _where(chosen, people)
    with connection.cursor() as cursor:
        cursor.execute(f"{_ROW} {_FROM} {clause} {_ORDER}", params)
        return _work_rows(cursor.fetchall(), people, today)


def work_row(tenancy_id: int, people: Sequence[Colleague], today: date) -> WorkRow | None:
    """One row again, or None when it is no longer on the list."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_ROW} {_FROM} AND s.tenancy_id = %s", [tenancy_id])
        row = cursor.fetchone()
    return _work_rows([row], people, today)[0] if row else None


def _work_rows(rows: Sequence[tuple[Any, ...]], people: Sequence[Colleague], today: date) -> list[WorkRow]:
    agreed = _agreed([row[0] for row in rows if row[5] in steps() and "{agreed}" in steps()[row[5]].why])
    return [_work_row(row, people, today, agreed.get(row[0])) for row in rows]


def _agreed(tenancy_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """What should have come for an arrangement and what came, as the last decision saw it."""
    if not tenancy_ids:
        return {}
    places = [
        Feature.ARRANGEMENT_ASKED_CENTS + 1,
        Feature.ARRANGEMENT_CAME_CENTS + 1,
    ]  # the database counts from 1
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (tenancy_id) tenancy_id, saw[%s], saw[%s] FROM cases_decision
                WHERE tenancy_id = ANY(%s) ORDER BY tenancy_id, id DESC""",
            [*places, list(tenancy_ids)],
        )
        return {tenancy: (asked, came) for tenancy, asked, came in cursor.fetchall() if asked is not None}


def _work_row(
    row: tuple[Any, ...], people: Sequence[Colleague], today: date, agreed: tuple[int, int] | None
) -> WorkRow:
    (
        tenancy,
        contract,
        cents,
        oldest,
        months,
        rule,
        due_on,
        departed,
        phase,
        region,
        rent,
        _,
        address,
        name,
        debit,
    ) = row
    step = steps().get(rule)
    days = (today - oldest).days if oldest else 0
    owner = next(
        (one.initials for one in people if one.role == "consultant" and one.region == region and region), ""
    )
    return WorkRow(
        tenancy_id=tenancy,
        contract_number=contract,
        name=name or contract,
        address=address,
        region=region,
        overdue_cents=cents,
        since_on=oldest,
        days=days,
        due_months=months,
        step=rule,
        step_label=step.label if step else rule,
        step_due_on=due_on,
        urgency=urgency(due_on, today),
        why=_why(rule, cents, days, months, rent, debit or -1, today, agreed),
        departed=departed,
        phase=Phase(phase).name,
        phase_label=phase_label(Phase(phase), departed),
        assigned_to=owner,
        direct_debit=bool(debit),
    )


def _why(
    rule: str,
    cents: int,
    days: int,
    months: int,
    rent: int | None,
    debit_day: int,
    today: date,
    agreed: tuple[int, int] | None,
) -> str:
    """The engine's own sentence for the step that applies, with this tenancy's values as they are today."""
    step = steps().get(rule)
    if step is None:
        return ""
    row = np.full(len(Feature), -1, np.int64)
    row[Feature.OPEN_CENTS] = row[Feature.OVERDUE_CENTS] = cents
    row[Feature.DAYS_OVERDUE], row[Feature.DUE_MONTHS] = days, months
    row[Feature.RENT_MONTHS] = cents * 100 // rent if rent else -1
    row[Feature.DEBIT_DAY] = debit_day
    if agreed:
        row[Feature.ARRANGEMENT_ASKED_CENTS], row[Feature.ARRANGEMENT_CAME_CENTS] = agreed
    return why(step, row, day_number(today))


def recent_alerts(most: int, tenancy_id: int | None = None) -> list[AlertRow]:
    """The latest alerts and cures, newest first; of one tenancy where asked."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, tenancy_id, cause, since_on, overdue_cents, due_months, raised_at, cured_on, cured_at, ended_by
                 FROM cases_alert WHERE (%s::integer IS NULL OR tenancy_id = %s)
                ORDER BY greatest(raised_at, cured_at) DESC, id DESC LIMIT %s""",
            [tenancy_id, tenancy_id, most],
        )
        rows = cursor.fetchall()
    known = cards([row[1] for row in rows])
    return [
        AlertRow(
            id=pk,
            tenancy_id=tenancy,
            contract_number=known[tenancy].contract_number,
            name=known[tenancy].name,
            cause=cause,
            cause_label=ended_label(ended_by) if cured_on else CAUSES[cause],
            sentence=alert_sentence(cause, since, months, cured_on, ended_by),
            overdue_cents=cents,
            raised_at=cured_at or raised_at,
            cured_on=cured_on,
        )
        for pk, tenancy, cause, since, cents, months, raised_at, cured_on, cured_at, ended_by in rows
    ]


def found(query: str, *, amounts: bool, as_of: date) -> list[Found]:
    """Hits of the search, best first; amounts only for who may see them."""
    hits = search_tenancies(query)
    ids = [tenancy for tenancy, _ in hits]
    known = cards(ids)
    owed: dict[int, int] = {}
    if amounts and ids:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tenancy_id, overdue_cents FROM cases_standing WHERE tenancy_id = ANY(%s)", [ids]
            )
            owed = dict(cursor.fetchall())
    return [
        Found(
            tenancy_id=one.id,
            contract_number=one.contract_number,
            name=one.name,
            address=one.address,
            departed=one.end_on is not None and one.end_on < as_of,
            overdue_cents=owed.get(one.id, 0) if amounts else None,
            matched_on="",
        )
        for tenancy in ids
        if (one := known.get(tenancy))
    ]


def nights(most: int) -> list[NightRow]:
    """The latest night runs, newest first."""
    rows = Night.objects.order_by("-id")[:most]
    return [
        NightRow(
            id=row.pk,
            day=row.day,
            started_at=row.started_at,
            finished_at=row.finished_at,
            tenancies=row.tenancies,
            lines_read=row.lines_read,
            changed=row.changed,
            alerts=row.alerts,
            cures=row.cures,
            full=row.full,
            seconds=(row.finished_at - row.started_at).total_seconds() if row.finished_at else None,
            timings={name: float(value) for name, value in row.timings.items()},
            error=row.error,
        )
        for row in rows
    ]


def outbox_after(seen: int, most: int = 500) -> list[tuple[int, str, int]]:
    """What happened after this id: (id, kind, tenancy)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, kind, subject FROM cases_outbox WHERE id > %s ORDER BY id LIMIT %s", [seen, most]
        )
        return [(int(row[0]), str(row[1]), int(row[2])) for row in cursor.fetchall()]


def outbox_last() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM cases_outbox")
        return int(cursor.fetchone()[0])


def tenancies_at(rule: str = "") -> list[int]:
    """Tenancies with an open alert, those at one step of the policy where it is named; the largest arrears first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tenancy_id FROM cases_standing WHERE alert AND (%s = '' OR rule = %s)
                ORDER BY overdue_cents DESC, tenancy_id""",
            [rule, rule],
        )
        return [row[0] for row in cursor.fetchall()]
