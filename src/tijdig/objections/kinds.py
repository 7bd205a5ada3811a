"""The words of an objection: what it is about, by which way it came, and what came of it.

Decides nothing. Each list is closed, with the Dutch words that a person reads beside it. What waits for an answer stands in
`objection`. Left out: complaints about repairs, which are no part of collecting rent.
"""

from __future__ import annotations

from enum import StrEnum


class About(StrEnum):
    """What the tenant does not agree with."""

    ARREARS = "arrears"
    ENTRY = "entry"
    COSTS = "costs"
    LETTER = "letter"
    ARRANGEMENT = "arrangement"
    DECISION = "decision"
    TREATMENT = "treatment"


ABOUT_LABEL = {
    About.ARREARS: "de achterstand als geheel",
    About.ENTRY: "bepaalde maanden of posten",
    About.COSTS: "incassokosten",
    About.LETTER: "een brief of bericht",
    About.ARRANGEMENT: "een regeling",
    About.DECISION: "een besluit",
    About.TREATMENT: "hoe ik behandeld ben",
}


class Way(StrEnum):
    """How it came to us."""

    PHONE = "phone"
    DESK = "desk"
    VISIT = "visit"
    EMAIL = "email"
    LETTER = "letter"
    SMS = "sms"
    VIDEO = "video"


WAY_LABEL = {
    Way.PHONE: "telefoon",
    Way.DESK: "aan de balie",
    Way.VISIT: "huisbezoek",
    Way.EMAIL: "e-mail",
    Way.LETTER: "brief",
    Way.SMS: "sms of app",
    Way.VIDEO: "beeldbellen",
}


class Outcome(StrEnum):
    """What a person answered, or that the tenant took it back."""

    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OUTCOME_LABEL = {
    Outcome.UPHELD: "de huurder heeft gelijk",
    Outcome.PARTLY: "de huurder heeft deels gelijk",
    Outcome.REJECTED: "wij zijn het niet met de huurder eens",
    Outcome.WITHDRAWN: "de huurder trekt het bezwaar in",
}
