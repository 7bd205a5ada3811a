"""What holds a message back in the last moment before it goes, and how long one is tried again.

Decides per message: a letter that asks for money is wrong as soon as money came in, so it waits for a person, or is
taken back where the program wrote it by itself; a reminder
waits while a payment by link is on its way to the bank; nobody writes to somebody who died; a letter to a wrong address is
no letter. The numbers are `habits`, by date.

Units: days and minutes. Example: a reminder of € 640 after a payment of € 640 the same morning: `paid_since`.
Left out: the collection steps themselves, which are policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tijdig.law.holidays import is_holiday
from tijdig.letters.habits import habits
from tijdig.letters.letter import Kind
from tijdig.letters.states import State

_SATURDAY = 5
_AND = "; "
PROGRAM = "system:"
_OVERTAKEN = frozenset({"paid_since", "disputed", "at_rest", "arranged", "too_late"})
ASKS_FOR_MONEY = frozenset(Kind) - {Kind.SETTLED, Kind.ARRANGEMENT_CONFIRMED}
DUNS = ASKS_FOR_MONEY - {Kind.INVITATION, Kind.INSTALMENT_MISSED}  # not while an arrangement is kept
REMINDS = frozenset({Kind.FRIENDLY_REMINDER, Kind.REMINDER, Kind.INSTALMENT_MISSED})
WHY = {
    "paid_since": "Er kwam geld binnen nadat de brief gemaakt was. Maak een nieuwe brief, of trek deze in.",
    "money_waiting": "In de wachtrij staat geld dat van deze huurder kan zijn. Wijs dat eerst toe, of geef de brief vrij.",
    "open_again": "Er staat weer iets open, dus deze brief klopt niet. Trek hem in.",
    "disputed": "De huurder is het niet eens met iets uit deze brief. Trek hem in; na het antwoord gaat er een nieuwe.",
    "at_rest": (
        "Het werk met deze huurder ligt sindsdien stil: een bijzonderheid, een bezwaar, een pauze of de deurwaarder. "
        "Kijk in het dossier, en trek de brief in of geef hem vrij."
    ),
    "arranged": "Er is intussen een regeling, en die wordt nagekomen. Trek de brief in.",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known of a tenancy at the moment that its message goes.

    `paid_since_cents` is how much less is open on the letter's entries than when it was made; `waiting_cents` is in the
    queue and may be this tenant's; `open_cents` is all that may be asked now. `last_on` is the first of the letter's own
    days, `moved` whether post would go elsewhere now, `died` whether no living tenant is left,
    `disputed` whether the tenant objects to something that the letter asks, `at_rest` whether the case stands still for
    something that was learned after the letter was made, `arranged` whether an arrangement is kept.
    """

    kind: Kind
    paid_since_cents: int = 0
    waiting_cents: int = 0
    open_cents: int = 0
    link_paid_on: date | None = None
    died: bool = False
    disputed: bool = False
    at_rest: bool = False
    arranged: bool = False
    last_on: date | None = None
    moved: bool = False


def after_hold(why: str, made_by: str) -> State:
    """What the program wrote by itself and what was overtaken, it takes back by itself: the way of working writes anew what
    is still needed. What a person wrote, and whatever needs a look, waits for a person."""
    own = made_by.startswith(PROGRAM)
    return State.CANCELLED if own and why in _OVERTAKEN else State.HELD


def promise_until(paid_on: date) -> date:
    """The last day on which a payment by link is believed without the bank: so many working days later."""
    day, left = paid_on, habits(paid_on).promise_working_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY and not is_holiday(day)
    return day


def hold(seen: Seen, on: date, overruled: str = "") -> str:
    """The code of why this message waits for somebody; empty when it may go.

    `overruled` are the tokens of what persons let it go for (`and_for`); every other reason still holds it.
    """
    let_go = overruled.split(_AND)
    return next((why for why in _reasons(seen, on) if token(seen, why) not in let_go), "")


def _reasons(seen: Seen, on: date) -> Iterator[str]:
    """Everything that speaks against it, the gravest first."""
    if seen.died:
        yield "died"
    if seen.kind in ASKS_FOR_MONEY and seen.paid_since_cents > 0:
        yield "paid_since"
    if seen.kind in ASKS_FOR_MONEY and seen.disputed:
        yield "disputed"
    if seen.kind in ASKS_FOR_MONEY and seen.at_rest:
        yield "at_rest"
    if seen.kind in ASKS_FOR_MONEY and seen.waiting_cents > 0:
        yield "money_waiting"
    if seen.kind is Kind.SETTLED and seen.open_cents > 0:
        yield "open_again"
    if seen.arranged and seen.kind in DUNS:
        yield "arranged"
    if seen.last_on is not None and seen.last_on <= on:
        yield "too_late"
    if seen.moved:
        yield "moved"
    promised = seen.link_paid_on is not None and on <= promise_until(seen.link_paid_on)
    if promised and seen.kind in REMINDS:
        yield "link_paid"


def token(seen: Seen, why: str) -> str:
    """What a person overrules who lets a message go: this reason, at this amount. Another payment holds it again."""
    cents = {
        "paid_since": seen.paid_since_cents,
        "money_waiting": seen.waiting_cents,
        "open_again": seen.open_cents,
    }.get(why, 0)
    return f"{why} {cents}" if why else ""


def and_for(overruled: str, seen: Seen, why: str) -> str:
    """What a message is let go for when a person lets it go for this reason as well; the newest amount of each counts."""
    others = [one for one in overruled.split(_AND) if one and one.split()[0] != why]
    return _AND.join([*others, token(seen, why)])


def next_try(tries: int, on: date) -> int | None:
    """Minutes until the next try after so many that failed; None when a person should look first."""
    waits = habits(on).retry_minutes
    return waits[tries - 1] if tries <= len(waits) else None
