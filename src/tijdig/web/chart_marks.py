"""What was done, as small signs on the line of a balance, and the table that says the same.

Decides which sign a line of the time line has, and where it stands: on its day, just above the balance of that day. Signs
that would lie over each other stand together: those of one sort are one sign with a number, up to three sorts stand
above each other, more are a round with a number. Nothing depends on colour: talk and attempt differ in being filled, and
every sign has its word beside it in the legend and in the table.

Units: whole SVG units of `chart`. Errors: none. Worked example: two letters of one day are one envelope with a 2; a letter
and a call of one week stand above each other, because a week is narrower than a sign.

Left out: money, which is the line itself, and what lies outside the drawing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy

from tijdig.cases.time_line import Kind, TimeLineItem
from tijdig.web.chart import ChartSvg, place

NEAR = 21  # signs that are nearer than this lie over each other, also at phone width
STEP = 20  # from one sign to the one above it
_ABOVE, _HIGHEST = 14, 10
_MOST_SORTS = 3
PILE = "pile"
_SIGN = {
    Kind.TALK: "talk",
    Kind.ATTEMPT: "attempt",
    Kind.VISIT: "visit",
    Kind.VISIT_ATTEMPT: "visit",
    Kind.LETTER_SENT: "letter",
    Kind.ARRANGEMENT: "arrangement",
}
SIGN_LABEL: dict[str, str | Lazy] = {
    "talk": gettext_lazy("gesproken"),
    "attempt": gettext_lazy("niet bereikt"),
    "visit": gettext_lazy("huisbezoek"),
    "letter": gettext_lazy("brief"),
    "arrangement": gettext_lazy("regeling"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One sign in the drawing; `number` is how many it stands for."""

    sign: str
    x: int
    y: int
    number: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: the balance at the end of the day, and what was done on it, each with how often."""

    on: date
    cents: int
    done: tuple[tuple[str | Lazy, int], ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """The signs, the legend (sign, word, how many), and the table."""

    marks: tuple[Mark, ...]
    legend: tuple[tuple[str, str | Lazy, int], ...]
    rows: tuple[Row, ...]

    @property
    def piled(self) -> bool:
        """Does one sign stand for several sorts?"""
        return any(one.sign == PILE for one in self.marks)


def sign_of(item: TimeLineItem) -> str:
    """The sign of a line of the time line; empty where it has none."""
    return _SIGN.get(item.kind, "")


def marks(drawn: ChartSvg, points: Sequence[tuple[date, int]], items: Iterable[TimeLineItem]) -> Marks:
    """The signs of these lines in a drawing of these balances."""
    done = sorted(
        (item.on, sign)
        for item in items
        if (sign := sign_of(item)) and drawn.first_on <= item.on <= drawn.last_on
    )
    counts = Counter(sign for _, sign in done)
    legend = tuple((sign, label, counts[sign]) for sign, label in SIGN_LABEL.items() if counts[sign])
    return Marks(tuple(_marks(drawn, points, done)), legend, tuple(_rows(points, done)))


def _balance(points: Sequence[tuple[date, int]], on: date) -> int:
    """What holds on a day: the last balance that was told by then."""
    return points[bisect_right(points, on, key=lambda point: point[0]) - 1][1]


def _marks(
    drawn: ChartSvg, points: Sequence[tuple[date, int]], done: Sequence[tuple[date, str]]
) -> Iterable[Mark]:
    together: list[list[tuple[int, int, str]]] = []
    for on, sign in done:
        x, y = place(drawn, on, _balance(points, on))
        if together and x - together[-1][0][0] < NEAR:
            together[-1].append((x, y, sign))
        else:
            together.append([(x, y, sign)])
    for near in together:
        yield from _tower(near)


def _tower(near: Sequence[tuple[int, int, str]]) -> Iterable[Mark]:
    """The signs of one place: in the order of the legend, the first one on the line."""
    counts = Counter(sign for _, _, sign in near)
    sorts = [sign for sign in SIGN_LABEL if counts[sign]]
    if len(sorts) > _MOST_SORTS:
        sorts, counts = [PILE], Counter({PILE: len(near)})
    x = (near[0][0] + near[-1][0]) // 2
    highest = min(y for _, y, _ in near) - _ABOVE - STEP * (len(sorts) - 1)
    first = max(highest, _HIGHEST) + STEP * (len(sorts) - 1)
    for level, sign in enumerate(sorts):
        yield Mark(sign, x, first - STEP * level, counts[sign])


def _rows(points: Sequence[tuple[date, int]], done: Sequence[tuple[date, str]]) -> Iterable[Row]:
    """Each day on which the balance changed or something was done."""
    by_day: dict[date, Counter[str]] = {}
    for on, sign in done:
        by_day.setdefault(on, Counter())[sign] += 1
    for on in sorted({day for day, _ in points} | by_day.keys()):
        of_day = by_day.get(on, Counter())
        told = tuple((label, of_day[sign]) for sign, label in SIGN_LABEL.items() if of_day[sign])
        yield Row(on, _balance(points, on), told)
