"""Where every tenancy would stand today under a draft of the way of working, beside where it stands now.

The row that the engine sees of each tenancy does not depend on the policy, so it is worked out once and kept in the process
until a fact changes; a draft then costs one run of the interpreter. Counts and sums only: nobody is named, nothing is
written.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection

from tijdig.arrears.features import features
from tijdig.arrears.imputation import positions
from tijdig.arrears.next_step import next_steps
from tijdig.base.days import day_number
from tijdig.cases.queries_columns import Whole
from tijdig.cases.queries_engine import all_ids, load, traits
from tijdig.cases.queries_policy import table_on
from tijdig.cases.queries_single_case import deviations
from tijdig.policy.document import Step
from tijdig.policy.table import Table
from tijdig.policy.words import Feature, Who
from tijdig.rulings.queries import in_force
from tijdig.rulings.values import Ruling

_KEPT = 4  # corporations at a time
_lock = threading.Lock()
_grounds: OrderedDict[int, _Ground] = OrderedDict()


@dataclass(frozen=True, slots=True)
class StepCount:
    """One step of a draft: how many tenancies would stand there and what they owe; how many stand at it now."""

    step: Step
    tenancies: int
    overdue_cents: int
    now: int  # by the way of working in force, at the step of the same code


@dataclass(frozen=True, slots=True)
class Move:
    """So many tenancies that would go from one step to another; the labels of both."""

    before: str
    after: str
    tenancies: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """`minutes` is how long everything would take that a person is asked to do, `minutes_now` how long it takes now."""

    tenancies: int
    steps: tuple[StepCount, ...]
    moves: tuple[Move, ...]
    moved: int
    minutes: int
    minutes_now: int


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    stamp: tuple[object, ...]
    tenancies: Whole
    features: Whole
    rulings: Sequence[Ruling]


def outlook(organisation_id: int, draft: Table, on: date, *, most_moves: int = 12) -> Outlook:
    """Run a draft over everybody, in the scope of this organisation."""
    ground, current = _ground(organisation_id, on), table_on(on)
    before, after = _rules(ground, current, on), _rules(ground, draft, on)
    overdue = ground.features[:, Feature.OVERDUE_CENTS]
    counts = np.bincount(after, minlength=len(draft.codes))
    cents = np.bincount(after, weights=overdue, minlength=len(draft.codes))
    now = dict(zip(current.codes, np.bincount(before, minlength=len(current.codes)).tolist(), strict=True))
    steps = tuple(
        StepCount(step, int(counts[place]), round(float(cents[place])), int(now.get(step.code, 0)))
        for place, step in enumerate(draft.policy.steps)
    )
    moves, moved = _moves(before, after, current, draft, most_moves)
    work = _minutes(after, draft), _minutes(before, current)
    return Outlook(len(ground.tenancies), steps, moves, moved, *work)


def _rules(ground: _Ground, table: Table, on: date) -> Whole:
    changed = deviations(ground.tenancies, ground.rulings, table)
    return next_steps(ground.features, table, day_number(on), changed).rule.astype(np.int64)


def _moves(
    before: Whole, after: Whole, current: Table, draft: Table, most: int
) -> tuple[tuple[Move, ...], int]:
    """The largest streams between steps of another code, and how many tenancies go to another step in all."""
    width = len(draft.codes)
    pairs, sizes = np.unique(before * width + after, return_counts=True)
    found = [
        Move(current.policy.steps[pair // width].label, draft.policy.steps[pair % width].label, size)
        for pair, size in zip(pairs.tolist(), sizes.tolist(), strict=True)
        if current.codes[pair // width] != draft.codes[pair % width]
    ]
    found.sort(key=lambda one: -one.tenancies)
    return tuple(found[:most]), sum(one.tenancies for one in found)


def _minutes(rules: Whole, table: Table) -> int:
    policy = table.policy
    each = [policy.minutes[step.do] if step.who is Who.PERSON else 0 for step in policy.steps]
    return int(np.array(each, np.int64)[rules].sum())


def _ground(organisation_id: int, on: date) -> _Ground:
    stamp = _stamp(on)
    with _lock:
        kept = _grounds.get(organisation_id)
    if kept is not None and kept.stamp == stamp:
        return kept
    table = table_on(on)
    loaded = load(on, all_ids(), narrow=False)
    stand = positions(loaded.portfolio, day_number(on), since=loaded.carried_since)
    seen = features(stand, traits(on, loaded.portfolio, table, narrow=False))
    made = _Ground(stamp, loaded.portfolio.tenancy, np.asfortranarray(seen), in_force(on))
    with _lock:
        _grounds[organisation_id] = made
        _grounds.move_to_end(organisation_id)
        while len(_grounds) > _KEPT:
            _grounds.popitem(last=False)
    return made


def _stamp(on: date) -> tuple[object, ...]:
    """Changes with every fact: each is an entry of the ledger or leaves a line in the history."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT (SELECT max(id) FROM ledger_entry), (SELECT max(id) FROM history_event),
                      (SELECT max(id) FROM ledger_waiting), (SELECT max(id) FROM steps_step)"""
        )
        return (on, *cursor.fetchone())
