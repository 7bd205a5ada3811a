"""Reads of cases and planned steps, and what was done that is what a planned step asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection

from tijdig.base.arrays import literal
from tijdig.cases.models import Case, PlannedStep
from tijdig.cases.planned import CaseSeen, Planned, State
from tijdig.policy.words import Act, Stage

# Which fact is the doing of which act: contacts by channel, letters and acts of law as steps, decisions, arrangements.
_DONE = """
SELECT DISTINCT ON (p.id) p.id, d.subject, d.actor
  FROM cases_plannedstep p CROSS JOIN LATERAL (
    SELECT 'contact:' || c.id AS subject, c.actor, c.recorded_at
      FROM contacts_contact c
     WHERE c.tenancy_id = p.tenancy_id AND c.recorded_at >= p.planned_at
       AND NOT EXISTS (SELECT 1 FROM contacts_withdrawal w WHERE w.contact_id = c.id)
       AND ((p.act = 'call' AND (c.channel IN ('phone', 'video') OR c.reached = 'talked'))
            OR (p.act = 'visit' AND (c.channel = 'visit' OR c.reached = 'talked'))
            OR (p.act = 'answer' AND (c.direction = 'out' OR c.reached = 'talked')))
    UNION ALL
    SELECT s.subject, s.actor, s.recorded_at FROM steps_step s
     WHERE s.tenancy_id = p.tenancy_id AND s.recorded_at >= p.planned_at
       AND ((p.letter <> '' AND s.kind = 'letter_sent' AND s.facts ->> 'letter_kind' = p.letter)
            OR (p.act = 'early_signal' AND s.kind IN ('signal_sent', 'signal_objected'))
            OR (p.act = 'hand_over' AND s.kind = 'handed_over'))
    UNION ALL
    SELECT 'ruling:' || r.id, r.actor, r.recorded_at FROM rulings_ruling r
     WHERE r.tenancy_id = p.tenancy_id AND r.recorded_at >= p.planned_at AND p.act IN ('decide', 'confer')
    UNION ALL
    SELECT 'arrangement:' || a.id, a.made_by, a.made_at FROM arrangements_arrangement a
     WHERE a.tenancy_id = p.tenancy_id AND a.made_at >= p.planned_at AND p.act IN ('arrange', 'call', 'visit')
  ) d
 WHERE p.id = ANY(%s::bigint[])
 ORDER BY p.id, d.recorded_at
"""


def done_since(planned: Sequence[int]) -> dict[int, tuple[str, str]]:
    """By planned step: what was done since it was planned that is what it asked, and by whom; the first of them."""
    with connection.cursor() as cursor:
        cursor.execute(_DONE, [literal("bigint", list(planned))])
        return {pk: (subject, actor) for pk, subject, actor in cursor.fetchall()}


def planned_of(tenancy_id: int, *, as_of: date) -> list[Planned]:
    """The steps that were planned for a tenancy up to a day, newest first."""
    rows = PlannedStep.objects.filter(tenancy_id=tenancy_id, planned_on__lte=as_of).order_by("-id")
    return [_planned(row) for row in rows]


def due_automatic(on: date, most: int) -> list[Planned]:
    """The steps that the program does itself and that are due, the longest due first."""
    rows = PlannedStep.objects.filter(state=State.PLANNED.value, automatic=True, due_on__lte=on)
    return [_planned(row) for row in rows.order_by("due_on", "id")[:most]]


def cases_of(tenancy_id: int) -> list[CaseSeen]:
    """The cases there were of a tenancy, newest first; an open one is the first."""
    rows = Case.objects.filter(tenancy_id=tenancy_id).order_by("-id")
    return [
        CaseSeen(
            row.pk,
            row.tenancy_id,
            row.opened_on,
            Stage(row.stage),
            row.stage_since_on,
            row.policy_version,
            row.closed_on,
            row.closed_by,
        )
        for row in rows
    ]


def _planned(row: PlannedStep) -> Planned:
    return Planned(
        row.pk,
        row.case_id,
        row.tenancy_id,
        row.rule,
        Act(row.act),
        row.letter,
        row.automatic,
        row.policy_version,
        row.about_on,
        row.planned_on,
        row.planned_at,
        row.due_on,
        State(row.state),
        row.ended_on,
        row.ended_by,
        row.subject,
        row.note,
    )
