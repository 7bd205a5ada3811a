"""What screens, API and command see: the worklist, alerts, search hits, night runs. A fixed number of queries each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from tijdig.cases.queries_file import tenancy_file
from tijdig.cases.queries_owner import NEWEST, Owners, owners_on
from tijdig.cases.queries_policy import places, steps_on
from tijdig.cases.values import AlertRow, Found, NightRow, Worklist, WorkRow
from tijdig.cases.wording import CAUSES, alert_sentence, ended_label, urgency
from tijdig.policy.document import Step
from tijdig.policy.words import Feature
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
    """What the worklist is narrowed to. `consultant` is a user id: what that person works."""

    q: str = ""
    region: str = ""
    phase: str = ""
    consultant: int = 0
    page: int = 1


_FROM = """
  FROM cases_standing s JOIN tenancies_tenancy t ON t.id = s.tenancy_id
  LEFT JOIN tenancies_home h ON h.id = t.home_id
 WHERE s.alert AND NOT s.automatic
"""
_ROW = f"""
SELECT s.tenancy_id, t.contract_number, s.overdue_cents, s.oldest_due_on, s.due_months, s.rule, s.step_due_on,
       s.departed, s.phase, coalesce(h.region, ''), s.arrears_since_on, s.new_overdue_cents,
       coalesce(h.street || ' ' || h.house_number || ', ' || h.city, ''),
       (SELECT string_agg(x.display_name, ' en ' ORDER BY p.role, p.id) FROM tenancies_party p
          JOIN tenancies_persontext x USING (person_id)
         WHERE p.tenancy_id = s.tenancy_id AND p.role IN ('HUU', 'MDH')),
       (SELECT coalesce(max(m.debit_day), 0) FROM tenancies_paymentmethod m WHERE m.tenancy_id = s.tenancy_id
                  AND m.kind = 'INC' AND m.end_on IS NULL), {NEWEST}
"""


def _where(chosen: WorkFilter, owners: Owners) -> tuple[str, dict[str, Any]]:
    clause, params = owners.worked_by(chosen.consultant)
    if chosen.region:
        clause, params = clause + " AND h.region = %(region)s", params | {"region": chosen.region}
    if chosen.phase in Phase.__members__:
        clause += " AND s.phase = %(phase)s AND NOT s.departed"
        params = params | {"phase": int(Phase[chosen.phase])}
    elif chosen.phase == "DEPARTED":
        clause += " AND s.departed"
    if chosen.q:
        ids = [tenancy for tenancy, _ in search_tenancies(chosen.q, 500)]
        clause, params = clause + " AND s.tenancy_id = ANY(%(found)s)", params | {"found": ids}
    return clause, params


_ORDER = " ORDER BY s.step_due_on, s.overdue_cents DESC, s.tenancy_id"


def worklist(chosen: WorkFilter, people: Sequence[Colleague], today: date) -> Worklist:
    """A page of who needs attention now, most urgent first, with the sum over all pages."""
    owners = owners_on(people, today)
    clause, params = _where(chosen, owners)
    with connection.cursor() as cursor:
        # Only the region is in another table than the standing itself.
        whole = _FROM if chosen.region else " FROM cases_standing s WHERE s.alert AND NOT s.automatic"
        cursor.execute(f"SELECT count(*), coalesce(sum(s.overdue_cents), 0)::bigint {whole} {clause}", params)
        total, cents = cursor.fetchone()
        pages = max(1, -(-total // PER_PAGE))
        page = min(chosen.page, pages)
        cursor.execute(
            f"{_ROW} {_FROM} {clause} {_ORDER} LIMIT %(most)s OFFSET %(skip)s",
            params | {"most": PER_PAGE, "skip": (page - 1) * PER_PAGE},
        )
        rows = cursor.fetchall()
        cursor.execute("SELECT DISTINCT region FROM tenancies_complex WHERE region <> '' ORDER BY region")
        regions = [row[0] for row in cursor.fetchall()]
    phases = [(phase.name, PHASE_LABEL[phase]) for phase in Phase if phase >= Phase.UNDER_ONE]
    return Worklist(
        rows=_work_rows(rows, owners, today),
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
    owners = owners_on(people, today)
    clause, params = _where(chosen, owners)
    with connection.cursor() as cursor:
        cursor.execute(f"{_ROW} {_FROM} {clause} {_ORDER}", params)
        return _work_rows(cursor.fetchall(), owners, today)


def rows_of(tenancy_ids: Sequence[int], people: Sequence[Colleague], today: date) -> dict[int, WorkRow]:
    """The rows of these tenancies, of those that are on the list."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_ROW} {_FROM} AND s.tenancy_id = ANY(%s)", [list(tenancy_ids)])
        return {row.tenancy_id: row for row in _work_rows(cursor.fetchall(), owners_on(people, today), today)}


def work_row(tenancy_id: int, people: Sequence[Colleague], today: date) -> WorkRow | None:
    """One row again, or None when it is no longer on the list."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_ROW} {_FROM} AND s.tenancy_id = %s", [tenancy_id])
        row = cursor.fetchone()
    return _work_rows([row], owners_on(people, today), today)[0] if row else None


def _work_rows(rows: Sequence[tuple[Any, ...]], owners: Owners, today: date) -> list[WorkRow]:
    steps, seen = steps_on(today), _saw([row[0] for row in rows], today)
    return [_work_row(row, owners, today, steps.get(row[5]), seen.get(row[0])) for row in rows]


def _saw(tenancy_ids: Sequence[int], today: date) -> dict[int, list[int]]:
    """What the last decision about each tenancy saw; how long a debt procedure runs, as of today."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (tenancy_id) tenancy_id, saw, %s::date - as_of FROM cases_decision
                WHERE tenancy_id = ANY(%s) ORDER BY tenancy_id, id DESC""",
            [today, list(tenancy_ids)],
        )
        rows = cursor.fetchall()
    runs = Feature.TRAJECTORY_DAYS
    for _, saw, ago in rows:
        if len(saw) > runs and saw[runs] >= 0:
            saw[runs] += ago
    return {tenancy: saw for tenancy, saw, _ in rows}


def _work_row(
    row: tuple[Any, ...], owners: Owners, today: date, step: Step | None, saw: Sequence[int] | None
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
        since,
        new_cents,
        address,
        name,
        debit,
        assigned_to,
    ) = row
    days = (today - oldest).days if oldest else 0
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
        why=_why(step, saw, _now(cents, days, months, since, today) | _new(new_cents), today),
        departed=departed,
        phase=Phase(phase).name,
        phase_label=phase_label(Phase(phase), departed),
        assigned_to=owners.initials(assigned_to, region),
        direct_debit=bool(debit),
    )


def _now(cents: int, days: int, months: int, since: date | None, today: date) -> dict[Feature, int]:
    """What has moved since the decision: the days, and what is owed."""
    return {
        Feature.OVERDUE_CENTS: cents,
        Feature.DAYS_OVERDUE: days,
        Feature.DUE_MONTHS: months,
        Feature.DAYS_IN_ARREARS: (today - since).days if since else 0,
    }


def _new(cents: int | None) -> dict[Feature, int]:
    """What is overdue since a debt procedure began, where one runs."""
    return {} if cents is None else {Feature.NEW_OVERDUE_CENTS: cents}


def _why(step: Step | None, saw: Sequence[int] | None, now: Mapping[Feature, int], today: date) -> str:
    """The engine's own sentence for the step that applies, with what the decision saw, and the days as of today."""
    if step is None:
        return ""
    row = np.full(len(Feature), -1, np.int64)
    if saw:
        row[: len(saw)] = saw
    for feature, value in now.items():
        row[feature] = value
    row[Feature.OPEN_CENTS] = max(row[Feature.OPEN_CENTS], row[Feature.OVERDUE_CENTS])
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
    known, stands = cards([row[1] for row in rows]), places()
    return [
        AlertRow(
            id=pk,
            tenancy_id=tenancy,
            contract_number=known[tenancy].contract_number,
            name=known[tenancy].name,
            cause=cause,
            cause_label=ended_label(ended_by, stands) if cured_on else CAUSES[cause],
            sentence=alert_sentence(cause, since, months, cured_on, ended_by, stands),
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


def tenancies_at(rule: str = "", *, quiet: bool = False) -> list[int]:
    """Tenancies with an open alert, those at one step of the policy where it is named; the largest arrears first.

    `quiet`: also where the step is told to nobody."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tenancy_id FROM cases_standing WHERE (alert OR %s) AND (%s = '' OR rule = %s)
                ORDER BY overdue_cents DESC, tenancy_id""",
            [quiet, rule, rule],
        )
        return [row[0] for row in cursor.fetchall()]
