"""Return reasons that banks write as a sentence, as the ISO 20022 code that camt files carry.

Source: the national guideline for direct debits, which maps the old reason numbers (VerwInfo) to ISO codes.
One old number could mean two things: "administratieve reden" stood for AM04 and MS03, so it becomes MS03
(no reason given) and is never read as poverty. Left out: what a reason should lead to; that is policy.
"""

from __future__ import annotations

import re

_CODE = re.compile(
    r"\b(?:A[CGM]\d{2}|BE\d{2}|[MS][DSL]\d{2}|RR\d{2}|FF\d{2}|RC\d{2}|TM\d{2}|ED\d{2}|[CD]NOR)\b"
)
_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"OVERLEDEN", "MD07"),
        (r"DUBBEL|TWEEMAAL", "AM05"),
        (r"NIET AKKOORD", "MD06"),
        (r"(?:GEEN|ONGELDIGE|INGETROKKEN) MACHTIGING|MACHTIGING (?:ONTBREEKT|INGETROKKEN|ONGELDIG)", "MD01"),
        (r"SELECTIEVE? BLOKK", "SL01"),
        (r"GEBLOKKEERD|BLOKKADE", "AC06"),
        (r"OPGEHEVEN|BE[EË]INDIGD", "AC04"),
        (r"NAAM EN (?:REKENING)?NUMMER", "BE04"),
        (r"REKENING(?:NUMMER)? (?:ONBEKEND|ONJUIST)|ONBEKEND(?:E)? REKENING", "AC01"),
        (r"\bSALDO\b|ONVOLDOENDE|ONTOEREIKEND", "AM04"),
        (r"ADMINISTRATIEVE? REDEN", "MS03"),
    )
)


def reason_of(text: str) -> str:
    """The ISO code in or behind a bank's words; empty when the words say none that we know.

    `reason_of("NIET AKKOORD MET AFSCHRIJVING")` gives MD06.
    """
    words = text.upper()
    if match := _CODE.search(words):
        return match[0]
    return next((code for pattern, code in _WORDS if pattern.search(words)), "")
