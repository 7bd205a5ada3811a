"""Is nobody missed? Each tenancy that owes more than the floor must be in exactly one place, and what is written must be
true.

Decides for one day: the place of a tenancy is that of the step which is stored for it. It is in none when the engine, asked
again over the facts, puts it elsewhere (nobody noticed), when nothing is stored, or when it should be in somebody's list and
has no open alert or nobody whose list that is. It is in two when an alert still calls for somebody and the stored step
says that nothing is to be asked.

Units: tenancies. Errors: none. Example: a tenant who pays by an arrangement and has an open alert is in two. Left out:
whether somebody also works the list; that is what the terms are for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tijdig.policy.words import BUCKET_LABEL, Bucket

WHY = {
    "unseen": "is niet beoordeeld op deze dag",
    "moved": "staat volgens de feiten ergens anders",
    "no_alert": "moet in een lijst staan en heeft geen open melding",
    "no_owner": "moet in een lijst staan en er is niemand met die lijst",
    "alert_open": "er is niets te vragen en de melding staat nog open",
}
_ASKS_NOBODY = frozenset({Bucket.NOTHING, Bucket.BELOW, Bucket.ARRANGEMENT, Bucket.BAILIFF})


@dataclass(frozen=True, slots=True)
class Stands:
    """One tenancy on the day. `stored` is the place of what is written, None where nothing is; `again` that of the facts."""

    tenancy_id: int
    stored: Bucket | None
    again: Bucket
    alert: bool
    owned: bool


@dataclass(frozen=True, slots=True)
class Breach:
    tenancy_id: int
    why: str  # a key of `WHY`

    @property
    def sentence(self) -> str:
        return WHY[self.why]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found. `buckets` counts every tenancy that is in one place, by the name of the place."""

    on: date
    tenancies: int
    buckets: Mapping[str, int]
    in_none: tuple[Breach, ...]
    in_two: tuple[Breach, ...]

    @property
    def holds(self) -> bool:
        return not self.in_none and not self.in_two


def prove(on: date, all_stand: Iterator[Stands] | list[Stands]) -> Proof:
    """Count every tenancy once."""
    counts: Counter[Bucket] = Counter(dict.fromkeys(Bucket, 0))
    none, two, total = [], [], 0
    for one in all_stand:
        total += 1
        if (why := _missed(one)) is not None:
            none.append(Breach(one.tenancy_id, why))
        elif one.alert and one.stored in _ASKS_NOBODY:
            two.append(Breach(one.tenancy_id, "alert_open"))
        else:
            counts[one.stored or Bucket.NOTHING] += 1
    named = {BUCKET_LABEL[bucket]: counts[bucket] for bucket in Bucket}
    return Proof(on, total, named, tuple(none), tuple(two))


def _missed(one: Stands) -> str | None:
    if one.stored is None:
        return None if one.again is Bucket.NOTHING else "unseen"
    if one.stored is not one.again:
        return "moved"
    if one.stored is Bucket.LIST and not one.alert:
        return "no_alert"
    if one.stored is Bucket.LIST and not one.owned:
        return "no_owner"
    return None
