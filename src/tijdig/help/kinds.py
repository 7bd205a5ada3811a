"""The words of an early signal: the four duties, what keeps one back, where it stands, and what the municipality answers.

Decides nothing. Each list is closed, with the Dutch words that a person reads beside it. The duties are those of article 2
Besluit gemeentelijke schuldhulpverlening (Stb. 2020, 240). Answers and attempts follow the kinds that municipalities count
(DDAS vroegsignalering of VNG Realisatie); the platforms publish no list of their own, so a corporation maps its own words.
"""

from __future__ import annotations

from enum import StrEnum


class Duty(StrEnum):
    """What a landlord does before he may tell the municipality."""

    CONTACT = "contact"
    HELP = "help"
    REMINDER = "reminder"
    OFFER = "offer"


DUTY_LABEL = {
    Duty.CONTACT: "persoonlijk contact gezocht",
    Duty.HELP: "gewezen op hulp bij schulden",
    Duty.REMINDER: "schriftelijk herinnerd",
    Duty.OFFER: "aangeboden om de gemeente te vragen, en geen nee gehoord",
}
DUTY_LAW = {
    Duty.CONTACT: "artikel 2, onderdeel a, Besluit gemeentelijke schuldhulpverlening",
    Duty.HELP: "artikel 2, onderdeel b, Besluit gemeentelijke schuldhulpverlening",
    Duty.REMINDER: "artikel 2, onderdeel c, Besluit gemeentelijke schuldhulpverlening",
    Duty.OFFER: "artikel 2, onderdeel d, Besluit gemeentelijke schuldhulpverlening",
}


class Stop(StrEnum):
    """What keeps a signal back although every duty was done."""

    NO_ARREARS = "no_arrears"
    DEPARTED = "departed"
    OBJECTED = "objected"
    SIGNALLED = "signalled"
    ARRANGEMENT = "arrangement"
    DEBT_PROCEDURE = "debt_procedure"
    OBJECTION = "objection"
    NO_HOME = "no_home"
    NO_MUNICIPALITY = "no_municipality"


STOP_SENTENCE = {
    Stop.NO_ARREARS: "Er staat niets open dat al betaald had moeten zijn.",
    Stop.DEPARTED: "De huurder is vertrokken: het signaal is er voor wie er woont.",
    Stop.OBJECTED: "De huurder wil niet dat de gemeente bericht krijgt.",
    Stop.SIGNALLED: "Over deze achterstand is al een vroegsignaal gedaan, of het is al besloten.",
    Stop.ARRANGEMENT: "Er loopt een regeling die wordt nagekomen.",
    Stop.DEBT_PROCEDURE: "Er loopt een schuldregeling: de hulp is er al.",
    Stop.OBJECTION: "Eerst beantwoordt u het bezwaar van de huurder.",
    Stop.NO_HOME: "Dit contract is niet van een woning.",
    Stop.NO_MUNICIPALITY: "Bij deze woonplaats is nog geen gemeente vastgelegd. Vul die in bij Gemeenten.",
}


class Mark(StrEnum):
    """What became of a signal after a person decided it."""

    SENT = "sent"
    WITHDRAWN = "withdrawn"  # before it was sent
    RECEIVED = "received"  # the platform took it
    REFUSED = "refused"  # the platform did not take it


MARK_LABEL = {
    Mark.SENT: "gemeld",
    Mark.WITHDRAWN: "niet gemeld",
    Mark.RECEIVED: "ontvangen door de gemeente",
    Mark.REFUSED: "geweigerd door het platform",
}


class Result(StrEnum):
    """What the municipality says came of it."""

    NO_CONTACT = "no_contact"
    NO_HELP_WANTED = "no_help_wanted"
    OWN_SOLUTION = "own_solution"
    ARRANGEMENT = "arrangement"
    HELP_STARTED = "help_started"
    ALREADY_HELPED = "already_helped"
    OTHER = "other"


RESULT_LABEL = {
    Result.NO_CONTACT: "geen contact gekregen",
    Result.NO_HELP_WANTED: "wil geen hulp",
    Result.OWN_SOLUTION: "lost het zelf op",
    Result.ARRANGEMENT: "regeling getroffen",
    Result.HELP_STARTED: "hulp gestart",
    Result.ALREADY_HELPED: "had al hulp",
    Result.OTHER: "anders",
}
HELPED = frozenset({Result.HELP_STARTED, Result.ALREADY_HELPED, Result.ARRANGEMENT})


class Noticed(StrEnum):
    """What somebody at the door or at the desk noticed: a worry, no judgement, and nothing about money owed."""

    TOLD = "told"
    POST = "post"
    NOT_SEEN = "not_seen"
    NEGLECT = "neglect"
    SAD = "sad"
    CUT_OFF = "cut_off"
    OTHER = "other"


NOTICED_LABEL = {
    Noticed.TOLD: "vertelde zelf over geldzorgen",
    Noticed.POST: "post blijft liggen",
    Noticed.NOT_SEEN: "al een tijd niet gezien",
    Noticed.NEGLECT: "de woning raakt verwaarloosd",
    Noticed.SAD: "verdrietig of bang",
    Noticed.CUT_OFF: "gas, stroom of water is afgesloten",
    Noticed.OTHER: "iets anders",
}
