"""What may be wrong with the basis of a letter, whatever its kind: the tenant, the account, the amounts.

Decides per check, in the order in which a person mends it. The letter that closes a matter asks for the opposite of the
others: nothing may be open. Units: whole cents. Errors: none, a fault is a value.

Example: rows of € 1,400 with an account that says € 1,500 give `sum_differs`. Left out: what a person types
(`given_checks`), what differs per kind (`kind_checks`), and the fourteen-day letter (`fourteen_day_checks`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tijdig.base.money import euro
from tijdig.law.answer import short_day
from tijdig.letters.basis import Basis
from tijdig.letters.checks import account_faults, address_faults, amounts_faults
from tijdig.letters.letter import Kind
from tijdig.letters.values import Fault


def alive_faults(basis: Basis) -> Iterator[Fault]:
    """Nobody writes to a tenant who died: what is open is then the heirs' affair, and a person's work."""
    if basis.died_on is not None:
        yield Fault(
            "tenant_died",
            f"De huurder is overleden op {short_day(basis.died_on)}. Stuur deze brief niet. Zoek uit wie de erfgenamen "
            "zijn, en schrijf of bel hen zelf.",
        )


def basis_faults(kind: Kind, basis: Basis) -> Iterator[Fault]:
    """Everything that is wrong with what the letter stands on."""
    yield from alive_faults(basis)
    yield from _settled(basis) if kind is Kind.SETTLED else _open(basis)
    yield from amounts_faults(basis.on, basis.facts_on, basis.paid_since_cents)
    yield from address_faults(basis.to)
    yield from account_faults(basis.sender, "")


def _settled(basis: Basis) -> Iterator[Fault]:
    left_cents = max(basis.open_cents, sum(row.open_cents for row in basis.overdue))
    if left_cents > 0:
        yield Fault(
            "still_open",
            f"Er staat nog {euro(left_cents)} open. Stuur deze brief pas als alles betaald is.",
        )


def _open(basis: Basis) -> Iterator[Fault]:
    if not basis.overdue:
        yield Fault("nothing_open", "Er staat niets open dat te laat is. Stuur deze brief niet.")
        return
    for row in basis.overdue:
        yield from _row(basis, row.due_on, row.open_cents)
    total_cents = sum(row.open_cents for row in basis.overdue)
    if total_cents != basis.open_cents:
        yield Fault(
            "sum_differs",
            f"De regels zijn samen {euro(total_cents)}, de stand zegt {euro(basis.open_cents)}. Neem de stand "
            "opnieuw over.",
        )


def _row(basis: Basis, due_on: date, open_cents: int) -> Iterator[Fault]:
    if open_cents <= 0:
        yield Fault(
            "nothing_open", f"Van de regel van {short_day(due_on)} staat niets open. Haal die uit de brief."
        )
    if due_on >= basis.on:
        yield Fault(
            "not_overdue",
            f"De regel van {short_day(due_on)} is nog niet te laat op {short_day(basis.on)}. Haal die uit de brief.",
        )
