"""The checks that every letter shares: a whole address, one account that exists, and amounts of today.

Decides whether an address is whole, whether there is one account, and whether the amounts still hold. A postcode is four
digits and two letters; an address abroad is told by a last line that names the country in capitals, and is taken as it is.

Example: an address of one line gives `address_incomplete`. Left out: whether anybody lives there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from stdnum import iban as account

from tijdig.base.money import euro
from tijdig.law.answer import short_day
from tijdig.letters.letter import Person, Sender
from tijdig.letters.values import Fault

_POSTCODE = re.compile(r"^[1-9]\d{3} ?[A-Z]{2}\s+\S", re.ASCII)
_ABROAD = re.compile(r"^[A-Z][A-Z \-]+$", re.ASCII)


def address_faults(to: Person) -> Iterator[Fault]:
    """The name, a street line, and a line with postcode and town."""
    lines = [line.strip() for line in to.address_lines if line.strip()]
    whole = len(lines) >= 2 and any(_POSTCODE.match(line) for line in lines[1:])
    abroad = len(lines) >= 3 and _ABROAD.match(lines[-1])
    if not to.name.strip() or not to.salutation.strip():
        yield Fault("name_missing", "De naam of de aanhef ontbreekt. Vul aan wie de brief krijgt.")
    if not lines:
        yield Fault(
            "address_incomplete",
            "Er is geen adres bekend om post naartoe te sturen. Vul het in bij Hoe brieven komen.",
        )
    elif not whole and not abroad:
        yield Fault(
            "address_incomplete",
            "Het adres is niet compleet. Vul straat, huisnummer, postcode en plaats aan.",
        )


def account_faults(sender: Sender, iban: str) -> Iterator[Fault]:
    """One account, and one that exists by its check digits."""
    if not account.is_valid(sender.iban):
        yield Fault(
            "iban_invalid", f"{sender.iban} is geen geldige IBAN. Verbeter de rekening van de corporatie."
        )
    if iban and account.compact(iban) != account.compact(sender.iban):
        yield Fault(
            "two_accounts",
            f"De betaling gaat naar {iban}, de corporatie heeft {sender.iban}. Noem één rekening in de brief.",
        )


def amounts_faults(on: date, facts_on: date, paid_since_cents: int) -> Iterator[Fault]:
    """Money that came in after the account was taken, and an account of a later day than the letter."""
    if paid_since_cents:
        yield Fault(
            "paid_since",
            f"Na {short_day(facts_on)} kwam er {euro(paid_since_cents)} binnen. Maak de brief opnieuw met "
            "de stand van nu.",
        )
    if facts_on > on:
        yield Fault(
            "facts_later",
            f"De stand is van {short_day(facts_on)}, na de brief van {short_day(on)}. Geef de brief een "
            "latere datum.",
        )
