"""The payment QR code of a letter: what a bank's app reads to fill in a transfer.

Decides the lines of the code and draws them. Source: guideline EPC069-12 of the European Payments Council, version 002. A
creditor reference that begins with RF stands in the structured field; a betalingskenmerk of 16 digits and any other text
in the free one.

Units: whole cents. Errors: `QrError`, a Dutch sentence, for an amount outside € 0.01 to € 999,999,999.99, an account
that is none, and texts that are too long. Example: € 21.50 to NL13TEST0123456789 gives `EUR21.50` on the eighth line.
Left out: apps that do not read it (all that it says stands beside it in the letter), and amounts that are left open.
"""

from __future__ import annotations

import re
from functools import lru_cache

import segno
from stdnum import iban as account
from stdnum import iso11649

from tijdig.base.money import euro
from tijdig.letters.letter import Payment

_MOST_CENTS = 999_999_999_99
_NAME, _FREE = 70, 140
_MOST_BYTES = 331
_MASK = 4  # any of the eight is valid; trying all costs more than the rest of the letter
_DARK = re.compile("1+")
_QUIET = 4  # modules of white around the code


class QrError(ValueError):
    """This payment cannot stand in a QR code; the sentence says why (Dutch)."""


def payload(payment: Payment, bic: str = "", purpose: str = "") -> str:
    """The lines of the code, without empty ones at the end."""
    _check(payment, bic, purpose)
    reference = payment.reference.strip()
    structured = reference.upper().startswith("RF") and iso11649.is_valid(reference)
    euros, cents = divmod(payment.amount_cents, 100)
    lines = [
        *("BCD", "002", "1", "SCT", bic, payment.name.strip(), account.compact(payment.iban)),
        f"EUR{euros}.{cents:02d}",
        purpose,
        iso11649.compact(reference) if structured else "",
        "" if structured else reference,
    ]
    text = "\n".join(lines).rstrip("\n")
    if len(text.encode()) > _MOST_BYTES:
        raise QrError("De naam en het kenmerk zijn samen te lang voor de QR-code.")
    return text


def _check(payment: Payment, bic: str, purpose: str) -> None:
    if not 0 < payment.amount_cents <= _MOST_CENTS:
        raise QrError(
            f"{euro(payment.amount_cents)} past niet in een QR-code: van € 0,01 tot € 999.999.999,99."
        )
    if not account.is_valid(payment.iban):
        raise QrError(f"{payment.iban} is geen geldige IBAN.")
    if not 0 < len(payment.name.strip()) <= _NAME:
        raise QrError(f"De naam van de rekening heeft 1 tot {_NAME} tekens.")
    if len(payment.reference) > _FREE:
        raise QrError(f"Het kenmerk heeft ten hoogste {_FREE} tekens.")
    if len(bic) not in (0, 8, 11) or len(purpose) > 4:
        raise QrError("Een BIC heeft 8 of 11 tekens, een doel ten hoogste 4.")
    if any(not one.isprintable() for one in payment.name + payment.reference + bic + purpose):
        raise QrError("Naam en kenmerk staan elk op één regel.")


@lru_cache(maxsize=256)  # a letter draws it for its paper and for its page
def svg(payment: Payment, bic: str = "") -> str:
    """The code as an image of lines, one per run of dark modules, with the white around it that readers need."""
    text = payload(payment, bic)
    code = segno.make(text, error="m", encoding="utf-8", mask=_MASK, micro=False, boost_error=False)
    rows = [bytes(row).hex()[1::2] for row in code.matrix]
    side = len(rows) + 2 * _QUIET
    path = "".join(_runs(row, at + _QUIET) for at, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path stroke="#000" d="{path}"/></svg>'
    )


def _runs(row: str, at: int) -> str:
    """`M4 4.5h7` for seven dark modules from the left of the first row."""
    return "".join(f"M{run.start() + _QUIET} {at}.5h{run.end() - run.start()}" for run in _DARK.finditer(row))
