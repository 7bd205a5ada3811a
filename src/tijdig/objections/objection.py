"""An objection as it stands, and what waits while nobody has answered it.

Decides one thing: what is paused. An objection to certain months or items takes those out of what is asked, and nothing
else: one month in dispute does not silence the rest. An objection to the arrears as a whole, to costs, to a letter or to a
decision holds back every automatic step and every step with legal effect. An objection to an arrangement, or to how the
tenant was treated, pauses nothing; a person answers all the same.

The answer ends it, with one exception: where the tenant was right about months or items, those stay out until the ledger
is put right by an entry that points back to them (`queries.disputed_entries`).

Units: none. Errors: none. Worked example: with October in dispute and November open as well, November is asked; once it is
answered that the tenant is wrong about October, both are.

Left out: which steps have legal effect (policy and the engine), and whether an objection is reasonable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tijdig.objections.kinds import About, Outcome, Way


class Pause(StrEnum):
    """What waits."""

    NOTHING = "nothing"
    ENTRIES = "entries"  # what is in dispute is not asked
    STEPS = "steps"  # no automatic step, and none with legal effect


_PAUSES = {
    About.ENTRY: Pause.ENTRIES,
    About.ARREARS: Pause.STEPS,
    About.COSTS: Pause.STEPS,
    About.LETTER: Pause.STEPS,
    About.DECISION: Pause.STEPS,
    About.ARRANGEMENT: Pause.NOTHING,
    About.TREATMENT: Pause.NOTHING,
}


def pauses(about: About) -> Pause:
    """What waits while it is unanswered."""
    return _PAUSES[about]


def pauses_after(about: About, outcome: Outcome) -> Pause:
    """What still waits once it was answered so; items that wait then do so until the ledger is put right."""
    waits = pauses(about)
    return waits if waits is Pause.ENTRIES and outcome is Outcome.UPHELD else Pause.NOTHING


def pausing(wanted: Pause) -> Iterator[tuple[About, Outcome | None]]:
    """Every case in which this waits: what it is about, and what was answered, None where nothing was."""
    for about in About:
        if pauses(about) is wanted:
            yield about, None
        yield from ((about, one) for one in Outcome if pauses_after(about, one) is wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of it. `name` is the person who answered; `text` is empty once it was erased."""

    outcome: Outcome
    answered_on: date
    actor: str
    name: str
    recorded_at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One objection. `entries` are the ledger entries that it is about, for ENTRY only; `text` the tenant's own words."""

    id: int
    tenancy_id: int
    about: About
    entries: tuple[int, ...]
    received_on: date
    way: Way
    answer_by_on: date
    wants_person: bool
    actor: str
    recorded_at: datetime
    text: str
    answer: Answer | None

    @property
    def pause(self) -> Pause:
        """What waits for it, or still waits after its answer."""
        return pauses_after(self.about, self.answer.outcome) if self.answer else pauses(self.about)
