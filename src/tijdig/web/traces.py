"""Who looked and who did what, as lines of a page and as a CSV file.

Decides what a line says: when, who, what, and about what. Somebody who works for a partner is shown without a name, because
the corporation does not keep those people. Units: moments in Amsterdam. Errors: none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tijdig.base.cells import csv_file
from tijdig.base.days import AMSTERDAM
from tijdig.history.queries_readings import Trace
from tijdig.web.trace_words import did

HEADINGS = ("dag", "tijd", "wie", "wat", "waarover", "waarom")
_TENANCY = "tenancy:"
_ABOUT = {
    "letter": "brief {}",
    "partner_file": "dossier {} bij de deurwaarder",
    "tenancy": "huurder {}",
    "batch": "printbatch {}",
    "batch_part": "deel {} van een printbatch",
    "signals": "vroegsignalen {}",
    "debt_help": "schuldhulp {}",
    "file": "bestand {}",
    "statement": "afschrift {}",
    "conference": "overleg {}",
    "user": "medewerker {}",
    "worklist": "werkvoorraad",
    "register": "register van verwerkingen",
    "retention": "bewaartermijnen, versie {}",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `looked` tells a look from an act; `tenancy_id` is there where it is about one."""

    at: datetime
    who: str
    what: str
    looked: bool
    about: str
    tenancy_id: int | None
    why: str


def lines_of(traces: Sequence[Trace], names: Mapping[int, str]) -> list[Line]:
    return [
        Line(
            at=one.at.astimezone(AMSTERDAM),
            who=who_is(one.actor, names),
            what=one.looked[:1].upper() + one.looked[1:] if one.what else did(one.verb),
            looked=one.what is not None,
            about=_about(one.subject),
            tenancy_id=_tenancy(one.subject),
            why=one.why,
        )
        for one in traces
    ]


def who_is(actor: str, names: Mapping[int, str]) -> str:
    """The name of a person of the corporation; what is known of anybody else."""
    kind, _sign, number = actor.partition(":")
    if kind == "user" and number.isdigit():
        return names.get(int(number)) or _("iemand van de deurwaarder ({number})").format(number=number)
    if kind == "client":
        return _("een programma, via de API ({number})").format(number=number)
    return _("het programma") if kind == "system" else actor


def _tenancy(subject: str) -> int | None:
    number = subject.removeprefix(_TENANCY)
    return int(number) if subject.startswith(_TENANCY) and number.isdigit() else None


def _about(subject: str) -> str:
    kind, _sign, number = subject.partition(":")
    return _ABOUT[kind].format(number) if kind in _ABOUT else subject


def as_csv(lines: Sequence[Line]) -> bytes:
    """For a spreadsheet: semicolons, a mark for its letters, and no cell that runs anything."""
    return csv_file(
        HEADINGS,
        ((one.at.date(), f"{one.at:%H:%M:%S}", one.who, one.what, one.about, one.why) for one in lines),
    )
