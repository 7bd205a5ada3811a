"""Since when the work with a household stands still: what should be looked at before anything more goes out to it.

A circumstance that stops the work (debt procedure, administration, death, bankruptcy), an objection that pauses everything,
a named person's pause or decision to help, a file that is with the bailiff. The way of working starts nothing new then;
this is for what was written before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from tijdig.arrears.done import with_bailiff
from tijdig.cases.queries_done import done
from tijdig.objections.objection import Pause
from tijdig.objections.queries import objections_of, pausing
from tijdig.rulings.kinds import Kind as RulingKind
from tijdig.rulings.queries import in_force
from tijdig.steps.kinds import Kind as StepKind
from tijdig.steps.queries import steps_of
from tijdig.tenancies.flags import PROCEDURES, Flag, FlagBit
from tijdig.tenancies.queries_flags import flag_columns, flags_of

_STOPS = (*PROCEDURES, Flag.ADMINISTRATION, Flag.DEATH, Flag.BANKRUPTCY)
_BITS = sum(int(FlagBit[flag.name]) for flag in _STOPS)
_RESTS = (RulingKind.PAUSE, RulingKind.HELP)


@dataclass(frozen=True, slots=True)
class Still:
    """When we learned the newest reason for which a case stands still; and apart, when the bailiff got the file."""

    since_at: datetime | None = None
    bailiff_at: datetime | None = None


def still(on: date, ids: Sequence[int]) -> dict[int, Still]:
    """Of these tenancies those whose case stands still on a day; in a handful of queries, and more for those that do."""
    named = sorted({int(one) for one in ids})
    since = _newest([*_flags(on, named), *_objections(on, named), *_rulings(on, named)])
    bailiff = _newest(_bailiff(on, named))
    return {one: Still(since.get(one), bailiff.get(one)) for one in since.keys() | bailiff.keys()}


def _newest(found: Iterable[tuple[int, datetime]]) -> dict[int, datetime]:
    return dict(sorted(found, key=lambda one: one[1]))


def _flags(on: date, ids: Sequence[int]) -> Iterator[tuple[int, datetime]]:
    tenancies, bits = flag_columns(on, ids)
    for tenancy in tenancies[(bits & _BITS) != 0].tolist():
        for flag in flags_of(tenancy, on):
            if flag.kind in _STOPS and flag.holds(on) and flag.recorded_at is not None:
                yield tenancy, flag.recorded_at


def _objections(on: date, ids: Sequence[int]) -> Iterator[tuple[int, datetime]]:
    for tenancy in pausing(on, ids).tolist():
        for one in objections_of(tenancy, on):
            if one.pause is Pause.STEPS:
                yield tenancy, one.recorded_at


def _rulings(on: date, ids: Sequence[int]) -> Iterator[tuple[int, datetime]]:
    for one in in_force(on, ids):
        if one.kind in _RESTS:
            yield one.tenancy_id, one.recorded_at


def _bailiff(on: date, ids: Sequence[int]) -> Iterator[tuple[int, datetime]]:
    tenancies = np.array(ids, np.int64)
    there = tenancies[with_bailiff(done(on, tenancies))].tolist()
    for step in steps_of(there, kinds=(StepKind.HANDED_OVER,), as_of=on) if there else ():
        yield step.tenancy_id, step.recorded_at
