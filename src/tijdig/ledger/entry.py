"""The values of the ledger: a draft that asks to be posted, and an entry as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tijdig.base.values import positional
from tijdig.ledger.kinds import Kind


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """One fact that asks to be posted.

    `reference` is unique within `source`: the same fact twice posts once. `effective_on` is when it was true
    (for money: the value day), `booked_on` the source's own booking day, `due_on` only for charges (defaults to
    `effective_on`). `target_reference` points back, to a reference of the same source or else as `source/reference`, to the
    entry that this one reverses, corrects or designates.
    """

    contract_number: str
    kind: Kind
    amount_cents: int  # + raises what the tenant owes, - lowers it
    effective_on: date
    booked_on: date
    source: str
    reference: str
    due_on: date | None = None
    target_reference: str = ""
    description: str = ""  # personal text: kept apart from the facts
    place: str = ""  # where in the file, for messages


entry_of = positional(EntryDraft)  # for inner loops
