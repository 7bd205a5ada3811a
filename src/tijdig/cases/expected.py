"""What a contact today is expected to change: the chance that arrears are settled after a talk, less the chance without one.

Decides in which order work of the same urgency is done. Both chances come from the corporation's own history, by kind of
case: how many months of rent, direct debit or not, how often before, how long late. A case counts when it was still open a
week after its alert (else who pays at once would make silence look good); it was talked about in that week or not, and it
was settled in the three weeks after it or not. Where a kind has few cases its chance leans on that of all cases with as
many months, and that on all cases: so many cases' weight as `LEAN`.

Units: per mille. Errors: none; without history every change is 0 and the order is that of the due days. Example: of 40
cases of a kind with a talk 28 were settled and of 60 without 18: some 70% against 30%, a change of about 350 after leaning.
Left out: why. Who is called is not drawn by lot, so this is an order and no proof; proof is for comparisons of ways of
working.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tijdig.policy.words import NAMED, Feature

Whole = npt.NDArray[np.int64]
LEAN = 20
LOOK_DAYS = 7  # in which a talk counts
SETTLE_DAYS = 21  # after which it is looked whether the arrears were settled
_PHASES = NAMED[Feature.PHASE]
_LATE, _LATER = 8, 22
_OFTEN = 3
MONTHS = ("minder dan 1 maand huur", "1 tot 2 maanden huur", "2 maanden huur of meer")
KINDS = len(MONTHS) * 2 * 3 * 3


@dataclass(frozen=True, slots=True)
class Count:
    """How many cases of a kind there were, and how many of them were settled; with a talk, or without."""

    kind: int
    talked: bool
    cases: int
    settled: int


def kinds(features: Whole) -> Whole:
    """The kind of case of each row of features: 0 to `KINDS` - 1."""
    phase = features[:, Feature.PHASE]
    months = np.where(phase <= _PHASES["under_one"], 0, np.where(phase == _PHASES["one_to_two"], 1, 2))
    repeats = features[:, Feature.REPEATS]
    often = np.where(repeats >= _OFTEN, 2, np.where(repeats > 0, 1, 0))
    days = features[:, Feature.DAYS_OVERDUE]
    late = np.where(days >= _LATER, 2, np.where(days >= _LATE, 1, 0))
    debit = (features[:, Feature.DIRECT_DEBIT] > 0).astype(np.int64)
    return np.asarray(((months * 2 + debit) * 3 + often) * 3 + late)


def months_of(kind: int) -> int:
    """Which of `MONTHS` a kind is."""
    return kind // 18


def changes(counts: Iterable[Count]) -> Whole:
    """What a contact changes for each kind, in per mille; the same for every kind where there is no history."""
    table = np.zeros((2, KINDS, 2), np.int64)
    for one in counts:
        table[int(one.talked), one.kind] += (one.cases, one.settled)
    with_talk, without = (_chances(table[which]) for which in (1, 0))
    return np.rint(1000 * (with_talk - without)).astype(np.int64)


def _chances(table: Whole) -> npt.NDArray[np.float64]:
    """The chance of each kind, leaning on those of as many months, and these on all."""
    cases, settled = table[:, 0].astype(float), table[:, 1].astype(float)
    overall = settled.sum() / cases.sum() if cases.sum() else 0.5
    found = np.empty(KINDS)
    for months in range(len(MONTHS)):
        here = np.array([months_of(kind) == months for kind in range(KINDS)])
        alike = (settled[here].sum() + LEAN * overall) / (cases[here].sum() + LEAN)
        found[here] = (settled[here] + LEAN * alike) / (cases[here] + LEAN)
    return found


def counted(rows: Iterable[tuple[int, bool, bool]]) -> list[Count]:
    """Counts from single cases: kind, was there a talk, was it settled."""
    found: dict[tuple[int, bool], list[int]] = {}
    for kind, talked, settled in rows:
        one = found.setdefault((kind, talked), [0, 0])
        one[0] += 1
        one[1] += settled
    return [Count(kind, talked, cases, settled) for (kind, talked), (cases, settled) in sorted(found.items())]
