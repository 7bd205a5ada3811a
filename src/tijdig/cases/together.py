"""Several people at one tenancy: what of a colleague's work somebody must have seen before he writes.

Decides which events concern whoever writes at a tenancy (`WRITTEN`), and which of those that came since he began to write
he must see first. Of somebody else, or of the program: every one. Of himself, in another window: only the same as he is
writing now, so that an arrangement that he made during a talk does not stand in the way of writing down that talk.

Units: none. Errors: none. Worked example: Sanne opens the form of a contact, Bram writes down a call, Sanne saves: she sees
the call first. Had Sanne written down an arrangement herself in between, nothing would be said; had she written down a
contact, that would be shown.

Left out: money that came in, letters that arrived, evaluations and who works the tenancy: a form does not lean on those,
or its own action looks at them (`arrangements`: what is open).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar

WRITTEN = {
    "contact_logged": "Contact vastgelegd",
    "contact_withdrawn": "Contact ingetrokken",
    "arrangement_requested": "Regeling voorgesteld",
    "arrangement_active": "Regeling afgesproken",
    "arrangement_frozen": "Regeling bevroren",
    "arrangement_resumed": "Regeling loopt weer",
    "arrangement_ended": "Regeling beëindigd",
    "arrangement_cancelled": "Regeling ingetrokken",
    "ruling_made": "Besluit van een medewerker",
    "ruling_ended": "Besluit van een medewerker beëindigd",
    "conference_decided": "Besluit van het overleg",
    "flag_set": "Bijzonderheid vastgelegd",
    "flag_ended": "Bijzonderheid geëindigd",
    "objection_received": "Bezwaar vastgelegd",
    "objection_answered": "Bezwaar beantwoord",
    "deadline_answered": "Antwoord op een gemiste termijn",
    "letter_written": "Brief geschreven",
    "signal_sent": "Vroegsignaal gedaan",
    "handed_over": "Overgedragen aan de deurwaarder",
}
CONTACT = frozenset({"contact_logged"})
ARRANGEMENT = frozenset({"arrangement_requested", "arrangement_active"})
RULING = frozenset({"ruling_made"})
FLAG = frozenset({"flag_set"})
OBJECTION = frozenset({"objection_received"})


class Written(Protocol):
    """What of an event is looked at."""

    @property
    def actor(self) -> str: ...
    @property
    def verb(self) -> str: ...


W = TypeVar("W", bound=Written)


def unseen(events: Iterable[W], actor: str, same: Collection[str]) -> list[W]:
    """Those that this person must see first; `same` are the verbs of what he is writing himself."""
    return [one for one in events if one.actor != actor or one.verb in same]
