"""Why a collection failed, and what that asks of us: the reason code of a storno or refusal, as a value.

The table is dated data with its source in `return_reasons.yaml`. What a code suggests (`Handling`) is the
table's; whether and when something is done is policy, elsewhere. A code that is not in the table is not an
error: it is "failed, reason unknown", keeps its code, and stops nothing by itself.

Example: `reason("MD07").handling is Handling.DECEASED`; letters stop and the estate is looked after.

Left out: the full external code lists; they grow every quarter, and most codes never occur on a rent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml


class Handling(StrEnum):
    """What the reason suggests."""

    FRIENDLY_CONTACT = "friendly_contact"  # open again; a friendly call the same day, another collection day
    ASK_WHY = "ask_why"  # the tenant refused: possibly a dispute
    RECOMPUTE = "recompute"  # a month that counted as paid is open again; history stays as it was
    REPAIR_MANDATE = "repair_mandate"
    REPAIR_DATA = "repair_data"  # our own data or file
    DECEASED = "deceased"  # stop letters; the estate
    ASK_ACCOUNT = "ask_account"
    OTHER_METHOD = "other_method"  # this account will never work
    TALK = "talk"  # the tenant's own block or maximum: not a refusal of the rent
    CHECK_BATCH = "check_batch"  # our own doubling
    RETRY = "retry"  # technical
    UNKNOWN = "unknown"  # show it to a person


class FailureKind(StrEnum):
    """Who stopped it, and so until when it can still happen."""

    REJECT = "reject"
    RETURN = "return"
    REFUND = "refund"
    REFUND_WITHOUT_MANDATE = "refund_without_mandate"


@dataclass(frozen=True, slots=True)
class Term:
    """How long after settlement: `unit` is bank_days, weeks or months."""

    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class ReturnReason:
    """One reason. `latest` per kind; `None` where nothing was settled. `collect_again`: `None` is unknown."""

    code: str
    meaning: str
    kinds: tuple[FailureKind, ...]
    latest: Mapping[FailureKind, Term | None]
    handling: Handling
    collect_again: bool | None
    note: str = ""

    @property
    def known(self) -> bool:
        return self.handling is not Handling.UNKNOWN


@dataclass(frozen=True, slots=True)
class OldReason:
    """A VerwInfo number of an old extract: its meaning and the reasons that shared it."""

    number: int
    meaning: str
    reasons: tuple[ReturnReason, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    checked_on: date
    reasons: Mapping[str, ReturnReason]
    old: Mapping[int, OldReason]


def _reason(code: str, row: Mapping[str, Any], terms: Mapping[str, Term | None]) -> ReturnReason:
    kinds = tuple(FailureKind(kind) for kind in row["kinds"])
    return ReturnReason(
        code=code,
        meaning=row["meaning"],
        kinds=kinds,
        latest={kind: terms[kind.value] for kind in kinds},
        handling=Handling(row["handling"]),
        collect_again=row["collect_again"],
        note=row.get("note", ""),
    )


@cache
def _table() -> _Table:
    path = Path(__file__).with_suffix(".yaml")
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    terms = {kind: Term(*term) if term else None for kind, term in data["terms"].items()}
    reasons = {code: _reason(code, row, terms) for code, row in data["reasons"].items()}
    old = {
        number: OldReason(number, row["meaning"], tuple(reasons[code] for code in row["codes"]))
        for number, row in data["verwinfo"].items()
    }
    return _Table(data["checked_on"], reasons, old)


def checked_on() -> date:
    """The day on which the table was last held against its sources."""
    return _table().checked_on


def known_reasons() -> tuple[ReturnReason, ...]:
    """All reasons of the table, in its order."""
    return tuple(_table().reasons.values())


def reason(code: str) -> ReturnReason:
    """The reason of a code as written in a bank file; unknown or empty is "failed, reason unknown"."""
    known = _table().reasons.get(code.strip().upper())
    if known is not None:
        return known
    return ReturnReason(code.strip(), "mislukt, reden onbekend", (), {}, Handling.UNKNOWN, None)


def verwinfo_reason(number: int) -> OldReason:
    """What a VerwInfo number says. A number of several reasons gives them all: it does not say which."""
    return _table().old.get(number) or OldReason(number, "mislukt, reden onbekend", ())
