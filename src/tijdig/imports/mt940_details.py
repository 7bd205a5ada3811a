"""What a dialect finds in one booking, and what the booking therefore is.

Source: `docs/rules/mt940.md`. A dialect only reports evidence; `nature_of` weighs it the same way for every
bank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum import iso11649

from tijdig.imports.drafts import Nature
from tijdig.imports.mt940_line import Line

_NOTHING = frozenset({"NOTPROVIDED", "NONREF"})
_WHOLE_REFERENCE = re.compile(r"\d{16}|\d{4}(?: \d{4}){3}", re.ASCII)
_FULL_LINE = 64


@dataclass(frozen=True, slots=True)
class Details:
    """One booking as its dialect reads it. Empty means: the bank does not say.

    `scheme` is "debit" (direct debit), "transfer" or unknown; `returned` that the bank calls it a return;
    `batch` that one sum stands for several bookings.
    """

    counter_account: str = ""
    counter_name: str = ""
    remittance: str = ""
    end_to_end_id: str = ""
    mandate_id: str = ""
    structured_reference: str = ""
    reason_code: str = ""
    batch_id: str = ""
    batch_count: int = 0
    scheme: str = ""
    returned: bool = False
    batch: bool = False
    costs: bool = False


def nature_of(line: Line, details: Details) -> Nature:
    """What this booking is, from its sign, the reversal mark and the dialect's evidence.

    A return that takes money out is a storno, unless the bank says that it was a transfer. A return that
    brings money in is our own pay-out coming back, never a storno. Whether a storno belongs to one of our
    collections is for the matching to find out.
    """
    incoming = line.amount_cents > 0
    if details.returned or line.reversal:
        if incoming:
            return Nature.RETURNED_TRANSFER
        if details.scheme == "transfer":
            return Nature.PAYOUT
        return Nature.STORNO_BATCH if details.batch else Nature.STORNO
    if not incoming:
        return Nature.BANK_COSTS if details.costs else Nature.PAYOUT
    if details.scheme == "debit":
        return Nature.BATCH if details.batch else Nature.COLLECTION
    return Nature.OTHER if details.batch or details.costs else Nature.PAYMENT


def told(text: str) -> str:
    """A reference, or empty where the bank wrote that there is none (NOTPROVIDED and the like)."""
    text = squeeze(text)
    return "" if text.upper().replace(" ", "") in _NOTHING else text


def squeeze(text: str) -> str:
    return " ".join(text.split())


def account(text: str) -> str:
    return "".join(text.split()).upper()


def whole_reference(remittance: str) -> str:
    """The remittance, without spaces, where it is nothing but a payment reference; unchecked."""
    is_reference = _WHOLE_REFERENCE.fullmatch(remittance) or iso11649.is_valid(remittance)
    return account(remittance) if is_reference else ""


def number(text: str) -> int:
    """A count as banks write it: `"000057"`, `"3.500"`; 0 where there is none."""
    digits = "".join(text.split()).replace(".", "")
    return int(digits) if digits.isdecimal() else 0


def join_words(lines: tuple[str, ...] | list[str]) -> str:
    """Free text of several lines: a full line was cut inside a word, a short one ended by itself."""
    text = ""
    for line in lines:
        text += line if len(line) >= _FULL_LINE else line + " "
    return squeeze(text)
