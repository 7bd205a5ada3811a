"""What somebody may have looked at and why it was taken out: closed lists, and the ten minutes within which looking again is
the same look.

Decides the kinds of looking that are written down, when two looks are one, and which reasons count.

Units: aware moments; a slot is a whole number of ten minutes since 1970. Errors: a sentence. Worked example: the same page
at 10:01 and 10:09 is one look, at 10:11 it is another; "something else" without words is no reason. Left out: what was on
the page, because that can be made anew as of that day; and lists with many people, which are not one's file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_SLOT_S = 600


class What(StrEnum):
    """What was opened."""

    DOSSIER = "dossier"  # a page of one tenancy
    ACCOUNT = "account"  # its whole account
    CLAIM = "claim"
    LETTER = "letter"
    FILE = "file"  # by somebody of a partner
    EXPORT = "export"  # taken out: a spreadsheet, a CSV file, a paper
    READINGS = "readings"  # who looked


LABEL = {
    What.DOSSIER: "dossier bekeken",
    What.ACCOUNT: "hele rekening bekeken",
    What.CLAIM: "vordering bekeken",
    What.LETTER: "brief bekeken",
    What.FILE: "dossier bekeken bij de deurwaarder",
    What.EXPORT: "bestand meegenomen",
    What.READINGS: "bekeken wie keek",
}


LONGEST_WHY = 200  # signs


class Why(StrEnum):
    """Why somebody takes a whole file out of the house."""

    TENANT = "tenant"
    COURT = "court"
    HELP = "help"
    COMPLAINT = "complaint"
    AUDIT = "audit"
    OTHER = "other"  # with words


WHY_LABEL = {
    Why.TENANT: "de huurder vraagt erom",
    Why.COURT: "voor de deurwaarder, de advocaat of de rechter",
    Why.HELP: "voor de gemeente of de schuldhulp",
    Why.COMPLAINT: "voor een klacht of een geschil",
    Why.AUDIT: "voor een controle of de accountant",
    Why.OTHER: "iets anders",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, with words where they were given."""

    why: Why
    words: str = ""


def reason_of(why: str, words: str) -> Reason | str:
    """What was chosen and typed; or what is wrong with it."""
    words = " ".join(words.split())
    if why not in set(Why):
        return "Kies waarom u dit meeneemt."
    if len(words) > LONGEST_WHY:
        return f"Houd de toelichting onder {LONGEST_WHY} tekens."
    if Why(why) is Why.OTHER and not words:
        return "Schrijf kort waarom u dit meeneemt."
    return Reason(Why(why), words)


def slot_of(moment: datetime) -> int:
    """The ten minutes that a moment lies in."""
    return int(moment.timestamp()) // _SLOT_S
