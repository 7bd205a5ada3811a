"""One camt entry (`Ntry`) as movements: the sum, its day, and how it divides into transactions.

- No details: one movement. With `Btch` it is a batch in one sum, to be divided by our own pain.008 file.
- Details: as many movements as details, if their amounts add up to the entry to the cent. A single detail
  without an amount has the entry's.
- Details that do not add up, or that cannot be read: a Problem, and the entry as one movement, so that its
  money is in the books of the day and a person divides it.

Days: `BookgDt`; the value day is `ValDt`. Where one of the two is absent the other serves for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from tijdig.base.money import euro
from tijdig.base.problems import Problem
from tijdig.imports.camt_details import (
    Detail,
    bank_code,
    given,
    other_side,
    slash_codes,
)
from tijdig.imports.camt_fields import ENTRY, RawDetail, RawEntry
from tijdig.imports.camt_nature import Signs, nature_of, nature_of_unproven_sum
from tijdig.imports.drafts import Movement, Statement
from tijdig.imports.xml_plan import one_line
from tijdig.imports.xml_stream import Element
from tijdig.imports.xml_values import (
    EUR,
    Unreadable,
    as_problem,
    cents_of,
    count_of,
    day_of_choice,
    is_credit,
)


class Entry(NamedTuple):
    """One entry whose sum and days could be read. Cents are signed."""

    place: str
    no: int
    raw: RawEntry
    cents: int
    credit: bool
    booked: bool
    booked_on: date
    value_on: date
    batch_count: int

    @property
    def is_batch(self) -> bool:
        raw = self.raw
        return bool(raw.batch_count or raw.batch_id or raw.batch_message)


def _days(raw: RawEntry) -> tuple[date, date]:
    booked_on = day_of_choice(raw.booked_day, raw.booked_moment)
    value_on = day_of_choice(raw.value_day, raw.value_moment)
    first = booked_on or value_on
    if first is None:
        raise Unreadable("date_missing")
    return first, value_on or first


def _signed(detail: Detail, entry: Entry) -> int:
    """A detail's amount with its sign: its own direction where it gives one, else the entry's."""
    if detail.cents is None:
        return entry.cents
    return detail.cents if entry.credit or detail.signed else -detail.cents


def _fault(entry: Entry, details: Sequence[Detail]) -> Unreadable | None:
    """Why these details may not stand for the entry, or `None` when they may."""
    if not details:
        return None
    if len(details) > 1 and any(detail.cents is None for detail in details):
        return Unreadable("details_without_amount", count=str(len(details)))
    total = sum([_signed(detail, entry) for detail in details])
    if total == entry.cents:
        return None
    return Unreadable("details_differ", total=euro(total), entry=euro(entry.cents))


def _problems(entry: Entry, details: Sequence[Detail], element: Element) -> list[Problem]:
    problems = [
        Problem(detail.fault.code, f"{entry.place}, Tx {detail.no}", detail.text, detail.fault.params)
        for detail in details
        if detail.fault is not None
    ]
    if not problems and (fault := _fault(entry, details)) is not None:
        problems.append(as_problem(fault, entry.place, element))
    return problems


def _movement(entry: Entry, detail: Detail, own: str, cents: int, count: int, *, undivided: bool) -> Movement:
    """One movement of this entry, from its one detail or one of its `count` details."""
    whole, raw = entry.raw, detail.raw
    # The text of the whole entry says something of one transaction only when there is one.
    info = raw.info or (whole.info if count == 1 else "")
    codes = {} if entry.credit else slash_codes(info)
    mandate = given(raw.mandate_id or codes.get("MARF", ""))
    end_to_end = given(raw.end_to_end_id)
    reason = raw.reason or codes.get("RTRN", "")
    batch = raw.batch_id or whole.batch_id
    if not batch and entry.is_batch:
        batch = slash_codes(whole.info).get("PREF", "")
    account, name = other_side(raw, own, credit=entry.credit)
    code = bank_code(raw[:5], whole[:5])
    nature = nature_of(
        Signs(
            entry.credit,
            code.family,
            code.subfamily,
            code.own,
            code.own_issuer,
            whole.reversal in ("true", "1"),
            bool(reason),
            undivided,
            bool(mandate),
            bool(end_to_end or mandate or account),
            bool(account),
        )
    )
    return Movement(
        entry.place if count == 1 else f"{entry.place}, Tx {detail.no}",
        entry.no,
        detail.no,
        count,
        cents,
        EUR,
        entry.booked_on,
        entry.value_on,
        nature,
        entry.booked,
        bank_reference=raw.bank_reference or whole.bank_reference or whole.reference,
        end_to_end_id=end_to_end,
        mandate_id=mandate,
        batch_id=batch,
        batch_count=entry.batch_count,
        structured_reference=raw.structured,
        remittance=one_line(raw.remittance or info),
        counter_account=account,
        counter_name=one_line(name),
        reason_code=reason,
        bank_code=code.written,
    )


def _as_one_sum(entry: Entry, details: Sequence[Detail], own: str) -> Movement:
    batches = {detail.raw.batch_id for detail in details}
    shared = Detail(raw=RawDetail(batch_id=batches.pop() if len(batches) == 1 else ""))
    movement = _movement(entry, shared, own, entry.cents, 1, undivided=entry.is_batch)
    return replace(movement, nature=nature_of_unproven_sum(movement.nature))


def _movements(entry: Entry, details: Sequence[Detail], own: str) -> Iterator[Movement]:
    if len(details) > 1:
        for detail in details:
            yield _movement(entry, detail, own, _signed(detail, entry), len(details), undivided=False)
        return
    # One detail under a batch of several describes the batch and not a transaction (Rabobank does this).
    undivided = entry.is_batch and (not details or entry.batch_count > 1)
    yield _movement(entry, details[0] if details else Detail(), own, entry.cents, 1, undivided=undivided)


def entry_events(
    element: Element, details: Sequence[Detail], statement: Statement, no: int
) -> tuple[int, Iterable[Movement | Problem]]:
    """What one entry adds to the statement's booked sum (cents), and its movements or problems.

    The sum is counted as soon as amount, direction and status can be read, also when the entry then cannot
    become a movement: it says whether the file is complete. An entry in another currency than EUR is a
    Problem that carries its text.
    """
    place = f"{statement.place}, Ntry {no}"
    counted = 0
    try:
        raw = ENTRY.take(element)
        credit = is_credit(raw.direction)
        cents = cents_of(raw.amount) if credit else -cents_of(raw.amount)
        if not raw.status:
            raise Unreadable("status_missing")
        booked = raw.status == "BOOK" and not statement.format.startswith("camt.052")
        currency = raw.currency or statement.currency
        counted = cents if booked and currency == statement.currency else 0
        if currency != EUR:
            raise Unreadable("currency", currency=currency or "onbekend")
        entry = Entry(place, no, raw, cents, credit, booked, *_days(raw), count_of(raw.batch_count))
    except Unreadable as fault:
        return counted, [as_problem(fault, place, element)]
    if problems := _problems(entry, details, element):
        return counted, [*problems, _as_one_sum(entry, details, statement.account)]
    return counted, _movements(entry, details, statement.account)
