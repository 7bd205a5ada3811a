"""What another system can be told, and when it is tried again.

Decides what stands in a message: that something changed, of which file and lease, and its number in the order of that file.
No names, no amounts: whoever was told asks the API, where its walls stand. A message is tried ten times in three days; what
comes after it of the same file waits until it is taken or given up.

Source: Standard Webhooks 1.0 (headers, signature, an answer 410 ends it). Units: seconds. Errors: none. Worked example: a
first try at 9:00 that failed is tried again at 9:00:30, 9:02:30, 9:12:30, and after the tenth not by itself any more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    FILE_BEGUN = "externe-incasso.begonnen"
    FILE_CHANGED = "externe-incasso.gewijzigd"
    FILE_ENDED = "externe-incasso.beeindigd"
    PROPOSAL = "externe-incasso.voorstel"
    ARRANGEMENT_MADE = "betalingsregeling.gemaakt"
    ARRANGEMENT_CHANGED = "betalingsregeling.gewijzigd"
    ARRANGEMENT_BROKEN = "betalingsregeling.gebroken"
    BALANCE = "saldo.gewijzigd"
    TRIAL = "proef"


KIND_LABEL = {
    Kind.FILE_BEGUN: "een dossier gaat naar de deurwaarder",
    Kind.FILE_CHANGED: "in een dossier gebeurt iets: contact, vraag, kosten, een stap bij de rechter",
    Kind.FILE_ENDED: "een dossier sluit of gaat terug",
    Kind.PROPOSAL: "een voorstel van een programma wordt gedaan of afgewezen",
    Kind.ARRANGEMENT_MADE: "een regeling wordt gemaakt",
    Kind.ARRANGEMENT_CHANGED: "een regeling gaat in, wordt bevroren of eindigt",
    Kind.ARRANGEMENT_BROKEN: "een regeling is gebroken",
    Kind.BALANCE: "het saldo van een dossier bij de deurwaarder verandert",
    Kind.TRIAL: "een proefbericht",
}
# A partner hears these of a file that is not theirs any more: that it ended, in numbers, and that a line is tried.
ALWAYS = (Kind.FILE_ENDED, Kind.TRIAL)
CLOSED_BECAUSE = "Dit dossier is niet meer bij u, of de afspraken gelden niet meer."
CHOSEN = tuple(one for one in Kind if one is not Kind.TRIAL)
OF_PARTNERS = tuple(one for one in CHOSEN if one is not Kind.PROPOSAL)


class State(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"  # given up: somebody sends it again
    CLOSED = "closed"  # not theirs to hear any more


STATE_LABEL = {
    State.WAITING: "wacht",
    State.DONE: "aangekomen",
    State.FAILED: "niet aangekomen",
    State.CLOSED: "gaat niet meer",
}
_AGAIN_S = (30, 120, 600, 1_800, 7_200, 21_600, 43_200, 86_400, 86_400)
MOST_TRIES = len(_AGAIN_S) + 1


def next_try(tries: int, now: datetime) -> datetime | None:
    """When it is tried again after so many tries; None when it is given up."""
    return now + timedelta(seconds=_AGAIN_S[tries - 1]) if tries < MOST_TRIES else None


def message(
    kind: Kind,
    *,
    at: datetime,
    corporation: str,
    number: int,
    tenancy_id: int | None,
    file_id: int | None,
    arrangement_id: int | None,
) -> dict[str, Any]:
    """What is told: ids only."""
    told: dict[str, Any] = {"organisatie": corporation, "volgnummer": number}
    told |= {"overeenkomst": str(tenancy_id)} if tenancy_id else {}
    told |= {"externeIncasso": str(file_id)} if file_id else {}
    told |= {"betalingsregeling": str(arrangement_id)} if arrangement_id else {}
    return {"type": kind.value, "timestamp": at.isoformat(), "data": told}
