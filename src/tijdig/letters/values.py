"""What a fourteen-day letter stands on, and how it is said that something is wrong with it.

Decides nothing. Units: whole cents. Example: `Facts(...)` with a payment of € 10 since the account was taken has
`paid_since_cents` 1000, and `fourteen_day.check` refuses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tijdig.law.collection_costs import VatGround
from tijdig.law.conventions import DEFAULT, Conventions
from tijdig.letters.letter import Override, Person, Row, Sender


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a code, and a Dutch sentence that says which and what to do."""

    code: str
    sentence: str


class NotRight(ValueError):  # noqa: N818 - it says what it is
    """The letter may not be made; `faults` says why."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(fault.sentence for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the letter stands on: `facts_on` is the day of the account, `paid_since_cents` what came in after it."""

    on: date
    facts_on: date
    instalments: tuple[Row, ...]
    principal_cents: int
    fee_cents: int
    sender: Sender
    to: Person
    reference: str
    payment_reference: str
    vat_cents: int = 0
    vat: VatGround | None = None
    paid_since_cents: int = 0
    override: Override | None = None
    conventions: Conventions = DEFAULT
    iban: str = ""  # of the payment; the sender's own where nothing else is said
