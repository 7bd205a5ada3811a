"""What goes over the JSON door. Names are VERA's ideas in English; amounts are whole cents, days ISO 8601."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

# No control characters: PostgreSQL keeps no NUL, and nobody types the rest.
_PLAIN = r"^[^\x00-\x1f\x7f]*$"
Text = Annotated[str, StringConstraints(max_length=500, pattern=_PLAIN)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=_PLAIN)]
Contract = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=_PLAIN)]
Reference = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=_PLAIN)]
Cents = Annotated[int, Field(ge=-(10**12), le=10**12)]
_DAYS = {
    "pattern": r"^(19[7-9][0-9]|2[0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
}  # the bounds, as a schema
Day = Annotated[date, Field(ge=date(1970, 1, 1), le=date(2999, 12, 31), json_schema_extra=_DAYS)]
KindName = Literal[
    "rent", "service_costs", "settlement", "collection_costs", "interest", "court_costs", "bailiff_costs",
    "other_charge", "payment", "direct_debit", "reversal", "refund", "write_off", "correction",
]  # fmt: skip


class Strict(Schema):
    """Unknown fields are refused: a misspelt field must not vanish."""

    model_config = ConfigDict(extra="forbid")


class EntryIn(Strict):
    """One fact. `reference` is unique per client: the same fact twice posts once."""

    contract_number: Contract
    kind: KindName
    amount_cents: Annotated[Cents, Field(description="+ raises what the tenant owes, - lowers it; never 0")]
    effective_on: Day
    reference: Reference
    due_on: Day | None = None
    booked_on: Day | None = None
    target_reference: Annotated[str, StringConstraints(max_length=160, pattern=_PLAIN)] = ""
    description: Text = ""


class EntriesIn(Strict):
    entries: Annotated[list[EntryIn], Field(min_length=1, max_length=5000)]


class Refused(Schema):
    reference: str
    code: str
    message: str


class EntriesOut(Schema):
    posted: int
    duplicates: int
    refused: list[Refused]
    repeated: bool = False


class HomeIn(Strict):
    key: Key
    street: Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=_PLAIN)]
    house_number: Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=_PLAIN)]
    postcode: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{3} ?[A-Z]{2}$")]
    city: Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=_PLAIN)]
    region: Annotated[str, StringConstraints(max_length=80, pattern=_PLAIN)] = ""


class TenantIn(Strict):
    key: Key
    surname: Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=_PLAIN)]
    prefix: Annotated[str, StringConstraints(max_length=30, pattern=_PLAIN)] = ""
    initials: Annotated[str, StringConstraints(max_length=30, pattern=_PLAIN)] = ""


class RentIn(Strict):
    kind: Literal["NET", "SER", "VER", "HUA", "PAR", "DIE", "EEN"] = "NET"
    amount_cents: Annotated[int, Field(ge=0, le=10**9)]
    begin_on: Day
    end_on: Day | None = None


class TenancyIn(Strict):
    key: Key
    begin_on: Day
    end_on: Day | None = None
    home: HomeIn | None = None
    tenants: Annotated[list[TenantIn], Field(max_length=20)] = []
    rents: Annotated[list[RentIn], Field(max_length=200)] = []
    iban: Annotated[str, StringConstraints(max_length=34, pattern=r"^([A-Z]{2}[0-9]{2}[A-Z0-9]{4,30})?$")] = (
        ""
    )
    direct_debit_day: Annotated[int, Field(ge=1, le=31)] | None = None


class TenancyOut(Schema):
    contract_number: str
    changed: bool


class OpenItemOut(Schema):
    label: str
    kind: str
    due_on: date
    amount_cents: int
    open_cents: int
    overdue: bool


class RuleOut(Schema):
    code: str
    label: str
    matched: bool
    sentence: str


class PositionOut(Schema):
    contract_number: str
    as_of: date
    known_at: str | None
    reconstructed: bool
    balance_cents: int
    overdue_cents: int
    not_due_cents: int
    credit_cents: int
    oldest_due_on: date | None
    days_overdue: int
    due_months: int
    departed: bool
    phase: str
    step: str
    alert: bool
    why: str
    would_stop: str
    policy_version: str
    open_items: list[OpenItemOut]
    rules: list[RuleOut]


class ProblemOut(Schema):
    """What is wrong with one field. `place` leads to it: `body.entries.0.amount_cents`."""

    place: str
    message: str


class ErrorOut(Schema):
    """`code` is stable; `message` says what to do; `problems` names the fields when the request itself is wrong."""

    code: str
    message: str
    problems: list[ProblemOut] = []
