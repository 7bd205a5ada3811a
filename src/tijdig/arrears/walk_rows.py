"""Looking through the rows of a tenancy around the walk: which count, what is taken back, where to begin. Machine code.

Part of `walk.py`, which is compiled with it. The compiled form is kept as long as `walk.py` does not change, so that file
names the digest of this one (`ROWS`), and a test of the house holds them together.
"""

from __future__ import annotations

from tijdig.arrears.compiled import step
from tijdig.arrears.lines import NO_DAY, Lines
from tijdig.ledger.kinds import Role

CREDIT, UNDO = int(Role.CREDIT), int(Role.UNDO)


@step
def rows_until(lines: Lines, first: int, last: int, as_of: int) -> int:
    """The end of the rows on or before the day. Looked for from the end: most questions are about today."""
    low, high, stride = last, last, 1
    while low > first and lines.day[low - 1] > as_of:
        high = low - 1
        low = max(first, high - stride)
        stride *= 2
    while low < high:
        middle = (low + high) >> 1
        if lines.day[middle] <= as_of:
            low = middle + 1
        else:
            high = middle
    return low


@step
def undos(lines: Lines, first: int, end: int) -> tuple[int, int]:
    """The earliest row that an undo takes back (`end` when none is), and the day of the last undo."""
    earliest, last_day = end, NO_DAY
    some = False
    for row in range(first, end):
        some |= lines.role[row] == UNDO
    if some:
        for row in range(first, end):
            if lines.role[row] == UNDO:
                last_day = lines.day[row]
                if lines.target[row] >= 0:
                    earliest = min(earliest, first + lines.target[row])
    return earliest, last_day


@step
def balance_and_begin(lines: Lines, first: int, end: int, limit: int) -> tuple[int, int]:
    """The balance, and the last row up to `limit` ahead of which the balance was zero."""
    balance, begin = 0, first
    for row in range(first, limit):
        balance += lines.amount[row]
        if balance == 0:
            begin = row + 1
    for row in range(limit, end):
        balance += lines.amount[row]
    return balance, begin


@step
def last_credit_day(lines: Lines, first: int, end: int) -> int:
    for row in range(end - 1, first - 1, -1):
        if lines.role[row] == CREDIT:
            return int(lines.day[row])
    return NO_DAY


@step
def month(day: int) -> int:
    """A number for the calendar month of a day: equal within a month, different between months."""
    shifted = day + 719468  # days since 1 March of the year 0
    era = shifted // 146097
    of_era = shifted - era * 146097
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    return int((era * 400 + year) * 12 + (5 * of_year + 2) // 153)
