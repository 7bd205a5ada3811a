"""The closed lists of a way of working: what a condition may look at, what may be done, and where a tenancy then stands.

Decides nothing. Numbers are stored with decisions and never change; a new word gets the next number. What each word means,
with its unit and when it is unknown, is in `docs/rules/policy.md`. Left out, and refused by name: who somebody is.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, IntFlag, StrEnum


class Feature(IntEnum):
    """What a condition may look at: the columns of the engine's feature matrix. -1 stands for unknown."""

    OPEN_CENTS = 0
    OVERDUE_CENTS = 1
    CREDIT_CENTS = 2
    DAYS_OVERDUE = 3  # since the oldest due day that is overdue; 0 when nothing is
    WHOLE_MONTHS = 4  # the same in whole months
    DUE_MONTHS = 5  # calendar months with something overdue
    OVERDUE_ITEMS = 6
    RENT_MONTHS = 7  # overdue in hundredths of the monthly rent; unknown without a rent
    MONTHLY_RENT_CENTS = 8
    DEPARTED = 9
    DIRECT_DEBIT = 10
    DEBIT_DAY = 11  # day of this month on which the debit was agreed
    DEBIT_AHEAD = 12  # this month's debit still has to run and nothing older is overdue
    HOLD = 13
    DAYS_SINCE_REVERSAL = 14  # unknown when there was none
    DAYS_SINCE_PAYMENT = 15  # unknown when there was none
    RENT_KNOWN = 16
    ARRANGEMENT = 17  # one of NAMED
    ARRANGEMENT_ASKED_CENTS = 18  # what should have come by now, terms and rent together
    ARRANGEMENT_CAME_CENTS = 19
    PROMISE = 20  # one of NAMED
    TALKED_SINCE_DUE = 21  # with somebody of the household, since the oldest due day that is overdue
    DAYS_SINCE_TALK = 22  # unknown when there was none
    PHONE_ATTEMPTS = 23  # since the last talk
    VISIT_ATTEMPTS = 24
    DAYS_IN_ARREARS = 25  # since arrears began that have not been broken since; 0 when nothing is overdue
    DAYS_TO_DUE = (
        26  # until the next due day, also of a rent that is not booked yet; unknown when there is none
    )
    PHASE = 27  # one of NAMED
    CIRCUMSTANCE = 28
    REPEATS = 29  # how often arrears were settled in the twelve months before
    PAUSED = 30  # by a named person, until a day
    DECIDED = 31  # one of NAMED: what a named person decided, until a day
    WRITTEN_SINCE_DUE = 32  # a friendly message or reminder went out since the oldest due day that is overdue
    REMINDED_SINCE_DUE = 33  # the same, a reminder
    DAYS_SINCE_MESSAGE = 34  # unknown when none was sent
    DAYS_SINCE_REMINDER = 35
    DAYS_SINCE_ATTEMPT = 36  # to reach somebody by phone or at the door
    FOURTEEN_DAY_LETTER = 37  # one of NAMED
    DAYS_SINCE_FOURTEEN_DAY = 38
    EARLY_SIGNAL = 39  # one of NAMED
    DAYS_SINCE_OFFER = 40  # since the letter that offers to tell the municipality
    WITH_BAILIFF = 41
    DAYS_SINCE_HAND_OVER = 42
    REPLY_WAITS = 43  # the tenant wrote back and nobody answered
    MESSAGE_ATTEMPTS = 44  # written since the last talk
    TALKED_IN_ARREARS = 45  # with the household, since arrears began that were not broken since
    CONTACT_SOUGHT = 46  # a talk, or an attempt by phone or at the door, since those arrears began
    NEW_OVERDUE_CENTS = 47  # of what fell due since the debt procedure began that runs; 0 when none runs
    DAYS_NEW_OVERDUE = 48  # since the oldest due day of that; 0 when nothing of it is overdue
    TRAJECTORY_DAYS = 49  # since the procedure began; unknown when none runs
    TALKED_IN_TRAJECTORY = 50  # with the household or who acts for it, since the procedure began
    NEW_DEBIT_AHEAD = 51  # as DEBIT_AHEAD, of what fell due since the procedure began
    FROZEN_CENTS = 52  # of what fell due before it began: stands still; 0 when none runs
    DAYS_NEW_IN_ARREARS = 53  # since new arrears began that have not been broken since; 0 when there are none


class Hold(IntFlag):
    """The flags of `Feature.HOLD`: what the facts themselves wait for."""

    BANK_INCOMPLETE = 1
    ON_HOLD = 2
    UNMATCHED_PAYMENT = 4


class Circumstance(IntFlag):
    """The flags of `Feature.CIRCUMSTANCE`: what stops or changes the work with a household."""

    DEBT_PROCEDURE = 1
    ADMINISTRATION = 2
    DEATH = 4
    VULNERABLE = 8
    BANKRUPTCY = 16
    OBJECTION = 32
    WSNP = 64  # each of these three comes with DEBT_PROCEDURE
    AMICABLE = 128
    MORATORIUM = 256


FLAGS: Mapping[Feature, type[IntFlag]] = {Feature.HOLD: Hold, Feature.CIRCUMSTANCE: Circumstance}


class Comparison(IntEnum):
    LESS = 0
    AT_MOST = 1
    EQUAL = 2
    NOT_EQUAL = 3
    AT_LEAST = 4
    MORE = 5
    HAS = 6
    LACKS = 7


SIGNS = {"<": 0, "<=": 1, "=": 2, "!=": 3, ">=": 4, ">": 5, "has": 6, "lacks": 7}


class Who(StrEnum):
    AUTOMATIC = "automatic"
    PERSON = "person"


class Act(StrEnum):
    """What is done. Those in `LEGAL` have legal effect on a tenant and are done by a named person, case by case."""

    NONE = "none"
    MATCH_PAYMENT = "match_payment"
    MESSAGE = "message"
    LETTER = "letter"
    CALL = "call"
    VISIT = "visit"
    ANSWER = "answer"
    ARRANGE = "arrange"
    CONFER = "confer"
    FOURTEEN_DAY_LETTER = "fourteen_day_letter"
    EARLY_SIGNAL = "early_signal"
    DECIDE = "decide"
    HAND_OVER = "hand_over"


ACT_LABEL = {
    Act.NONE: "niets doen",
    Act.MATCH_PAYMENT: "een betaling koppelen",
    Act.MESSAGE: "een bericht sturen",
    Act.LETTER: "een brief sturen",
    Act.CALL: "bellen",
    Act.VISIT: "op huisbezoek gaan",
    Act.ANSWER: "een antwoord lezen en beantwoorden",
    Act.ARRANGE: "een regeling maken",
    Act.CONFER: "in de groep bespreken",
    Act.FOURTEEN_DAY_LETTER: "de veertiendagenbrief goedkeuren",
    Act.EARLY_SIGNAL: "een vroegsignaal doen",
    Act.DECIDE: "een besluit nemen",
    Act.HAND_OVER: "overdragen aan de deurwaarder",
}
LEGAL = frozenset({Act.FOURTEEN_DAY_LETTER, Act.EARLY_SIGNAL, Act.DECIDE, Act.HAND_OVER})
WRITTEN = frozenset({Act.MESSAGE, Act.LETTER, Act.FOURTEEN_DAY_LETTER})
REACHING = frozenset({Act.CALL, Act.VISIT})  # may end in a talk with a person


class Bucket(StrEnum):
    """Where a tenancy stands at a step: every tenancy that owes something is in exactly one."""

    NOTHING = "nothing"
    BELOW = "below"
    LIST = "list"
    TERM = "term"
    ARRANGEMENT = "arrangement"
    PAUSED = "paused"
    BAILIFF = "bailiff"


BUCKET_LABEL = {
    Bucket.NOTHING: "niets open boven de ondergrens",
    Bucket.BELOW: "onder de drempel",
    Bucket.LIST: "in iemands lijst",
    Bucket.TERM: "wacht tot een termijn voorbij is",
    Bucket.ARRANGEMENT: "in een regeling die loopt",
    Bucket.PAUSED: "gepauzeerd tot een dag",
    Bucket.BAILIFF: "bij de deurwaarder",
}


class Stage(StrEnum):
    """How far the work with a household has come. `NONE`: there is no case."""

    NONE = "none"
    NOTICE = "notice"
    CONTACT = "contact"
    AGREED = "agreed"
    FORMAL = "formal"
    DECISION = "decision"
    BAILIFF = "bailiff"


STAGE_LABEL = {
    Stage.NONE: "geen zaak",
    Stage.NOTICE: "bericht",
    Stage.CONTACT: "contact zoeken",
    Stage.AGREED: "afgesproken",
    Stage.FORMAL: "brieven en hulp",
    Stage.DECISION: "besluit",
    Stage.BAILIFF: "deurwaarder",
}

NAMED: Mapping[Feature, Mapping[str, int]] = {  # values that go by a name
    Feature.ARRANGEMENT: {"none": 0, "requested": 1, "kept": 2, "late": 3, "broken": 4},
    Feature.PROMISE: {"none": 0, "open": 1, "broken": 2},
    Feature.PHASE: {
        "nothing": 0,
        "credit": 1,
        "not_due": 2,
        "under_one": 3,
        "one_to_two": 4,
        "two_to_three": 5,
        "three_or_more": 6,
        "rent_unknown": 7,
    },
    Feature.DECIDED: {"none": 0, "hand_over": 1, "arrange": 2, "help": 3, "go_on": 4},
    Feature.FOURTEEN_DAY_LETTER: {"none": 0, "running": 1, "passed": 2},
    Feature.EARLY_SIGNAL: {"none": 0, "offered": 1, "objected": 2, "sent": 3, "answered": 4},
}
YES_NO = frozenset(
    {
        Feature.DEPARTED,
        Feature.DIRECT_DEBIT,
        Feature.DEBIT_AHEAD,
        Feature.RENT_KNOWN,
        Feature.TALKED_SINCE_DUE,
        Feature.PAUSED,
        Feature.WRITTEN_SINCE_DUE,
        Feature.REMINDED_SINCE_DUE,
        Feature.WITH_BAILIFF,
        Feature.REPLY_WAITS,
        Feature.TALKED_IN_ARREARS,
        Feature.CONTACT_SOUGHT,
        Feature.TALKED_IN_TRAJECTORY,
        Feature.NEW_DEBIT_AHEAD,
    }
)
MAYBE_UNKNOWN = frozenset(
    {
        Feature.RENT_MONTHS,
        Feature.MONTHLY_RENT_CENTS,
        Feature.DEBIT_DAY,
        Feature.DAYS_SINCE_REVERSAL,
        Feature.DAYS_SINCE_PAYMENT,
        Feature.DAYS_SINCE_TALK,
        Feature.DAYS_TO_DUE,
        Feature.DAYS_SINCE_MESSAGE,
        Feature.DAYS_SINCE_REMINDER,
        Feature.DAYS_SINCE_ATTEMPT,
        Feature.DAYS_SINCE_FOURTEEN_DAY,
        Feature.DAYS_SINCE_OFFER,
        Feature.DAYS_SINCE_HAND_OVER,
        Feature.TRAJECTORY_DAYS,
    }
)
# Words that say who somebody is. A way of working looks at what happened, never at whom it happened to.
_FORBIDDEN = """
    name naam surname achternaam voornaam language taal nationality nationaliteit origin herkomst afkomst ethnicity
    etniciteit race ras religion religie geloof gender sex geslacht age leeftijd birth geboorte geboren married gehuwd
    marital burgerlijke children kinderen health gezondheid ziekte postcode postal neighbourhood buurt wijk street straat
    bsn politics politiek union vakbond orientation geaardheid
"""
FORBIDDEN = frozenset(_FORBIDDEN.split())
LETTERS = frozenset(
    {
        "friendly_reminder",
        "reminder",
        "invitation",
        "fourteen_day",
        "arrangement_confirmed",
        "instalment_missed",
        "early_signal",
        "handover_announced",
        "settled",
    }
)
PLACEHOLDERS = frozenset(
    {
        "open",
        "overdue",
        "credit",
        "days",
        "months",
        "rent_months",
        "items",
        "debit_day",
        "oldest_due",
        "as_of",
        "agreed",
        "came",
        "since",
        "arrears_days",
        "repeats",
        "phone_attempts",
        "visit_attempts",
        "days_to_due",
        "new_overdue",
        "frozen",
        "begun",
    }
)
