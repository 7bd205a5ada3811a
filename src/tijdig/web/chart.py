"""The line of one account's balance, as the numbers of a small SVG drawing.

Decides where the line, its axes and their labels go; the template writes the words (title, description, table
twin), so that they follow the reader's language. A balance holds until the next change, so the line is a
staircase: a slope would claim amounts that never were.

Units: cents and days in, whole SVG units out (a view box of `WIDTH` x `HEIGHT`). Whole-number arithmetic
throughout. Leaves out: several lines, and a scale that does not contain zero (it would exaggerate).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tijdig.base.days import add_months, day_number, first_of_month, whole_months
from tijdig.base.money import euro

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = (
    84,
    624,
    14,
    184,
)  # the margins hold labels at phone width, where text is drawn larger

_MOST_Y_STEPS = 4
_MOST_X_TICKS = 6
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_WHOLE_EURO = 100


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and what it says."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class ChartSvg:
    """What the template draws, and the facts its description tells."""

    line: str  # path data of the staircase
    area: str  # the same, closed down to zero
    zero_y: int
    end_x: int
    end_y: int
    x_ticks: list[Tick]
    y_ticks: list[Tick]
    first_on: date
    last_on: date
    first_cents: int
    last_cents: int
    highest_cents: int
    highest_on: date
    lowest_cents: int
    lowest_on: date
    changes: int
    scale: tuple[int, int]  # the lowest and the highest mark, in cents
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


def _whole_euro(cents: int) -> str:
    return euro(cents).removesuffix(",00")


def chart(
    points: Sequence[tuple[date, int]],
    until: date | None = None,
    label: Callable[[int], str] = _whole_euro,
) -> ChartSvg | None:
    """Draws balances (day, cents) as a staircase that runs on to `until`; `None` when there are none.

    Any other value in hundredths is drawn the same way; `label` is what its marks say.

    Without `until` the line ends on the last change. Days must rise: a wrong order is the caller's fault and
    raises `ValueError`.

    Example: `[(1 Jan, 0), (1 Feb, 60000)]` until 1 March is flat, one step up, flat.
    """
    if not points:
        return None
    days = [day_number(day) for day, _ in points]
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise ValueError("the days of a chart must rise")
    last_on = max(until or points[-1][0], points[-1][0])
    amounts = [cents for _, cents in points]
    low, high, step = _scale(min(amounts), max(amounts))
    first, span = days[0], max(day_number(last_on) - days[0], 1)
    places = [(_x(day, first, span), _y(cents, low, high)) for day, cents in zip(days, amounts, strict=True)]
    line, zero_y = _staircase(places), _y(0, low, high)
    highest_on, highest_cents = max(points, key=lambda point: point[1])
    lowest_on, lowest_cents = min(points, key=lambda point: point[1])
    return ChartSvg(
        line=line,
        area=f"{line}V{zero_y}H{places[0][0]}Z",
        zero_y=zero_y,
        end_x=RIGHT,
        end_y=places[-1][1],
        x_ticks=_x_ticks(points[0][0], last_on),
        y_ticks=[Tick(_y(cents, low, high), label(cents)) for cents in range(low, high + 1, step)],
        first_on=points[0][0],
        last_on=last_on,
        first_cents=amounts[0],
        last_cents=amounts[-1],
        highest_cents=highest_cents,
        highest_on=highest_on,
        lowest_cents=lowest_cents,
        lowest_on=lowest_on,
        changes=len(points) - 1,
        scale=(low, high),
    )


def place(drawn: ChartSvg, on: date, cents: int) -> tuple[int, int]:
    """Where a day and an amount stand in a drawing."""
    first, span = day_number(drawn.first_on), max((drawn.last_on - drawn.first_on).days, 1)
    return _x(day_number(on), first, span), _y(cents, *drawn.scale)


def _staircase(places: Sequence[tuple[int, int]]) -> str:
    x, y = places[0]
    steps = "".join(f"H{x}V{y}" for x, y in places[1:])
    return f"M{x} {y}{steps}H{RIGHT}"


def _x(day: int, first: int, span: int) -> int:
    return LEFT + (RIGHT - LEFT) * (day - first) // span


def _y(cents: int, low: int, high: int) -> int:
    return BOTTOM - (BOTTOM - TOP) * (cents - low) // (high - low)


def _scale(lowest: int, highest: int) -> tuple[int, int, int]:
    """Round bounds that hold zero, and the step between marks, in cents: 0 to 64205 is (0, 80000, 20000)."""
    low, high = min(lowest, 0), max(highest, 0)
    if low == high:
        high = _WHOLE_EURO * _WHOLE_EURO  # nothing owed all along: an empty scale to a hundred euro
    step, power = _WHOLE_EURO, _WHOLE_EURO
    while -(-high // step) - low // step > _MOST_Y_STEPS:
        lead = step // power
        step, power = {1: (2 * power, power), 2: (5 * power, power)}.get(lead, (10 * power, 10 * power))
    return low // step * step, -(-high // step) * step, step


def _x_ticks(first_on: date, last_on: date) -> list[Tick]:
    """First days of months, as many as fit; the two ends where the stretch is too short for that."""
    first, span = day_number(first_on), max((last_on - first_on).days, 1)
    months = _month_starts(first_on, last_on)
    if len(months) < 2:
        ends = [first_on] if first_on == last_on else [first_on, last_on]
        return [Tick(_x(day_number(day), first, span), f"{day:%d-%m-%Y}") for day in ends]
    return [Tick(_x(day_number(day), first, span), f"{day:%m-%Y}") for day in months]


def _month_starts(first_on: date, last_on: date) -> list[date]:
    begin = first_of_month(first_on)
    begin = begin if begin == first_on else add_months(begin, 1)
    total = whole_months(begin, last_on) + 1 if begin <= last_on else 0
    every = next((step for step in _MONTH_STEPS if -(-total // step) <= _MOST_X_TICKS), _MONTH_STEPS[-1])
    starts = (add_months(begin, number) for number in range(total))
    return [day for day in starts if (day.year * 12 + day.month - 1) % every == 0]
