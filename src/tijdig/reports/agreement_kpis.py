"""The figures on which a corporation and its partner hold each other to account, each by its definition in `bailiff.kinds`.

Decides how the figures of many files come to one. A share of no files, and a median of none, is no figure. A file to whose
tenant nobody of the partner spoke counts with the days so far, or until it ended, so that waiting never looks better than
talking.

Units: percent and days rounded half up to whole numbers, whole cents. Errors: none. Example: of four files that ended three
were paid without a judgment: 75 percent. Outliers are files that pull a figure the wrong way, the worst first.

Left out: whether a target is a good one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from tijdig.bailiff.agreement import Target
from tijdig.bailiff.ends import amicable
from tijdig.bailiff.figures import Figures
from tijdig.bailiff.kinds import Direction, End, Kpi
from tijdig.bailiff.values import File
from tijdig.base.days import add_months

_YEAR_MONTHS = 12
_MOST_OUTLIERS = 5
_LONGER = 2  # times the target: an outlier to talk about


@dataclass(frozen=True, slots=True)
class Counted:
    """A file with what it counts for."""

    file: File
    figures: Figures


@dataclass(frozen=True, slots=True)
class Behind:
    """A file behind a figure, with what it counted for there."""

    file: File
    counts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`value` None: no file to tell it from. `of` is how many files, `behind` which."""

    kpi: Kpi
    value: int | None
    of: int
    behind: tuple[Behind, ...]
    outliers: tuple[Behind, ...]
    met: bool | None


def figure(target: Target, files: Sequence[Counted], on: date) -> Figure:
    """One figure of these files over the months that were agreed, up to and including a day."""
    first_on = add_months(on, -target.months)
    behind = tuple(_BEHIND[target.kpi](files, first_on, on))
    value = _VALUE[target.kpi]([one.counts for one in behind])
    return Figure(
        kpi=target.kpi,
        value=value,
        of=len(behind),
        behind=behind,
        outliers=tuple(_outliers(target, behind)),
        met=_met(target, value),
    )


def among_ended(target: Target, files: Sequence[Counted], on: date) -> int | None:
    """The same over files that ended in those months alone, as it is told of files elsewhere: of arrangements in them every
    one, of evictions those of a hundred files."""
    first_on = add_months(on, -target.months)
    ended = list(_ended(files, first_on, on))
    if target.kpi is Kpi.KEPT:
        return _share([int(kept) for one in ended for _on, kept in one.figures.arrangements])
    if target.kpi is Kpi.CONTACT:
        return _middle([_days(one, one.figures.first_talk_on or one.file.ended_on or on) for one in ended])
    counts = [one.counts for one in _BEHIND[target.kpi](ended, first_on, on)]
    return _share(counts) if target.kpi is Kpi.EVICTIONS else _VALUE[target.kpi](counts)


def _days(one: Counted, until: date) -> int:
    return (until - one.file.handed_over_on).days


def _met(target: Target, value: int | None) -> bool | None:
    if value is None:
        return None
    return value >= target.target if target.direction is Direction.AT_LEAST else value <= target.target


def _outliers(target: Target, behind: Sequence[Behind]) -> list[Behind]:
    if target.kpi in (Kpi.AMICABLE, Kpi.KEPT):
        found = [one for one in behind if not one.counts]
    elif target.kpi is Kpi.EVICTIONS:
        found = [one for one in behind if one.counts]
    else:
        found = sorted(
            (one for one in behind if one.counts > _LONGER * target.target), key=lambda one: -one.counts
        )
    return found[:_MOST_OUTLIERS]


def _ended(files: Sequence[Counted], first_on: date, on: date) -> Iterator[Counted]:
    for one in files:
        if one.file.ended_on is not None and first_on < one.file.ended_on <= on:
            yield one


def _amicable(files: Sequence[Counted], first_on: date, on: date) -> Iterator[Behind]:
    """Of those that ended, or are open longer than a year: solved without a judge; what is nobody's result is left out."""
    year = add_months(on, -_YEAR_MONTHS)
    for one in files:
        ended = one.file.ended_on is not None and first_on < one.file.ended_on <= on
        old = one.file.ended_on is None and one.file.handed_over_on < year
        if ended or old:
            good = amicable(one.file.end, one.file.end_side, one.figures)
            if good is not None:
                yield Behind(one.file, int(good))


def _contact(files: Sequence[Counted], first_on: date, on: date) -> Iterator[Behind]:
    for one in files:
        if first_on < one.file.handed_over_on <= on:
            yield Behind(one.file, _days(one, one.figures.first_talk_on or one.file.ended_on or on))


def _handling(files: Sequence[Counted], first_on: date, on: date) -> Iterator[Behind]:
    for one in _ended(files, first_on, on):
        assert one.file.ended_on is not None
        yield Behind(one.file, _days(one, one.file.ended_on))


def _kept(files: Sequence[Counted], first_on: date, on: date) -> Iterator[Behind]:
    for one in files:
        for known_on, kept in one.figures.arrangements:
            if first_on < known_on <= on:
                yield Behind(one.file, int(kept))


def _tenant_cost(files: Sequence[Counted], first_on: date, on: date) -> Iterator[Behind]:
    yield from (Behind(one.file, one.figures.tenant_cents) for one in _ended(files, first_on, on))


def _corporation_cost(files: Sequence[Counted], first_on: date, on: date) -> Iterator[Behind]:
    yield from (Behind(one.file, one.figures.corporation_cents) for one in _ended(files, first_on, on))


def _evictions(files: Sequence[Counted], first_on: date, on: date) -> Iterator[Behind]:
    yield from (
        Behind(one.file, int(one.figures.evicted or one.file.end is End.EVICTED))
        for one in _ended(files, first_on, on)
    )


def _share(counts: Sequence[int]) -> int | None:
    return (200 * sum(counts) + len(counts)) // (2 * len(counts)) if counts else None


def _middle(counts: Sequence[int]) -> int | None:
    return int(median(counts) + 0.5) if counts else None


def _mean(counts: Sequence[int]) -> int | None:
    return (2 * sum(counts) + len(counts)) // (2 * len(counts)) if counts else None


_BEHIND: dict[Kpi, Callable[[Sequence[Counted], date, date], Iterator[Behind]]] = {
    Kpi.AMICABLE: _amicable,
    Kpi.CONTACT: _contact,
    Kpi.HANDLING: _handling,
    Kpi.KEPT: _kept,
    Kpi.TENANT_COST: _tenant_cost,
    Kpi.CORPORATION_COST: _corporation_cost,
    Kpi.EVICTIONS: _evictions,
}
_VALUE: dict[Kpi, Callable[[Sequence[int]], int | None]] = {
    Kpi.AMICABLE: _share,
    Kpi.CONTACT: _middle,
    Kpi.HANDLING: _middle,
    Kpi.KEPT: _share,
    Kpi.TENANT_COST: _mean,
    Kpi.CORPORATION_COST: _mean,
    Kpi.EVICTIONS: sum,
}
