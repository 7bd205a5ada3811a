"""What a telephone gets: in how many parts a text goes, and which numbers a text can go to.

Decides both. A text of characters in the GSM alphabet (3GPP TS 23.038, with its extension table) goes in one part of 160
or in parts of 153; with any other character it goes in UCS-2, one part of 70 or parts of 67. A character of the extension
table, the euro sign among them, counts for two, and so does one outside the basic plane; neither is cut in half.

A Dutch number must be a mobile one that begins with 06. A foreign one may be of a kind that does not tell.

Example: `parts("€" * 80)` is 1 and `parts("€" * 81)` is 2; `number("06-12345678")` is `+31612345678`.
Left out: the national tables of the GSM alphabet, and whether anybody has the number.
"""

from __future__ import annotations

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
_GSM_ALONE, _GSM_EACH = 160, 153
_UCS2_ALONE, _UCS2_EACH = 70, 67
_FOREIGN = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.UNKNOWN})


def parts(text: str) -> int:
    """In how many messages a telephone gets this text; nothing goes in none."""
    if set(text) <= _BASIC | _EXTENSION:
        return _packed([2 if one in _EXTENSION else 1 for one in text], _GSM_ALONE, _GSM_EACH)
    return _packed([2 if ord(one) > 0xFFFF else 1 for one in text], _UCS2_ALONE, _UCS2_EACH)


def _packed(widths: list[int], alone: int, each: int) -> int:
    if sum(widths) <= alone:
        return min(len(widths), 1)
    used, left = 1, each
    for width in widths:
        if width > left:
            used, left = used + 1, each
        left -= width
    return used


def number(text: str) -> str | None:
    """The number as +31612345678, or None where no message can go to it."""
    try:
        found = phonenumbers.parse(text, "NL")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(found) or found.extension or not _is_mobile(found):
        return None
    return phonenumbers.format_number(found, PhoneNumberFormat.E164)


def _is_mobile(found: phonenumbers.PhoneNumber) -> bool:
    kind = phonenumbers.number_type(found)
    if phonenumbers.region_code_for_number(found) == "NL":
        return kind == PhoneNumberType.MOBILE and str(found.national_number).startswith("6")
    return kind in _FOREIGN
