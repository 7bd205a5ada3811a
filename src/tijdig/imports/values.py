"""What the import page shows: frozen values, no database behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

# Money in the queue is probably that of a tenancy that stands among the first suggestions and is sure enough.
MAY_BE_MOST = 3
MAY_BE_SURENESS = 50  # percent


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file as it fills: read, tied out, matched, posted."""

    id: int
    name: str
    format_label: str
    size: int
    state: str  # received, reading, done, refused, duplicate, failed
    state_label: str
    message: str  # what happened and what to do, in Dutch
    received_at: datetime
    received_by: str
    seconds: float | None
    progress: int  # 0..100
    read: int
    posted: int
    queued: int
    duplicate: int
    held: int
    other: int  # our own pay-outs, bank costs: accounted for, not a tenant's
    split: int  # batches whose parts are lines of their own
    noticed: int  # told, not booked: our own collections, notifications
    lines: int  # what was read and the parts of the batches in it; the counts above and `quarantined` add up to it
    quarantined: int
    left_out: int  # numbers that look like a bsn
    credit_cents: int
    debit_cents: int
    balanced: bool | None
    kept: bool = True  # false where its term of keeping was over, and only what was read from it is left
    asks: str = ""  # "shape" or "columns": what a person must say before it can be read
    headers: tuple[str, ...] = ()  # of a table whose columns are not known


@dataclass(frozen=True, slots=True)
class StatementRow:
    id: int
    account: str
    sequence: str
    opening_cents: int | None
    closing_cents: int | None
    movement_cents: int
    difference_cents: int | None
    opened_on: date | None
    closed_on: date | None
    state: str  # ok, held, accepted
    state_label: str
    hold_sentence: str
    accepted_by: str
    accept_reason: str
    lines: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tenancy that this payment may be for, with the reason."""

    tenancy_id: int
    contract_number: str
    name: str
    address: str
    overdue_cents: int | None
    why: str
    sureness: int  # 0..100


@dataclass(frozen=True, slots=True)
class LineRow:
    """One movement of a file and where it went."""

    id: int
    place: str
    booked_on: date
    value_on: date
    amount_cents: int
    nature_label: str
    counter_name: str
    counter_account: str
    remittance: str
    reason: str  # return reason in words
    state: str  # posted, queued, held, duplicate, split, other
    state_label: str
    rule_label: str  # which matching rule, in words
    sureness: int
    queue_reason: str
    tenancy_id: int | None
    contract_number: str
    name: str
    suggestions: list[Suggestion]


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    id: int
    place: str
    sentence: str
    text: str
    marked: str  # the part of the text that failed, "" when not known
    state: str  # open, repaired, set_aside
    state_label: str


@dataclass(frozen=True, slots=True)
class FilePage:
    file: FileRow
    statements: list[StatementRow]
    lines: list[LineRow]
    quarantine: list[QuarantineRow]
    page: int
    pages: int
    only: str  # filter on state, "" for all
    counts: list[tuple[str, str, int]]  # state, label, count
