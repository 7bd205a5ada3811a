"""One print per bank entry, the same whichever format tells it, so that the same money posts once.

A print is account, booking day, signed cents and an ordinal. camt.053 and MT940 tell the same entries with other
words, so words take no part. An entry was heard before when an entry of that amount on that day was told that nobody
has recognised yet in this statement, and either the bank's own references agree, or they cannot be compared (another
format, or one of the two has none). Two entries of one format whose references differ are two entries.

A second statement of a day that opens where the first one closed repeats nothing: two equal payments, one in the
morning and one in the afternoon, stay two.

Worked example: € 600,00 twice on 3 November in one file: `NL..|2026-11-03|60000|1` and `...|2`. The same file again,
or the MT940 of that day, gives the same two prints.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

Key = tuple[str, str]  # day, cents: as they stand in the print


class Heard(NamedTuple):
    """An entry that was told before."""

    fingerprint: str
    bank_reference: str
    family: str


def family(format_name: str) -> str:
    """camt or mt940: within one family the bank's references can be compared."""
    return "mt940" if format_name.lower().startswith("mt940") else "camt"


class _Left:
    """What was heard of one day and amount and not recognised yet, found by reference or in its order."""

    __slots__ = ("_all", "_by_reference", "_gone", "_loose")

    def __init__(self) -> None:
        self._all: deque[Heard] = deque()
        self._loose: deque[Heard] = deque()  # whose reference cannot be compared with ours
        self._by_reference: dict[str, deque[Heard]] = {}
        self._gone: set[str] = set()

    def add(self, one: Heard, own_family: str) -> None:
        self._all.append(one)
        if one.family == own_family and one.bank_reference:
            self._by_reference.setdefault(one.bank_reference, deque()).append(one)
        else:
            self._loose.append(one)

    def take(self, bank_reference: str) -> Heard | None:
        """The one that is this entry told again, if any; it is not given a second time."""
        if not bank_reference:
            return self._first(self._all)
        return self._first(self._by_reference.get(bank_reference)) or self._first(self._loose)

    def _first(self, left: deque[Heard] | None) -> Heard | None:
        while left:
            one = left.popleft()
            if one.fingerprint not in self._gone:
                self._gone.add(one.fingerprint)
                return one
        return None


class Prints:
    """The prints of one statement's entries, in their order."""

    def __init__(
        self, account: str, own_family: str = "camt", heard: Iterable[Heard] = (), *, continues: bool = False
    ) -> None:
        self._account = account
        self._left: dict[Key, _Left] = {}
        self._last: dict[Key, int] = defaultdict(int)
        for one in heard:
            _, day, cents, ordinal = one.fingerprint.rsplit("|", 3)
            self._last[day, cents] = max(self._last[day, cents], int(ordinal))
            if not continues:
                self._left.setdefault((day, cents), _Left()).add(one, own_family)

    def of(self, day: date, entry_cents: int, bank_reference: str = "") -> tuple[str, bool]:
        """The print of the next entry, and whether it was heard before."""
        key = (day.isoformat(), str(entry_cents))
        left = self._left.get(key)
        again = left.take(bank_reference) if left else None
        if again is not None:
            return again.fingerprint, True
        number = self._last[key] = self._last[key] + 1
        return f"{self._account}|{key[0]}|{key[1]}|{number}", False
