"""A circumstance as a person sets it or ends it, and what may be wrong with that.

Decides whether it may be written: it has begun by now, the day of its end lies between its beginning and today, the note is
short. What has not happened yet is set when it has.

Units: days. Errors: none, what is wrong is a `Fault` with a Dutch sentence. Worked example: on 2 November an end on
3 November is `flag_end_future`; one on the day of its beginning says that it never was so.

Left out: whether the tenancy exists and whether one of that kind is set already (`actions_flags`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tijdig.tenancies.flags import FLAG_LABEL, Flag, LearnedFrom

LONGEST_NOTE = 400  # signs
REFUSED = {
    "flag_tenancy_unknown": "Dit contract bestaat niet. Zoek de huurder opnieuw op.",
    "flag_unknown": "Deze bijzonderheid bestaat niet. Open de huurder opnieuw.",
    "flag_future": "De begindag ligt in de toekomst. Vul in sinds wanneer het zo is, en anders vandaag.",
    "flag_set": "‘{}’ staat al vast bij deze huurder. Eindig die eerst, of laat het zo.",
    "flag_ended": "Deze bijzonderheid is al geëindigd. U hoeft niets te doen.",
    "flag_end_future": "De einddag ligt in de toekomst. Kies vandaag, of eindig het als het zover is.",
    "flag_end_early": "De einddag ligt vóór de begindag. Was het nooit zo? Kies dan de begindag.",
    "flag_note_long": "De toelichting is te lang. Schrijf ten hoogste {} tekens.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a code, and a Dutch sentence that says which and what to do."""

    code: str
    sentence: str


class NotFlagged(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """It is not set or not ended; `faults` says why, and what to do."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(one.sentence for one in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagDraft:
    """What is the matter, since when, and how we know. `note` holds what the work needs and nothing about health."""

    tenancy_id: int
    kind: Flag
    begin_on: date
    learned_from: LearnedFrom
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDraft:
    """Which one is over, since when, and how we know."""

    flag_id: int
    end_on: date
    learned_from: LearnedFrom
    note: str = ""


def flag_fault(name: str, *parts: object) -> Fault:
    return Fault(name, REFUSED[name].format(*parts))


def set_already(kind: Flag) -> Fault:
    return flag_fault("flag_set", FLAG_LABEL[kind])


def flag_faults(draft: FlagDraft, today: date) -> Iterator[Fault]:
    """Why it may not be set; nothing where it may."""
    if draft.begin_on > today:
        yield flag_fault("flag_future")
    yield from _note_faults(draft.note)


def end_faults(draft: EndDraft, begin_on: date, today: date) -> Iterator[Fault]:
    """Why it may not be ended so; nothing where it may."""
    if draft.end_on > today:
        yield flag_fault("flag_end_future")
    elif draft.end_on < begin_on:
        yield flag_fault("flag_end_early")
    yield from _note_faults(draft.note)


def _note_faults(note: str) -> Iterator[Fault]:
    if len(note.strip()) > LONGEST_NOTE:
        yield flag_fault("flag_note_long", LONGEST_NOTE)
