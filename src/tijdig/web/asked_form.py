"""A short form of choices, days and words: what it begins with, what was posted, and what is wrong beside its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar, Protocol, TypeVar
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.functional import Promise as Lazy

from tijdig.web.contact_form import Option
from tijdig.web.law_forms import Typed

E = TypeVar("E", bound=StrEnum)
_DAY_MISSING = "Vul een dag in, bijvoorbeeld 21-11-2026."


class _Fault(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def sentence(self) -> str: ...


class AskedForm:
    """`fields` are in the order of the page, `places` says beside which field a fault stands, `missing` what to choose."""

    fields: ClassVar[tuple[str, ...]] = ()
    places: ClassVar[Mapping[str, str]] = {}
    missing: ClassVar[Mapping[str, str]] = {}

    def __init__(self, posted: QueryDict | None, begin: Mapping[str, str]) -> None:
        self.asked = posted is not None
        given = QueryDict(mutable=True)
        given.update(begin)
        self._given = posted if posted is not None else given
        self._typed = Typed(self._given, *self.fields)
        self.values, self._errors = self._typed.values, self._typed.errors
        self.asked_as = self._uuid()

    @property
    def first(self) -> str:
        """Before anything was sent the first question may have the focus; afterwards what is wrong has it."""
        return "" if self.asked else "unchosen"

    @property
    def errors(self) -> dict[str, str]:
        """The sentence beside each field, in the order of the page; none before anything was sent."""
        return {name: self._errors[name] for name in self.fields if self.asked and name in self._errors}

    def tell(self, faults: Iterable[_Fault]) -> None:
        """Put each beside its field; what a field says of itself goes first."""
        for one in faults:
            self._errors.setdefault(self.places.get(one.code, self.fields[0]), one.sentence)

    def options(self, name: str, words: Mapping[E, str] | Mapping[E, str | Lazy]) -> list[Option]:
        """The choices of one question, with what was chosen."""
        return [Option(one.value, label, self.values.get(name) == one.value) for one, label in words.items()]

    def _choice(self, name: str, usual: E) -> E:
        """What was chosen; `usual` where nothing was, with its sentence among the errors."""
        try:
            return type(usual)(self._typed.line(name))
        except ValueError:
            self._errors[name] = self.missing[name]
            return usual

    def _day(self, name: str, usual: date) -> date:
        found = self._typed.day_or_none(name)
        if found is None:
            self._errors.setdefault(name, _DAY_MISSING)
        return found or usual

    def _words(self, name: str) -> str:
        """Words on as many lines as were typed."""
        self.values[name] = self._given.get(name, "").replace("\r\n", "\n").strip()
        return self.values[name]

    def _uuid(self) -> UUID:
        try:
            return UUID(hex=self._given.get("formulier", ""))
        except ValueError:
            return uuid4()
