"""Which tenancies come near what a debt counsellor wrote about a client, in the scope of one organisation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tijdig.help.queries_others import others
from tijdig.help.traffic_match import Asked, Proof, goes_by_itself, proof
from tijdig.tenancies.queries import search
from tijdig.tenancies.queries_reach import households
from tijdig.tenancies.queries_senders import tenancies_named

_MOST = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tenancy that comes near. `other`: only because somebody of a nearer one rents it too."""

    tenancy_id: int
    proof: Proof
    other: bool


def certain(asked: Asked, on: date) -> Candidate | None:
    """The one tenancy whose conversation this is by itself; None where a person must say so."""
    numbered = _numbered(asked.our_number)
    if len(numbered) != 1:
        return None
    home = households(numbered, on).get(numbered[0])
    if home is None:
        return None
    found = proof(asked, home, numbered=True)
    besides = others(numbered, on)
    return Candidate(numbered[0], found, False) if goes_by_itself(found, numbered, besides) else None


def candidates(asked: Asked, on: date) -> list[Candidate]:
    """The tenancies from which a person chooses, the nearest first; one of which nothing is right is left out."""
    numbered = _numbered(asked.our_number)
    looked = [
        pk for text in (asked.client, asked.partner, asked.address) if text for pk, _ in search(text, _MOST)
    ]
    near = [one for one in _proven(asked, [*numbered, *looked], numbered, on) if _right(one.proof)]
    near.sort(key=lambda one: (-one.proof.strength, one.tenancy_id))
    near = near[:_MOST]
    known = {one.tenancy_id for one in near}
    besides = [pk for pk in others(sorted(known), on) if pk not in known]
    beside = [Candidate(one.tenancy_id, one.proof, True) for one in _proven(asked, besides, numbered, on)]
    return [*near, *beside[:_MOST]]


def proof_of(asked: Asked, tenancy_id: int, on: date) -> Proof | None:
    """What agrees with one tenancy; None where this organisation has none of that id."""
    found = _proven(asked, [tenancy_id], _numbered(asked.our_number), on)
    return found[0].proof if found else None


def _proven(asked: Asked, ids: Sequence[int], numbered: Sequence[int], on: date) -> list[Candidate]:
    homes = households(list(dict.fromkeys(ids)), on)
    return [
        Candidate(pk, proof(asked, homes[pk], numbered=pk in numbered), False)
        for pk in dict.fromkeys(ids)
        if pk in homes
    ]


def _right(found: Proof) -> bool:
    return "right" in (found.number, found.name, found.address, found.partner)


def _numbered(text: str) -> list[int]:
    """The tenancies that our number names, however it was cut into pieces."""
    tries = dict.fromkeys(one for one in (text.strip(), re.sub(r"[\s.\-]", "", text)) if one)
    found = tenancies_named(list(tries))
    return list(dict.fromkeys(pk for one in tries for pk in found.get(one, [])))
