"""What the end of an alert says about the arrears: settled, or only not asked for any more.

Decides by the place (`policy.words.Bucket`) of the step that ended it, because a corporation names its own steps. Settled is
where nothing is overdue any more; told as paid is also what is left below the threshold. An alert from before the step was
kept with it ended because it was paid.

Units: none. Errors: none. Worked example: an alert that `nothing_open` (or `niets_open`) ended was settled, one that
`small_amount` ended is told as paid and was not settled, one that `paused` ended is neither. Left out: which steps a
corporation ever had (`queries_policy.places`). Of a code that two versions give different places, the newest start holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from tijdig.policy.table import Table, shipped
from tijdig.policy.words import Bucket

Places = Mapping[str, Bucket]
_SETTLED = Bucket.NOTHING
_PAID = frozenset({_SETTLED, Bucket.BELOW})


def places_of(tables: Iterable[Table]) -> dict[str, Bucket]:
    """The place of each step by its code, in ways of working of which a later one holds before an earlier one."""
    return {step.code: step.bucket for table in tables for step in table.policy.steps}


@cache
def shipped_places() -> Places:
    return places_of([shipped()])


def settled_codes(places: Places) -> list[str]:
    """The steps that end an alert because nothing is overdue any more."""
    return sorted(code for code, bucket in places.items() if bucket is _SETTLED)


def is_paid(ended_by: str, places: Places) -> bool:
    """Did it end because it was paid, all or all but a little?"""
    return not ended_by or places.get(ended_by) in _PAID
