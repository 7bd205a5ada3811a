"""The days of a fourteen-day term one by one, in weeks: what each day is, and why some do not count.

Decides nothing: it lays out a `Term`. Example: sent on Friday 6 March 2026, Saturday the 7th counts for delivery, Sunday
the 8th and Monday the 9th do not, Tuesday the 10th it is delivered, and Wednesday the 11th is day 1 of 14.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tijdig.law.holidays import holiday_name
from tijdig.law.letter_term import Term

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TermDay:
    """One day. `kind`: sent, way, skipped, delivered, term, extended, last, fee, or outside the term altogether."""

    day: date
    kind: str
    words: str
    holiday: str


def _between(term: Term, day: date) -> tuple[str, str]:
    """What a day is that is neither the first nor the last of anything."""
    if day in term.skipped:
        return "skipped", "telt niet mee"
    if day < term.delivered_on:
        return "way", "onderweg"
    if day <= term.counted_on:
        return "term", f"dag {(day - term.delivered_on).days} van {term.term_days}"
    return "extended", "de termijn loopt door"


def _kind(term: Term, day: date) -> tuple[str, str]:
    if not term.sent_on <= day <= term.fee_from_on:
        return "outside", ""
    delivered = "ontvangen" if term.received else "geldt als bezorgd"
    if day == term.sent_on:
        return "sent", f"verzonden en {delivered}" if day == term.delivered_on else "verzonden"
    named = {
        term.fee_from_on: ("fee", "kosten verschuldigd"),
        term.last_day_on: ("last", "laatste dag om te betalen"),
        term.delivered_on: ("delivered", delivered),
    }
    return named.get(day) or _between(term, day)


def _days(term: Term) -> Iterator[TermDay]:
    day = term.sent_on - term.sent_on.weekday() * _ONE_DAY
    while day <= term.fee_from_on or day.weekday():
        kind, words = _kind(term, day)
        yield TermDay(day, kind, words, holiday_name(day) or "")
        day += _ONE_DAY


def weeks(term: Term) -> tuple[tuple[TermDay, ...], ...]:
    """Whole weeks from Monday, from the day of sending up to the first day on which the fee is due."""
    days = tuple(_days(term))
    return tuple(days[at : at + 7] for at in range(0, len(days), 7))
