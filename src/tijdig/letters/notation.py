"""How money, days and numbers of an account are written in a letter, in the tenant's language.

Example: `money(123456, Language.NL)` is `€ 1.234,56`, in English `€ 1,234.56`; both with a no-break space. The day of an
appointment has its weekday.
Left out: any other language.
"""

from __future__ import annotations

from datetime import date

from tijdig.base.days import MONTHS
from tijdig.base.money import euro
from tijdig.letters.letter import Fact, Language

_MONTHS = {
    Language.NL: MONTHS,
    Language.EN: (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_WEEKDAYS = {
    Language.NL: ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    Language.EN: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_APPOINTMENTS = frozenset({"meet_on"})
_SWAPPED = str.maketrans(",.", ".,")
_KEPT = "\u00a0"  # a space at which no line ends


def money(cents: int, language: Language) -> str:
    """`€ 1.234,56`, in English `€ 1,234.56`."""
    text = euro(cents)
    return text.translate(_SWAPPED) if language is Language.EN else text


def month(day: date, language: Language) -> str:
    """`maart 2026`."""
    return f"{_MONTHS[language][day.month - 1]} {day.year}"


def long_date(day: date, language: Language) -> str:
    """`3 november 2026`, in one piece."""
    return f"{day.day} {month(day, language)}".replace(" ", _KEPT)


def grouped(number: str) -> str:
    """An account or reference in groups of four: `NL42 TEST 1234 5678 90`."""
    packed = number.replace(" ", "")
    return _KEPT.join(packed[at : at + 4] for at in range(0, len(packed), 4))


def fact_text(name: str, fact: Fact, language: Language) -> str:
    """A fact as the letter prints it, by the last word of its name. Raises `TypeError` where the two do not go together."""
    if name.endswith("_cents"):
        if isinstance(fact, bool) or not isinstance(fact, int):
            raise TypeError(f"{name} is whole cents, not {fact!r}")
        return money(fact, language)
    if name.endswith("_on"):
        if not isinstance(fact, date):
            raise TypeError(f"{name} is a day, not {fact!r}")
        weekday = f"{_WEEKDAYS[language][fact.weekday()]} " if name in _APPOINTMENTS else ""
        return weekday + long_date(fact, language)
    if isinstance(fact, bool) or not isinstance(fact, str | int):
        raise TypeError(f"{name} cannot be printed: {fact!r}")
    return str(fact)
