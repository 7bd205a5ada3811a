"""The words of debt-help traffic: what a debt counsellor sends, what we answer, and what each of them asks of us.

Decides nothing. Messages go over the *Schuldenknooppunt*, a hub between debt counsellors and creditors; its kinds of debt
settlement are codes of the hub: SK is a loan that pays all creditors at once, SB is mediation, and of SA the meaning is
in no source that we know, so it stays a code. Source: documentation of the Schuldenknooppunt, module Schuldregelen 2.0.

Left out: who is asked about (`traffic_match`), and how a file is laid out (`traffic_layouts`).
"""

from __future__ import annotations

from enum import StrEnum


class Message(StrEnum):
    """What came in, or what we answered."""

    NOTICE = "notice"
    BALANCE_REQUEST = "balance_request"
    PROPOSAL = "proposal"
    RECONSIDERATION = "reconsideration"
    AGREEMENT = "agreement"
    END = "end"
    STATUS = "status"
    BALANCE = "balance"
    ACCEPT = "accept"
    REFUSE = "refuse"
    UNKNOWN = "unknown"


INCOMING = (
    Message.NOTICE,
    Message.BALANCE_REQUEST,
    Message.PROPOSAL,
    Message.RECONSIDERATION,
    Message.AGREEMENT,
    Message.END,
    Message.STATUS,
)
ANSWERS = (Message.BALANCE, Message.ACCEPT, Message.REFUSE, Message.UNKNOWN)
PROPOSALS = (Message.PROPOSAL, Message.RECONSIDERATION)
ASKS = (Message.BALANCE_REQUEST, *PROPOSALS)  # wait for an answer of ours
PAUSES = (Message.NOTICE, *ASKS)  # while help looks at the debts, nobody is asked to pay them
MESSAGE_LABEL = {
    Message.NOTICE: "kennisgeving",
    Message.BALANCE_REQUEST: "saldoverzoek",
    Message.PROPOSAL: "betaalvoorstel",
    Message.RECONSIDERATION: "heroverweging",
    Message.AGREEMENT: "schuldregeling akkoord",
    Message.END: "schuldregeling beëindigd",
    Message.STATUS: "statusbericht",
    Message.BALANCE: "saldo opgegeven",
    Message.ACCEPT: "voorstel geaccepteerd",
    Message.REFUSE: "voorstel geweigerd",
    Message.UNKNOWN: "klant onbekend",
}
# A later message of these kinds in the same conversation takes the question away.
OVERTAKEN = {
    Message.BALANCE_REQUEST: (Message.BALANCE_REQUEST, Message.AGREEMENT, Message.END),
    Message.PROPOSAL: (*PROPOSALS, Message.AGREEMENT, Message.END),
    Message.RECONSIDERATION: (*PROPOSALS, Message.AGREEMENT, Message.END),
}


class Settlement(StrEnum):
    """What kind of debt settlement it is to be, as the hub writes it."""

    SK = "SK"
    SB = "SB"
    SA = "SA"


SETTLEMENT_LABEL = {
    Settlement.SK: "saneringskrediet",
    Settlement.SB: "schuldbemiddeling",
    Settlement.SA: "SA",
}


class EndedAs(StrEnum):
    """How a debt settlement ended."""

    COMPLETED = "completed"
    BROKEN_OFF = "broken_off"


ENDED_LABEL = {EndedAs.COMPLETED: "afgerond", EndedAs.BROKEN_OFF: "voortijdig gestopt"}


class Refusal(StrEnum):
    """Why we do not agree with a proposal: our own list, the hub's is not public."""

    AMOUNT = "amount"
    INCOMPLETE = "incomplete"
    UNEQUAL = "unequal"
    OTHER = "other"


REFUSAL_LABEL = {
    Refusal.AMOUNT: "het bedrag van onze vordering klopt niet",
    Refusal.INCOMPLETE: "er ontbreken gegevens om te kunnen beslissen",
    Refusal.UNEQUAL: "wij krijgen naar verhouding minder dan andere schuldeisers",
    Refusal.OTHER: "anders",
}


class Sheet(StrEnum):
    """A file that we make."""

    BALANCE_ANSWER = "balance_answer"
    PROPOSAL_ANSWER = "proposal_answer"
    UNKNOWN_ANSWER = "unknown_answer"


SHEET_LABEL = {
    Sheet.BALANCE_ANSWER: "antwoorden op saldoverzoeken",
    Sheet.PROPOSAL_ANSWER: "antwoorden op betaalvoorstellen",
    Sheet.UNKNOWN_ANSWER: "klant onbekend, op andere berichten",
}


def sheet_of(answer: Message, asked: Message) -> Sheet:
    """In which file an answer goes: that of what was asked."""
    if asked is Message.BALANCE_REQUEST:
        return Sheet.BALANCE_ANSWER
    return Sheet.PROPOSAL_ANSWER if asked in PROPOSALS and answer in ANSWERS else Sheet.UNKNOWN_ANSWER
