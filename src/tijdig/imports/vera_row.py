"""One row of an extract on its way to a value: canonical fields, and the few ways to read one.

Reading a field either gives its value or raises `FieldError`, which the reader turns into one `Problem` that
names the field as the source spells it. Nothing here leaves the room.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from tijdig.base.bsn import clean
from tijdig.base.money import AmountError
from tijdig.base.problems import Problem
from tijdig.imports.table_shape import DayError, TableShape, read_cents, read_day
from tijdig.imports.vera_fields import plain_name

_OPEN_END_YEAR = 2900  # 31-12-9999 and 31-12-2999 are how sources write "no end"


class FieldError(ValueError):
    """A field that refuses its row: `code` names the sentence, `params` fill it."""

    def __init__(self, code: str, /, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(slots=True)
class Row:
    """One entity as it came: `fields` hold only what is filled, under canonical names."""

    entity: str
    place: str
    fields: Mapping[str, str]
    shape: TableShape
    raw: Callable[[], str]  # the row as text, without what may not come in; made only for a message
    nested: bool = False  # stood inside another entity, so it may be a bare key

    def text(self, *names: str) -> str:
        """The first of these fields that is filled, or nothing."""
        for name in names:
            if value := self.fields.get(name):
                return value
        return ""

    def need(self, *names: str) -> str:
        value = self.text(*names)
        if not value:
            raise FieldError("field_missing", field=plain_name("|".join(names)))
        return value

    def day(self, name: str) -> date | None:
        value = self.fields.get(name)
        if not value:
            return None
        try:
            return read_day(value, self.shape.date_order)
        except DayError:
            raise FieldError("date_unreadable", field=name, value=clean(value)) from None

    def need_day(self, name: str) -> date:
        day = self.day(name)
        if day is None:
            raise FieldError("field_missing", field=name)
        return day

    def end_day(self, name: str = "einddatum") -> date | None:
        """An end; a day beyond any lease means that there is none."""
        day = self.day(name)
        return None if day is None or day.year >= _OPEN_END_YEAR else day

    def cents(self, name: str) -> int | None:
        value = self.fields.get(name)
        if not value:
            return None
        try:
            return read_cents(value, self.shape.decimal)
        except AmountError as error:
            raise FieldError(error.code, field=name, value=clean(value)) from None

    def need_cents(self, *names: str) -> int:
        for name in names:
            cents = self.cents(name)
            if cents is not None:
                return cents
        raise FieldError("field_missing", field=plain_name("|".join(names)))

    @property
    def tenancy_key(self) -> str:
        """The overeenkomst as the row names it: its id, else its code."""
        return self.need("overeenkomst.id", "overeenkomst.code")

    def problem(self, code: str, /, **params: str) -> Problem:
        return Problem(code, self.place, self.raw(), params)

    def notice(self, code: str, /, **params: str) -> Problem:
        """Something to say that refuses nothing; counted per file by the reader, so without the text."""
        return Problem(code, self.place, "", params)
