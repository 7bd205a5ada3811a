"""How a value is written on a page: money, days, moments, account numbers, sizes.

One notation for every language (see `formats/en`): `€ 1.234,56`, `21-11-2026`, `NL02 TEST 0123 4567 89`.
What is not known is said to be so (`onbekend`), never shown as zero. A wrong type raises.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy, ngettext

from tijdig.base import money
from tijdig.base.days import AMSTERDAM, amsterdam_day
from tijdig.law.quantity import percent_text
from tijdig.web.handbook import PLACES

register = template.Library()

_KILO = 1000


def _day(value: date | datetime) -> date:
    return amsterdam_day(value) if isinstance(value, datetime) else value


def _tenths(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


@register.filter
def euro(cents: int | None) -> str:
    """`123456` becomes `€ 1.234,56`; `None` becomes the word for not known."""
    return gettext("onbekend") if cents is None else money.euro(cents)


@register.filter
def handbook_place(page: str | None) -> str:
    """Where the manual tells about a page: `#bellen` of a tenancy; nothing where it begins at the beginning."""
    place = PLACES.get(page or "")
    return f"#{place}" if place else ""


@register.filter
def dutch_date(value: date | datetime | None) -> str:
    """`21-11-2026`; of a moment, the day it was in Amsterdam; of nothing, nothing."""
    return "" if value is None else f"{_day(value):%d-%m-%Y}"


@register.filter
def moment(value: datetime | None) -> str:
    """`21-11-2026 08:12`, Amsterdam time."""
    return "" if value is None else f"{dutch_date(value)} {clock(value)}"


@register.filter
def clock(value: datetime | None) -> str:
    """`08:12`, Amsterdam time. A naive moment is taken as Amsterdam time already."""
    if value is None:
        return ""
    return f"{value if value.tzinfo is None else value.astimezone(AMSTERDAM):%H:%M}"


@register.filter
def clock_words(value: datetime | None) -> str:
    """`08.12`, as in a sentence; Amsterdam time."""
    return clock(value).replace(":", ".")


@register.filter
def day_name(value: date | datetime | None) -> str:
    """`vrijdag`, in the reader's language."""
    return "" if value is None else date_format(_day(value), "l")


@register.filter
def long_day(value: date | datetime | None) -> str:
    """`vrijdag 21 november`, in the reader's language."""
    return "" if value is None else date_format(_day(value), "l j F")


@register.filter
def iban(value: str) -> str:
    """Groups of four: `NL02TEST0123456789` becomes `NL02 TEST 0123 4567 89`. Other numbers stay whole."""
    packed = value.replace(" ", "")
    if not (packed[:2].isalpha() and packed[2:4].isdigit()):
        return value
    return "\u00a0".join(packed[at : at + 4] for at in range(0, len(packed), 4))


@register.filter
def count(value: int | None) -> str:
    """`12345` becomes `12.345`."""
    return gettext("onbekend") if value is None else f"{value:,}".replace(",", ".")


@register.filter
def hundredths(value: int | None) -> str:
    """`235` hundredths becomes `2,35`."""
    if value is None:
        return gettext("onbekend")
    whole, rest = divmod(abs(value), 100)
    return f"{'-' if value < 0 else ''}{count(whole)},{rest:02d}"


@register.filter
def hours(minutes: int) -> str:
    """`4 u 10`, or `25 min` of less than an hour."""
    return f"{minutes // 60} u {minutes % 60:02d}" if minutes >= 60 else f"{minutes} min"


@register.filter
def months(number: int) -> str:
    """`1 maand`, `3 maanden`."""
    return ngettext("%(months)s maand", "%(months)s maanden", number) % {"months": number}


@register.filter
def days(number: int) -> str:
    """`1 dag`, `3 dagen`."""
    return ngettext("%(days)s dag", "%(days)s dagen", number) % {"days": number}


@register.filter
def minutes(number: int) -> str:
    """`1 minuut`, `3 minuten`."""
    return ngettext("%(n)s minuut", "%(n)s minuten", number) % {"n": number}


class _Places(Protocol):
    def address(self, number: int) -> str: ...


@register.filter
def entry_at(number: int, places: _Places) -> str:
    """The address at which a booking stands."""
    return places.address(number)


class _Line(Protocol):
    """A line of an account, as far as its words need it."""

    amount_cents: int
    settles: Sequence[object]
    source: str
    reference: str
    booked_on: date
    recorded_at: datetime


@register.filter
def settled(line: _Line) -> str:
    """How many bookings a charge was paid from, how many items a payment paid; else only where it comes from."""
    number = len(line.settles)
    if not number:
        return gettext("herkomst")
    if line.amount_cents > 0:
        return ngettext("betaald uit %(n)s boeking", "betaald uit %(n)s boekingen", number) % {"n": number}
    return ngettext("betaalde %(n)s post", "betaalde %(n)s posten", number) % {"n": number}


@register.filter
def origin(line: _Line) -> str:
    """Where a line comes from, and since when it is known."""
    return gettext(
        "Bron %(source)s, kenmerk %(reference)s. Geboekt op %(booked)s, bij ons bekend sinds %(recorded)s."
    ) % {
        "source": line.source,
        "reference": line.reference,
        "booked": dutch_date(line.booked_on),
        "recorded": moment(line.recorded_at),
    }


_NEAR = {
    "late": (gettext_lazy("wij zijn te laat"), '<path d="M6 0.8 11.6 11H0.4Z"/>'),
    "today": (gettext_lazy("vandaag"), '<path d="M6 0.5 11.5 6 6 11.5 0.5 6Z"/>'),
    "soon": (gettext_lazy("binnenkort"), '<path d="M6 0.5 11.5 6 6 11.5 0.5 6Z"/>'),
    "later": (gettext_lazy("heeft tijd"), '<circle cx="6" cy="6" r="4.4"/>'),
}


@register.filter
def near(urgency: str) -> SafeString:
    """How near our own deadline is: a shape, a word and a colour, in that order of weight."""
    words, shape = _NEAR[urgency]
    return mark_safe(
        f'<span class="near near-{urgency}"><svg class="shape" viewBox="0 0 12 12" width="12" height="12" '
        f'aria-hidden="true" focusable="false">{shape}</svg>{escape(words)}</span>'
    )


@register.filter
def percentage(value: Fraction) -> str:
    """`6` or `0,5`."""
    return percent_text(value)


@register.filter
def at(table: Mapping[int, str], key: int) -> str:
    """What a table says of a key; nothing where it says nothing."""
    return table.get(key, "")


@register.filter
def value_of(values: Mapping[str, str], name: str) -> str:
    """What was typed in the field of that name; nothing where nothing was."""
    return values.get(name, "")


@register.filter
def plain_hundredths(value: int) -> str:
    """`400` hundredths becomes `4`, `50` becomes `0,5`."""
    return percent_text(Fraction(value, 100))


@register.filter
def link(key: int, name: str) -> str:
    """The address of one thing on the page called `name`."""
    return address(name, key)


# A list asks for several addresses a row, and finding one out costs as much as the row.
@lru_cache(maxsize=10_000)
def address(name: str, *keys: int) -> str:
    """The address of the page called `name`, of the thing with these keys."""
    return reverse(name, args=keys)


@register.filter
def size(octets: int) -> str:
    """`900 bytes`, `12,3 kB`, `4,0 MB`: thousands, as file managers and banks count."""
    if octets < _KILO:
        return ngettext("%(n)s byte", "%(n)s bytes", octets) % {"n": octets}
    if octets < _KILO**2:
        return f"{_tenths(octets / _KILO)}\u00a0kB"
    return f"{_tenths(octets / _KILO**2)}\u00a0MB"


@register.filter
def duration(seconds: float | None) -> str:
    """`35 ms`, `4,2 s`, `3 min 5 s`; nothing while it is not known yet."""
    if seconds is None:
        return ""
    if seconds < 1:
        return f"{round(seconds * 1000)}\u00a0ms"
    if seconds < 60:
        return f"{_tenths(seconds)}\u00a0s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}\u00a0min {rest}\u00a0s"


@register.filter
def marked(text: str, part: str) -> SafeString:
    """The text with the first place of `part` marked; both escaped. Unmarked where the part is not in it."""
    before, found, after = text.partition(part) if part else (text, "", "")
    return format_html("{}<mark>{}</mark>{}", before, found, after) if found else escape(text)


class _Raised(Protocol):
    @property
    def cured_on(self) -> date | None: ...


@register.simple_tag
def alert_counts(alerts: Iterable[_Raised]) -> dict[str, int]:
    """How many of these still ask for attention (`raised`) and how many are settled (`cured`)."""
    seen = Counter("raised" if alert.cured_on is None else "cured" for alert in alerts)
    return {"raised": seen["raised"], "cured": seen["cured"]}


_COLUMN_WORDS = {
    "contract_number": gettext_lazy("Contractnummer"),
    "amount": gettext_lazy("Bedrag"),
    "effective_on": gettext_lazy("Datum van betaling of factuur"),
    "booked_on": gettext_lazy("Boekdatum"),
    "due_on": gettext_lazy("Vervaldatum (dan zijn het vorderingen)"),
    "reference": gettext_lazy("Kenmerk of boekingsnummer"),
    "kind": gettext_lazy("Soort"),
    "description": gettext_lazy("Omschrijving"),
}


@register.filter
def column_word(field: str) -> str:
    """What a column of a table is called on the page."""
    return str(_COLUMN_WORDS.get(field, field))


@register.simple_tag
def drawing(picture: str, words: str, look: str = "") -> SafeString:
    """A drawing of `shapes_only` in the page itself; `words` is what it shows, for whoever does not see it."""
    return format_html(
        '<svg class="{}" role="img" aria-label="{}"{}', look, words, mark_safe(picture.removeprefix("<svg"))
    )
