"""One camt entry (`Ntry`) as movements: the sum, its day, and how it divides into transactions.

- No details: one movement. With `Btch` it is a batch in one sum, to be divided by our own pain.008 file.
- Details: as many movements as details, if their amounts add up to the entry to the cent. A single detail
  without an amount has the entry's.
- Details that do not add up, or that cannot be read: a Problem, and the entry as one movement, so that its
  money is in the books of the day and a person divides it.

Days: `BookgDt`; the value day is `ValDt`. Where one of the two is absent the other serves for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
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
from tijdig.imports.camt_fields import RawDetail, RawEntry
from tijdig.imports.camt_nature import Signs, nature_of, nature_of_unproven_sum
from tijdig.imports.drafts import Movement, Nature, Statement, movement_of
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

_NO_DETAIL = Detail()


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
    is_batch: bool


@lru_cache(maxsize=1_024)  # a file has a handful of days
def _days(booked_day: str, booked_moment: str, value_day: str, value_moment: str) -> tuple[date, date]:
    booked_on = day_of_choice(booked_day, booked_moment)
    value_on = day_of_choice(value_day, value_moment)
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
    if len(details) > 1 and any(detail.cents is None for detail in details):
        return Unreadable("details_without_amount", count=str(len(details)))
    total = sum([_signed(detail, entry) for detail in details])
    if total == entry.cents:
        return None
    return Unreadable("details_differ", total=euro(total), entry=euro(entry.cents))


def _problems(entry: Entry, details: Sequence[Detail], element: Element) -> list[Problem]:
    if len(details) == 1 and details[0].fault is None and _signed(details[0], entry) == entry.cents:
        return []  # nearly all of them
    problems = [
        Problem(detail.fault.code, f"{entry.place}, Tx {detail.no}", detail.text, detail.fault.params)
        for detail in details
        if detail.fault is not None
    ]
    if not problems and (fault := _fault(entry, details)) is not None:
        problems.append(as_problem(fault, entry.place, element))
    return problems


@lru_cache(maxsize=1_024)  # a file has a handful of combinations
def _kind(
    detail: tuple[str, ...],
    entry: tuple[str, ...],
    credit: bool,
    reversal: bool,
    reason: bool,
    undivided: bool,
    mandate: bool,
    pointer: bool,
    counter: bool,
) -> tuple[Nature, str]:
    """What a movement is, and its bank code as written, of the codes of detail and entry and the other marks."""
    code = bank_code(detail, entry)
    codes = (code.family, code.subfamily, code.own, code.own_issuer)
    signs = Signs(credit, *codes, reversal, reason, undivided, mandate, pointer, counter)
    return nature_of(signs), code.written


def _movement(entry: Entry, detail: Detail, own: str, cents: int, count: int, undivided: bool) -> Movement:
    """One movement of this entry, from its one detail or one of its `count` details."""
    place, no, whole, _, credit, booked, booked_on, value_on, batch_count, is_batch = entry
    raw = detail.raw
    # The text of the whole entry says something of one transaction only when there is one.
    info = raw.info or (whole.info if count == 1 else "")
    mandate, reason, batch = raw.mandate_id, raw.reason, raw.batch_id or whole.batch_id
    if info and not credit:
        codes = slash_codes(info)
        mandate, reason = mandate or codes.get("MARF", ""), reason or codes.get("RTRN", "")
    if is_batch and not batch:
        batch = slash_codes(whole.info).get("PREF", "")
    mandate, end_to_end = given(mandate), given(raw.end_to_end_id)
    account, name = other_side(raw, own, credit)
    nature, code = _kind(
        raw[:5],
        whole[:5],
        credit,
        whole.reversal in ("true", "1"),
        reason != "",
        undivided,
        mandate != "",
        (end_to_end or mandate or account) != "",
        account != "",
    )
    return movement_of(
        place if count == 1 else f"{place}, Tx {detail.no}",
        no,
        detail.no,
        count,
        cents,
        EUR,
        booked_on,
        value_on,
        nature,
        booked,
        raw.bank_reference or whole.bank_reference or whole.reference,
        end_to_end,
        mandate,
        batch,
        batch_count,
        raw.structured,
        one_line(raw.remittance or info),
        account,
        one_line(name),
        reason,
        code,
    )


def _as_one_sum(entry: Entry, details: Sequence[Detail], own: str) -> Movement:
    batches = {detail.raw.batch_id for detail in details}
    shared = Detail(raw=RawDetail(batch_id=batches.pop() if len(batches) == 1 else ""))
    movement = _movement(entry, shared, own, entry.cents, 1, entry.is_batch)
    return replace(movement, nature=nature_of_unproven_sum(movement.nature))


def _movements(entry: Entry, details: Sequence[Detail], own: str) -> Iterable[Movement]:
    count = len(details)
    if count > 1:  # perhaps fifty thousand: made one at a time
        return (_movement(entry, one, own, _signed(one, entry), count, False) for one in details)
    # One detail under a batch of several describes the batch and not a transaction (Rabobank does this).
    undivided = entry.is_batch and (not details or entry.batch_count > 1)
    return (_movement(entry, details[0] if details else _NO_DETAIL, own, entry.cents, 1, undivided),)


def entry_events(
    raw: RawEntry, element: Element, details: Sequence[Detail], statement: Statement, no: int
) -> tuple[int, int, Iterable[Movement | Problem]]:
    """What one entry adds to the statement's booked sum (cents), how many movements, and these or its problems.

    The sum is counted as soon as amount, direction and status can be read, also when the entry then cannot
    become a movement: it says whether the file is complete. An entry in another currency than EUR is a
    Problem that carries its text. `raw` holds the texts of `element`.
    """
    place = f"{statement.place}, Ntry {no}"
    counted = 0
    try:
        credit = is_credit(raw.direction)
        cents = cents_of(raw.amount) if credit else -cents_of(raw.amount)
        if not raw.status:
            raise Unreadable("status_missing")
        booked = raw.status == "BOOK" and not statement.format.startswith("camt.052")
        currency = raw.currency or statement.currency
        counted = cents if booked and currency == statement.currency else 0
        if currency != EUR:
            raise Unreadable("currency", currency=currency or "onbekend")
        days = _days(raw.booked_day, raw.booked_moment, raw.value_day, raw.value_moment)
        is_batch = (raw.batch_count or raw.batch_id or raw.batch_message) != ""
        entry = Entry(place, no, raw, cents, credit, booked, *days, count_of(raw.batch_count), is_batch)
    except Unreadable as fault:
        return counted, 0, [as_problem(fault, place, element)]
    if details and (problems := _problems(entry, details, element)):
        return counted, 1, [*problems, _as_one_sum(entry, details, statement.account)]
    return counted, len(details) or 1, _movements(entry, details, statement.account)
