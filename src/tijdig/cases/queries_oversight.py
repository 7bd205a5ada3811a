"""What a team lead looks over: is nobody missed, missed terms, what deviates, what rests, and a few to read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from tijdig.cases.deadlines import Guarded, State
from tijdig.cases.proof import Proof
from tijdig.cases.queries_deadlines import deadlines
from tijdig.cases.queries_policy import steps_on
from tijdig.cases.queries_proof import proof
from tijdig.rulings.kinds import DEVIATIONS
from tijdig.rulings.queries import in_force
from tijdig.rulings.values import Ruling
from tijdig.tenancies.queries import cards

REST_DAYS = 14
_MOST = 50
_SAMPLES = 5


@dataclass(frozen=True, slots=True)
class Resting:
    """A case that asks a person for something and in which nothing was done for a while."""

    tenancy_id: int
    step: str
    overdue_cents: int
    since_on: date  # of the last thing that was done, or of the day it was planned


@dataclass(frozen=True, slots=True)
class Sample:
    """A decision of the last days to read again."""

    tenancy_id: int
    as_of: date
    step: str


@dataclass(frozen=True, slots=True)
class Oversight:
    """`names` by tenancy. `turns` counts the near and missed terms before they were cut to what is shown."""

    proof: Proof
    missed: list[Guarded]
    near: list[Guarded]
    turns: tuple[int, int]
    deviations: list[Ruling]
    resting: list[Resting]
    samples: list[Sample]
    names: dict[int, str]


def oversight(on: date) -> Oversight:
    """Everything on the team lead's page."""
    terms = deadlines(on)
    missed = [one for one in terms if one.state is State.MISSED]
    near = [one for one in terms if one.state is State.NEAR]
    deviating = sorted((one for one in in_force(on) if one.kind in DEVIATIONS), key=lambda one: one.until_on)
    proved, resting, samples = proof(on), _resting(on), _samples(on)
    shown = missed[:_MOST], near[:_MOST], deviating[:_MOST]
    ids = {one.tenancy_id for group in (*shown, resting, samples) for one in group}
    ids |= {one.tenancy_id for one in [*proved.in_none[:_MOST], *proved.in_two[:_MOST]]}
    names = {pk: card.name or card.contract_number for pk, card in cards(sorted(ids)).items()}
    return Oversight(proved, shown[0], shown[1], (len(missed), len(near)), shown[2], resting, samples, names)


def _resting(on: date) -> list[Resting]:
    """Cases that ask somebody for something and in which nobody did anything for `REST_DAYS`, the longest first."""
    rows = _read(
        """SELECT s.tenancy_id, s.rule, s.overdue_cents,
                  greatest(p.planned_on, (SELECT max(c.effective_on) FROM contacts_contact c WHERE c.tenancy_id =
                  s.tenancy_id), (SELECT max(t.effective_on) FROM steps_step t WHERE t.tenancy_id = s.tenancy_id)) AS last_on
             FROM cases_standing s JOIN cases_plannedstep p ON p.tenancy_id = s.tenancy_id AND p.state = 'planned'
            WHERE s.alert AND NOT s.automatic AND p.planned_on <= %(before)s""",
        before=on - timedelta(days=REST_DAYS),
    )
    steps = steps_on(on)
    found = [
        Resting(tenancy, steps[rule].label if rule in steps else rule, cents, last)
        for tenancy, rule, cents, last in rows
        if last <= on - timedelta(days=REST_DAYS)
    ]
    return sorted(found, key=lambda one: one.since_on)[:_MOST]


def _samples(on: date) -> list[Sample]:
    """A handful of the decisions of the last week, another handful each day, the same all day long."""
    rows = _read(
        """SELECT tenancy_id, as_of, rule FROM cases_decision WHERE as_of > %(since)s AND as_of <= %(on)s AND alert
            ORDER BY md5(id::text || %(salt)s) LIMIT %(most)s""",
        since=on - timedelta(days=7),
        on=on,
        salt=on.isoformat(),
        most=_SAMPLES,
    )
    steps = steps_on(on)
    return [
        Sample(tenancy, as_of, steps[rule].label if rule in steps else rule) for tenancy, as_of, rule in rows
    ]


def _read(query: str, **named: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, named)
        return list(cursor.fetchall())
