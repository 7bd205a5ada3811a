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

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

Key = tuple[str, str]  # day, cents: as they stand in the print


@dataclass(frozen=True, slots=True)
class Heard:
    """An entry that was told before."""

    fingerprint: str
    bank_reference: str
    family: str


def family(format_name: str) -> str:
    """camt or mt940: within one family the bank's references can be compared."""
    return "mt940" if format_name.lower().startswith("mt940") else "camt"


class Prints:
    """The prints of one statement's entries, in their order."""

    def __init__(
        self, account: str, own_family: str = "camt", heard: Iterable[Heard] = (), *, continues: bool = False
    ) -> None:
        self._account = account
        self._family = own_family
        self._left: dict[Key, list[Heard]] = defaultdict(list)
        self._last: dict[Key, int] = defaultdict(int)
        for one in heard:
            _, day, cents, ordinal = one.fingerprint.rsplit("|", 3)
            self._last[day, cents] = max(self._last[day, cents], int(ordinal))
            if not continues:
                self._left[day, cents].append(one)

    def of(self, day: date, entry_cents: int, bank_reference: str = "") -> tuple[str, bool]:
        """The print of the next entry, and whether it was heard before."""
        key = (day.isoformat(), str(entry_cents))
        again = self._recognise(self._left.get(key, []), bank_reference)
        if again is not None:
            self._left[key].remove(again)
            return again.fingerprint, True
        self._last[key] += 1
        return f"{self._account}|{key[0]}|{key[1]}|{self._last[key]}", False

    def _recognise(self, left: list[Heard], bank_reference: str) -> Heard | None:
        same = [one for one in left if one.family == self._family]
        for one in same:
            if bank_reference and one.bank_reference == bank_reference:
                return one
        for one in left:
            if one.family != self._family or not (bank_reference and one.bank_reference):
                return one
        return None
