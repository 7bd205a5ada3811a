"""What somebody may have looked at: a closed list, and the ten minutes within which looking again is the same look.

Decides the kinds of looking that are written down and when two looks are one. Units: aware moments; a slot is a whole
number of ten minutes since 1970. Errors: none. Worked example: the same page at 10:01 and 10:09 is one look, at 10:11 it
is another. Left out: what was on the page, because that can be made anew as of that day; and lists with many people,
which are not one's file.
"""

from __future__ import annotations

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


def slot_of(moment: datetime) -> int:
    """The ten minutes that a moment lies in."""
    return int(moment.timestamp()) // _SLOT_S
