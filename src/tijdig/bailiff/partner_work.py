"""What there is to do in a file for a partner's people, and in which order; told from what stands in it.

Decides which of these waits: a question, an arrangement or a last chance that broke, a last chance that was kept, a day
before the court, something that was decided, a municipality that does not know the day of an eviction, a tenant to whom
nobody spoke yet, an account that is paid. Units: days. Errors: none. Example: handed over eleven days ago
and nobody spoken to: call or visit. Left out: the balance, which does not order anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from tijdig.bailiff.chance import How
from tijdig.bailiff.next_deed import CHANCE_BROKEN, CHANCE_KEPT
from tijdig.bailiff.track import Stage, Track

_NEAR = timedelta(days=14)


class Task(IntEnum):
    """In the order in which they are shown."""

    QUESTION = 1
    BROKEN = 2
    PAID_UP = 3
    COURT_DAY = 4
    DECIDED = 5
    SPEAK = 6
    GOES = 7


TASK_LABEL = {
    Task.QUESTION: "De corporatie vroeg iets",
    Task.BROKEN: "Regeling gebroken",
    Task.PAID_UP: "Niets meer open",
    Task.COURT_DAY: "Dag bij de rechter",
    Task.DECIDED: "Besluit van de corporatie",
    Task.SPEAK: "Nog niet gesproken",
    Task.GOES: "Gaat zijn weg",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """`kept` None: no arrangement runs; `chance` None: no last chance does."""

    handed_over_on: date
    owed_cents: int  # arrears, and the costs that are owed
    questions: int
    kept: bool | None
    spoken_on: date | None
    track: Track
    chance: How | None = None


@dataclass(frozen=True, slots=True)
class Todo:
    task: Task
    sentence: str


_DECIDED = {
    Stage.SUMMONS_AGREED: "De corporatie besloot om te dagvaarden. Breng de dagvaarding uit.",
    Stage.JUDGED: "Er is een vonnis. Beteken het, of spreek een laatste kans af.",
    Stage.EVICTION_AGREED: "Twee mensen van de corporatie besloten tot ontruiming. Zeg die aan.",
}


def todo(facts: FileFacts, on: date) -> Todo:
    """The first that waits; that it goes its way where nothing does."""
    return next(_todo(facts, on))


def _todo(facts: FileFacts, on: date) -> Iterator[Todo]:
    if facts.questions:
        yield Todo(Task.QUESTION, "De corporatie vroeg u iets.")
    if facts.chance is How.BROKEN:
        yield Todo(Task.BROKEN, f"{CHANCE_BROKEN}. Bel vandaag.")
    if facts.kept is False:
        yield Todo(Task.BROKEN, "De regeling is gebroken. Bel vandaag.")
    if facts.owed_cents <= 0:
        yield Todo(Task.PAID_UP, "Er staat niets meer open. Stop wat loopt en sluit het dossier.")
    if facts.chance is How.KEPT:
        yield Todo(Task.PAID_UP, CHANCE_KEPT)
    days = [one.at_on for one in facts.track.days if one.at_on and on <= one.at_on <= on + _NEAR]
    if days:
        yield Todo(Task.COURT_DAY, f"{min(days):%d-%m-%Y} staat in de agenda.")
    if facts.track.stage is Stage.ANNOUNCED and facts.track.day_told is None:
        yield Todo(Task.DECIDED, "De ontruiming is aangezegd. Laat de gemeente weten op welke dag.")
    if facts.track.stage in _DECIDED:
        yield Todo(Task.DECIDED, _DECIDED[facts.track.stage])
    if facts.spoken_on is None:
        days_here = (on - facts.handed_over_on).days
        yield Todo(Task.SPEAK, f"Nog niet gesproken, {days_here} dagen bij u. Bel of ga langs.")
    if facts.kept:
        yield Todo(Task.GOES, "De regeling wordt nagekomen.")
    yield Todo(Task.GOES, "Wacht op betaling of een volgende stap.")
