"""The rules of imputation once more, slowly: lists, dictionaries and a sort at every step. Only for
comparing.

Nothing is shared with the engine, and nothing is clever: whoever doubts the engine reads this.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

COSTS, INTEREST, PRINCIPAL, CREDIT, UNDO = range(5)


@dataclass(frozen=True)
class Fact:
    entry: int
    day: int
    due: int
    cents: int
    role: int
    target: int = 0
    reference: str = ""
    kind: str = ""  # debit or write_off; else a payment


@dataclass
class Item:
    entry: int
    place: int  # in the order of arrival
    role: int
    due: int
    left: int


@dataclass
class Touch:
    """One settlement (`sign` +1) or reopening (-1)."""

    by: int
    item: int
    cents: int
    day: int
    sign: int
    taken_back: int = 0


@dataclass
class Book:
    facts: dict[int, Fact]
    items: dict[int, Item] = field(default_factory=dict)
    waiting: dict[int, int] = field(default_factory=dict)  # credit entry -> cents, in order of arrival
    touches: list[Touch] = field(default_factory=list)
    came: list[Fact] = field(default_factory=list)
    since: int | None = None  # with which due day the arrears began that have not been broken since


def look(book: Book, day: int) -> None:
    """The arrears as they stand at a moment: they go on, begin, or end."""
    late = [i.due for i in book.items.values() if i.left > 0 and i.due < day]
    if not late:
        book.since = None
    else:
        book.since = min(late) if book.since is None else min(book.since, *late)


def pointers(facts: list[Fact]) -> dict[int, int]:
    """What each entry points to, where that means something."""
    by_entry = {f.entry: f for f in facts}
    found = {}
    for f in facts:
        target = by_entry.get(f.target)
        if target is None:
            continue
        if (f.role == CREDIT and target.role != CREDIT) or (f.role == UNDO and target.role == CREDIT):
            found[f.entry] = f.target
    return found


def in_order(facts: list[Fact]) -> list[Fact]:
    by_entry = {f.entry: f for f in facts}
    points = pointers(facts)

    def rank(f: Fact) -> int:
        own = {CREDIT: 1, UNDO: 2}.get(f.role, 0)
        return max(own, rank(by_entry[points[f.entry]]) + 1) if f.entry in points else own

    return sorted(facts, key=lambda f: (f.day, rank(f), f.reference))


def spend(book: Book, credit: int, cents: int, day: int) -> int:
    """Settle by the general rule; gives what remains."""
    open_items = [i for i in book.items.values() if i.left > 0]
    open_items.sort(key=lambda i: (i.due > day, i.role, i.due, i.place))
    for item in open_items:
        cents -= settle(book, credit, item, cents, day)
    return cents


def settle(book: Book, credit: int, item: Item, cents: int, day: int) -> int:
    cents = min(cents, item.left)
    if cents > 0:
        item.left -= cents
        book.touches.append(Touch(credit, item.entry, cents, day, +1))
    return cents


def spend_waiting(book: Book, day: int) -> None:
    for credit in list(book.waiting):
        book.waiting[credit] = spend(book, credit, book.waiting[credit], day)


def take_credit(book: Book, fact: Fact, target: int | None) -> None:
    cents = -fact.cents
    if target is not None and target in [f.entry for f in book.came]:
        if book.facts[target].role == UNDO:
            reopened = [t for t in book.touches if t.by == target and t.sign == -1]
            for touch in reversed(reopened):
                if cents == 0:
                    break
                if getattr(touch, "passed", False):
                    continue
                item = book.items[touch.item]
                part = settle(book, fact.entry, item, min(cents, touch.cents - touch.taken_back), fact.day)
                touch.taken_back += part
                cents -= part
                if cents > 0:
                    touch.passed = True  # type: ignore[attr-defined]
        if target in book.items:
            cents -= settle(book, fact.entry, book.items[target], cents, fact.day)
    book.waiting[fact.entry] = spend(book, fact.entry, cents, fact.day)


def take_undo(book: Book, fact: Fact, target: int | None) -> None:
    cents = fact.cents
    due = fact.due
    if target is not None:
        due = fact.day
        if target in [f.entry for f in book.came]:
            part = min(cents, book.waiting[target])
            book.waiting[target] -= part
            cents -= part
            for touch in reversed([t for t in book.touches if t.by == target]):
                part = min(cents, touch.cents - touch.taken_back)
                if part > 0:
                    touch.taken_back += part
                    cents -= part
                    book.items[touch.item].left += part
                    book.touches.append(Touch(fact.entry, touch.item, part, fact.day, -1))
    if cents > 0:
        book.items[fact.entry] = Item(fact.entry, len(book.came), PRINCIPAL, due, cents)
    spend_waiting(book, fact.day)


def keep_book(facts: list[Fact], as_of: int) -> Book:
    book = Book({f.entry: f for f in facts})
    points = pointers(facts)
    for fact in in_order(facts):
        if fact.day > as_of:
            continue
        target = points.get(fact.entry)
        look(book, fact.day)
        if fact.role == CREDIT:
            take_credit(book, fact, target)
        elif fact.role == UNDO:
            take_undo(book, fact, target)
        else:
            book.items[fact.entry] = Item(fact.entry, len(book.came), fact.role, fact.due, fact.cents)
            spend_waiting(book, fact.day)
        book.came.append(fact)
        look(book, fact.day)
    look(book, as_of)
    return book


def is_new(fact: Fact, facts: list[Fact], began: int) -> bool:
    """Does it belong to the account since a debt procedure began? What points back goes with what it names."""
    by_entry = {f.entry: f for f in facts}
    points = pointers(facts)
    while fact.entry in points:
        fact = by_entry[points[fact.entry]]
    if fact.role in (COSTS, INTEREST):
        return False
    if fact.role != CREDIT:
        return fact.due >= began
    if fact.kind == "write_off":
        return False  # what stands still was let go
    if fact.kind == "debit" and _month(fact.day) == _month(began):
        dues = [other.due for other in facts if other.role == PRINCIPAL]
        of_this_month = any(_month(due) == _month(began) and due < began for due in dues)
        if of_this_month and not any(began <= due <= fact.day for due in dues):
            return False  # it collects the rent of this month, which is of before
    return fact.day >= began


def _month(day: int) -> tuple[int, int]:
    on = date(1970, 1, 1) + timedelta(days=day)
    return on.year, on.month


def position(facts: list[Fact], as_of: int) -> dict[str, object]:
    book = keep_book(facts, as_of)
    left = [i for i in book.items.values() if i.left > 0]
    overdue = [i for i in left if i.due < as_of]
    months = {(date(1970, 1, 1) + timedelta(days=i.due)).strftime("%Y-%m") for i in overdue}
    return {
        "balance": sum(f.cents for f in facts if f.day <= as_of),
        "overdue": sum(i.left for i in overdue),
        "not_due": sum(i.left for i in left if i.due >= as_of),
        "credit": sum(book.waiting.values()),
        "overdue_by_role": [sum(i.left for i in overdue if i.role == role) for role in range(3)],
        "oldest_due": min((i.due for i in left), default=None),
        "next_due": min((i.due for i in left if i.due >= as_of), default=None),
        "arrears_since": book.since,
        "open_items": len(left),
        "overdue_items": len(overdue),
        "due_months": len(months),
        "last_payment_day": max((f.day for f in book.came if f.role == CREDIT), default=None),
        "last_reversal_day": max((f.day for f in book.came if f.role == UNDO), default=None),
        "lines": len(book.came),
    }
