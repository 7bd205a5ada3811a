"""One answer as the lines of a file for the Schuldenknooppunt: the columns of the question again, and ours after them.

Decides that a balance is one line for each open charge, and of a tenancy of which nothing is open one line that says
`0,00`; every other answer is one line. `asked_invoice` is what they called the claim: told on the line of the charge
with that number, else on the first line.

Units: whole cents, days. Errors: none. Example: two open rents are two lines that differ from `FactuurnummerSE` on. Left
out: the order of the columns (`traffic_layouts`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from tijdig.help.traffic import REFUSAL_LABEL, Message, Refusal
from tijdig.help.traffic_layouts import debt_open, yes_no
from tijdig.help.traffic_values import Conversation, Told

_CODES = ("reference", "helper_number", "our_number", "settlement")
_TEXTS = ("contact", "client", "partner", "address")


def lines_of(talk: Conversation, answer: Told, by: tuple[str, str, str]) -> list[dict[str, object]]:
    """`by` is who answers: name, e-mail, telephone."""
    head = _head(talk, answer, by)
    if answer.kind is not Message.BALANCE:
        return [head | {"asked_invoice": next(iter(_invoices(talk, answer)), "")}]
    return [head | line for line in _charges(talk, answer)]


def _head(talk: Conversation, answer: Told, by: tuple[str, str, str]) -> dict[str, object]:
    reason = answer.facts.get("reason")
    return (
        {"conversation": talk.number, "counsellor": talk.counsellor}
        | {code: talk.newest(code) for code in _CODES}
        | {text: talk.text(text) for text in _TEXTS}
        | dict(zip(("by_name", "by_email", "by_phone"), by, strict=True))
        | {
            "unknown": yes_no(answer.kind is Message.UNKNOWN),
            "standard": yes_no(False),
            "as_of": answer.day("as_of") or "",
            "accepted": yes_no(answer.kind is Message.ACCEPT),
            "reason": REFUSAL_LABEL[Refusal(reason)] if reason else "",
            "remark": answer.remark,
        }
    )


def _invoices(talk: Conversation, answer: Told) -> list[str]:
    asked = next((one for one in talk.messages if one.id == answer.answers), None)
    claims = asked.facts.get("claims", []) if asked else []
    return [one["invoice"] for one in claims if one.get("invoice")]


def _charges(talk: Conversation, answer: Told) -> Iterator[dict[str, object]]:
    asked = _invoices(talk, answer)
    told = [
        (one["contract"], charge) for one in answer.facts["tenancies"] for charge in one["charges"] or [None]
    ]
    ours = {charge["reference"].strip() for _, charge in told if charge}
    loose = ", ".join(one for one in asked if one not in ours)
    for place, (contract, charge) in enumerate(told):
        reference = charge["reference"].strip() if charge else ""
        yield {
            "contract": contract,
            "asked_invoice": reference if reference in asked else "" if place else loose,
            **(_of_charge(charge) if charge else {"open": 0}),
        }


def _of_charge(charge: Mapping[str, object]) -> dict[str, object]:
    return {
        "debt": debt_open(),
        "invoice": charge["reference"],
        "arose_on": date.fromisoformat(str(charge["arose_on"])),
        "original": charge["original_cents"],
        "open": charge["open_cents"],
    }
