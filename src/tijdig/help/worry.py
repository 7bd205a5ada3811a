"""A worry as it stands: what was noticed, by whom, and whether somebody took it up.

Decides what may be written down: something of the closed list, by a name, of a day that is not ahead and not too long ago.
Nothing about money stands in it. Units: days. Errors: Dutch sentences. Example: `POST` of yesterday by the caretaker.
Left out: what came of it, which is for whoever works the tenancy; whoever noticed it learns that it was taken up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tijdig.help.kinds import NOTICED_LABEL, Noticed

LONGEST = 1000
_BACK = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorryDraft:
    """A worry to write down. `what` are the boxes that were ticked, as they came."""

    tenancy_id: int
    what: Sequence[str]
    talked: bool
    noticed_on: date
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Worry:
    """One worry. `taken_by` is empty until somebody took it up; `words` where they were erased."""

    id: int
    tenancy_id: int
    what: tuple[Noticed, ...]
    talked: bool
    noticed_on: date
    actor: str
    name: str
    role: str
    recorded_at: datetime
    words: str
    taken_on: date | None
    taken_by: str

    @property
    def label(self) -> str:
        return ", ".join(NOTICED_LABEL[one] for one in self.what)


def faults(draft: WorryDraft, on: date) -> Iterator[str]:
    """What is wrong with it, in the order of the form."""
    if not draft.what or any(one not in set(Noticed) for one in draft.what):
        yield "Kies wat u opviel."
    if list(draft.what) == [Noticed.OTHER.value] and not draft.words.strip():
        yield "Schrijf in een paar woorden op wat u opviel."
    if not on - _BACK <= draft.noticed_on <= on:
        yield f"Kies een dag tot en met vandaag, ten hoogste {_BACK.days} dagen terug."
    if len(draft.words) > LONGEST:
        yield f"Schrijf ten hoogste {LONGEST} tekens."
