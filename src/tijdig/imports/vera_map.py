"""From a VERA row to the drafts of homes, people and leases: one small function per entity.

Each takes one `Row` and gives the values it holds: the draft, and a notice where something was understood
only in part. A field that cannot be read raises `FieldError` and refuses the row. Entries are in
`vera_bookings`. Source: VERA 4.3 (BOG, BRG, VHE). What they leave out is named per function.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stdnum import iban

from tijdig.imports.vera_row import FieldError, Row
from tijdig.imports.vera_values import Clearing, ContactDraft, DebtorBalance, VeraValue
from tijdig.tenancies.drafts import (
    ComplexDraft,
    HomeDraft,
    MandateDraft,
    PartyDraft,
    PaymentMethodDraft,
    PersonDraft,
    RentPartDraft,
    TenancyDraft,
)

_POSTCODE = re.compile(r"^[1-9]\d{3}[A-Z]{2}$")
_NO_VAT = frozenset({"", "NUL", "VRI"})
_SOCIAL = {"DAE": True, "NDA": False, "GNDV": False}


def tenancy(row: Row) -> Iterator[VeraValue]:
    """A lease (HUU). BET is an agreement with another payer: no tenancy of its own, so a warning and no
    draft.

    Other kinds (sale, labour, service) are no tenancies either and are only counted. A garage is HUU as well;
    its home is of kind PAR. Left out: parent agreements, charging terms, the deposit, disputes.
    """
    kind = row.need("soort.code")
    if kind == "BET":
        yield row.problem("payer_agreement", key=row.need("id"))
        return
    if kind != "HUU":
        yield row.notice("not_a_tenancy", kind=kind)
        return
    begin_on, end_on = row.need_day("begindatum"), row.end_day()
    if end_on is not None and end_on < begin_on:
        raise FieldError("end_before_begin", begin=f"{begin_on:%d-%m-%Y}", end=f"{end_on:%d-%m-%Y}")
    if row.text("eenheid.aantal"):
        yield row.notice("more_homes")
    yield TenancyDraft(
        key=row.need("id"),
        contract_number=row.need("code"),
        status=row.need("status.code"),
        kind=kind,
        begin_on=begin_on,
        end_on=end_on,
        home_key=row.text("eenheid.id"),
        watch=row.text("bewakingsstatus.code") or "NOR",
        end_reason=row.text("eindeDetailReden.code", "eindeReden.code"),
    )


def person(row: Row) -> Iterator[VeraValue]:
    """A natural person, legal person or household. Inside an overeenkomst it may be a bare key: then nothing.

    Left out: first names, sex, addresses (the home has one), and what may never come in.
    """
    surname = row.text("achternaam", "geslachtsnaam", "naam")
    if row.nested and not surname:
        return
    yield PersonDraft(
        key=row.need("id"),
        kind=row.need("soort.code"),
        surname=surname or row.need("achternaam", "geslachtsnaam", "naam"),
        prefix=row.text("tussenvoegsels"),
        initials=row.text("voorletters", "initialen"),
        salutation=row.text("aanhef"),
        born_on=row.day("geboortedatum"),
        died_on=row.day("overlijdensdatum"),
        language=row.text("voorkeurstaal.code"),
    )


def party(row: Row) -> Iterator[VeraValue]:
    """Who is what in a tenancy. A role that hangs on a person alone is counted: it belongs to no lease."""
    if row.nested and not row.text("overeenkomst.id", "overeenkomst.code"):
        yield row.notice("role_without_tenancy", kind=row.text("soort.code"))
        return
    yield PartyDraft(
        tenancy_key=row.tenancy_key,
        person_key=row.need("relatie.id"),
        role=row.need("soort.code"),
        begin_on=row.need_day("begindatum"),
        end_on=row.end_day(),
    )


def contact(row: Row) -> Iterator[VeraValue]:
    """An address for mail or telephone, as written; a telephone number in parts is joined."""
    parts = (row.text(name) for name in ("landnummer", "netnummer", "abonneenummer"))
    yield ContactDraft(
        person_key=row.need("relatie.id"),
        kind=row.need("soort.code"),
        value=row.text("waarde") or (row.need("waarde", "abonneenummer") and "".join(parts)),
        status=row.text("status.code"),
        preference=row.text("voorkeur.code"),
    )


def home(row: Row) -> Iterator[VeraValue]:
    """A home. The number is shown as it is written on the door: number, letter, hyphen, addition (`14A-2`).

    The complex is the first cluster named; other clusters are left out. A strange postcode is kept and told.
    """
    postcode = row.need("postcode").replace(" ", "").upper()
    if not _POSTCODE.match(postcode):
        yield row.notice("postcode_unusual", value=postcode)
    addition = row.text("huisnummerToevoeging")
    number = row.need("huisnummer") + row.text("huisletter") + (f"-{addition}" if addition else "")
    yield HomeDraft(
        key=row.need("id"),
        street=row.need("straatnaam"),
        house_number=number,
        postcode=postcode,
        city=row.need("woonplaats"),
        complex_key=row.text("cluster.id"),
        region=row.text("rayon"),
        kind=row.text("soort.code") or "WOO",
        social=_SOCIAL.get(row.text("maatschappelijkLabel.code")),
    )


def complex_(row: Row) -> Iterator[VeraValue]:
    yield ComplexDraft(key=row.need("id"), name=row.need("naam"), region=row.text("rayon"))


def rent_part(row: Row) -> Iterator[VeraValue]:
    """One price component from one day on, including VAT.

    VERA gives `bedrag` without VAT and `bedragInclusiefBtw` only in its own list; where VAT applies and only
    the first is there, the amount is given as it is with a notice, because the rate is no part of the row.
    Without an `id` the key is tenancy, kind, detail and begin day. Begin and end are moments in UTC: the day
    is Amsterdam's.
    """
    begin_on, tenancy_key = row.need_day("begindatum"), row.tenancy_key
    kind, detail = row.need("soort.code"), row.need("detailSoort.code")
    amount_cents = row.need_cents("bedragInclusiefBtw", "bedrag")
    if row.text("btw.code") not in _NO_VAT and not row.text("bedragInclusiefBtw"):
        yield row.notice("vat_excluded")
    yield RentPartDraft(
        key=row.text("id") or f"{tenancy_key}/{kind}/{detail}/{begin_on.isoformat()}",
        tenancy_key=tenancy_key,
        kind=kind,
        detail=detail,
        begin_on=begin_on,
        end_on=row.end_day(),
        amount_cents=amount_cents,
        reason=row.text("wijzigingsreden.code"),
    )


def debit_day(code: str) -> int | None:
    """The day of INCASSOMOMENT: 001 to 031, and LAA (last day) as 31; `None` for anything else."""
    if code == "LAA":
        return 31
    day = int(code) if code.isdecimal() else 0
    return day if 1 <= day <= 31 else None


def payment_method(row: Row) -> Iterator[VeraValue]:
    """How a tenancy pays, and the account where the row names one. Left out: the share of several payers."""
    moment = row.text("incassomoment.code")
    day = debit_day(moment)
    if moment and day is None:
        yield row.notice("unknown_code", list="INCASSOMOMENT", code=moment)
    yield PaymentMethodDraft(
        tenancy_key=row.tenancy_key,
        kind=row.need("soort.code"),
        begin_on=row.need_day("begindatum"),
        end_on=row.end_day(),
        debit_day=day,
    )
    if row.text("iban"):
        yield _mandate(row)


def mandate(row: Row) -> Iterator[VeraValue]:
    """An account that we may collect from: reference, account and day of signing must be there."""
    row.need("kenmerkMachtiging", "machtigingsnummer")
    row.need_day("afgiftedatum")
    yield _mandate(row)


def _mandate(row: Row) -> MandateDraft:
    account = row.need("iban").replace(" ", "").upper()
    if not iban.is_valid(account):
        raise FieldError("iban_invalid", value=account)
    return MandateDraft(
        tenancy_key=row.tenancy_key,
        iban=account,
        reference=row.text("kenmerkMachtiging", "machtigingsnummer"),
        signed_on=row.day("afgiftedatum"),
        holder=row.text("rekeninghouder"),
    )


def debtor(row: Row) -> Iterator[VeraValue]:
    """A control value: what the source says a debtor owes."""
    contract_key = row.text("overeenkomst.id", "overeenkomst.code")
    yield DebtorBalance(row.need("id"), contract_key, row.need_cents("saldo"), row.place)


def clearing(row: Row) -> Iterator[VeraValue]:
    """A control value: how the source itself settled one entry by another."""
    yield Clearing(
        reference=row.need("boeking.id"),
        counter_reference=row.need("tegenboeking.id"),
        cleared_on=row.need_day("datum"),
        amount_cents=row.need_cents("bedrag"),
        place=row.place,
    )


MAPPERS: dict[str, Callable[[Row], Iterator[VeraValue]]] = {
    "overeenkomsten": tenancy,
    "relaties": person,
    "relatierollen": party,
    "contactgegevens": contact,
    "eenheden": home,
    "clusters": complex_,
    "prijscomponenten": rent_part,
    "betaalwijzen": payment_method,
    "machtigingen": mandate,
    "debiteuren": debtor,
    "afletteringen": clearing,
}
