"""What holds a message back in the last moment before it goes, and how long one is tried again.

Decides per message: a letter that asks for money is wrong as soon as money came in, so it waits for a person; a reminder
waits while a payment by link is on its way to the bank; nobody writes to somebody who died; a letter to a wrong address is
no letter. The numbers are in `holds.yaml`, by date.

Units: days and minutes. Example: a reminder of € 640 after a payment of € 640 the same morning: `paid_since`.
Left out: the collection steps themselves, which are policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tijdig.law.holidays import is_holiday
from tijdig.letters.letter import Kind

_SATURDAY = 5
ASKS_FOR_MONEY = frozenset(Kind) - {Kind.SETTLED, Kind.ARRANGEMENT_CONFIRMED}
REMINDS = frozenset({Kind.FRIENDLY_REMINDER, Kind.REMINDER, Kind.INSTALMENT_MISSED})
WHY = {
    "paid_since": "Er kwam geld binnen nadat de brief gemaakt was. Maak een nieuwe brief, of trek deze in.",
    "money_waiting": "In de wachtrij staat geld dat van deze huurder kan zijn. Wijs dat eerst toe, of geef de brief vrij.",
    "too_late": "De dag die in de brief staat is voorbij. Maak een nieuwe brief.",
    "moved": "Het adres van de huurder is sindsdien anders. Maak een nieuwe brief.",
    "link_paid": "De huurder betaalde via de betaallink. Wacht tot de bank het laat zien.",
    "died": "Een huurder is overleden. Bel de nabestaanden, of stuur zelf een brief.",
    "by_hand": "Iemand hield dit tegen.",
    "carrier_down": "Het versturen lukte een paar keer niet. Kijk of de verbinding werkt en geef het dan weer vrij.",
    "no_carrier": "Voor deze weg is nog niets ingesteld. Stuur de brief op papier, of vraag de beheerder.",
    "address_refused": "Het adres bestaat niet. Vraag de huurder om het goede, of stuur de brief op papier.",
    "stopped": "Het programma stopte tijdens het versturen. Kijk bij de ontvanger of de provider of het ging, en kies.",
    "no_message": "De tekst van deze brief heeft geen kort bericht. Stuur hem een andere weg.",
    "broken": "Het bericht kon niet gemaakt worden. De beheerder vindt de oorzaak in het logboek.",
    "dealt_with": "Iemand heeft dit afgehandeld.",
    "bounced": "De brief kwam terug. Zoek een ander adres, of stuur hem op papier.",
}


@dataclass(frozen=True, slots=True)
class Habits:
    """The numbers of `holds.yaml` that hold on a day."""

    promise_working_days: int
    again_after_days: int
    retry_minutes: tuple[int, ...]
    lease_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known of a tenancy at the moment that its message goes.

    `paid_since_cents` is how much less is open on the letter's entries than when it was made; `waiting_cents` is in the
    queue and may be this tenant's. `last_on` is the first of the letter's own days, `moved` whether post would go elsewhere
    now, `died` whether no living tenant is left.
    """

    kind: Kind
    paid_since_cents: int = 0
    waiting_cents: int = 0
    link_paid_on: date | None = None
    died: bool = False
    last_on: date | None = None
    moved: bool = False


@cache
def _all() -> tuple[tuple[date, Habits], ...]:
    raw: list[dict[str, Any]] = yaml.safe_load(
        Path(__file__).with_name("holds.yaml").read_text(encoding="utf-8")
    )
    return tuple(
        (
            one["from"],
            Habits(
                one["promise_working_days"],
                one["again_after_days"],
                tuple(one["retry_minutes"]),
                one["lease_minutes"],
            ),
        )
        for one in raw
    )


def habits(on: date) -> Habits:
    """The numbers of a day; before the first entry those of the first."""
    found = [numbers for first, numbers in _all() if first <= on]
    return found[-1] if found else _all()[0][1]


def promise_until(paid_on: date) -> date:
    """The last day on which a payment by link is believed without the bank: so many working days later."""
    day, left = paid_on, habits(paid_on).promise_working_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY and not is_holiday(day)
    return day


def hold(seen: Seen, on: date) -> str:
    """The code of why this message waits for somebody; empty when it may go."""
    if seen.died:
        return "died"
    if seen.kind in ASKS_FOR_MONEY and seen.paid_since_cents > 0:
        return "paid_since"
    if seen.kind in ASKS_FOR_MONEY and seen.waiting_cents > 0:
        return "money_waiting"
    if seen.last_on is not None and seen.last_on <= on:
        return "too_late"
    if seen.moved:
        return "moved"
    promised = seen.link_paid_on is not None and on <= promise_until(seen.link_paid_on)
    return "link_paid" if promised and seen.kind in REMINDS else ""


def token(seen: Seen, why: str) -> str:
    """What a person overrules who lets a message go: this reason, at this amount. Another payment holds it again."""
    cents = {"paid_since": seen.paid_since_cents, "money_waiting": seen.waiting_cents}.get(why, 0)
    return f"{why} {cents}" if why else ""


def next_try(tries: int, on: date) -> int | None:
    """Minutes until the next try after so many that failed; None when a person should look first."""
    waits = habits(on).retry_minutes
    return waits[tries - 1] if tries <= len(waits) else None
