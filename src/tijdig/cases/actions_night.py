"""The night run: every tenancy as of a day, what differs written, checkpoints moved on. One transaction.

It may be run again for any day; a second run on an unchanged ledger writes nothing. A run for a day in the past
looks at what is known now; what was known then is a question for the tenancy page, not for the night.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import numpy as np
from django.db import connection
from django.db.models import QuerySet

from tijdig.access.actions import go_live
from tijdig.access.scope import organisation_scope
from tijdig.arrears.dealings import Agreed
from tijdig.arrears.imputation import positions_and_left
from tijdig.base.arrays import literals
from tijdig.base.days import day_number
from tijdig.cases.actions import Evaluated, evaluate, lock, tell, void_checkpoints
from tijdig.cases.actions_chances import renew_chances
from tijdig.cases.models import Night
from tijdig.cases.queries_dealings import broken_between
from tijdig.cases.queries_engine import Whole, all_ids
from tijdig.cases.standing import iso
from tijdig.history.actions import record
from tijdig.ledger.kinds import Role
from tijdig.policy.actions_versions import adopt_shipped
from tijdig.policy.words import Feature

CHECKPOINT_LAG_DAYS = 35  # bank entries come days late; a checkpoint this old is seldom voided
CHECKPOINT_AGE_DAYS = 70  # moved on, a share every night, before this


def last_night(*, organisation_id: int) -> date | None:
    """The day of the last run that finished."""
    with organisation_scope(organisation_id):
        return _good_nights().order_by("-day").values_list("day", flat=True).first()


def night_done(*, organisation_id: int, day: date) -> bool:
    """Did the run of this day finish well?"""
    with organisation_scope(organisation_id):
        return _good_nights().filter(day=day).exists()


def _good_nights() -> QuerySet[Night]:
    return Night.objects.filter(error="").exclude(finished_at=None)


def run_night(*, organisation_id: int, on: date, actor: str) -> int:
    """Evaluate every tenancy as of a day; returns the id of the run, whose row says what it found."""
    with organisation_scope(organisation_id):
        night = Night.objects.create(organisation_id=organisation_id, day=on, actor=actor)
    try:
        with organisation_scope(organisation_id):
            _run(organisation_id, night, on, actor)
    except Exception as error:
        with organisation_scope(organisation_id):
            night.error, night.finished_at = f"{type(error).__name__}: {error}"[:2000], datetime.now(UTC)
            night.save(update_fields=["error", "finished_at"])
        raise
    go_live(organisation_id=organisation_id, at=datetime.now(UTC))
    return int(night.pk)


def _run(organisation_id: int, night: Night, on: date, actor: str) -> None:
    started = time.perf_counter()
    lock(organisation_id, shared=False)
    adopt_shipped(organisation_id=organisation_id, on=on)
    renew_chances(organisation_id=organisation_id, on=on)
    # Today's worklist is not to become that of a day before the last night: such a run looks and counts, no more.
    looks_back = _good_nights().filter(day__gt=on).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenancy_id FROM ledger_dirty FOR UPDATE SKIP LOCKED")
        dirty = [row[0] for row in cursor.fetchall()]
    void_checkpoints(None)
    found = evaluate(
        organisation_id=organisation_id,
        ids=all_ids(),
        on=on,
        by="due",
        actor=actor,
        narrow=False,
        write=not looks_back,
    )
    evaluated = time.perf_counter()
    moved = 0
    if not looks_back:
        moved = move_checkpoints(organisation_id, found, on)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM ledger_dirty WHERE tenancy_id = ANY(%s)", [dirty])
        _tell_breaks(organisation_id, found, on)
    _close(night, found, started, evaluated, moved)
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb="night_run",
        subject=f"night:{night.pk}",
        effective_on=on,
        facts={
            "tenancies": night.tenancies,
            "alerts": night.alerts,
            "cures": night.cures,
            "changed": night.changed,
        },
    )


def _tell_breaks(organisation_id: int, found: Evaluated, on: date) -> None:
    """Tell both sides which arrangements at a bailiff broke since the last night: their standing is as it was."""
    seen = found.decisions.features
    there = (seen[:, Feature.WITH_BAILIFF] > 0) & (seen[:, Feature.ARRANGEMENT] == Agreed.BROKEN)
    before = _good_nights().order_by("-day").values_list("day", flat=True).first() or on - timedelta(days=1)
    if there.any():
        tell(
            organisation_id, {"in_file": broken_between(found.decisions.tenancy[there].tolist(), before, on)}
        )


def _close(night: Night, found: Evaluated, started: float, evaluated: float, moved: int) -> None:
    writes = found.writes
    night.tenancies = len(found.decisions)
    night.lines_read = found.loaded.lines_read
    night.changed = len(writes.changed)
    night.alerts = len(writes.raised) + len(writes.worse)
    night.cures = len(writes.cured)
    night.full = found.loaded.full
    night.finished_at = datetime.now(UTC)
    night.timings = {
        "evaluate_seconds": round(evaluated - started, 3),
        "checkpoints_seconds": round(time.perf_counter() - evaluated, 3),
        "checkpoints_moved": moved,
    }
    night.save()


def move_checkpoints(organisation_id: int, found: Evaluated, on: date) -> int:
    """Sum up the ledger of tenancies whose checkpoint is missing or old; returns how many.

    After a first night that is everybody. Later a share every night, so that no night pays for all.
    """
    day = on - timedelta(days=CHECKPOINT_LAG_DAYS)
    ids = found.loaded.portfolio.tenancy
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenancy_id, day - date '1970-01-01' FROM cases_checkpoint")
        stands = dict(cursor.fetchall())
    age = day_number(on) - np.array([stands.get(int(one), -(10**6)) for one in ids], np.int64)
    turn = ids % (CHECKPOINT_AGE_DAYS - CHECKPOINT_LAG_DAYS) == day_number(on) % (
        CHECKPOINT_AGE_DAYS - CHECKPOINT_LAG_DAYS
    )
    chosen = np.flatnonzero((age > CHECKPOINT_AGE_DAYS) | (turn & (age > CHECKPOINT_LAG_DAYS)))
    if len(chosen):
        _store_checkpoints(organisation_id, found, chosen, day)
    return len(chosen)


def _store_checkpoints(organisation_id: int, found: Evaluated, chosen: Whole, day: date) -> None:
    portfolio = found.loaded.portfolio
    stand, left = positions_and_left(portfolio, day_number(day), found.loaded.carried_since)
    rows = np.flatnonzero(left != 0)
    place = np.searchsorted(portfolio.start, rows, side="right") - 1
    picked = np.isin(place, chosen)
    rows, place = rows[picked], place[picked]
    cents = np.where(portfolio.role[rows] == Role.CREDIT, -np.abs(left[rows]), np.abs(left[rows]))
    ids = portfolio.tenancy[chosen].tolist()
    payment = np.maximum(stand.last_payment_day, found.loaded.carried_payment)[chosen]
    reversal = np.maximum(stand.last_reversal_day, found.loaded.carried_reversal)[chosen]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_checkpointitem WHERE tenancy_id = ANY(%s)", [ids])
        cursor.execute(
            """INSERT INTO cases_checkpoint (organisation_id, day, tenancy_id, last_payment_on, last_reversal_on,
                                             arrears_since_on)
               SELECT %s, %s, * FROM unnest(%s::integer[], %s::date[], %s::date[], %s::date[])
               ON CONFLICT (tenancy_id) DO UPDATE SET day = EXCLUDED.day, last_payment_on = EXCLUDED.last_payment_on,
                  last_reversal_on = EXCLUDED.last_reversal_on, arrears_since_on = EXCLUDED.arrears_since_on""",
            [
                organisation_id,
                day,
                *literals(
                    "integer date date date",
                    [
                        ids,
                        iso(payment.tolist()),
                        iso(reversal.tolist()),
                        iso(stand.arrears_since[chosen].tolist()),
                    ],
                ),
            ],
        )
        cursor.execute(
            """INSERT INTO cases_checkpointitem (organisation_id, tenancy_id, entry_id, open_cents)
               SELECT %s, * FROM unnest(%s::integer[], %s::bigint[], %s::bigint[])""",
            [
                organisation_id,
                portfolio.tenancy[place].tolist(),
                portfolio.entry[rows].tolist(),
                cents.tolist(),
            ],
        )
