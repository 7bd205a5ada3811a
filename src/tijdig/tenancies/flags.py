"""The circumstances of a tenancy that stop or change the work, as a closed list, and one of them as it stands.

Decides nothing but whether one holds on a day. `begin_on` is the first day on which it holds, `end_on` the first on which
it no longer does; a mistake ends on the day on which it begins, and so held on none. Each has a bit of its own for the
columns of many tenancies (`FlagBit`): those numbers are used in figures that are kept, so they never change.

A debt procedure is one of four kinds (`PROCEDURES`): by law, amicable, a moratorium, or one of which the kind is not known
yet. In the columns each of them carries the bit of the last one too (`FLAG_BITS`), so that whoever asks whether a procedure
runs asks for one bit. Sources: articles 287b, 299 and 305 Fw.

Units: days. Errors: none. Worked example: begun on 1 March and ended on 10 March, it holds on the 9th and not on the 10th.
A Wsnp stands in the columns as 64 + 1.

Left out: what each does to the next step (policy), and why a household is vulnerable, which is nobody's business here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntFlag, StrEnum


class Flag(StrEnum):
    """What is the matter."""

    DEBT_PROCEDURE = (
        "debt_procedure"  # one of the three below, and nobody knows yet which; also a stabilisation
    )
    WSNP = "wsnp"
    AMICABLE = "amicable"  # Msnp, with or without a loan that pays all creditors at once
    MORATORIUM = "moratorium"
    ADMINISTRATION = "administration"
    DEATH = "death"
    VULNERABLE = "vulnerable"
    BANKRUPTCY = "bankruptcy"


FLAG_LABEL: Mapping[Flag, str] = {
    Flag.DEBT_PROCEDURE: "schuldregeling, soort nog niet bekend",
    Flag.WSNP: "wettelijke schuldsanering (Wsnp)",
    Flag.AMICABLE: "minnelijke schuldregeling",
    Flag.MORATORIUM: "moratorium",
    Flag.ADMINISTRATION: "bewindvoering",
    Flag.DEATH: "overlijden",
    Flag.VULNERABLE: "kwetsbaar huishouden",
    Flag.BANKRUPTCY: "faillissement",
}
FLAG_MEANS: Mapping[Flag, str] = {
    Flag.DEBT_PROCEDURE: (
        "Er loopt een schuldregeling of de schuldhulp kijkt ernaar, en de soort is niet bekend: de oude schuld staat stil. "
        "De gewone huur loopt door. Vraag de schuldhulp welke regeling het is."
    ),
    Flag.WSNP: (
        "De rechter liet de huurder toe tot de Wsnp: de schuld van daarvóór staat stil en geeft geen grond voor ontruiming. "
        "De huur van daarna staat niet stil: die moet op tijd komen."
    ),
    Flag.AMICABLE: (
        "Er loopt een minnelijke schuldregeling (Msnp) of een saneringskrediet: de oude schuld staat stil. "
        "Antwoord op de saldo-opgave en het voorstel. De huur van daarna loopt door."
    ),
    Flag.MORATORIUM: (
        "De rechter verbood ontruiming, ten hoogste zes maanden: de oude schuld staat stil zolang de lopende huur komt. "
        "De huur van daarna staat niet stil."
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
    WSNP = 64  # 32 is an objection, which is no flag (`policy.words.Circumstance`)
    AMICABLE = 128
    MORATORIUM = 256


FLAG_BIT: Mapping[Flag, FlagBit] = {flag: FlagBit[flag.name] for flag in Flag}
PROCEDURES = (Flag.WSNP, Flag.MORATORIUM, Flag.AMICABLE, Flag.DEBT_PROCEDURE)  # the one that binds most first
AFTER_DAYS = 14  # so long nobody is asked after the last of them ended: what was forgiven is booked first
FLAG_BITS: Mapping[Flag, int] = {
    flag: int(bit | FlagBit.DEBT_PROCEDURE if flag in PROCEDURES else bit) for flag, bit in FLAG_BIT.items()
}


def procedure_in(bits: int) -> Flag | None:
    """Which debt procedure stands in these bits, the one that binds most where there are more; None where none does."""
    return next((flag for flag in PROCEDURES if bits & FLAG_BIT[flag]), None)


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
