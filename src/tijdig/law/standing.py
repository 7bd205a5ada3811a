"""Where the law stands: of every quantity what holds on a day, since when, what went before, and what is not sure.

What people come for stands first: the statutory interest, the collection costs and the terms. Then the other numbers, by
name; last what is not sure: no value, a value that is not confirmed, or nobody looked for its review period. What must be
looked at is told apart (`attention`).

Example: from 1 December 2026 the statutory interest is stale, because its rate is known until 31 December 2026.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from fractions import Fraction
from itertools import takewhile
from typing import Any

from tijdig.law.answer import short_day
from tijdig.law.dated import Entry, Quantity
from tijdig.law.quantity import percent, quantities, stale
from tijdig.law.quantity_words import in_words, part_lines

# Of a value with parts: the one part, in cents, that shows best how it went.
_DRAWN: dict[str, tuple[str, tuple[str | int, ...]]] = {
    "bailiff_acts": ("dagvaarding", ("a",)),
    "court_fee": ("rechtspersoon, de laagste vordering", ("legal", 0, "fee_cents")),
    "representative_salary": ("alleen ontruiming", ("eviction_only_cents",)),
}


# What people come for, in the order in which an arrear meets them.
_NEEDED = (
    "statutory_interest",
    "collection_cost_scale",
    "vat",
    "fourteen_day_term",
    "early_signal",
    "signal_to_summons",
    "contact_hours",
    "prescription",
)


class Group(IntEnum):
    """The parts of the page, in order."""

    NEEDED = 0
    OTHER = 1
    UNSURE = 2


_WELL = 2


@dataclass(frozen=True, slots=True)
class Dated:
    """One line of the history: the value in words, and whether it holds on the day that was asked."""

    entry: Entry[Any]
    words: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]  # the same by part; empty where a value is one number
    unsure: str  # the parts that are not confirmed, by name
    holds: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """One quantity. `lines` has the newest first; `numbers` is empty where there is no number to draw."""

    quantity: Quantity[Any]
    now: Dated | None
    lines: tuple[Dated, ...]
    numbers: tuple[tuple[date, Fraction], ...]
    drawn: str  # which part of the value the numbers are; empty where they are the whole
    ends_on: date | None  # from this day the number is not known
    stale: tuple[str, ...]
    provisional: tuple[str, ...]

    @property
    def rank(self) -> int:
        """0 where somebody must look now, 1 where something is not sure, 2 where all is well."""
        return 0 if self.stale else 1 if self.provisional else 2

    @property
    def group(self) -> Group:
        """Where it stands on the page."""
        if self.quantity.key in _NEEDED:
            return Group.NEEDED
        return Group.OTHER if self.rank == _WELL else Group.UNSURE


def stale_sentences(one: Quantity[Any], day: date) -> tuple[str, ...]:
    """Why somebody should look at this quantity, and what to do; nothing when it is fresh."""
    sentences = []
    if one.known_until is not None and one.ends_soon(day):
        seek = "het nieuwe percentage" if one.unit.startswith("procent") else "wat daarna geldt"
        sentences.append(f"{one.name} is bekend tot en met {short_day(one.known_until)}: zoek {seek} op.")
    if one.review_on < day:
        checked = short_day(one.checked_on)
        sentences.append(f"{one.name}: voor het laatst nagekeken op {checked}. Kijk of het nog klopt.")
    return tuple(sentences)


def attention(day: date) -> tuple[str, ...]:
    """A sentence for each quantity that is stale."""
    return tuple(sentence for one in stale(day) for sentence in stale_sentences(one, day))


def _number(raw: Any, path: tuple[str | int, ...]) -> Fraction | None:
    """The number at that place in a value, amounts in euro; None where there is none."""
    for step in path:
        raw = None if raw is None else raw.get(step) if isinstance(raw, dict) else raw[step]
    if raw is None or isinstance(raw, dict | list):
        return None
    if path:
        return Fraction(raw, 100)
    return percent(raw) if isinstance(raw, str | int) else None


def _numbers(one: Quantity[Any]) -> tuple[tuple[date, Fraction], ...]:
    """From the first value on, as long as it is known."""
    path = _DRAWN[one.key][1] if one.key in _DRAWN else ()
    found = ((entry.from_on, _number(entry.raw, path)) for entry in one.entries)
    return tuple(
        (day, number) for day, number in takewhile(lambda pair: pair[1] is not None, found) if number
    )


def _ends_on(one: Quantity[Any], numbers: int) -> date | None:
    return one.entries[numbers].from_on if 0 < numbers < len(one.entries) else None


def _provisional(now: Dated | None) -> tuple[str, ...]:
    if now is None:
        return ("Op deze dag is er geen waarde.",)
    if now.entry.value is None:
        return (f"De waarde van nu is niet bekend. {now.entry.note}".strip(),)
    if not now.entry.confirmed:
        return (f"De waarde van nu is nog niet bevestigd. {now.entry.note}".strip(),)
    return (f"Nog niet bevestigd: {now.unsure}.",) if now.unsure else ()


def standing(one: Quantity[Any], day: date) -> Standing:
    """Where this quantity stands on that day."""
    place = bisect_right([entry.from_on for entry in one.entries], day) - 1
    lines = tuple(
        Dated(
            entry,
            in_words(entry.raw, one.unit, one.labels),
            part_lines(entry.raw, one.labels),
            ", ".join(one.labels.get(part, part) for part in entry.unsure),
            at == place,
        )
        for at, entry in enumerate(one.entries)
    )
    now = lines[place] if place >= 0 else None
    numbers = _numbers(one)
    return Standing(
        quantity=one,
        now=now,
        lines=lines[::-1],
        numbers=numbers,
        drawn=_DRAWN[one.key][0] if one.key in _DRAWN else "",
        ends_on=_ends_on(one, len(numbers)),
        stale=stale_sentences(one, day),
        provisional=_provisional(now),
    )


def standings(day: date) -> tuple[Standing, ...]:
    """Every quantity, group by group: what people come for in its own order, the others by name."""
    return tuple(sorted((standing(one, day) for one in quantities()), key=_place))


def _place(one: Standing) -> tuple[int, int, int, str]:
    needed = _NEEDED.index(one.quantity.key) if one.group is Group.NEEDED else 0
    return one.group, needed, one.rank, one.quantity.name
