"""A value through time: what holds on a day, until when, and how sure that is.

A value holds from its day until the next one. Before the first there is none. After `known_until` the last value is
given with a doubt, because nobody can know yet whether it changes. A value that is None means: unknown from that day.

Example: with 6 from 1 January 2025 and 4 from 1 January 2026, `at(date(2025, 6, 1))` is 6 until 31 December 2025.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from tijdig.base.days import add_months
from tijdig.law.answer import Doubt, NotKnown, Source, short_day

V = TypeVar("V")
_ONE_DAY = timedelta(days=1)
_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Entry(Generic[V]):
    """One dated value. `raw` is the value as the file has it; `unsure` names the parts that are not confirmed."""

    from_on: date
    value: V | None
    raw: Any
    source: Source
    checked_on: date
    confirmed: bool
    unsure: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Found(Generic[V]):
    """The value of a day. `until_on` is its last day; None when no later value is known."""

    name: str
    value: V
    from_on: date
    until_on: date | None
    source: Source
    confirmed: bool
    doubts: tuple[Doubt, ...]
    unsure: tuple[str, ...]

    def part_doubts(self, part: str) -> tuple[Doubt, ...]:
        """The doubts about one named part of the value, on top of those about the whole."""
        if part not in self.unsure:
            return self.doubts
        since = short_day(self.from_on)
        more = Doubt("unconfirmed", f"{self.name} vanaf {since}: dit onderdeel is nog niet bevestigd.")
        return (*self.doubts, more)


@dataclass(frozen=True, slots=True)
class Piece(Generic[V]):
    """A part of a period in which one value holds; both days are included."""

    first_on: date
    last_on: date
    found: Found[V]


@dataclass(frozen=True, slots=True)
class Quantity(Generic[V]):
    """All values of one quantity, in the order of their days."""

    key: str
    name: str
    unit: str
    law: str
    review_months: int
    known_until: date | None
    note: str
    labels: Mapping[str, str]
    entries: tuple[Entry[V], ...]
    _starts: tuple[date, ...] = field(repr=False)

    @property
    def first_on(self) -> date:
        """The first day for which there is a value."""
        return self._starts[0]

    @property
    def checked_on(self) -> date:
        """The day on which any value was last held against its source."""
        return max(entry.checked_on for entry in self.entries)

    @property
    def review_on(self) -> date:
        """The day after which somebody should look again."""
        return add_months(self.checked_on, self.review_months)

    def ends_soon(self, day: date) -> bool:
        """Is it not known any more, or within a month? A decree for 1 January comes out in December."""
        return self.known_until is not None and self.known_until - _MONTH < day

    def at(self, day: date) -> Found[V]:
        """The value of that day; raises `NotKnown` where there is none."""
        place = bisect_right(self._starts, day) - 1
        if place < 0:
            raise NotKnown("before_first", self._too_early(day))
        return self._found(place, day)

    def over(self, first: date, last: date) -> tuple[Piece[V], ...]:
        """The pieces of a period, both days included. A piece carries the doubts of its last day."""
        pieces = []
        day = first
        while day <= last:
            found = self.at(day)
            end = last if found.until_on is None else min(last, found.until_on)
            place = bisect_right(self._starts, day) - 1
            pieces.append(Piece(day, end, found if self._sure(end) else self._found(place, end)))
            day = end + _ONE_DAY
        return tuple(pieces)

    def _found(self, place: int, day: date) -> Found[V]:
        entry = self.entries[place]
        if entry.value is None:
            raise NotKnown("unknown", self._unknown(entry))
        after = self._starts[place + 1 : place + 2]
        until = after[0] - _ONE_DAY if after else None
        doubts = self._doubts(entry, day)
        return Found(
            self.name, entry.value, entry.from_on, until, entry.source, entry.confirmed, doubts, entry.unsure
        )

    def _sure(self, day: date) -> bool:
        return self.known_until is None or day <= self.known_until

    def _doubts(self, entry: Entry[V], day: date) -> tuple[Doubt, ...]:
        doubts = []
        if not entry.confirmed:
            sentence = f"{self.name} vanaf {short_day(entry.from_on)} is nog niet bevestigd. {entry.note}"
            doubts.append(Doubt("unconfirmed", sentence.strip()))
        if self.known_until is not None and day > self.known_until:
            known = short_day(self.known_until)
            sentence = (
                f"{self.name} is bekend tot en met {known}; daarna telt hier het laatste bekende getal."
            )
            doubts.append(Doubt("after_known", sentence))
        return tuple(doubts)

    def _too_early(self, day: date) -> str:
        first = short_day(self.first_on)
        return f"{self.name} is bekend vanaf {first}, niet op {short_day(day)}. Kies {first} of later."

    def _unknown(self, entry: Entry[V]) -> str:
        since = short_day(entry.from_on)
        return f"{self.name} is vanaf {since} niet bekend. Zoek het op in: {entry.source.citation}."
