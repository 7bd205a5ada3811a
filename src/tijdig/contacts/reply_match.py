"""Whose answer is it? The first sure sign wins, and where it names two nobody is chosen.

Decides it from what was found in an answer. Sure signs, in this order:

1. `MESSAGE`: it answers a message that we sent (the header In-Reply-To, else References), or for a text message `SMS`;
2. `TOKEN`: it was sent to the address that one of our messages asked to answer to, with the key of that message in it;
3. `REFERENCE`: it names the reference of a letter, a contract number or a payment reference, and calls it so;
4. `ADDRESS`, `NUMBER`: it comes from an e-mail address or telephone number of a tenant.

The first of these that names anybody decides: one tenancy, and it is its answer; several, and a person looks. A tenant
with a home and a parking space has two. What is written (3) can be a typing error: where the sender is known as the
tenant of another, nobody is chosen either. An address can be forged; the keys in 1 and 2 cannot be guessed.

What only suggests: `BARE` (a number that is a contract's, without the word), `REPRESENTATIVE` (the address of somebody
else at the contract), `NAME`. At most two suggestions, by the strength of the sign and then as they were found.

Example: it names contract 100001 and comes from the address of the tenant of 100002: `CONTRADICTS`, both suggested.
Errors: none. Left out: finding the signs (`letters.queries_signs`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tijdig.contacts.reply_kinds import How, Why

SURE = (How.MESSAGE, How.SMS, How.TOKEN, How.REFERENCE, How.ADDRESS, How.NUMBER)
SENDER = (How.ADDRESS, How.NUMBER)
_ORDER = (*SURE, How.BARE, How.REPRESENTATIVE, How.NAME)
MOST_SUGGESTED = 2


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that points to a tenancy. `said` is the number that was named; nothing personal."""

    how: How
    tenancy_id: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The tenancy with the sign that decided, or why there is none with what it may be."""

    sign: Sign | None
    why: Why | None
    suggestions: tuple[Sign, ...] = ()

    @property
    def tenancy_id(self) -> int | None:
        return self.sign.tenancy_id if self.sign else None


def match(signs: Sequence[Sign]) -> Match:
    """Whose answer it is."""
    for how in SURE:
        named = [sign for sign in signs if sign.how is how]
        if len({sign.tenancy_id for sign in named}) > 1:
            return Match(None, Why.SEVERAL, _suggested(signs))
        if named and how is How.REFERENCE and _is_another(named[0].tenancy_id, signs):
            return Match(None, Why.CONTRADICTS, _suggested(signs))
        if named:
            return Match(named[0], None)
    return Match(None, Why.NOBODY, _suggested(signs))


def _is_another(tenancy_id: int, signs: Sequence[Sign]) -> bool:
    """Is the sender known as a tenant, and not as the one of this tenancy?"""
    senders = {sign.tenancy_id for sign in signs if sign.how in SENDER}
    return bool(senders) and tenancy_id not in senders


def _suggested(signs: Sequence[Sign]) -> tuple[Sign, ...]:
    best: dict[int, Sign] = {}
    for sign in sorted(signs, key=lambda one: _ORDER.index(one.how)):
        best.setdefault(sign.tenancy_id, sign)
    return tuple(best.values())[:MOST_SUGGESTED]
