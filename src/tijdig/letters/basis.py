"""What every letter stands on, taken from the account of a tenancy on one day.

Decides nothing. Units: whole cents. `open_cents` is what the account says is overdue in total; that it is the sum of the
rows is checked when a letter is made, because the two come from different places.

Left out: what differs per kind of letter and is typed by a person (`asked`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tijdig.letters.letter import Person, Row, Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """`on` is the day of the letter, `facts_on` that of the account, `paid_since_cents` what came in after it.

    `overdue` is oldest first; a row that is no rent has a label. `costs_cents` is what of it are collection costs that a
    letter made due. `fee_from_on` is the day from which the costs of the last
    valid fourteen-day letter are due; None where there is none. `town` is that of the home, wherever the post goes.
    """

    on: date
    facts_on: date
    sender: Sender
    to: Person
    reference: str
    payment_reference: str
    overdue: tuple[Row, ...]
    open_cents: int
    paid_since_cents: int = 0
    costs_cents: int = 0
    died_on: date | None = None
    fee_from_on: date | None = None
    town: str = ""
