"""The short way for plain entries of a flat file: a claim or receipt about which there is nothing to say.

A million rent claims and receipts differ only in key, contract, amount and day. What a combination of kind,
detail, status and amount means is decided once, by the same `kind_and_cents` and code lists as everywhere,
and remembered; days likewise. Whatever is not plain (an unknown code, a reversal, a missing field, a space
too many, a key seen before) gives `None` here and goes the ordinary way through `Row` and `BookingMapper`, so
that each rule stands in one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter

from tijdig.base.bsn import clean
from tijdig.base.money import AmountError
from tijdig.imports.table_shape import DayError, TableShape, read_cents, read_day
from tijdig.imports.vera_bookings import kind_and_cents, needs_signs
from tijdig.imports.vera_codes import known_codes
from tijdig.imports.vera_fields import CODE_LISTS
from tijdig.imports.vera_read import Reading, ended_codes
from tijdig.imports.vera_row import FieldError, Row
from tijdig.imports.vera_values import SOURCE, OpenAmount, PaymentReference, Signs, VeraValue
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind

_PLAIN = {"VOR": frozenset({"PRO", "EVN", "AAN", "FAC"}), "ONT": frozenset({"", "BAN", "PRO"})}
_NAMES = (
    "id",
    "overeenkomst.id",
    "soort.code",
    "detailSoort.code",
    "status.code",
    "bedrag",
    "saldo",
    "boekdatum",
    "factuurdatum",
    "valutadatum",
    "vervaldatum",
    "omschrijving",
    "betalingskenmerk",
    "incassoOpdracht.plandatum",
    "tegenboeking.id",
)
_mask = lru_cache(maxsize=65536)(clean)


@dataclass(frozen=True, slots=True)
class _Meaning:
    kind: Kind
    amount_cents: int
    turned: bool  # the ledger's sign is the other one
    is_claim: bool


class _Days(dict[str, date | None]):
    """Text -> day, each text read once. An unreadable text raises `DayError` each time."""

    def __init__(self, order: str) -> None:
        super().__init__({"": None})
        self._order = order

    def __missing__(self, text: str) -> date:
        self[text] = day = read_day(text, self._order)
        return day


class _Meanings(dict[tuple[Signs | None, str, str, str, str, str], "_Meaning | None"]):
    """What signs, kind, detail, status, amount and debit order mean together, each decided once."""

    def __init__(self, shape: TableShape) -> None:
        super().__init__()
        self._shape = shape

    def __missing__(self, known: tuple[Signs | None, str, str, str, str, str]) -> _Meaning | None:
        self[known] = meaning = _decide(*known, self._shape)
        return meaning


def _decide(
    signs: Signs | None, soort: str, detail: str, status: str, bedrag: str, debit: str, shape: TableShape
) -> _Meaning | None:
    """The meaning of a plain combination, by the rules of `vera_bookings`; `None` when it is not plain."""
    fields = {"soort.code": soort, "detailSoort.code": detail, "bedrag": bedrag}
    row = Row("boekingen", "", fields, shape, str)
    if detail not in _PLAIN.get(soort, ()) or status == "VRL" or (signs is None and needs_signs(row)):
        return None
    if not _all_known({**fields, "status.code": status}):
        return None
    try:
        written = row.need_cents("bedrag")
        kind, cents = kind_and_cents(
            soort, detail, written, signs or Signs.BY_KIND, direct_debit=bool(debit.strip())
        )
    except FieldError:
        return None
    if written == 0 or kind is Kind.CORRECTION:
        return None
    return _Meaning(kind, cents, (written > 0) != (cents > 0), cents > 0)


class PlainEntries:
    """Reads the plain rows of one flat file of entries."""

    def __init__(self, columns: dict[str, int], width: int, shape: TableShape, reading: Reading) -> None:
        # a column that is not there is the empty cell put behind the last
        columns = {"overeenkomst.id": columns.get("overeenkomst.code", width), **columns}
        self._pick = itemgetter(*(columns.get(name, width) for name in _NAMES))
        self._decimal = shape.decimal
        self._reading = reading
        self._meanings = _Meanings(shape)
        self._days = _Days(shape.date_order)
        self._seen = reading.seen.setdefault("boekingen", set())

    def values(self, number: int, cells: list[str]) -> list[VeraValue] | None:
        """The values of a plain row; `None` for any other."""
        (key, contract, soort, detail, status, bedrag, saldo) = (picked := self._pick((*cells, "")))[:7]
        booked, billed, valued, due, text, mark, debit, target = picked[7:]
        meaning = self._meanings[self._reading.signs, soort, detail, status, bedrag, debit]
        if meaning is None or target or not key or not contract or key in self._seen:
            return None
        if key.strip() != key or contract.strip() != contract:
            return None
        days = self._days
        try:
            booked_on, due_on = days[booked], days[due]
            effective_on = days[valued] or days[billed] or booked_on
            open_cents = read_cents(saldo, self._decimal) if saldo else None
        except (DayError, AmountError):
            return None
        if booked_on is None or effective_on is None or (meaning.is_claim and due_on is None):
            return None
        self._seen.add(key)
        due_on = due_on if meaning.is_claim else None
        kind, cents, said = meaning.kind, meaning.amount_cents, _mask(text.strip())
        # by position, in the order of the fields: naming eleven fields a million times takes seconds
        entry = EntryDraft(
            contract, kind, cents, effective_on, booked_on, SOURCE, key, due_on, "", said, f"regel {number}"
        )
        values: list[VeraValue] = [entry]
        if open_cents is not None:
            values.append(OpenAmount(key, -open_cents if meaning.turned else open_cents))
        if mark:
            self._mark(contract, mark.strip(), key, values)
        return values

    def _mark(self, contract: str, mark: str, key: str, values: list[VeraValue]) -> None:
        pair = (contract, mark)
        if mark and pair not in self._reading.bookings.given:
            self._reading.bookings.given.add(pair)
            values.append(PaymentReference(contract, mark, key))


def _all_known(fields: dict[str, str]) -> bool:
    for name, list_name in CODE_LISTS["boekingen"].items():
        code = fields[name]
        if code and (code not in known_codes(list_name) or code in ended_codes(list_name)):
            return False
    return True
