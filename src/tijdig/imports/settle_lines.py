"""From a movement to what is posted: splitting batches, finding what a reversal takes back. Pure.

A batch that the bank booked as one sum is split from our own collection file: gross where all collections add up to
the sum, net where those that the bank did not refuse (pain.002) do. Where neither adds up it stays one unmatched item.

A reversal finds its collection by end-to-end id, else by the tenancy of its mandate or account and the same amount,
latest first. What it cannot find goes to a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tijdig.imports.drafts import Movement, Nature, movement_of
from tijdig.imports.matching import Directory

Own = tuple[
    str, str, int, str, str, str, str
]  # end-to-end id, mandate, cents, account, name, remittance, refused


def split(movement: Movement, collections: Sequence[Own]) -> list[Movement] | None:
    """The collections of a batch as movements of their own, or None where they do not add up to its sum."""
    if not collections:
        return None
    for chosen in (list(collections), [own for own in collections if not own[6]]):
        if chosen and sum(own[2] for own in chosen) == movement.amount_cents:
            return [_part(movement, own, index, len(chosen)) for index, own in enumerate(chosen, 1)]
    return None


def _part(movement: Movement, own: Own, index: int, count: int) -> Movement:
    end_to_end, mandate, cents, account, name, remittance, _ = own
    return movement_of(
        f"{movement.place}, post {index}",
        movement.entry_no,
        index,
        count,
        cents,
        movement.currency,
        movement.booked_on,
        movement.value_on,
        Nature.COLLECTION,
        movement.booked,
        movement.bank_reference,
        end_to_end,
        mandate,
        movement.batch_id,
        movement.batch_count,
        movement.structured_reference,
        remittance,
        account,
        name,
        movement.reason_code,
        movement.bank_code,
    )


@dataclass(frozen=True, slots=True)
class Reversed:
    """The collection that a reversal takes back, or why it was not found."""

    reference: str
    tenancy_id: int | None
    rule: str
    sureness: int
    queue_reason: str = ""


def find_reversed(
    movement: Movement,
    by_end_to_end: Mapping[str, list[tuple[str, int, int]]],
    by_tenancy: Mapping[int, list[tuple[str, int, str, date]]],
    directory: Directory,
    taken: set[str],
) -> Reversed:
    """`taken` holds references that were reversed already: a collection is taken back once."""
    cents = -movement.amount_cents
    owners = directory.mandates.get(movement.mandate_id) or directory.accounts.get(movement.counter_account)
    for reference, tenancy, booked in by_end_to_end.get(movement.end_to_end_id, []):
        if booked == cents and reference not in taken and (not owners or tenancy in owners):
            return Reversed(reference, tenancy, "end_to_end", 100)
    if not owners:
        return Reversed("", None, "", 0, "collection_unknown")
    if len(owners) > 1:
        return Reversed("", None, "", 0, "account_shared")
    tenancy = next(iter(owners))
    return of_tenancy(movement, tenancy, by_tenancy, taken) or Reversed(
        "", tenancy, "", 0, "collection_unknown"
    )


def of_tenancy(
    movement: Movement,
    tenancy: int,
    by_tenancy: Mapping[int, list[tuple[str, int, str, date]]],
    taken: set[str],
) -> Reversed | None:
    """The latest collection of this tenancy with the reversal's amount that was not taken back yet."""
    for reference, booked, mandate, on in by_tenancy.get(tenancy, []):
        if booked == -movement.amount_cents and reference not in taken and on <= movement.booked_on:
            rule = "mandate" if mandate and mandate == movement.mandate_id else "account"
            return Reversed(reference, tenancy, rule, 98 if rule == "mandate" else 92)
    return None
