"""Which tenancies a step can get: the conditions of a way of working as boxes, and what is left of one after those before
it.

Every feature is a dimension of whole numbers, every flag one of 0 and 1; a feature that may be unknown has -1 too. The
conditions of a step are a box (with `!=` a few), and a step gets its box less those of the steps before it. That is worked
out exactly, so "can this ever happen" has a yes with an example, or a no that is a proof.

Some combinations cannot happen whatever the policy says (nothing overdue and yet days overdue); they are taken away too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tijdig.policy.conditions import Condition
from tijdig.policy.document import Policy
from tijdig.policy.words import FLAGS, MAYBE_UNKNOWN, NAMED, YES_NO, Circumstance, Comparison, Feature

MOST = 10**9
Dimension = tuple[Feature, int]  # the feature, and the flag of it (0: the feature itself)
Span = tuple[int, int]  # first and last value, both inside
Box = Mapping[Dimension, Span]


def domain(dimension: Dimension) -> Span:
    """All values that a feature or flag can have."""
    feature, flag = dimension
    if flag or feature in YES_NO:
        return 0, 1
    if feature in NAMED:
        return 0, max(NAMED[feature].values())
    return (-1 if feature in MAYBE_UNKNOWN else 0), MOST


def _spans(condition: Condition) -> tuple[Dimension, list[Span]]:
    """The dimension of a condition, and the values that fulfil it. Unknown (-1) never does."""
    feature, value = condition.feature, condition.value
    if feature in FLAGS:
        has = int(condition.comparison is Comparison.HAS)
        return (feature, value), [(has, has)]
    last = domain((feature, 0))[1]
    spans: Mapping[Comparison, list[Span]] = {
        Comparison.LESS: [(0, value - 1)],
        Comparison.AT_MOST: [(0, value)],
        Comparison.EQUAL: [(value, value)],
        Comparison.NOT_EQUAL: [(0, value - 1), (value + 1, last)],
        Comparison.AT_LEAST: [(value, last)],
        Comparison.MORE: [(value + 1, last)],
    }
    return (feature, 0), [(one, other) for one, other in spans[condition.comparison] if one <= other]


def boxes_of(conditions: Sequence[Condition]) -> list[dict[Dimension, Span]]:
    """The boxes in which all of these conditions hold; none where they contradict each other."""
    boxes: list[dict[Dimension, Span]] = [{}]
    for condition in conditions:
        dimension, spans = _spans(condition)
        narrowed = []
        for box in boxes:
            for span in spans:
                both = overlap(box.get(dimension, domain(dimension)), span)
                if both:
                    narrowed.append({**box, dimension: both})
        boxes = narrowed
    return boxes


def overlap(one: Span, other: Span) -> Span | None:
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else None


def both(one: Box, other: Box) -> dict[Dimension, Span] | None:
    """The box in which both are, or None."""
    found = dict(one)
    for dimension, span in other.items():
        inside = overlap(found.get(dimension, domain(dimension)), span)
        if inside is None:
            return None
        found[dimension] = inside
    return found


def remainders(box: Box, gone: Sequence[Box], start: int = 0) -> Iterator[Box]:
    """What is left of a box when these are taken away, piece by piece; nothing where they cover it."""
    for place in range(start, len(gone)):
        if both(box, gone[place]) is None:
            continue
        inside = dict(box)
        for dimension, (first, last) in gone[place].items():
            low, high = inside.get(dimension, domain(dimension))
            if low < first:
                yield from remainders({**inside, dimension: (low, first - 1)}, gone, place + 1)
            if high > last:
                yield from remainders({**inside, dimension: (last + 1, high)}, gone, place + 1)
            inside[dimension] = (max(low, first), min(high, last))
        return
    yield box


def _limits(policy: Policy, *features: Feature) -> set[int]:
    values = {c.value for step in policy.steps for c in step.conditions if c.feature in features}
    return {value + more for value in values for more in (0, 1)} - {0}


def impossible(policy: Policy) -> list[Box]:
    """What cannot happen, whatever the policy says, in so far as its conditions could tell."""
    f = Feature
    owes, days, run = (f.OVERDUE_CENTS, 0), (f.DAYS_OVERDUE, 0), (f.DAYS_IN_ARREARS, 0)
    some = (1, MOST)
    found: list[Box] = [
        {owes: (0, 0), days: some},
        {owes: some, days: (0, 0)},
        {owes: (0, 0), run: some},
        {owes: some, run: (0, 0)},
        {(f.OPEN_CENTS, 0): (0, 0), owes: some},
        {owes: some, (f.DUE_MONTHS, 0): (0, 0)},
        {(f.RENT_KNOWN, 0): (0, 0), (f.RENT_MONTHS, 0): (0, MOST)},
        {(f.RENT_KNOWN, 0): (1, 1), (f.RENT_MONTHS, 0): (-1, -1)},
        {(f.DIRECT_DEBIT, 0): (0, 0), (f.DEBIT_AHEAD, 0): (1, 1)},
        {(f.TALKED_SINCE_DUE, 0): (1, 1), (f.TALKED_IN_ARREARS, 0): (0, 0)},
        {(f.TALKED_SINCE_DUE, 0): (1, 1), (f.DAYS_SINCE_TALK, 0): (-1, -1)},
        {(f.TALKED_IN_ARREARS, 0): (1, 1), (f.CONTACT_SOUGHT, 0): (0, 0)},
        {(f.REMINDED_SINCE_DUE, 0): (1, 1), (f.WRITTEN_SINCE_DUE, 0): (0, 0)},
        {(f.FOURTEEN_DAY_LETTER, 0): (1, 2), (f.DAYS_SINCE_FOURTEEN_DAY, 0): (-1, -1)},
        {(f.EARLY_SIGNAL, 0): (1, 1), (f.DAYS_SINCE_OFFER, 0): (-1, -1)},
        {(f.WITH_BAILIFF, 0): (1, 1), (f.DAYS_SINCE_HAND_OVER, 0): (-1, -1)},
    ]
    found += _of_procedures()
    for first, second in (
        (f.DAYS_OVERDUE, f.DAYS_IN_ARREARS),
        (f.DAYS_NEW_OVERDUE, f.DAYS_NEW_IN_ARREARS),
    ):
        for limit in _limits(policy, first, second):
            found.append({(first, 0): (limit, MOST), (second, 0): (0, limit - 1)})
    return found


def _of_procedures() -> Iterator[Box]:
    """A kind of debt procedure without a procedure, and an account of a procedure where none runs."""
    f, runs = Feature, (Feature.CIRCUMSTANCE, int(Circumstance.DEBT_PROCEDURE))
    new, days, run = (f.NEW_OVERDUE_CENTS, 0), (f.DAYS_NEW_OVERDUE, 0), (f.DAYS_NEW_IN_ARREARS, 0)
    some, none, yes = (1, MOST), (0, 0), (1, 1)
    for kind in (Circumstance.WSNP, Circumstance.AMICABLE, Circumstance.MORATORIUM):
        yield {runs: none, (f.CIRCUMSTANCE, int(kind)): yes}
    yield {runs: none, new: some}
    yield {runs: none, (f.FROZEN_CENTS, 0): some}
    yield {runs: none, (f.TALKED_IN_TRAJECTORY, 0): yes}
    yield {runs: none, (f.TRAJECTORY_DAYS, 0): (0, MOST)}
    yield {runs: yes, (f.TRAJECTORY_DAYS, 0): (-1, -1)}
    for clock in (days, run):
        yield {new: none, clock: some}
        yield {new: some, clock: none}
    yield {new: none, (f.NEW_DEBIT_AHEAD, 0): yes}
    yield {(f.DIRECT_DEBIT, 0): none, (f.NEW_DEBIT_AHEAD, 0): yes}
    yield {(f.OVERDUE_CENTS, 0): none, new: some}


@dataclass(frozen=True, slots=True)
class Reach:
    """What each step of a policy can get. Worked out when asked."""

    policy: Policy
    boxes: tuple[tuple[Box, ...], ...]
    never: tuple[Box, ...]

    def example(self, place: int, *also: Box) -> Box | None:
        """A piece of what the step at this place gets, within all of `also`; None where it gets nothing there."""
        gone = [*self.never, *(box for earlier in self.boxes[:place] for box in earlier)]
        for box in self.boxes[place]:
            inside: Box | None = box
            for limit in also:
                inside = both(inside, limit) if inside is not None else None
            if inside is None:
                continue
            near = sorted((other for other in gone if both(inside, other) is not None), key=len)
            if (found := next(remainders(inside, near), None)) is not None:
                return found
        return None


def reach(policy: Policy) -> Reach:
    boxes = tuple(tuple(boxes_of(step.conditions)) for step in policy.steps)
    return Reach(policy, boxes, tuple(impossible(policy)))
