"""Files that stand with a partner without an agreement, and agreements that end soon; inside the wall of the corporation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tijdig.bailiff.queries import agreements, holding
from tijdig.bailiff.values import Agreement, File

SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class Ending:
    """An agreement that holds and, from `end_on` on, does not, with how many files are open under it now."""

    agreement: Agreement
    end_on: date
    files: int


@dataclass(frozen=True, slots=True)
class Endings:
    """`none`: open files of which the partner sees nothing, and at which nobody works."""

    none: tuple[File, ...]
    soon: tuple[Ending, ...]


def endings(files: Sequence[File], on: date, known: Sequence[Agreement] | None = None) -> Endings:
    """Of these open files; `known` are all agreements, where they were read already."""
    agreed = known if known is not None else agreements()
    held = {one.partner_id: one for one in holding(agreed, on)}
    soon = []
    for partner, one in held.items():
        end_on = _ends(agreed, partner, on)
        if end_on is not None:
            soon.append(Ending(one, end_on, sum(1 for each in files if each.partner_id == partner)))
    return Endings(tuple(one for one in files if one.partner_id not in held), tuple(soon))


def _ends(agreed: Sequence[Agreement], partner_id: int, on: date) -> date | None:
    """The first day soon on which nothing holds with this partner; a version that follows it counts."""
    theirs = [one for one in agreed if one.partner_id == partner_id]
    days = (on + timedelta(days=number) for number in range(1, SOON_DAYS + 1))
    return next((day for day in days if not holding(theirs, day)), None)
