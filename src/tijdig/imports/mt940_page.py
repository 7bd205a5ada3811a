"""One MT940 statement while it is being read: fields in, events out.

Source: SWIFT Standards MT940 and `docs/rules/mt940.md`. Holds the head, one booking and the running sums,
never more. A statement in another currency than EUR, or without a readable head, gives a `Problem` and no
bookings at all: their amounts could not be added to anything. Left out: whether the sums tie; the caller
compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tijdig.base.problems import Problem
from tijdig.imports.drafts import Event, Movement, Statement, StatementEnd
from tijdig.imports.mt940_details import account as compact
from tijdig.imports.mt940_details import nature_of
from tijdig.imports.mt940_dialects import OTHER, dialect_of
from tijdig.imports.mt940_frame import Field, place
from tijdig.imports.mt940_line import Balance, LineError, read_balance, read_line

_HANGING = re.compile(r"(?<=.):61:\d{6}(?:\d{4})?R?[CD]")
_CURRENCY = re.compile(r"(?<=\d) ?[A-Z]{3}$")


class Page:
    """One statement while it is being read: its head, the booking at hand and the running sums."""

    def __init__(self, marks: str, line_no: int) -> None:
        self.marks, self.line_no = marks, line_no
        self.account = self.reference = self.sequence = ""
        self.dialect = OTHER
        self.opening: Balance | None = None
        self.open = self.closed = self.skipped = False
        self.line: Field | None = None
        self.texts: list[str] = []
        self.hanging: list[str] = []
        self.hanging_at = 0
        self.entries = self.movements = self.cents = 0

    def take(self, field: Field) -> Iterator[Event]:
        """One field further. Fields that say nothing about bookings or booked balances are passed over."""
        tag = field.tag
        if tag == "20":
            self.reference = field.value
        elif tag in ("25", "25P"):
            self.account = _account(field.value)
            self.marks += f"\n:20:{self.reference}\n:25:{field.value}"
        elif tag in ("28", "28C"):
            self.sequence = field.value
        elif tag == "86":
            self._text(field)
        elif tag == "34F":
            yield self._refuse("mt940_intraday", field)
        elif tag in ("60F", "60M"):
            yield from self._begin(field)
        elif tag in ("61", "62F", "62M"):
            yield from self._bookings(field)

    def _bookings(self, field: Field) -> Iterator[Event]:
        if self.closed:
            yield self._refuse("mt940_order", field)
            return
        yield from self._booking()
        if not self.open and not self.skipped:
            yield self._refuse("mt940_no_opening", field)
        if field.tag == "61":
            self.line, self.texts = field, []
        else:
            yield from self._end(field)

    def finish(self) -> Iterator[Event]:
        """The statement ends here, by the next one or by the end of the file."""
        if self.closed or self.skipped:
            return
        yield from self._booking()
        yield Problem("mt940_no_closing", place(self.line_no), self.account, fatal=True)
        if self.open:
            yield StatementEnd(place(self.line_no), self.entries, self.movements, self.cents)

    def _begin(self, field: Field) -> Iterator[Event]:
        if self.open or self.closed:
            yield self._refuse("mt940_order", field)
            return
        self.dialect = dialect_of(self.marks)
        try:
            self.opening = read_balance(field.value)
        except LineError as error:
            yield self._refuse(error.code, field)
            return
        if not self.account:
            yield self._refuse("mt940_no_account", field)
        elif self.opening.currency != "EUR":
            yield self._refuse("mt940_currency", field, fatal=False)
        else:
            self.open = True
            yield self._statement(self.opening)

    def _statement(self, opening: Balance) -> Statement:
        return Statement(
            format=f"mt940/{self.dialect.name}",
            place=place(self.line_no),
            account=self.account,
            currency=opening.currency,
            statement_id=self.reference,
            sequence=self.sequence,
            opening_cents=opening.cents,
            opening_on=opening.on,
            closing_cents=None,
            closing_on=None,
        )

    def _end(self, field: Field) -> Iterator[Event]:
        self.closed = True
        if not self.open:
            return
        closing = None
        try:
            closing = read_balance(field.value)
            if self.opening and closing.currency != self.opening.currency:
                yield self._refuse("mt940_currency", field)
        except LineError as error:
            yield self._refuse(error.code, field)
        yield StatementEnd(
            place=place(field.line_no),
            entry_count=self.entries,
            movement_count=self.movements,
            movement_cents=self.cents,
            closing_cents=closing.cents if closing else None,
            closing_on=closing.on if closing else None,
        )

    def _text(self, field: Field) -> None:
        """Field 86 belongs to the booking before it; behind a hanging tag, to what cannot be read."""
        if self.line is None:
            return
        if self.hanging:
            self.hanging.append(":86:" + "\n".join(field.lines))
            return
        at = next((index for index, line in enumerate(field.lines) if _HANGING.search(line)), None)
        if at is None:
            self.texts += field.lines
            return
        self.hanging += field.lines[at:]
        self.hanging_at = field.line_no + at
        self.texts += [*field.lines[:at], _HANGING.split(field.lines[at], maxsplit=1)[0]]

    def _booking(self) -> Iterator[Event]:
        """The booking at hand, and what hung behind its text."""
        if self.line is not None and self.open:
            self.entries += 1
            yield self._movement(self.line)
            if self.hanging:
                self.entries += 1
                yield Problem("mt940_tag_in_text", place(self.hanging_at), "\n".join(self.hanging))
        self.line, self.hanging = None, []

    def _movement(self, field: Field) -> Movement | Problem:
        first, *rest = ["".join(field.lines)] if self.dialect.wraps_line else field.lines
        try:
            line = read_line(first.strip(), " ".join(rest))
        except LineError as error:
            text = ":61:" + "\n".join([*field.lines, ":86:" + "\n".join(self.texts)])
            return Problem(error.code, place(field.line_no), text, {"waarde": first.strip()})
        details = self.dialect.read(line, tuple(self.texts), self.account)
        self.movements += 1
        self.cents += line.amount_cents
        return Movement(
            place=place(field.line_no),
            entry_no=self.entries,
            tx_no=1,
            tx_count=1,
            amount_cents=line.amount_cents,
            currency="EUR",
            booked_on=line.booked_on,
            value_on=line.value_on,
            nature=nature_of(line, details),
            bank_reference=line.bank_reference,
            end_to_end_id=details.end_to_end_id,
            mandate_id=details.mandate_id,
            batch_id=details.batch_id,
            batch_count=details.batch_count,
            structured_reference=details.structured_reference,
            remittance=details.remittance,
            counter_account=details.counter_account,
            counter_name=details.counter_name,
            reason_code=details.reason_code,
            bank_code="/".join(filter(None, (line.kind, line.code))),
        )

    def _refuse(self, code: str, field: Field, fatal: bool = True) -> Problem:
        """This statement gives no bookings; a fatal problem refuses the file with it."""
        self.skipped = True
        params = {"waarde": field.value, "rekening": self.account}
        return Problem(code, place(field.line_no), f":{field.tag}:{field.value}", params, fatal)


def _account(text: str) -> str:
    """The account of field 25 without a bank's name before it or a currency behind it."""
    return compact(_CURRENCY.sub("", text.rpartition("/")[2].strip())).replace(".", "")
