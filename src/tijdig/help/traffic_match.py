"""Whose conversation is it: what a debt counsellor wrote about a client, beside what we know of a tenancy.

Decides whether a conversation is a tenancy's by itself: our own number names exactly one tenancy, nobody of that tenancy
rents another, and the client's surname is right, or no name was given and the address is right. Everything else is for a
person, who sees what is right of each and what is not. A name or an address that is different never goes by itself: to
tell a stranger's debts is worse than a press of a key. The partner's name counts only for the order that a person sees.

Errors: none. Worked example: number 100001 with "M. de Vries" at the tenancy of De Vries goes by itself; with "J. Jansen"
it is a proposal of which the number is right and the name is not, also where De Vries is the partner. Left out: which
tenancies come near (`queries_traffic_match`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tijdig.tenancies.names import plain
from tijdig.tenancies.queries_reach import Household

_WORD = re.compile(r"\w+")
_POSTCODE = re.compile(r"(\d{4})\s?([A-Za-z]{2})(?![A-Za-z])")
_NUMBER = re.compile(r"(?<!\w)(\d{1,5})(?!\d)")


class Fits(StrEnum):
    """How something that was written agrees with what we know."""

    RIGHT = "right"
    WRONG = "wrong"
    NOT_GIVEN = "not_given"


FITS_LABEL = {Fits.RIGHT: "klopt", Fits.WRONG: "klopt niet", Fits.NOT_GIVEN: "niet genoemd"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked about, as it was written."""

    our_number: str
    client: str
    partner: str
    address: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What agrees between a conversation and a tenancy. `name` is the client's alone."""

    number: Fits
    name: Fits
    address: Fits
    partner: Fits = Fits.NOT_GIVEN

    @property
    def strength(self) -> int:
        """Higher is nearer, for the order in which a person sees them; a partner who is right lifts a name that is not."""
        points = {Fits.RIGHT: 2, Fits.NOT_GIVEN: 1, Fits.WRONG: 0}
        named = max(points[self.name], points[self.partner] - 1)
        return 9 * points[self.number] + 3 * named + points[self.address]


def proof(asked: Asked, home: Household, *, numbered: bool) -> Proof:
    """`numbered`: our number names this tenancy."""
    number = Fits.RIGHT if numbered else Fits.WRONG if asked.our_number else Fits.NOT_GIVEN
    return Proof(number, _name(asked.client, home), _address(asked.address, home), _name(asked.partner, home))


def goes_by_itself(found: Proof, numbered: Sequence[int], others: Sequence[int]) -> bool:
    """`numbered` are the tenancies that our number names, `others` what the same people rent besides."""
    nameless = found.name is Fits.NOT_GIVEN and found.partner is not Fits.WRONG
    named = found.name is Fits.RIGHT or (nameless and found.address is Fits.RIGHT)
    certain = found.number is Fits.RIGHT and named and found.address is not Fits.WRONG
    return len(numbered) == 1 and not others and certain


def _name(text: str, home: Household) -> Fits:
    written = _words(text)
    if not written:
        return Fits.NOT_GIVEN
    ours = [_words(one.surname) for one in home.residents if one.surname]
    return Fits.RIGHT if any(one and one <= written for one in ours) else Fits.WRONG


def _address(text: str, home: Household) -> Fits:
    """Where we know no address ourselves nothing can be wrong with theirs."""
    ours = _NUMBER.match(home.house_number.strip())
    if not text.strip() or not (ours or home.postcode or home.street):
        return Fits.NOT_GIVEN
    postcode = _POSTCODE.search(text)
    without = _POSTCODE.sub(" ", text)
    numbered = ours is not None and ours[1] in _NUMBER.findall(without)
    if postcode:
        placed = (postcode[1] + postcode[2]).upper() == home.postcode.replace(" ", "").upper()
    else:
        placed = bool(home.street) and plain(without).strip().startswith(plain(home.street))
    return Fits.RIGHT if placed and numbered else Fits.WRONG


def _words(text: str) -> set[str]:
    return set(_WORD.findall(plain(text).replace("-", " ").replace("_", " ")))
