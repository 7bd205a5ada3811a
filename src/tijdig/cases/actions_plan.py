"""Cases that open and close by themselves, and the step that is planned in each: written where a decision differs.

In the transaction of the evaluation. A case opens where the way of working gives its step a stage, and closes where
nothing is open any more or too little; what holds it for a while (an incomplete bank, a debit that still runs) does
neither. A tenancy has one planned step at most. Where another comes in its place, the old one was taken if something was
done that is what it asked, else it is withdrawn. A step of the program that was taken for a due day is not planned for it
again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection

from tijdig.base.arrays import literals
from tijdig.cases.queries_planned import done_since
from tijdig.cases.queries_policy import stored_name
from tijdig.cases.standing import iso
from tijdig.history.actions import record_many
from tijdig.policy.document import Step
from tijdig.policy.words import Act, Bucket, Stage
from tijdig.rulings.actions import lapse

if TYPE_CHECKING:
    from tijdig.cases.actions import Evaluated

EVALUATOR = "system:evaluator"
_CLOSES = (Bucket.NOTHING, Bucket.BELOW)
_PAID = "Alles is betaald; over een nieuwe achterstand beslist iemand opnieuw."


@dataclass(frozen=True, slots=True)
class _Decided:
    """What was decided for one tenancy: its step, when that is due, and which due day it is about."""

    tenancy: int
    step: Step
    due_on: str
    about_on: str


def plan(organisation_id: int, found: Evaluated, on: date) -> None:
    """Bring cases and planned steps in line with what was decided, for the tenancies whose decision differs."""
    decided = _decided(found, on)
    _close(organisation_id, [one for one in decided if one.step.bucket in _CLOSES], on)
    staged = [one for one in decided if one.step.stage is not Stage.NONE]
    _open(organisation_id, staged, stored_name(found.policy), on)
    _end_planned(decided, on)
    acting = [one for one in staged if one.step.do is not Act.NONE]
    _plan(organisation_id, acting, stored_name(found.policy), on)


def _decided(found: Evaluated, on: date) -> list[_Decided]:
    at = found.writes.decided
    positions = found.decisions.positions
    due = iso(found.writes.step_due[at].tolist())
    columns = (
        positions.tenancy[at].tolist(),
        found.decisions.rule[at].tolist(),
        due,
        iso(positions.oldest_due[at].tolist()),
        positions.overdue[at].tolist(),
        iso(positions.next_due[at].tolist()),
    )
    today = on.isoformat()
    return [
        _Decided(
            tenancy,
            found.policy.steps[rule],
            due_on or today,
            (oldest if overdue else coming) or today,
        )
        for tenancy, rule, due_on, oldest, overdue, coming in zip(*columns, strict=True)
    ]


def _close(organisation_id: int, ending: Sequence[_Decided], on: date) -> None:
    if not ending:
        return
    ids, rules = [one.tenancy for one in ending], [one.step.code for one in ending]
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE cases_case c SET closed_on = %s, closed_at = now(), closed_by = t.rule
                 FROM unnest(%s::integer[], %s::text[]) AS t(tenancy, rule)
                WHERE c.tenancy_id = t.tenancy AND c.closed_at IS NULL RETURNING c.tenancy_id, c.id, t.rule""",
            [on, *literals("integer text", [ids, rules])],
        )
        closed = cursor.fetchall()
    _tell(
        organisation_id,
        "case_closed",
        on,
        [(tenancy, {"case": pk, "by": rule}) for tenancy, pk, rule in closed],
    )
    settled = {one.tenancy for one in ending if one.step.bucket is Bucket.NOTHING}
    if paid := [tenancy for tenancy, _, _ in closed if tenancy in settled]:
        lapse(organisation_id=organisation_id, actor=EVALUATOR, tenancy_ids=paid, reason=_PAID, on=on)


def _open(organisation_id: int, staged: Sequence[_Decided], version: str, on: date) -> None:
    if not staged:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO cases_case (organisation_id, opened_on, stage_since_on, policy_version, tenancy_id, stage,
                                       opened_at, closed_by)
               SELECT %s, %s, %s, %s, t.tenancy, t.stage, now(), ''
                 FROM unnest(%s::integer[], %s::text[]) AS t(tenancy, stage)
               ON CONFLICT (tenancy_id) WHERE closed_at IS NULL DO UPDATE SET stage = EXCLUDED.stage,
                  stage_since_on = EXCLUDED.stage_since_on, policy_version = EXCLUDED.policy_version
                WHERE cases_case.stage <> EXCLUDED.stage
               RETURNING tenancy_id, id, stage, xmax = 0""",
            [
                organisation_id,
                on,
                on,
                version,
                *literals(
                    "integer text",
                    [[one.tenancy for one in staged], [one.step.stage.value for one in staged]],
                ),
            ],
        )
        rows = cursor.fetchall()
    for verb, new in (("case_opened", True), ("case_stage", False)):
        told = [(tenancy, {"case": pk, "stage": stage}) for tenancy, pk, stage, fresh in rows if fresh is new]
        _tell(organisation_id, verb, on, told)


def _end_planned(decided: Sequence[_Decided], on: date) -> None:
    """End what was planned where another step came in its place; what was done meanwhile is named."""
    ids, rules = [one.tenancy for one in decided], [one.step.code for one in decided]
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.id, t.rule FROM cases_plannedstep p
                 JOIN unnest(%s::integer[], %s::text[]) AS t(tenancy, rule) ON t.tenancy = p.tenancy_id
                WHERE p.state = 'planned' AND p.rule <> t.rule""",
            literals("integer text", [ids, rules]),
        )
        ending = dict(cursor.fetchall())
        if not ending:
            return
        subjects = done_since(list(ending))
        numbers = list(ending)
        cursor.execute(
            """UPDATE cases_plannedstep p SET ended_on = %s, ended_at = now(), subject = t.subject,
                      ended_by = CASE WHEN t.subject = '' THEN t.rule ELSE t.actor END,
                      state = CASE WHEN t.subject = '' THEN 'withdrawn' ELSE 'taken' END
                 FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS t(id, rule, subject, actor)
                WHERE p.id = t.id""",
            [
                on,
                *literals(
                    "bigint text text text",
                    [
                        numbers,
                        [ending[number] for number in numbers],
                        [subjects.get(number, ("", ""))[0] for number in numbers],
                        [subjects.get(number, ("", ""))[1] for number in numbers],
                    ],
                ),
            ],
        )


def _plan(organisation_id: int, acting: Sequence[_Decided], version: str, on: date) -> None:
    if not acting:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO cases_plannedstep (organisation_id, policy_version, planned_on, planned_at, case_id, tenancy_id,
                                              rule, act, letter, automatic, about_on, due_on, state, ended_by, subject, note)
               SELECT %s, %s, %s, now(), c.id, t.tenancy, t.rule, t.act, t.letter, t.automatic, t.about, t.due,
                      'planned', '', '', ''
                 FROM unnest(%s::integer[], %s::text[], %s::text[], %s::text[], %s::boolean[], %s::date[], %s::date[])
                   AS t(tenancy, rule, act, letter, automatic, about, due)
                 JOIN cases_case c ON c.tenancy_id = t.tenancy AND c.closed_at IS NULL
                WHERE NOT EXISTS (SELECT 1 FROM cases_plannedstep p WHERE p.tenancy_id = t.tenancy AND t.automatic
                                     AND p.rule = t.rule AND p.about_on = t.about AND p.state = 'taken')
               ON CONFLICT (tenancy_id) WHERE state = 'planned' DO UPDATE SET due_on = EXCLUDED.due_on,
                  policy_version = EXCLUDED.policy_version, act = EXCLUDED.act, letter = EXCLUDED.letter,
                  automatic = EXCLUDED.automatic""",
            [
                organisation_id,
                version,
                on,
                *literals(
                    "integer text text text boolean date date",
                    [
                        [one.tenancy for one in acting],
                        [one.step.code for one in acting],
                        [one.step.do.value for one in acting],
                        [one.step.letter for one in acting],
                        [one.step.who.value == "automatic" for one in acting],
                        [one.about_on for one in acting],
                        [one.due_on for one in acting],
                    ],
                ),
            ],
        )


def _tell(organisation_id: int, verb: str, on: date, rows: Sequence[tuple[int, dict[str, object]]]) -> None:
    record_many(
        organisation_id=organisation_id,
        actor=EVALUATOR,
        verb=verb,
        effective_on=on,
        happened=[(f"tenancy:{tenancy}", facts) for tenancy, facts in rows],
    )
