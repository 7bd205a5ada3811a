"""The cases of the group's agenda with where they stand: for the list, and for going from one case to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection

from tijdig.cases.queries_policy import steps_on
from tijdig.cases.wording import urgency
from tijdig.conferences.agenda import Item
from tijdig.policy.document import Step
from tijdig.tenancies.queries import Card, cards


class What(StrEnum):
    """What is to be done by the nearest day."""

    ANSWER = "answer"
    STEP = "step"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRow:
    """One case of the agenda. `nearest_on` is the first day of ours: the answer that was asked for, or the next step.

    Without such a day (`nearest_on` is None) the case waits for the next conference. `since_on` is the oldest open due day.
    """

    item: Item
    name: str
    address: str
    overdue_cents: int
    since_on: date | None
    days: int
    due_months: int
    step_label: str
    nearest_on: date | None
    nearest: What
    urgency: str


def agenda_rows(items: Sequence[Item], on: date) -> list[AgendaRow]:
    """These cases, in the order given, as they stand now; two questions whatever their number."""
    ids = [one.tenancy_id for one in items]
    known, stands, steps = cards(ids), _standings(ids), steps_on(on)
    return [_row(one, known[one.tenancy_id], stands.get(one.tenancy_id), steps, on) for one in items]


def _standings(ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tenancy_id, overdue_cents, oldest_due_on, due_months, rule, step_due_on, alert
                 FROM cases_standing WHERE tenancy_id = ANY(%s)""",
            [list(ids)],
        )
        return {row[0]: row[1:] for row in cursor.fetchall()}


def _row(
    item: Item, who: Card, stands: tuple[Any, ...] | None, steps: Mapping[str, Step], on: date
) -> AgendaRow:
    cents, since, months, rule, step_on, alert = stands or (0, None, 0, "", None, False)
    nearest_on, nearest = _nearest(item.due_on, step_on if alert else None)
    return AgendaRow(
        item=item,
        name=who.name or who.contract_number,
        address=who.address,
        overdue_cents=cents,
        since_on=since,
        days=(on - since).days if since else 0,
        due_months=months,
        step_label=steps[rule].label if rule in steps else rule,
        nearest_on=nearest_on,
        nearest=nearest,
        urgency=urgency(nearest_on, on) if nearest_on else "later",
    )


def _nearest(answer_on: date | None, step_on: date | None) -> tuple[date | None, What]:
    if step_on is None or (answer_on is not None and answer_on <= step_on):
        return answer_on, What.ANSWER
    return step_on, What.STEP
