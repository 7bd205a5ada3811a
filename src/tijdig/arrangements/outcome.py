"""What came of an arrangement, and the day on which that was known: kept, or not.

Decides by what was asked beside what came (`watch`), whichever is first:

- *not kept* on the day of its first break that was still a break when that day ended: from that day on an alert says so.
  What repairs it later does not undo it. Money that came in time and was only learned of later was never a break;
- *kept* on the day of the last term, or the day after it on which all had come, the terms and the rent until then, and
  stayed. What is not paid after that day is another debt. Before the last term nobody can say so: rent that comes some
  days before it is due looks like terms that came.

One that a person ended before either counts as it stood: not kept where that person says so or says that the rest will not
come; kept where its first term had come and nothing was broken. One that was replaced or withdrawn before its first term
came has no outcome, and neither has one that runs and is kept.

Units: whole cents. Errors: none. Worked example: terms of € 50 on the 25th of October, November and December, three days
of grace; nothing comes in November: not kept on 29 November, whatever comes in December.

Left out: whose arrangement it was (`bailiff`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from tijdig.arrangements.kinds import EndReason
from tijdig.arrangements.watch import Duty, Money, Pause, terms, watch

_NOT_KEPT = frozenset({EndReason.NOT_KEPT, EndReason.UNCOLLECTABLE})


class Outcome(NamedTuple):
    """On which day it was known, and whether it was kept."""

    on: date
    kept: bool


class Ended(NamedTuple):
    """That a person ended it, and why; None where it was withdrawn."""

    on: date
    reason: EndReason | None


def outcome(
    duties: Iterable[Duty],
    money: Iterable[Money],
    as_of: date,
    grace_days: int,
    pauses: Sequence[Pause] = (),
    ended: Ended | None = None,
) -> Outcome | None:
    """What is known of it at the end of a day; None where it has no outcome, or not yet."""
    asked, day = list(duties), min(as_of, ended.on) if ended else as_of
    came = sorted(one for one in money if one.on <= day)
    broken_on = next(
        (one.broken_on for one in watch(asked, came, day, grace_days, pauses).breaks if one.repaired_on != one.broken_on),
        None,
    )  # fmt: skip
    paid_on = _paid_on(asked, came, day, pauses)
    if paid_on is not None and (broken_on is None or paid_on < broken_on):
        return Outcome(paid_on, kept=True)
    if broken_on is not None:
        return Outcome(broken_on, kept=False)
    if ended is None or ended.on > as_of:
        return None
    if ended.reason in _NOT_KEPT:
        return Outcome(ended.on, kept=False)
    return Outcome(ended.on, kept=True) if _begun(asked, came, day, pauses) else None


def _paid_on(
    duties: Sequence[Duty], came: Sequence[Money], day: date, pauses: Sequence[Pause]
) -> date | None:
    """The first day from the last term on since which there was what the terms and the rent until that day came to."""
    last_on = max((one.due_on for one in terms(duties, (), day, pauses)), default=day)
    for on in sorted({last_on, *(one.on for one in came if one.on > last_on)}):
        asked = sum(duty.cents for duty in duties if duty.term or duty.due_on <= on)
        if on <= day and asked <= min(
            accumulate((one.cents for one in came if one.on > on), initial=_until(came, on))
        ):
            return on
    return None


def _until(came: Sequence[Money], on: date) -> int:
    return sum(one.cents for one in came if one.on <= on)


def _begun(duties: Sequence[Duty], came: Sequence[Money], day: date, pauses: Sequence[Pause]) -> bool:
    found = terms(duties, came, day, pauses)
    return bool(found) and not found[0].open_cents
