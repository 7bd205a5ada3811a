"""From a VERA boeking to ledger entries: which kind, which sign, which day.

The standard does not say how `bedrag` is signed. VOR raises what the tenant owes, ONT lowers it, UIT raises
it, MEM and corrections go by their sign. Whether a receipt is written as 650.00 or as -650.00 is a habit of
the source: it is given by the caller, or told from the receipts in the file itself (`tell_signs`); the proof
is always that the entries add up to `Debiteur.saldo`.

Days: an entry was true on its value day, else its document day, else its booking day.
Left out: the parts of an entry (`boekingdetails`), VAT, and entries that are no debt of a tenant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from tijdig.base.bsn import clean
from tijdig.imports.vera_row import FieldError, Row
from tijdig.imports.vera_values import DEBTOR_PREFIX, SOURCE, OpenAmount, PaymentReference, Signs, VeraValue
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind

_CLAIMS = {
    "PRO": Kind.RENT,
    "EVN": Kind.RENT,
    "AAN": Kind.COLLECTION_COSTS,
    "TER": Kind.REFUND,
}
_NO_DEBT = frozenset({"BEP", "BUD", "CON", "CVO", "OHD", "PRJ", "SAL"})
_FEW = 10  # fewer receipts than this tell a habit, but not surely


def kind_and_cents(
    soort: str, detail: str, cents: int, signs: Signs, *, direct_debit: bool = False
) -> tuple[Kind, int]:
    """The ledger's kind and signed amount of a VERA pair.

    `kind_and_cents("ONT", "BAN", 65000, Signs.BY_KIND)` is `(Kind.PAYMENT, -65000)`. Details that mean the
    same with any kind go first: STO raises again, AFB lowers, CRE lowers. An amount against the direction of
    its kind is a correction. Raises `FieldError`: `sign_conflict`, `booking_no_debt` (salary, budget ...),
    `booking_kind_unknown`.
    """
    if detail == "STO":
        if cents < 0 and signs is Signs.SIGNED:
            raise FieldError("sign_conflict", kind=f"{soort}/{detail}")
        return Kind.REVERSAL, abs(cents)
    if detail == "AFB":
        return (
            (Kind.CORRECTION, cents) if cents > 0 and signs is Signs.SIGNED else (Kind.WRITE_OFF, -abs(cents))
        )
    if detail == "CRE" and soort in ("VOR", "MEM"):
        return Kind.CORRECTION, cents if signs is Signs.SIGNED else -abs(cents)
    return _by_soort(soort, detail, cents, signs, direct_debit)


def _by_soort(soort: str, detail: str, cents: int, signs: Signs, direct_debit: bool) -> tuple[Kind, int]:
    if soort == "VOR":
        return (_CLAIMS.get(detail, Kind.OTHER_CHARGE) if cents > 0 else Kind.CORRECTION), cents
    if soort == "ONT":
        amount = -cents if signs is Signs.BY_KIND else cents
        receipt = Kind.DIRECT_DEBIT if direct_debit else Kind.PAYMENT
        return (receipt if amount < 0 else Kind.CORRECTION), amount
    if soort == "UIT":
        return (Kind.REFUND if cents > 0 else Kind.CORRECTION), cents
    if soort == "SKS":
        return Kind.SETTLEMENT, cents
    if soort == "MEM":
        return Kind.CORRECTION, cents
    raise FieldError("booking_no_debt" if soort in _NO_DEBT else "booking_kind_unknown", kind=soort)


def needs_signs(row: Row) -> bool:
    """Does the meaning of this row depend on the habit of its source?"""
    soort, detail = row.text("soort.code"), row.text("detailSoort.code")
    if soort == "ONT" and detail not in ("STO", "AFB"):
        return True
    negative = "-" in row.text("bedrag")
    return negative if detail == "STO" else (detail in ("AFB", "CRE") and not negative)


@dataclass(frozen=True, slots=True)
class SignsTold:
    """What the receipts of a file tell: the habit (`None`: they tell both), and how surely."""

    signs: Signs | None
    positive: int
    negative: int

    @property
    def sure(self) -> bool:
        return min(self.positive, self.negative) == 0 and self.positive + self.negative >= _FEW


def tell_signs(rows: Iterable[Row]) -> SignsTold:
    """The habit of a source from its plain receipts: at least nine in ten of one sign tell it."""
    positive = negative = 0
    for row in rows:
        if row.text("soort.code") != "ONT" or row.text("detailSoort.code") in ("STO", "AFB"):
            continue
        below = "-" in row.text("bedrag")
        positive, negative = positive + (not below), negative + below
    told = None
    if positive >= 9 * max(negative, 1) or (positive and not negative):
        told = Signs.BY_KIND
    elif negative >= 9 * max(positive, 1) or (negative and not positive):
        told = Signs.SIGNED
    return SignsTold(told, positive, negative)


@dataclass(slots=True)
class BookingMapper:
    """Maps the entries of one file; remembers which payment references it gave already."""

    signs: Signs
    given: set[tuple[str, str]] = field(default_factory=set)

    def __call__(self, row: Row) -> Iterator[VeraValue]:
        if row.text("status.code") == "VRL":
            yield row.notice("provisional_ignored")
            return
        written = row.need_cents("bedrag")
        if written == 0:
            yield row.notice("zero_ignored")
            return
        entry, open_cents = self._entry(row, written), row.cents("saldo")
        yield entry
        yield from _notices(row, entry)
        if open_cents is not None:
            same = (written > 0) == (entry.amount_cents > 0)
            yield OpenAmount(entry.reference, open_cents if same else -open_cents)
        yield from self._payment_reference(row, entry)

    def _entry(self, row: Row, written: int) -> EntryDraft:
        soort, detail = row.need("soort.code"), row.text("detailSoort.code")
        debit = bool(row.text("incassoOpdracht.plandatum", "incassoOpdracht.id"))
        kind, amount = kind_and_cents(soort, detail, written, self.signs, direct_debit=debit)
        booked_on = row.need_day("boekdatum")
        return EntryDraft(
            contract_number=contract_key(row),
            kind=kind,
            amount_cents=amount,
            effective_on=row.day("valutadatum") or row.day("factuurdatum") or booked_on,
            booked_on=booked_on,
            source=SOURCE,
            reference=row.need("id"),
            due_on=_due_on(row, kind, amount),
            target_reference=row.text("tegenboeking.id"),
            description=clean(row.text("omschrijving")),
            place=row.place,
        )

    def _payment_reference(self, row: Row, entry: EntryDraft) -> Iterator[VeraValue]:
        text = row.text("betalingskenmerk")
        pair = (entry.contract_number, text)
        if text and pair not in self.given:
            self.given.add(pair)
            yield PaymentReference(entry.contract_number, text, entry.reference)


def contract_key(row: Row) -> str:
    """The overeenkomst as given; an entry that names only its debtor gives `debiteur/<key>`."""
    if key := row.text("overeenkomst.id", "overeenkomst.code"):
        return key
    return DEBTOR_PREFIX + row.need("debiteur.id")


def _due_on(row: Row, kind: Kind, amount_cents: int) -> date | None:
    """Only what is claimed has a due day: VOR must have one, a reversal keeps the original's."""
    if amount_cents < 0 or kind is Kind.REVERSAL:
        return None
    return row.need_day("vervaldatum") if row.text("soort.code") == "VOR" else row.day("vervaldatum")


def _notices(row: Row, entry: EntryDraft) -> Iterator[VeraValue]:
    detail = row.text("detailSoort.code")
    if entry.kind is Kind.REVERSAL and not entry.target_reference:
        yield row.notice("reversal_without_target")
    elif detail in ("BET", "BRT") and entry.amount_cents > 0:
        yield row.notice("arrangement_booking")
    elif not detail and entry.kind is Kind.OTHER_CHARGE:
        yield row.notice("booking_detail_missing")
