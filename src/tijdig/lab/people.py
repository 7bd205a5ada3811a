"""The tenants: one or two to a lease, with invented names, birth days, languages, accounts and mandates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from tijdig.base.days import day_number
from tijdig.lab.draws import MILLION, Draws, Flags, Ints
from tijdig.lab.leases import Leases
from tijdig.lab.names import DUTCH, INITIALS, SURNAMES, WIDER, full_name, plain
from tijdig.lab.numbers import contract_number, iban

LANGUAGES = (("NLD", "Nederlands"), ("ENG", "Engels"), ("TUR", "Turks"), ("FRA", "Frans"))
_LANGUAGE_WEIGHTS = (930, 45, 15, 10)
_ACCOUNT, _OTHER_ACCOUNT, _BODY_ACCOUNT = 7_000_000_000, 8_000_000_000, 9_000_000_000
_SPREAD = 7_919  # a prime, so that neighbours do not have neighbouring accounts


@dataclass(frozen=True)
class People:
    """Columns per lease. A parking lease has the people of its dwelling lease."""

    lease: Ints  # the lease whose people and account these are: itself, or the parent of a parking lease
    two: Flags
    surname: Ints  # [2, lease]
    initials: Ints  # [2, lease]
    title: Ints  # [2, lease]: 0 mevrouw, 1 de heer, 2 not said
    born: Ints  # [2, lease] day number
    language: Ints

    def key(self, lease: int, second: bool = False) -> str:
        return f"P{contract_number(int(self.lease[lease]))}{'B' if second else 'A'}"

    def name_parts(self, lease: int, second: bool = False) -> tuple[str, str, str]:
        """Initials, prefix, surname."""
        owner, who = int(self.lease[lease]), int(second)
        first, middle = divmod(int(self.initials[who, owner]), len(INITIALS))
        prefix, surname = SURNAMES[int(self.surname[who, owner])]
        letters = f"{INITIALS[first]}." + (f"{INITIALS[middle]}." if middle % 3 == 0 else "")
        return letters, prefix, surname

    def bank_name(self, lease: int) -> str:
        """The first tenant as a bank writes the name: no accents."""
        return plain(full_name(*self.name_parts(lease)))

    def account(self, lease: int) -> str:
        return iban(_ACCOUNT + int(self.lease[lease]) * _SPREAD)

    def other_account(self, lease: int) -> str:
        """A second account of the same person, which the corporation does not know; also of a relative."""
        return iban(_OTHER_ACCOUNT + int(self.lease[lease]) * _SPREAD)

    def relative_name(self, lease: int) -> str:
        """Somebody of another surname who pays for this tenant."""
        own = {int(self.surname[0, self.lease[lease]]), int(self.surname[1, self.lease[lease]])}
        number = (lease * 31 + 17) % len(SURNAMES)
        while number in own:
            number = (number + 1) % len(SURNAMES)
        return plain(full_name(f"{INITIALS[lease % len(INITIALS)]}.", *SURNAMES[number]))


def body_account(body: int) -> str:
    return iban(_BODY_ACCOUNT + body * _SPREAD)


def _surnames(draws: Draws, size: int) -> Ints:
    """Three in ten from the wider list; frequent names, early in the list, weigh most."""
    dutch = np.minimum(draws.below(len(DUTCH), size), draws.below(len(DUTCH), size))
    wider = len(DUTCH) + draws.below(len(WIDER), size)
    return np.where(draws.below(10, size) < 7, dutch, wider)


def make_people(leases: Leases, last_day: date, draws: Draws) -> People:
    size = len(leases)
    own = np.arange(size, dtype=np.int64)
    couple = draws.below(100, size) < 38
    surname = np.stack([_surnames(draws, size), _surnames(draws, size)])
    surname[1] = np.where(draws.below(10, size) < 4, surname[0], surname[1])
    youngest = np.minimum(leases.begin, day_number(last_day)) - 18 * 366
    age_span = draws.below(50 * 365, size)
    born = np.stack(
        [youngest - age_span, youngest - np.maximum(age_span + draws.between(-2500, 2500, size), 0)]
    )
    titles = np.stack([draws.pick((48, 46, 6), size), draws.pick((48, 46, 6), size)])
    initials = draws.below(len(INITIALS) ** 2, (2, size))
    language = draws.pick(_LANGUAGE_WEIGHTS, size)
    return People(
        lease=np.where(leases.parking, leases.parking_of, own),
        two=couple,
        surname=surname,
        initials=initials,
        title=titles,
        born=born,
        language=language,
    )


def habits(draws: Draws, size: int) -> Ints:
    """A number per tenant that stays the same: the usual day, the way of rounding, the way of writing."""
    return draws.below(MILLION, size)
