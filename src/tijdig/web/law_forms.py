"""What somebody typed at a calculator, read field by field. What is wrong is kept, with a sentence beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from django.http import QueryDict

from tijdig.base.typed import typed_cents
from tijdig.law.interest import Payment
from tijdig.web.scope import typed_day

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
_NO_DAY = "'{}' is geen dag. Schrijf bijvoorbeeld 21-11-2026."


class Typed:
    """The fields of one form. `values` is what to show again, `errors` the Dutch sentence beside a field."""

    def __init__(self, given: QueryDict, *begin: str) -> None:
        self._given = given
        self.asked = any(name in given for name in begin)
        self.values: dict[str, str] = {}
        self.errors: dict[str, str] = {}

    def _text(self, name: str) -> str:
        self.values[name] = "\n".join(self._given.getlist(name)).replace("\r\n", "\n").strip()
        return self.values[name]

    def line(self, name: str) -> str:
        """Words on one line; may be left empty."""
        self.values[name] = " ".join(self._text(name).split())
        return self.values[name]

    def _lines(self, name: str, read: Callable[[str], T]) -> list[T]:
        """One thing a line; the first line that cannot be read is told, the others are left."""
        found = []
        for line in self._text(name).splitlines():
            if line.strip():
                try:
                    found.append(read(line.strip()))
                except ValueError as error:
                    self.errors.setdefault(name, str(error))
        return found

    def amounts(self, name: str) -> list[int]:
        """At least one amount, one a line."""
        found = self._lines(name, typed_cents)
        if self.asked and not found:
            self.errors.setdefault(name, "Vul een bedrag in, bijvoorbeeld 612,34.")
        return found

    def amount(self, name: str) -> int:
        """One amount that must be there."""
        found = self.amounts(name)
        if len(found) > 1:
            self.errors.setdefault(name, "Vul hier één bedrag in.")
        return found[0] if found else 0

    def amount_or_none(self, name: str) -> int:
        """An amount that may be left empty; nothing is zero."""
        return sum(self._lines(name, typed_cents)[:1])

    def payments(self, name: str) -> list[Payment]:
        """A day and an amount on each line; may be left empty."""
        return self._lines(name, _payment)

    def day_or_none(self, name: str) -> date | None:
        text = self._text(name)
        day = typed_day(text) if text else None
        if day is not None:
            self.values[name] = day.isoformat()
        elif text:
            self.errors.setdefault(name, _NO_DAY.format(text))
        return day

    def day(self, name: str, usual: date, *, must: bool = False) -> date:
        """A day; `usual` stands in the empty form, and counts where the field is left empty and need not be filled."""
        if not self.asked:
            self.values[name] = usual.isoformat()
            return usual
        day = self.day_or_none(name)
        if day is None and must:
            self.errors.setdefault(name, "Vul een dag in, bijvoorbeeld 21-11-2026.")
        elif day is None and name not in self.errors:
            self.values[name] = usual.isoformat()
        return day or usual

    def ticked(self, name: str) -> bool:
        self.values[name] = "1" if name in self._given else ""
        return name in self._given

    def choice(self, name: str, usual: E) -> E:
        """One of the options; anything else counts as the usual one."""
        try:
            found = type(usual)(self._given.get(name, usual))
        except ValueError:
            found = usual
        self.values[name] = found.value
        return found


def _payment(line: str) -> Payment:
    day_text, _, rest = line.partition(" ")
    day = typed_day(day_text)
    if day is None:
        raise ValueError(f"'{line}' begint niet met een dag. Schrijf bijvoorbeeld 01-03-2026 250,00.")
    return Payment(day, typed_cents(rest.strip()))
