"""The walk: the ledger rows of a tenancy, once, in order, by articles 6:43 and 6:44 BW. Machine code.

The rules, with tables, are in `docs/rules/imputation.md`. Two facts keep this file short and fast:

- A credit waits only when nothing is open, and nothing stays open while a credit waits. So the balance alone
  tells which of the two there is.
- Where the balance is zero, nothing is open and nothing waits: what came before matters only if something
  after it takes it back. So the walk starts after the last such row.

The rows that are walked are copied into a desk: one array with a line of cells per row (`desk[LEFT, row]`),
numbered from where the walk starts. `LEFT` is what is still open of a charge, or still waits of a credit.
Open items stand in three heaps (costs, interest, principal): oldest due day first, then oldest row. An item
that was settled by designation stays in its heap, with nothing left, until it surfaces. The log holds one
line per settlement or reopening, chained per credit and per undo, latest first; it is kept only where
something is taken back.

The cost is n log n in the rows, plus one step per settlement. All of it stays in this one file, because the
compiled form is kept as long as this file does not change; few and plain arguments, because numba counts
references.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tijdig.arrears.compiled import kernel, step
from tijdig.arrears.lines import NO_DAY, Cents, Days, Lines, Measures
from tijdig.arrears.walk_rows import balance_and_begin, last_credit_day, month, rows_until, undos
from tijdig.ledger.kinds import Role

ROWS = "3f63a746be5618b3"  # the digest of walk_rows.py, which is compiled into this file
CREDIT, UNDO, PRINCIPAL = int(Role.CREDIT), int(Role.UNDO), int(Role.PRINCIPAL)

# The cells of a row on the desk. The heaps and the queue of waiting credits use cells as plain lists.
LEFT, DAY, DUE, ROLE, TARGET, INSIDE, CHAIN, QUEUE, HEAP = range(9)
CELLS = HEAP + 3
# The counters: the sizes of the three heaps, the first and the end of the queue, the lines of the log; and the first day of
# the arrears that have not been broken since.
HEAD, TAIL, LINKS, SINCE = 3, 4, 5, 6
COUNTERS = 7
# The cells of a line of the log.
BY, ITEM, CENTS, BACK, ON, PREVIOUS = range(6)
LOG_CELLS = 6

ROW_BITS = 32  # a key in a heap: the due day above, the row below
ROW_MASK = (1 << ROW_BITS) - 1

Desk = npt.NDArray[np.int64]
Count = npt.NDArray[np.int64]
Log = npt.NDArray[np.int64]


# -- the open items of one class, oldest due day first -------------------------------------------------------


@step
def _push(desk: Desk, count: Count, kind: int, item: int) -> None:
    desk[INSIDE, item] = 1
    cell = HEAP + kind
    key = (desk[DUE, item] << ROW_BITS) | item
    place = count[kind]
    count[kind] += 1
    while place > 0 and desk[cell, (place - 1) >> 1] > key:
        desk[cell, place] = desk[cell, (place - 1) >> 1]
        place = (place - 1) >> 1
    desk[cell, place] = key


@step
def _pop(desk: Desk, count: Count, kind: int) -> None:
    cell = HEAP + kind
    desk[INSIDE, desk[cell, 0] & ROW_MASK] = 0
    count[kind] -= 1
    size = count[kind]
    key = desk[cell, size]
    place, child = 0, 1
    while child < size:
        if child + 1 < size and desk[cell, child + 1] < desk[cell, child]:
            child += 1
        if desk[cell, child] >= key:
            break
        desk[cell, place] = desk[cell, child]
        place, child = child, 2 * child + 1
    desk[cell, place] = key


# -- settling and reopening ----------------------------------------------------------------------------------


@step
def _note(desk: Desk, count: Count, log: Log, by: int, item: int, cents: int, day: int) -> None:
    """Write a log line. Without room it only counts; the caller then walks again with a larger log."""
    place = count[LINKS]
    count[LINKS] += 1
    if place < len(log):
        log[place, BY] = by
        log[place, ITEM] = item
        log[place, CENTS] = cents
        log[place, BACK] = 0
        log[place, ON] = day
        log[place, PREVIOUS] = desk[CHAIN, by]
        desk[CHAIN, by] = place


@step
def _settle(
    desk: Desk, count: Count, log: Log, keep: bool, credit: int, item: int, most: int, day: int
) -> int:
    """Let a credit settle an item, up to `most`, what it has and what is open. Gives what it settled."""
    cents: int = min(most, desk[LEFT, credit], desk[LEFT, item])
    if cents > 0:
        desk[LEFT, credit] -= cents
        desk[LEFT, item] -= cents
        if keep:
            _note(desk, count, log, credit, item, cents, day)
    return cents


@step
def _spend(desk: Desk, count: Count, log: Log, keep: bool, credit: int, day: int) -> None:
    """The general rule: due before not due; costs, interest, principal; the oldest due day first."""
    for last_due in (day, np.iinfo(np.int32).max):
        for kind in range(3):
            while desk[LEFT, credit] > 0 and count[kind] > 0:
                key = desk[HEAP + kind, 0]
                if key >> ROW_BITS > last_due:
                    break
                item = key & ROW_MASK
                _settle(desk, count, log, keep, credit, item, desk[LEFT, credit], day)
                if desk[LEFT, item] == 0:
                    _pop(desk, count, kind)


@step
def _spend_waiting(desk: Desk, count: Count, log: Log, keep: bool, day: int) -> None:
    """Waiting credits settle what is now open, the oldest credit first."""
    while count[HEAD] < count[TAIL]:
        credit = desk[QUEUE, count[HEAD]]
        _spend(desk, count, log, keep, credit, day)
        if desk[LEFT, credit] > 0:
            return
        count[HEAD] += 1


@step
def _redo(desk: Desk, count: Count, log: Log, credit: int, undo: int) -> None:
    """A credit that takes back an undo settles what that undo reopened, in the first order again."""
    line = desk[CHAIN, undo]
    while line >= 0 and desk[LEFT, credit] > 0:
        most = log[line, CENTS] - log[line, BACK]
        log[line, BACK] += _settle(desk, count, log, True, credit, log[line, ITEM], most, desk[DAY, credit])
        if desk[LEFT, credit] > 0:
            line = log[line, PREVIOUS]
    desk[CHAIN, undo] = line


@step
def _reopen(desk: Desk, count: Count, log: Log, undo: int, credit: int) -> None:
    """Take back what a credit settled, latest first, as far as the undo goes; each item keeps its own due
    day.
    """
    line = desk[CHAIN, credit]
    while line >= 0 and desk[LEFT, undo] > 0:
        item = log[line, ITEM]
        cents = min(desk[LEFT, undo], log[line, CENTS] - log[line, BACK])
        if cents > 0:
            log[line, BACK] += cents
            desk[LEFT, undo] -= cents
            desk[LEFT, item] += cents
            if desk[INSIDE, item] == 0:
                _push(desk, count, min(desk[ROLE, item], PRINCIPAL), item)
            _note(desk, count, log, undo, item, cents, desk[DAY, undo])
        if log[line, BACK] == log[line, CENTS]:
            line = log[line, PREVIOUS]
    desk[CHAIN, credit] = line


# -- the three sorts of row ----------------------------------------------------------------------------------


@step
def _credit(desk: Desk, count: Count, log: Log, keep: bool, row: int) -> None:
    """What it designates first, if that exists; then the general rule; the rest waits."""
    day, target = desk[DAY, row], desk[TARGET, row]
    if 0 <= target < row and desk[ROLE, target] != CREDIT:
        if keep and desk[ROLE, target] == UNDO:
            _redo(desk, count, log, row, target)
        _settle(desk, count, log, keep, row, target, desk[LEFT, row], day)
    _spend(desk, count, log, keep, row, day)
    if desk[LEFT, row] > 0:
        desk[QUEUE, count[TAIL]] = row
        count[TAIL] += 1


@step
def _undo(desk: Desk, count: Count, log: Log, keep: bool, row: int) -> None:
    """Take back a credit: what still waits of it, then what it settled. What is beyond that is a charge of
    its own.
    """
    target = desk[TARGET, row]
    if keep and 0 <= target < row and desk[ROLE, target] == CREDIT:
        cents = min(desk[LEFT, row], desk[LEFT, target])
        desk[LEFT, row] -= cents
        desk[LEFT, target] -= cents
        _reopen(desk, count, log, row, target)
    if desk[LEFT, row] > 0:
        _push(desk, count, PRINCIPAL, row)
    _spend_waiting(desk, count, log, keep, desk[DAY, row])


# -- since when something has been overdue without a break ---------------------------------------------------


@step
def _oldest_due(desk: Desk, count: Count) -> int:
    """The oldest due day that is open. Items that were settled by designation surface here and go."""
    oldest = NO_DAY
    for kind in range(3):
        while count[kind] > 0 and desk[LEFT, desk[HEAP + kind, 0] & ROW_MASK] == 0:
            _pop(desk, count, kind)
        if count[kind] > 0:
            due = desk[HEAP + kind, 0] >> ROW_BITS
            if oldest == NO_DAY or due < oldest:
                oldest = due
    return oldest


@step
def _look(desk: Desk, count: Count, day: int) -> None:
    """The arrears as they stand on a day: they go on, begin with the oldest due day, or end."""
    oldest = _oldest_due(desk, count)
    if oldest == NO_DAY or oldest >= day:
        count[SINCE] = NO_DAY
    elif count[SINCE] == NO_DAY or oldest < count[SINCE]:
        count[SINCE] = oldest


@step
def _lay_out(desk: Desk, count: Count, lines: Lines, begin: int, end: int, offset: int) -> None:
    """Copy the rows to the desk. `offset` is how many rows of the tenancy come before them."""
    count[:] = 0
    count[SINCE] = NO_DAY
    for row in range(end - begin):
        desk[LEFT, row] = abs(lines.amount[begin + row])
        desk[DAY, row] = lines.day[begin + row]
        desk[DUE, row] = lines.due[begin + row]
        desk[ROLE, row] = lines.role[begin + row]
        desk[TARGET, row] = lines.target[begin + row] - offset
        desk[CHAIN, row] = -1
        desk[INSIDE, row] = 0


@step
def _walk(
    desk: Desk,
    count: Count,
    log: Log,
    keep: bool,
    lines: Lines,
    begin: int,
    end: int,
    offset: int,
    since: int,
) -> None:
    """Lay out the rows `begin` to `end` and walk them; `offset` rows of the tenancy come before.

    `since` is the first day of the arrears with which the first row begins. Only a credit can break arrears, so they are
    looked at just before and just after each.
    """
    _lay_out(desk, count, lines, begin, end, offset)
    count[SINCE] = since
    for row in range(end - begin):
        role = desk[ROLE, row]
        if role == CREDIT:
            _look(desk, count, desk[DAY, row])
            _credit(desk, count, log, keep, row)
            _look(desk, count, desk[DAY, row])
        elif role == UNDO:
            _undo(desk, count, log, keep, row)
        else:
            _push(desk, count, role, row)
            _spend_waiting(desk, count, log, keep, desk[DAY, row])


# -- many tenancies ------------------------------------------------------------------------------------------


@step
def _due_months(desk: Desk, count: Count, as_of: int) -> int:
    """Calendar months among the overdue due days. Empties the heaps: the last thing done with them."""
    found, latest = 0, 0
    while True:
        kind = -1
        for other in range(3):
            if count[other] > 0 and (kind < 0 or desk[HEAP + other, 0] < desk[HEAP + kind, 0]):
                kind = other
        if kind < 0 or desk[HEAP + kind, 0] >> ROW_BITS >= as_of:
            return found
        this_month = month(desk[HEAP + kind, 0] >> ROW_BITS)
        if desk[LEFT, desk[HEAP + kind, 0] & ROW_MASK] > 0 and (found == 0 or this_month != latest):
            found += 1
            latest = this_month
        _pop(desk, count, kind)


@step
def _measure(desk: Desk, count: Count, as_of: int, out: Measures, tenancy: int) -> None:
    """Sum what is open. Due days before the day itself are overdue; nobody is dunned on the due day."""
    open_items, overdue_items, not_due = 0, 0, 0
    oldest, next_due = np.int64(NO_DAY), np.int64(NO_DAY)
    for kind in range(3):
        overdue = 0
        for place in range(count[kind]):
            key = desk[HEAP + kind, place]
            due, cents = key >> ROW_BITS, desk[LEFT, key & ROW_MASK]
            if cents == 0:
                continue
            open_items += 1
            if due < oldest or oldest == NO_DAY:
                oldest = due
            if due < as_of:
                overdue += cents
                overdue_items += 1
            else:
                not_due += cents
                if due < next_due or next_due == NO_DAY:
                    next_due = due
        out.overdue_by_role[tenancy, kind] = overdue
        out.overdue[tenancy] += overdue
    out.not_due[tenancy] = not_due
    out.oldest_due[tenancy] = oldest
    out.next_due[tenancy] = next_due
    _look(desk, count, as_of)
    out.arrears_since[tenancy] = count[SINCE]
    out.open_items[tenancy] = open_items
    out.overdue_items[tenancy] = overdue_items
    out.due_months[tenancy] = overdue_items
    if overdue_items > 1:
        out.due_months[tenancy] = _due_months(desk, count, as_of)


@kernel
def measure_many(
    lines: Lines, start: Count, one: int, stop: int, as_of: int, out: Measures, left: Cents, since: Days
) -> None:
    """Positions of the tenancies `one` to `stop`; with `left` not empty, also what is left of every row.

    `since`, where not empty, is per tenancy the first day of the arrears with which its rows begin.
    """
    longest = 0
    for tenancy in range(one, stop):
        longest = max(longest, start[tenancy + 1] - start[tenancy])
    desk, count = np.empty((CELLS, longest), np.int64), np.zeros(COUNTERS, np.int64)
    log = np.empty((0, LOG_CELLS), np.int64)
    for tenancy in range(one, stop):
        first = start[tenancy]
        end = start[tenancy + 1]
        if first < end and lines.day[end - 1] > as_of:
            end = rows_until(lines, first, end, as_of)
        limit, out.last_reversal_day[tenancy] = undos(lines, first, end)
        balance, begin = balance_and_begin(lines, first, end, limit)
        out.balance[tenancy] = balance
        out.credit[tenancy] = max(0, -balance)
        out.lines[tenancy] = end - first
        out.last_payment_day[tenancy] = last_credit_day(lines, first, end)
        if begin == end:
            continue
        began = NO_DAY
        if begin == first and len(since) > 0:
            began = since[tenancy]
        _walk(desk, count, log, limit < end, lines, begin, end, begin - first, began)
        while count[LINKS] > len(log):
            log = np.empty((2 * count[LINKS] + 64, LOG_CELLS), np.int64)
            _walk(desk, count, log, limit < end, lines, begin, end, begin - first, began)
        _measure(desk, count, as_of, out, tenancy)
        if len(left) > 0:
            left[begin:end] = desk[LEFT, : end - begin]


@kernel
def settle_one(lines: Lines, end: int) -> tuple[Cents, Log]:
    """What is left of each of the first `end` rows of the only tenancy, and the whole log."""
    desk, count = np.empty((CELLS, end), np.int64), np.zeros(COUNTERS, np.int64)
    log = np.empty((4 * end + 64, LOG_CELLS), np.int64)
    _walk(desk, count, log, True, lines, 0, end, 0, NO_DAY)
    while count[LINKS] > len(log):
        log = np.empty((2 * count[LINKS], LOG_CELLS), np.int64)
        _walk(desk, count, log, True, lines, 0, end, 0, NO_DAY)
    return desk[LEFT, :end].copy(), log[: count[LINKS]]
