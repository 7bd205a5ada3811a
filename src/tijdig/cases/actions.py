"""The only writers of cases: evaluate tenancies, store what differs, raise and cure alerts, tell open screens.

Posting a fact marks its tenancy dirty; evaluating clears the mark in the transaction that stores the decision. A
process that dies in between leaves the mark, so nothing is lost; evaluating twice gives the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.arrears.evaluate import Decisions, decide
from tijdig.arrears.features import Traits
from tijdig.arrears.imputation import positions_and_left
from tijdig.base.arrays import literals
from tijdig.base.days import day_number
from tijdig.cases.actions_plan import plan
from tijdig.cases.queries_chances import worth_of
from tijdig.cases.queries_engine import NO_DAY, Loaded, Whole, load, traits
from tijdig.cases.queries_policy import stored_name, table_on
from tijdig.cases.queries_standing import standing_before
from tijdig.cases.standing import Writes, causes, compare, iso, overdue_entries
from tijdig.ledger.actions import notify
from tijdig.policy.actions_versions import adopt_shipped
from tijdig.policy.document import Policy
from tijdig.policy.words import Feature

_LOCK = 7463  # shared by evaluations, exclusive for the night's checkpoints
_AT_ONCE = 4000


@dataclass(frozen=True, slots=True, eq=False)
class Evaluated:
    """What an evaluation found and wrote."""

    loaded: Loaded
    policy: Policy
    decisions: Decisions
    traits: Traits
    left: Whole
    writes: Writes


def evaluate_dirty(*, organisation_id: int, on: date) -> int:
    """Evaluate tenancies whose facts changed; returns how many. Rows another process holds are skipped."""
    with organisation_scope(organisation_id):
        lock(organisation_id, shared=True)
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT tenancy_id FROM ledger_dirty ORDER BY since, tenancy_id LIMIT %s FOR UPDATE SKIP LOCKED""",
                [_AT_ONCE],
            )
            ids = sorted(row[0] for row in cursor.fetchall())
            if not ids:
                return 0
            adopt_shipped(organisation_id=organisation_id, on=on)
            void_checkpoints(ids)
            evaluate(organisation_id=organisation_id, ids=np.array(ids, np.int64), on=on, by="fact")
            cursor.execute("DELETE FROM ledger_dirty WHERE tenancy_id = ANY(%s)", [ids])
    return len(ids)


def lock(organisation_id: int, *, shared: bool) -> None:
    kind = "_shared" if shared else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{kind}(%s, %s)", [_LOCK, organisation_id])


def void_checkpoints(ids: Sequence[int] | None) -> int:
    """Drop checkpoints that a newly learned fact of an earlier day made untrue."""
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH gone AS (DELETE FROM cases_checkpoint c USING ledger_dirty d
                              WHERE d.tenancy_id = c.tenancy_id AND d.earliest_on <= c.day
                                AND (%s::integer[] IS NULL OR c.tenancy_id = ANY(%s)) RETURNING c.tenancy_id)
               DELETE FROM cases_checkpointitem i USING gone WHERE i.tenancy_id = gone.tenancy_id""",
            [list(ids) if ids is not None else None] * 2,
        )
        return int(cursor.rowcount)


def evaluate(
    *,
    organisation_id: int,
    ids: Whole,
    on: date,
    by: str,
    actor: str = "system:evaluator",
    narrow: bool = True,
    write: bool = True,
) -> Evaluated:
    """Evaluate these tenancies as of a day and write what differs. `narrow=False` when they are all there are;
    `write=False` only looks."""
    loaded = load(on, ids, narrow=narrow)
    table = table_on(on)
    known = traits(on, loaded.portfolio, table, narrow=narrow)
    stand, left = positions_and_left(loaded.portfolio, day_number(on), loaded.carried_since)
    stand = replace(
        stand,
        last_payment_day=np.maximum(stand.last_payment_day, loaded.carried_payment),
        last_reversal_day=np.maximum(stand.last_reversal_day, loaded.carried_reversal),
    )
    decisions = decide(stand, known, table)
    stored = stored_name(table.policy)
    before = standing_before(loaded.portfolio.tenancy, decisions.codes, stored, narrow=narrow)
    writes = compare(decisions, known, worth_of(decisions.features), before)
    found = Evaluated(loaded, table.policy, decisions, known, left, writes)
    if write:
        _write(organisation_id, found, on, by, actor)
    return found


def _write(organisation_id: int, found: Evaluated, on: date, by: str, actor: str) -> None:
    writes, decisions = found.writes, found.decisions
    if len(writes.changed):
        _standings(organisation_id, found, on)
    if len(writes.decided):
        _decisions(organisation_id, found, on, actor)
        plan(organisation_id, found, on)
    raised = np.concatenate([writes.raised, writes.worse])
    if len(raised):
        _alerts(organisation_id, found, raised, on, by)
    if len(writes.cured):
        _cures(found, on)
    _tell(organisation_id, decisions, raised, writes, by)


_STANDING = """
INSERT INTO cases_standing (organisation_id, as_of, policy_version, tenancy_id, balance_cents, overdue_cents,
    not_due_cents, credit_cents, oldest_due_on, due_months, open_items, rent_cents, departed, phase, alert, rule,
    step_due_on, automatic, bucket, stage, arrears_since_on, talked_on, ruling_id, worth,
    new_overdue_cents, new_since_on)
SELECT %s, %s, %s, * FROM unnest(%s::integer[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::date[],
    %s::smallint[], %s::integer[], %s::bigint[], %s::boolean[], %s::smallint[], %s::boolean[], %s::text[], %s::date[],
    %s::boolean[], %s::text[], %s::text[], %s::date[], %s::date[], %s::bigint[], %s::smallint[],
    %s::bigint[], %s::date[])
ON CONFLICT (tenancy_id) DO UPDATE SET as_of = EXCLUDED.as_of, policy_version = EXCLUDED.policy_version,
    balance_cents = EXCLUDED.balance_cents, overdue_cents = EXCLUDED.overdue_cents,
    not_due_cents = EXCLUDED.not_due_cents, credit_cents = EXCLUDED.credit_cents,
    oldest_due_on = EXCLUDED.oldest_due_on, due_months = EXCLUDED.due_months, open_items = EXCLUDED.open_items,
    rent_cents = EXCLUDED.rent_cents, departed = EXCLUDED.departed, phase = EXCLUDED.phase, alert = EXCLUDED.alert,
    rule = EXCLUDED.rule, step_due_on = EXCLUDED.step_due_on, automatic = EXCLUDED.automatic,
    bucket = EXCLUDED.bucket, stage = EXCLUDED.stage, arrears_since_on = EXCLUDED.arrears_since_on,
    talked_on = EXCLUDED.talked_on, ruling_id = EXCLUDED.ruling_id, worth = EXCLUDED.worth,
    new_overdue_cents = EXCLUDED.new_overdue_cents, new_since_on = EXCLUDED.new_since_on
"""


_KINDS = (
    "integer bigint bigint bigint bigint date smallint integer bigint boolean smallint boolean text date "
    "boolean text text date date bigint smallint bigint date"
)


def _standings(organisation_id: int, found: Evaluated, on: date) -> None:
    decisions, writes = found.decisions, found.writes
    at = writes.changed
    steps = [found.policy.steps[rule] for rule in decisions.rule[at].tolist()]
    values = {name: column[at].tolist() for name, column in writes.values.items()}
    columns = [
        decisions.tenancy[at].tolist(),
        values["balance_cents"],
        values["overdue_cents"],
        values["not_due_cents"],
        values["credit_cents"],
        iso(values["oldest_due"]),
        values["due_months"],
        values["open_items"],
        [None if rent < 0 else rent for rent in values["rent_cents"]],
        [bool(one) for one in values["departed"]],
        values["phase"],
        [bool(one) for one in values["alert"]],
        [step.code for step in steps],
        iso(writes.step_due[at].tolist()),
        decisions.automatic[at].tolist(),
        [step.bucket.value for step in steps],
        [step.stage.value for step in steps],
        iso(values["arrears_since"]),
        iso(values["talked"]),
        [ruling or None for ruling in values["ruling"]],
        values["worth"],
        [None if cents == NO_DAY else cents for cents in values["new_overdue"]],
        iso(values["new_since"]),
    ]
    stored = stored_name(found.policy)
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [organisation_id, on, stored, *literals(_KINDS, columns)])


def _decisions(organisation_id: int, found: Evaluated, on: date, actor: str) -> None:
    decisions, writes = found.decisions, found.writes
    at = writes.decided
    saw = ["{" + ",".join(map(str, row)) + "}" for row in decisions.features[at].tolist()]
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO cases_decision (organisation_id, as_of, policy_version, actor, tenancy_id, rule, step_due_on,
                                           alert, saw, ruling_id)
               SELECT %s, %s, %s, %s, tenancy, rule, due, alert, saw::bigint[], ruling
                 FROM unnest(%s::integer[], %s::text[], %s::date[], %s::boolean[], %s::text[], %s::bigint[])
                   AS t(tenancy, rule, due, alert, saw, ruling)""",
            [
                organisation_id,
                on,
                stored_name(found.policy),
                actor,
                *literals(
                    "integer text date boolean text bigint",
                    [
                        decisions.tenancy[at].tolist(),
                        [decisions.codes[rule] for rule in decisions.rule[at].tolist()],
                        iso(writes.step_due[at].tolist()),
                        decisions.alert[at].tolist(),
                        saw,
                        [ruling or None for ruling in decisions.ruling[at].tolist()],
                    ],
                ),
            ],
        )


def _alerts(organisation_id: int, found: Evaluated, at: Whole, on: date, by: str) -> None:
    """Raise, or renew where one is open: one open alert a tenancy."""
    decisions, portfolio = found.decisions, found.loaded.portfolio
    entries = overdue_entries(
        portfolio.start,
        found.left,
        portfolio.role,
        portfolio.due,
        portfolio.entry,
        day_number(on),
        at.tolist(),
    )
    oldest = decisions.positions.oldest_due[at].tolist()
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO cases_alert (organisation_id, raised_on, tenancy_id, cause, since_on, overdue_cents,
                                        due_months, rule, entries)
               SELECT %s, %s, tenancy, cause, since, cents, months, rule, entries::jsonb
                 FROM unnest(%s::integer[], %s::text[], %s::date[], %s::bigint[], %s::smallint[], %s::text[], %s::text[])
                   AS t(tenancy, cause, since, cents, months, rule, entries)
               ON CONFLICT (tenancy_id) WHERE cured_at IS NULL DO UPDATE SET raised_on = EXCLUDED.raised_on,
                  raised_at = now(), cause = EXCLUDED.cause, since_on = EXCLUDED.since_on,
                  overdue_cents = EXCLUDED.overdue_cents, due_months = EXCLUDED.due_months, rule = EXCLUDED.rule,
                  entries = EXCLUDED.entries""",
            [
                organisation_id,
                on,
                *literals(
                    "integer text date bigint smallint text text",
                    [
                        decisions.tenancy[at].tolist(),
                        causes(decisions, at, by),
                        iso(oldest),
                        decisions.positions.overdue[at].tolist(),
                        decisions.positions.due_months[at].tolist(),
                        [decisions.codes[rule] for rule in decisions.rule[at].tolist()],
                        [str(one) for one in entries],
                    ],
                ),
            ],
        )


def _cures(found: Evaluated, on: date) -> None:
    decisions, at = found.decisions, found.writes.cured
    rules = [decisions.codes[rule] for rule in decisions.rule[at].tolist()]
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE cases_alert a SET cured_on = %s, cured_at = now(), ended_by = t.rule
                 FROM unnest(%s::integer[], %s::text[]) AS t(tenancy, rule)
                WHERE a.tenancy_id = t.tenancy AND a.cured_at IS NULL""",
            [on, *literals("integer text", [decisions.tenancy[at].tolist(), rules])],
        )


def _tell(organisation_id: int, decisions: Decisions, raised: Whole, writes: Writes, by: str) -> None:
    """Put what happened in the outbox, and wake the open screens of this organisation once.

    A row that stays on the worklist with other figures is a `change`; the night's are left out, because a screen that
    is open in the morning is read anew. What is with a bailiff and stands otherwise by a fact has `moved`: that is what the
    screens of its people are told.
    """
    other = writes.changed[decisions.alert[writes.changed]] if by == "fact" else writes.changed[:0]
    told = {
        "alert": decisions.tenancy[raised].tolist(),
        "cure": decisions.tenancy[writes.cured].tolist(),
        "change": decisions.tenancy[np.setdiff1d(other, raised)].tolist(),
        "moved": decisions.tenancy[_at_partners(decisions, writes, by)].tolist(),
    }
    tell(organisation_id, told)


def _at_partners(decisions: Decisions, writes: Writes, by: str) -> Whole:
    """Which of those that changed are with a bailiff, where a fact changed them."""
    at = writes.changed if by == "fact" else writes.changed[:0]
    theirs: Whole = at[decisions.features[at, Feature.WITH_BAILIFF] > 0]
    return theirs


def tell(organisation_id: int, told: Mapping[str, Sequence[int]]) -> None:
    """Put this in the outbox, tenancies by kind, and wake the open screens; the last thing that a transaction does."""
    kinds = [kind for kind, ids in told.items() for _ in ids]
    if not kinds:
        return
    with connection.cursor() as cursor:
        # Ids in the order of commit: a stream that saw one must not find a lower one later.
        cursor.execute("SELECT tijdig_outbox_turn(%s)", [organisation_id])
        cursor.execute(
            """INSERT INTO cases_outbox (organisation_id, kind, subject)
               SELECT %s, * FROM unnest(%s::text[], %s::bigint[])""",
            [organisation_id, kinds, [one for ids in told.values() for one in ids]],
        )
    notify("tijdig_outbox", f"{organisation_id}:")


def prune_outbox(*, before: datetime) -> int:
    """Forget what screens were told longer ago than any of them can have been away."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_outbox WHERE at < %s", [before])
        return int(cursor.rowcount)


__all__ = [
    "NO_DAY",
    "Evaluated",
    "evaluate",
    "evaluate_dirty",
    "lock",
    "prune_outbox",
    "tell",
    "void_checkpoints",
]
