"""What an ERP extract says of homes, people and leases, before it is loaded. Keys are the source's own ids.

Loading order: complexes, homes, people, tenancies, parties, rent parts, payment methods, mandates. The names
follow VERA 4.3; the Dutch words are in `docs/glossary.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ComplexDraft:
    key: str
    name: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class HomeDraft:
    key: str
    street: str
    house_number: str  # with letter and addition, as shown: "14", "14-A"
    postcode: str  # "3511AB"
    city: str
    complex_key: str = ""
    region: str = ""
    kind: str = "WOO"  # EENHEIDSOORT: WOO home, PAR parking
    social: bool | None = None  # MAATSCHAPPELIJKLABEL DAE; None: not said


@dataclass(frozen=True, slots=True)
class PersonDraft:
    key: str
    kind: str  # NAT, REC, GRO
    surname: str  # or the name of the legal person
    prefix: str = ""  # "van den"
    initials: str = ""
    salutation: str = ""
    born_on: date | None = None
    died_on: date | None = None
    language: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class TenancyDraft:
    key: str
    contract_number: str  # the human number (`code`)
    status: str  # OVEREENKOMSTSTATUS
    kind: str  # OVEREENKOMSTSOORT: HUU
    begin_on: date
    end_on: date | None
    home_key: str = ""
    watch: str = "NOR"  # BEWAKINGSSTATUS: NOR, ONH on hold, INC in collection
    end_reason: str = ""


@dataclass(frozen=True, slots=True)
class PartyDraft:
    tenancy_key: str
    person_key: str
    role: str  # RELATIEROLSOORT: HUU, MDH, BWI, BUD ...
    begin_on: date
    end_on: date | None = None


@dataclass(frozen=True, slots=True)
class RentPartDraft:
    """One price component from one day on. The starting rent and every increase stand apart."""

    key: str
    tenancy_key: str
    kind: str  # PRIJSCOMPONENTSOORT: NET, SER ...
    detail: str
    begin_on: date
    end_on: date | None
    amount_cents: int  # per month, including VAT where there is any
    reason: str = ""  # wijzigingsreden: JAA, INK, MUT, NIE, REN


@dataclass(frozen=True, slots=True)
class PaymentMethodDraft:
    tenancy_key: str
    kind: str  # BETAALWIJZESOORT: INC direct debit, OVB transfer ...
    begin_on: date
    end_on: date | None = None
    debit_day: int | None = None  # 1..31; 31 also stands for the last day of the month


@dataclass(frozen=True, slots=True)
class MandateDraft:
    """An account from which a tenancy is paid; with a mandate reference when we may collect from it."""

    tenancy_key: str
    iban: str
    reference: str = ""
    signed_on: date | None = None
    holder: str = ""


@dataclass(frozen=True, slots=True)
class PaymentReferenceDraft:
    """A payment reference (16 digits, or RF) that stands for this tenancy."""

    tenancy_key: str
    reference: str


TenancyRecord = (
    ComplexDraft
    | HomeDraft
    | PersonDraft
    | TenancyDraft
    | PartyDraft
    | RentPartDraft
    | PaymentMethodDraft
    | MandateDraft
    | PaymentReferenceDraft
)
