"""What the screens, the API and the command get to see of a tenancy: frozen values, no database behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One row of the worklist: who needs attention now, and why, in one sentence."""

    tenancy_id: int
    contract_number: str
    name: str
    address: str
    region: str
    overdue_cents: int
    since_on: date | None
    days: int  # days since the oldest open due day
    due_months: int
    step: str  # step code of the policy
    step_label: str  # "Bellen"
    step_due_on: date | None
    urgency: str  # "late" (our own missed promise), "today", "soon", "later"
    why: str
    departed: bool
    phase: str
    phase_label: str
    assigned_to: str  # initials of the consultant, or ""
    direct_debit: bool


@dataclass(frozen=True, slots=True)
class Worklist:
    rows: list[WorkRow]
    total: int
    overdue_cents: int
    page: int
    pages: int
    regions: list[str]
    phases: list[tuple[str, str]]  # code, label
    as_of: date
    consultants: list[tuple[int, str]]  # id, name


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert or cure, as it slides into an open screen and stays on the page."""

    id: int
    tenancy_id: int
    contract_number: str
    name: str
    cause: str  # code
    cause_label: str  # "Storno", "Termijn verstreken", "Voldaan"
    sentence: str
    overdue_cents: int
    raised_at: datetime
    cured_on: date | None


@dataclass(frozen=True, slots=True)
class OpenItem:
    entry_id: int
    label: str  # "huur november 2026"
    kind: str
    due_on: date
    amount_cents: int
    open_cents: int
    overdue: bool
    disputed: bool = False  # the tenant says that it is not owed: it is not asked

    @property
    def told(self) -> str:
        return f"{self.label} (betwist)" if self.disputed else self.label


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One entry of the account, with the balance after it and what it settled or by what it was settled."""

    entry_id: int
    effective_on: date
    due_on: date | None
    booked_on: date
    kind: str
    label: str
    description: str
    amount_cents: int
    balance_cents: int
    settles: list[tuple[int, str, int, date, bool]]  # other entry id, its label, cents, day, undone later
    source: str
    reference: str
    recorded_at: datetime
    reconstructed: bool


@dataclass(frozen=True, slots=True)
class RuleSeen:
    """One rule that was considered, in words, with what it saw."""

    code: str
    label: str
    matched: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Apart:
    """The two accounts of a debt procedure: what is overdue of before it began and stands still, and of since then.

    `ahead_cents` is what the tenant paid ahead of rent that is not due yet: by so much both are more than all arrears.
    """

    begun_on: date
    frozen_cents: int
    new_cents: int
    new_due_on: date | None  # the oldest due day of the new arrears
    ahead_cents: int


@dataclass(frozen=True, slots=True)
class TenancyFile:
    """The whole page of one tenancy as of a day."""

    tenancy_id: int
    contract_number: str
    names: list[str]
    address: str
    region: str
    begin_on: date
    end_on: date | None
    departed: bool
    phone: str
    email: str
    rent_cents: int | None
    rent_parts: list[tuple[str, int, date]]
    payment_method: str
    as_of: date
    known_at: datetime | None
    reconstructed: bool
    balance_cents: int
    overdue_cents: int
    not_due_cents: int
    credit_cents: int
    since_on: date | None
    days: int
    due_months: int
    rent_months_hundredths: int | None
    phase_label: str
    step_label: str
    step_due_on: date | None
    alert: bool
    why: str  # why there is, or is not, an alert
    would_stop: str  # what would have stopped it
    rules: list[RuleSeen]
    open_items: list[OpenItem]
    lines: list[AccountLine]
    chart: list[tuple[date, int]]  # balance at the end of each day on which it changed
    waiting_cents: int = 0
    policy_version: str = ""
    step_code: str = ""
    arrears_since_on: date | None = None  # the first day of arrears that have not been broken since
    apart: Apart | None = None  # None where no debt procedure runs


@dataclass(frozen=True, slots=True)
class Found:
    """One hit of the search."""

    tenancy_id: int
    contract_number: str
    name: str
    address: str
    departed: bool
    overdue_cents: int | None  # None where the role may see no amounts
    matched_on: str


@dataclass(frozen=True, slots=True)
class NightRow:
    """One night run: when, how long, what it found."""

    id: int
    day: date
    started_at: datetime
    finished_at: datetime | None
    tenancies: int
    lines_read: int
    changed: int
    alerts: int
    cures: int
    full: int  # how many were walked from the beginning instead of from a checkpoint
    seconds: float | None
    timings: dict[str, float]
    error: str
