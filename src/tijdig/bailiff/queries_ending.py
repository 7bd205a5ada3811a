"""Files that stand with a partner without an agreement, and agreements that end soon; inside the wall of the corporation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tijdig.bailiff.queries import in_force, running_out
from tijdig.bailiff.values import Agreement, File


@dataclass(frozen=True, slots=True)
class Ending:
    """An agreement that holds and soon does not, with how many files are open under it now."""

    agreement: Agreement
    end_on: date
    files: int


@dataclass(frozen=True, slots=True)
class Endings:
    """`none`: open files of which the partner sees nothing, and at which nobody works."""

    none: tuple[File, ...]
    soon: tuple[Ending, ...]


def endings(files: Sequence[File], on: date) -> Endings:
    """Of these open files."""
    held = {one.partner_id for one in in_force(on)}
    soon = (
        Ending(one, one.over_on, sum(1 for each in files if each.partner_id == one.partner_id))
        for one in running_out(on)
        if one.over_on is not None
    )
    return Endings(tuple(one for one in files if one.partner_id not in held), tuple(soon))
