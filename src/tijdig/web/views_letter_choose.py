"""Which letter to write to one tenant: what went before, which kinds can be written now, and why others cannot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tijdig.access.roles import Right
from tijdig.letters.kind_words import KIND_NAMES, PURPOSE
from tijdig.letters.queries import letters_of, written_on
from tijdig.letters.queries_compose import TWICE, Choice, choices, ground_of
from tijdig.letters.values import Fault, NotRight
from tijdig.tenancies.queries import cards
from tijdig.web.door import door, person_of
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today

_NEWEST = 5
_WAITING = "money_waiting"


@door(Right.WRITE_LETTER, reads=DOSSIER)
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Every kind of letter, and which can be written to this tenant now."""
    context: dict[str, Any] = {"tenancy": card_of(pk), "letters": letters_of(pk, today())[:_NEWEST]}
    try:
        stands_on = ground_of(pk, on=today(), by=person_of(request).name)
    except NotRight as refused:
        return render(request, "letter_choose.html", context | {"faults": refused.faults})
    assert stands_on is not None  # the card is there, so the tenancy is
    found, before = choices(stands_on), written_on(pk, today())
    above = _for_all(found)
    told = [_told(one, above, before.get(one.kind)) for one in found]
    context |= {
        "can": [one for one in told if not one["faults"] and not one["waits"]],
        "cannot": [one for one in told if one["faults"] or one["waits"]],
        "faults": above,
    }
    return render(request, "letter_choose.html", context)


def _for_all(found: Sequence[Choice]) -> tuple[Fault, ...]:
    """What is said once above all kinds: money in the queue, and what is in the way of every kind."""
    known = dict.fromkeys(fault for one in found for fault in one.faults)
    return tuple(
        fault for fault in known if fault.code == _WAITING or all(fault in one.faults for one in found)
    )


def _told(one: Choice, above: tuple[Fault, ...], before: int | None) -> dict[str, Any]:
    """A kind to choose, with what is in its way alone; `waits` where what stands above is in its way too."""
    own = tuple(fault for fault in one.faults if fault not in above)
    return {
        "kind": one.kind,
        "name": KIND_NAMES[one.kind],
        "purpose": PURPOSE[one.kind],
        "faults": ((TWICE,) if before else ()) + own,
        "waits": len(own) < len(one.faults),
        "before": before,
    }


def card_of(pk: int) -> Any:
    """Name and address of a tenancy; not found where this corporation has none."""
    found = cards([pk]).get(pk)
    if found is None:
        raise Http404
    return found
