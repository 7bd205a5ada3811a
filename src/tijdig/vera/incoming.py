"""What every message that comes in is read by: codes, amounts, which lease it is about, and how a room's refusal is told."""

from __future__ import annotations

from collections.abc import Callable, Collection
from decimal import Decimal
from typing import TypeVar
from uuid import UUID, uuid5

from tijdig.access.people import Client
from tijdig.access.scope import organisation_scope
from tijdig.arrangements.values import NotAgreed
from tijdig.base.not_done import NotDone
from tijdig.contacts.actions import NotLogged
from tijdig.tenancies.queries import tenancy_ids_by_contract, tenancy_ids_there
from tijdig.vera.access import owners, partner_files
from tijdig.vera.codes import Unknown
from tijdig.vera.shapes import Coded, Contract
from tijdig.vera.values import Owner, Refused

_NAMESPACE = UUID("6f0f6a52-6f5d-4f0a-9a6e-2f7f3b1c9d10")
T = TypeVar("T")


def asked_as(client: Client, *parts: str) -> UUID:
    """The name of what one message asks: the same message gives the same."""
    return uuid5(_NAMESPACE, "\n".join([str(client.id), *parts]))


def cents(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount * 100)


def done(work: Callable[[], T]) -> T:
    """Do it; what the rooms refuse is refused in their words."""
    try:
        return work()
    except NotDone as refused:
        raise Refused(409, "kan_niet", " ".join(refused.sentences)) from refused
    except (NotAgreed, NotLogged) as refused:
        raise Refused(409, "kan_niet", " ".join(one.sentence for one in refused.faults)) from refused
    except Unknown as odd:
        raise Refused(400, "onbekende_code", str(odd)) from odd


def code_of(place: str, value: Coded | None, names: Collection[str], known: dict[str, str]) -> str | None:
    """The code, where one was sent. `Unknown` for one that is in no list."""
    if value is None or not (value.code or "").strip():
        return None
    code = str(value.code).strip()
    if code not in names:
        raise Unknown(place, code, known)
    return code


def tenancy(client: Client, wanted: Contract | None) -> tuple[Owner, int]:
    """The lease that a message is about: by its id here, its number, or its key in the source. `Refused`."""
    if wanted is None or not (wanted.id or wanted.code or wanted.idExtern):
        sentence = "Stuur `overeenkomst` met een id, een code (het contractnummer) of een idExtern."
        raise Refused(400, "overeenkomst", sentence)
    theirs = {one.tenancy_id for one in partner_files(client)} if client.partner_id else None
    found: list[tuple[Owner, int]] = []
    for owner in owners(client):
        if wanted.idOrganisatie and wanted.idOrganisatie not in (owner.name, str(owner.id)):
            continue
        with organisation_scope(owner.id):
            pk = _tenancy_here(wanted)
        if pk is not None and (theirs is None or pk in theirs):
            found.append((owner, pk))
    if not found:
        raise Refused(404, "overeenkomst_onbekend", "Deze overeenkomst is er niet, of is niet bij u.")
    if len(found) > 1:
        names = " en ".join(owner.name for owner, _ in found)
        raise Refused(409, "overeenkomst_dubbel", f"Dit nummer is er bij {names}. Stuur ook `idOrganisatie`.")
    return found[0]


def _tenancy_here(wanted: Contract) -> int | None:
    if wanted.id:
        number = int(wanted.id) if wanted.id.isascii() and wanted.id.isdigit() and len(wanted.id) < 10 else 0
        return number if number in tenancy_ids_there([number]) else None
    key = str(wanted.code or wanted.idExtern)
    return tenancy_ids_by_contract([key]).get(key)


def refused_code(place: str, code: str, known: dict[str, str]) -> Refused:
    return Refused(400, "onbekende_code", str(Unknown(place, code, known)))
