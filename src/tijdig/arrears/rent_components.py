"""Of which components a month's rent was made up, and whether they add up to what the month asked.

Decides which components of the rent history belong to an instalment: those that held on its due day. A corporation charges
rent and service costs in one amount or apart, so the net rent alone may be the whole of it, and so may all but the net rent
be of service costs. Where no such sum fits, all components are told and the difference is: half a month, or a history that
is not complete.

Units: whole cents. Example: net rent € 680 and service costs € 50; a month that asked € 730 is both, one that asked € 680 is
the net rent, one that asked € 340 is told as € 730 with a difference of € -390.
Left out: which of two amounts is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tijdig.arrears.older_rent import NET, RentPart


@dataclass(frozen=True, slots=True)
class Components:
    """The components of an instalment that asked `asked_cents`; none where the rent of that day is not known."""

    asked_cents: int
    parts: tuple[RentPart, ...]

    @property
    def sum_cents(self) -> int:
        return sum(part.amount_cents for part in self.parts)

    @property
    def differs_cents(self) -> int:
        """What the instalment asked more than its components; nothing where they add up."""
        return self.asked_cents - self.sum_cents


def components(
    parts: Sequence[RentPart], due_on: date, asked_cents: int, *, service: bool = False
) -> Components:
    """The components of a month's rent, the net rent first, or of service costs that were charged apart."""
    held = sorted(
        (part for part in parts if part.holds(due_on) and part.amount_cents),
        key=lambda part: (part.kind != NET, part.kind),
    )
    alone = [part for part in held if (part.kind != NET) == service]
    for choice in (alone, held) if service else (held, alone):
        if choice and sum(part.amount_cents for part in choice) == asked_cents:
            return Components(asked_cents, tuple(choice))
    return Components(asked_cents, tuple(held))
