"""The words of the fourteen-day term in a letter: which are safe, which cost the corporation the whole fee.

Source: HR 25 November 2016, ECLI:NL:HR:2016:2704, 3.4 and 3.6: a term that starts today, on the letter's date or on
sending is too short; an unclear or misleading term is worth nothing, and only a new letter repairs it. Accepted are
fourteen days *from the day after this letter was delivered*, and fifteen days *after this letter was delivered*.

Example: "binnen 14 dagen na de datum van deze brief" has two faults: the term starts too early, and no correct
term stands beside it.

Left out: a term of three weeks or more, which commentary calls safe: it is not recognised, and so reported as missing.
Whether amounts, debt and consequence are right.
"""

from __future__ import annotations

import re

_FOURTEEN = r"(?:14|veertien)\s+dagen"
_START = r"(?:na|vanaf|sinds|te rekenen vanaf|gerekend vanaf|ingaande op)"
_LETTER = r"(?:deze\s+|onze\s+|dit\s+|de\s+|het\s+)?(?:brief|schrijven|bericht|aanmaning|e-mail)"
_DELIVERED = r"(?:bezorgd|ontvangen|ontvangt|afgeleverd|ontving|heeft\s+gekregen|kreeg)"

_FORBIDDEN = {
    rf"{_FOURTEEN}\s+{_START}\s+(?:vandaag|heden|nu)\b": "De termijn telt vanaf vandaag.",
    rf"{_FOURTEEN}\s+{_START}\s+(?:de\s+)?(?:datum|dagtekening|briefdatum)\b": (
        "De termijn telt vanaf de datum van de brief."
    ),
    rf"{_FOURTEEN}\s+{_START}\s+(?:de\s+)?(?:verzending|verzenddatum|dag\s+van\s+verzending|versturen)\b": (
        "De termijn telt vanaf de verzending."
    ),
    rf"{_FOURTEEN}\s+nadat\s+(?:wij\s+)?{_LETTER}\s+(?:\w+\s+){{0,3}}(?:verzonden|verstuurd|gestuurd)": (
        "De termijn telt vanaf de verzending."
    ),
    rf"{_FOURTEEN}\s+{_START}\s+(?:de\s+)?(?:dag\s+van\s+)?(?:ontvangst|bezorging)\b": (
        "De termijn telt vanaf de ontvangst zelf en niet vanaf de dag erna."
    ),
    rf"{_FOURTEEN}\s+nadat\s+(?:u\s+)?{_LETTER}\s+(?:\w+\s+){{0,4}}{_DELIVERED}": (
        "De termijn telt vanaf de ontvangst zelf en niet vanaf de dag erna."
    ),
}
_AFTER_DELIVERY = rf"(?:u\s+)?{_LETTER}\s+(?:\w+\s+){{0,4}}{_DELIVERED}"
_ACCEPTED = (
    rf"{_FOURTEEN},?\s+(?:\w+\s+){{0,3}}(?:vanaf|op|met)\s+de\s+dag\s+(?:nadat|na\s+(?:de\s+)?dag\s+waarop)\s+"
    + _AFTER_DELIVERY,
    rf"{_FOURTEEN},?\s+(?:\w+\s+){{0,3}}(?:vanaf|op|met)\s+de\s+dag\s+na\s+(?:de\s+)?(?:ontvangst|bezorging)\b",
    rf"(?:15|vijftien)\s+dagen\s+nadat\s+{_AFTER_DELIVERY}",
)
MISSING = (
    "Een juiste termijn ontbreekt. Schrijf bijvoorbeeld: "
    "betaal binnen 14 dagen vanaf de dag nadat deze brief bij u is bezorgd."
)


def without_accepted(text: str) -> str:
    """The text in small letters, one space between words, without the accepted wordings of the term."""
    plain = " ".join(text.casefold().split())
    for pattern in _ACCEPTED:
        plain = re.sub(rf"(?:binnen\s+)?{pattern}(?:\s+is)?", " ", plain)
    return plain


def wording_faults(text: str) -> list[str]:
    """What is wrong with the words on the term, as Dutch sentences; empty when they hold."""
    plain = " ".join(text.casefold().split())
    faults = [sentence for pattern, sentence in _FORBIDDEN.items() if re.search(pattern, plain)]
    if not any(re.search(pattern, plain) for pattern in _ACCEPTED):
        faults.append(MISSING)
    return list(dict.fromkeys(faults))
