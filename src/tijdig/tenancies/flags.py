"""The circumstances of a tenancy that stop or change the work, as a closed list, and one of them as it stands.

Decides nothing but whether one holds on a day. `begin_on` is the first day on which it holds, `end_on` the first on which
it no longer does; a mistake ends on the day on which it begins, and so held on none. Each has a bit of its own for the
columns of many tenancies (`FlagBit`): those numbers are used in figures that are kept, so they never change.

Units: days. Errors: none. Worked example: begun on 1 March and ended on 10 March, it holds on the 9th and not on the 10th.

Left out: what each does to the next step (policy), and why a household is vulnerable, which is nobody's business here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntFlag, StrEnum


class Flag(StrEnum):
    """What is the matter."""

    DEBT_PROCEDURE = "debt_procedure"  # WSNP, MSNP, or a moratorium before it
    ADMINISTRATION = "administration"
    DEATH = "death"
    VULNERABLE = "vulnerable"
    BANKRUPTCY = "bankruptcy"


FLAG_LABEL: Mapping[Flag, str] = {
    Flag.DEBT_PROCEDURE: "schuldregeling",
    Flag.ADMINISTRATION: "bewindvoering",
    Flag.DEATH: "overlijden",
    Flag.VULNERABLE: "kwetsbaar huishouden",
    Flag.BANKRUPTCY: "faillissement",
}
FLAG_MEANS: Mapping[Flag, str] = {
    Flag.DEBT_PROCEDURE: (
        "Er loopt een wettelijke of minnelijke schuldregeling (Wsnp of Msnp), of de rechter gaf uitstel van een ontruiming: "
        "praat over de oude schuld met wie de regeling uitvoert, en let op of de gewone huur komt."
    ),
    Flag.ADMINISTRATION: (
        "Een bewindvoerder gaat over het geld: richt brieven, gesprekken en afspraken aan de bewindvoerder."
    ),
    Flag.DEATH: (
        "Een huurder is overleden: stuur niets uit gewoonte, en zoek eerst uit wie de huur voortzet of wie erft."
    ),
    Flag.VULNERABLE: (
        "Dit huishouden is kwetsbaar: zoek eerst persoonlijk contact, en laat een medewerker over elke stap beslissen."
    ),
    Flag.BANKRUPTCY: (
        "De huurder is failliet: dien de oude schuld in bij de curator; de huur van daarna loopt gewoon door."
    ),
}


class FlagBit(IntFlag):
    """Its place in a column of many tenancies. A number is given once and never again."""

    DEBT_PROCEDURE = 1
    ADMINISTRATION = 2
    DEATH = 4
    VULNERABLE = 8
    BANKRUPTCY = 16


FLAG_BIT: Mapping[Flag, FlagBit] = {flag: FlagBit[flag.name] for flag in Flag}


class LearnedFrom(StrEnum):
    """Who told us, or where we read it."""

    TENANT = "tenant"
    REPRESENTATIVE = "representative"
    MUNICIPALITY = "municipality"
    COURT_REGISTER = "court_register"
    SOURCE_SYSTEM = "source_system"
    COLLEAGUE = "colleague"


LEARNED_LABEL: Mapping[LearnedFrom, str] = {
    LearnedFrom.TENANT: "de huurder of iemand van het huishouden",
    LearnedFrom.REPRESENTATIVE: "een bewindvoerder, schuldhulpverlener of gemachtigde",
    LearnedFrom.MUNICIPALITY: "de gemeente",
    LearnedFrom.COURT_REGISTER: "een openbaar register van de rechter",
    LearnedFrom.SOURCE_SYSTEM: "het bronsysteem",
    LearnedFrom.COLLEAGUE: "een collega",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagEnd:
    """That it is over: since which day, who said so, and how he knows."""

    end_on: date
    learned_from: LearnedFrom
    note: str
    actor: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFlag:
    """One circumstance of one tenancy. Without an `id` nobody set it: the source system says that a tenant died.

    `note` is empty once it was erased; `recorded_at` is when we learned it, None where that is not kept.
    """

    id: int | None
    tenancy_id: int
    kind: Flag
    begin_on: date
    learned_from: LearnedFrom
    note: str = ""
    actor: str = ""
    recorded_at: datetime | None = None
    end: FlagEnd | None = None

    def holds(self, day: date) -> bool:
        return self.begin_on <= day and (self.end is None or day < self.end.end_on)
