"""The words of an answer that came in: by what it was matched, what was done with it, and where it stands.

Decides nothing. Each list is closed, with the Dutch words that a person reads. Left out: what an answer says.
"""

from __future__ import annotations

from enum import StrEnum


class How(StrEnum):
    """By what a tenancy was found, or was thought of."""

    MESSAGE = "message"
    TOKEN = "token"
    SMS = "sms"
    REFERENCE = "reference"
    ADDRESS = "address"
    NUMBER = "number"
    BARE = "bare"
    REPRESENTATIVE = "representative"
    NAME = "name"
    PERSON = "person"


HOW_LABEL = {
    How.MESSAGE: "antwoord op onze e-mail",
    How.TOKEN: "gestuurd aan het antwoordadres van onze e-mail",
    How.SMS: "antwoord op onze sms",
    How.REFERENCE: "noemt kenmerk",
    How.ADDRESS: "e-mailadres van deze huurder",
    How.NUMBER: "telefoonnummer van deze huurder",
    How.BARE: "noemt een getal dat een contract of brief kan zijn:",
    How.REPRESENTATIVE: "e-mailadres van iemand bij dit contract",
    How.NAME: "naam lijkt op die van deze huurder",
    How.PERSON: "toegewezen",
}


class Why(StrEnum):
    """Why an answer found no tenancy."""

    NOBODY = "nobody"
    SEVERAL = "several"
    CONTRADICTS = "contradicts"


WHY_LABEL = {
    Why.NOBODY: "Wij herkennen de afzender niet, en er staat geen kenmerk in.",
    Why.SEVERAL: "Dit kan van meer huurders zijn.",
    Why.CONTRADICTS: "Het kenmerk is van de ene huurder en de afzender is een andere.",
}


class Deed(StrEnum):
    """What a person did with an answer."""

    ASSIGNED = "assigned"
    RETURNED = "returned"
    SET_ASIDE = "set_aside"
    HANDLED = "handled"
    PERSONAL = "personal"


DEED_LABEL = {
    Deed.ASSIGNED: "toegewezen",
    Deed.RETURNED: "terug in de wachtrij",
    Deed.SET_ASIDE: "opzij gelegd",
    Deed.HANDLED: "afgehandeld",
    Deed.PERSONAL: "toch van een mens",
}


class State(StrEnum):
    """Where an answer stands."""

    UNMATCHED = "unmatched"
    WAITS = "waits"
    HANDLED = "handled"
    ASIDE = "aside"
    AUTOMATIC = "automatic"


STATE_LABEL = {
    State.UNMATCHED: "nog van niemand",
    State.WAITS: "wacht op iemand",
    State.HANDLED: "afgehandeld",
    State.ASIDE: "hoort niet bij een huurder",
    State.AUTOMATIC: "automatisch antwoord",
}

AUTOMATIC_LABEL = {
    "report": "een melding van een mailserver",
    "auto_submitted": "zegt zelf dat het automatisch is",
    "auto_header": "zegt zelf dat het automatisch is",
    "bulk": "aan velen tegelijk gestuurd",
    "no_return": "heeft geen adres om naar terug te schrijven",
    "out_of_office": "een afwezigheidsbericht",
}
TROUBLE_LABEL = {
    "unreadable": "Dit bericht is beschadigd. Lees het in de postbus.",
    "sealed": "Dit bericht is versleuteld. Lees het in de postbus.",
    "large": "Dit bericht is te groot; hier staat alleen het begin. Lees de rest in de postbus.",
    "no_text": "Er staat geen tekst in dit bericht.",
    "not_kept": "Dit bericht kon niet bewaard worden. Lees het in de postbus.",
}
