"""The words of a contact: by which way, who began, who was reached, what came of it, why, and what comes next.

Decides nothing. Each list is closed, with the Dutch words that a person reads beside it. What is a talk, and which words go
together, stands in `talk`. Left out: what is done about a cause.
"""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """By which way."""

    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"
    DESK = "desk"
    VIDEO = "video"


CHANNEL_LABEL = {
    Channel.PHONE: "telefoon",
    Channel.SMS: "sms of app",
    Channel.EMAIL: "e-mail",
    Channel.LETTER: "brief",
    Channel.VISIT: "huisbezoek",
    Channel.DESK: "aan de balie",
    Channel.VIDEO: "beeldbellen",
}


class Direction(StrEnum):
    """Who began: we (out), or the tenant's side (in)."""

    OUT = "out"
    IN = "in"


DIRECTION_LABEL = {
    Direction.OUT: "wij zochten contact",
    Direction.IN: "de huurder zocht contact",
}


class Reached(StrEnum):
    """Was anybody reached? A message is one that was left, sent or came in, without a talk."""

    TALKED = "talked"
    MESSAGE = "message"
    NONE = "none"


REACHED_LABEL = {
    Reached.TALKED: "gesproken",
    Reached.MESSAGE: "bericht, geen gesprek",
    Reached.NONE: "niet bereikt",
}


class Who(StrEnum):
    """With whom, or who was sought where nobody was reached."""

    TENANT = "tenant"
    CO_TENANT = "co_tenant"
    PARTNER = "partner"
    REPRESENTATIVE = "representative"
    RELATIVE = "relative"
    OTHER = "other"


WHO_LABEL = {
    Who.TENANT: "huurder",
    Who.CO_TENANT: "medehuurder",
    Who.PARTNER: "partner",
    Who.REPRESENTATIVE: "bewindvoerder, schuldhulpverlener of gemachtigde",
    Who.RELATIVE: "familielid",
    Who.OTHER: "iemand anders",
}


class Outcome(StrEnum):
    """What came of it: one per contact, the one that matters most for what follows."""

    PAYS_NOW = "pays_now"
    PROMISE = "promise"
    ARRANGEMENT_WANTED = "arrangement_wanted"
    CANNOT_PAY = "cannot_pay"
    DISPUTES = "disputes"
    HELP_WANTED = "help_wanted"
    HELP_REFUSED = "help_refused"
    ALREADY_PAID = "already_paid"
    WRONG_NUMBER = "wrong_number"
    NOT_HOME = "not_home"
    CALL_BACK = "call_back"
    HOSTILE = "hostile"
    NO_AGREEMENT = "no_agreement"
    OTHER = "other"


OUTCOME_LABEL = {
    Outcome.PAYS_NOW: "betaalt nu",
    Outcome.PROMISE: "zegt toe te betalen",
    Outcome.ARRANGEMENT_WANTED: "wil een regeling",
    Outcome.CANNOT_PAY: "kan niet betalen",
    Outcome.DISPUTES: "is het niet eens met de achterstand",
    Outcome.HELP_WANTED: "wil hulp",
    Outcome.HELP_REFUSED: "wil geen hulp",
    Outcome.ALREADY_PAID: "zegt al betaald te hebben",
    Outcome.WRONG_NUMBER: "nummer of adres klopt niet",
    Outcome.NOT_HOME: "niet thuis of geen gehoor",
    Outcome.CALL_BACK: "terugbellen",
    Outcome.HOSTILE: "boos of dreigend",
    Outcome.NO_AGREEMENT: "geen afspraak gemaakt",
    Outcome.OTHER: "anders",
}


class Cause(StrEnum):
    """Why the rent was not paid. UNKNOWN: it was asked and nobody knew; no cause at all: it was not asked."""

    INCOME_DOWN = "income_down"
    BENEFIT_DELAY = "benefit_delay"
    ALLOWANCE = "allowance"
    SEVERAL_DEBTS = "several_debts"
    SEPARATION = "separation"
    ILLNESS = "illness"
    DEATH_IN_FAMILY = "death_in_family"
    WORK_LOST = "work_lost"
    SELF_EMPLOYED = "self_employed"
    FORGOT = "forgot"
    PAYMENT_METHOD = "payment_method"
    MOVED_COSTS = "moved_costs"
    DISPUTE_REPAIRS = "dispute_repairs"
    ADMINISTRATION_CHAOS = "administration_chaos"
    LANGUAGE = "language"
    OTHER = "other"
    UNKNOWN = "unknown"


CAUSE_LABEL = {
    Cause.INCOME_DOWN: "minder inkomen",
    Cause.BENEFIT_DELAY: "uitkering komt te laat",
    Cause.ALLOWANCE: "toeslagen gestopt of teruggevraagd",
    Cause.SEVERAL_DEBTS: "meer schulden",
    Cause.SEPARATION: "scheiding",
    Cause.ILLNESS: "ziekte",
    Cause.DEATH_IN_FAMILY: "overlijden in de familie",
    Cause.WORK_LOST: "werk verloren",
    Cause.SELF_EMPLOYED: "eigen bedrijf loopt slecht",
    Cause.FORGOT: "vergeten",
    Cause.PAYMENT_METHOD: "incasso of rekening veranderd",
    Cause.MOVED_COSTS: "kosten van verhuizen",
    Cause.DISPUTE_REPAIRS: "houdt huur in vanwege gebreken",
    Cause.ADMINISTRATION_CHAOS: "administratie niet op orde",
    Cause.LANGUAGE: "begrijpt de brieven niet door de taal",
    Cause.OTHER: "iets anders",
    Cause.UNKNOWN: "niet bekend",
}


class NextStep(StrEnum):
    """What whoever had the contact will do next."""

    CALL_AGAIN = "call_again"
    VISIT = "visit"
    ARRANGEMENT = "arrangement"
    HELP = "help"
    LETTER = "letter"
    WAIT_PAYMENT = "wait_payment"
    COLLEAGUE = "colleague"
    GROUP = "group"
    NONE = "none"


NEXT_STEP_LABEL = {
    NextStep.CALL_AGAIN: "opnieuw bellen",
    NextStep.VISIT: "op huisbezoek",
    NextStep.ARRANGEMENT: "regeling maken",
    NextStep.HELP: "hulp zoeken",
    NextStep.LETTER: "brief sturen",
    NextStep.WAIT_PAYMENT: "op de betaling wachten",
    NextStep.COLLEAGUE: "naar een collega",
    NextStep.GROUP: "bespreken in het overleg",
    NextStep.NONE: "geen vervolg",
}
