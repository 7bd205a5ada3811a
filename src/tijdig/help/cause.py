"""Why the rent was not paid, as far as anybody knows: how sure it is, who noticed, and whether it still holds.

Decides what may be written down, and how what several people noticed becomes one standing per cause: what was said last that
it is over or was a mistake ends all of before; of what was noticed since, the surest word counts, with who said it first.
What somebody ticked after a contact counts too: as told where there was a talk, else as a guess.

Units: days. Errors: Dutch sentences. Worked example: a caretaker guesses at illness on 3 March, the tenant tells of it on
the 10th: it stands as told, noticed first by the caretaker on the 3rd; "over" on 1 June ends it. Left out: which help fits
(`guides`), and any weight in the next step: a way of working looks at what happened, not at why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from tijdig.contacts.kinds import Cause

LONGEST = 1000
_BACK = timedelta(days=366)


class Says(StrEnum):
    """How sure somebody was, or that it is no more."""

    GUESS = "guess"
    TOLD = "told"
    SURE = "sure"
    OVER = "over"
    MISTAKE = "mistake"


SAYS_LABEL = {
    Says.GUESS: "vermoeden",
    Says.TOLD: "verteld door de huurder",
    Says.SURE: "zeker, gezien of bevestigd",
    Says.OVER: "voorbij",
    Says.MISTAKE: "klopte niet",
}
HOLDS = (Says.GUESS, Says.TOLD, Says.SURE)  # the later the surer
ENDS = (Says.OVER, Says.MISTAKE)


class NoticedBy(StrEnum):
    """Who noticed it; whoever writes it down may be somebody else."""

    TENANT = "tenant"
    CONSULTANT = "consultant"
    CUSTOMER_SERVICE = "customer_service"
    CARETAKER = "caretaker"
    BAILIFF = "bailiff"
    MUNICIPALITY = "municipality"
    HELPER = "helper"
    RELATIVE = "relative"


NOTICED_BY_LABEL = {
    NoticedBy.TENANT: "de huurder",
    NoticedBy.CONSULTANT: "een consulent",
    NoticedBy.CUSTOMER_SERVICE: "de klantenservice",
    NoticedBy.CARETAKER: "de huismeester",
    NoticedBy.BAILIFF: "de deurwaarder",
    NoticedBy.MUNICIPALITY: "de gemeente",
    NoticedBy.HELPER: "een hulpverlener",
    NoticedBy.RELATIVE: "familie of een naaste",
}
_OF_ROLE = {
    "customer_service": NoticedBy.CUSTOMER_SERVICE,
    "caretaker": NoticedBy.CARETAKER,
    "bailiff": NoticedBy.BAILIFF,
}


def noticer(role: str) -> NoticedBy:
    """Who notices when somebody with this role writes it down for himself."""
    return _OF_ROLE.get(role, NoticedBy.CONSULTANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseDraft:
    """Causes to write down at once. `causes`, `says` and `noticed_by` are words as they came."""

    tenancy_id: int
    causes: Sequence[str]
    says: str
    noticed_by: str
    noticed_on: date
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One time that somebody noticed one cause. `contact_id` where it was ticked at a contact, `id` where on its own."""

    cause: Cause
    says: Says
    noticed_by: NoticedBy
    noticed_on: date
    recorded_at: datetime
    actor: str
    name: str = ""
    words: str = ""
    id: int = 0
    contact_id: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How one cause stands: `says` is the surest word, `first` who noticed it first since it was last over."""

    cause: Cause
    says: Says
    first: Sighting
    sightings: tuple[Sighting, ...]

    @property
    def holds(self) -> bool:
        return self.says in HOLDS

    @property
    def last(self) -> Sighting:
        return self.sightings[-1]


def standings(sightings: Iterable[Sighting]) -> list[Standing]:
    """Each cause once: those that hold first, the surest first, then the newest."""
    by_cause: dict[Cause, list[Sighting]] = {}
    for one in sorted(sightings, key=lambda one: (one.noticed_on, one.recorded_at)):
        by_cause.setdefault(one.cause, []).append(one)
    found = [_standing(cause, told) for cause, told in by_cause.items()]
    return sorted(found, key=_place, reverse=True)


def _standing(cause: Cause, told: list[Sighting]) -> Standing:
    ended = max((number for number, one in enumerate(told) if one.says in ENDS), default=-1)
    since = told[ended + 1 :]
    if not since:
        return Standing(cause, told[-1].says, told[0], tuple(told))
    return Standing(cause, max((one.says for one in since), key=HOLDS.index), since[0], tuple(told))


def _place(one: Standing) -> tuple[bool, int, date]:
    return (one.holds, HOLDS.index(one.says) if one.holds else 0, one.last.noticed_on)


def faults(draft: CauseDraft, on: date) -> Iterator[str]:
    """What is wrong with it, in the order of the form."""
    if not draft.causes or any(one not in set(Cause) for one in draft.causes):
        yield "Kies wat er achter de achterstand zit."
    if draft.says not in set(Says):
        yield "Kies hoe zeker het is."
    if draft.noticed_by not in set(NoticedBy):
        yield "Kies wie het opmerkte."
    if not on - _BACK <= draft.noticed_on <= on:
        yield "Kies een dag tot en met vandaag, ten hoogste een jaar terug."
    if len(draft.words) > LONGEST:
        yield f"Schrijf ten hoogste {LONGEST} tekens."
    if Cause.OTHER.value in draft.causes and draft.says in HOLDS and not draft.words.strip():
        yield "Schrijf bij 'iets anders' in een paar woorden wat het is."
