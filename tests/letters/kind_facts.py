"""A right basis and right typed facts for each kind of letter, about the same invented tenant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from letters.letter_facts import ON, ROWS, SENDER, TENANT
from tijdig.letters.basis import Basis
from tijdig.letters.letter import Fact, Kind

FEE_FROM_ON = date(2026, 10, 30)
BASIS = Basis(
    on=ON,
    facts_on=ON,
    sender=SENDER,
    to=TENANT,
    reference="HC-104233",
    payment_reference="5000056789012345",
    overdue=ROWS,
    open_cents=210_000,
    fee_from_on=FEE_FROM_ON,
)
NOTHING: dict[str, Any] = {"overdue": (), "open_cents": 0}
GIVEN: Mapping[Kind, dict[str, Fact]] = {
    Kind.FRIENDLY_REMINDER: {},
    Kind.REMINDER: {"pay_before_on": date(2026, 11, 9)},
    Kind.INVITATION: {
        "meet_on": date(2026, 11, 12),
        "meet_time": "10:30",
        "meet_place": "Havenkade 12, Rotterdam",
    },
    Kind.ARRANGEMENT_CONFIRMED: {"instalment_cents": 60_000, "first_on": date(2026, 12, 1)},
    Kind.INSTALMENT_MISSED: {
        "instalment_cents": 60_000,
        "due_on": date(2026, 10, 26),
        "pay_before_on": date(2026, 11, 9),
    },
    Kind.EARLY_SIGNAL: {"municipality": "Rotterdam", "object_before_on": date(2026, 11, 16)},
    Kind.HANDOVER_ANNOUNCED: {"handover_on": date(2026, 11, 19), "bailiff_name": "Van Dam"},
    Kind.SETTLED: {"paid_cents": 70_000, "paid_on": date(2026, 10, 30)},
}
"""Right for their kind; the settled letter stands on a basis with `NOTHING` open."""
