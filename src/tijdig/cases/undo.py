"""What may be undone with one press, by whom, and until when.

Decides: an act can be undone that stands by itself and of which the room has a way to take it back that keeps history
(`UNDOABLE`), each thing that it wrote; one that put an end to something else in the same press cannot, because the other
thing would not come back.
Whoever did it may, nobody else; for `SECONDS` from the act, and a little longer for what is on its way; as long as nobody
wrote anything down at that tenancy since. Nothing is deleted: what is undone stays to be read as such.

Units: seconds, aware moments. Errors: none; why not is a `Fault` with a Dutch sentence that says what can be done instead.
Worked example: a contact of 10:14:00 can be undone by its writer until 10:15:00; at 10:15:20 the answer is `too_late`, and
taking it back at the tenancy is still possible. Where a colleague wrote at 10:14:30, it is `built_upon`.

Left out: what undoing does (`actions_undo`), and taking back later, with a reason, at the tenancy.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

SECONDS = 60
_ON_ITS_WAY_SECONDS = 10
REASON = "vergissing"
UNDOABLE = {
    "contact_logged": "Trek het contact in bij de tijdlijn van de huurder, met een reden.",
    "ruling_made": "Beëindig het besluit op de bladzijde Wijk af, met een reden.",
    "flag_set": "Eindig de bijzonderheid op de bladzijde Bijzonderheden.",
    "arrangement_active": "Trek de regeling in op haar eigen bladzijde, met een reden.",
    "arrangement_requested": "Trek de regeling in op haar eigen bladzijde, met een reden.",
    "objection_received": "Beantwoord het bezwaar op zijn eigen bladzijde.",
    "tenancy_picked_up": "Laat de huurder los met b, of op de bladzijde zelf.",
}
_WHY_NOT = {
    "unknown": "Dit kan niet meer met één toets ongedaan worden gemaakt.",
    "not_yours": "Een collega legde dit vast. Alleen die kan het met één toets ongedaan maken.",
    "too_late": "De minuut is voorbij.",
    "built_upon": "Er is daarna bij deze huurder al iets anders vastgelegd.",
    "undone": "Dit is al ongedaan gemaakt. U hoeft niets te doen.",
    "letter_went": "De bevestiging van deze regeling is al weg, of niet meer tegen te houden.",
}
_NOTHING_ELSE = ("unknown", "undone")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why it may not be undone: a code, and a Dutch sentence with what can be done instead."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Act:
    """What was done in one press: everything that it wrote, by whom, and at which moment."""

    verbs: tuple[str, ...]
    actor: str
    at: datetime


class NotUndone(ValueError):  # noqa: N818 - an answer to a person, not a fault in the code
    """It is not undone; `fault` says why and what can be done instead."""

    def __init__(self, why: Fault) -> None:
        super().__init__(why.sentence)
        self.fault = why


def fault(code: str, verb: str = "") -> Fault:
    instead = "" if code in _NOTHING_ELSE else UNDOABLE.get(verb, "")
    return Fault(code, f"{_WHY_NOT[code]} {instead}".strip())


def can_be_undone(verbs: Collection[str]) -> bool:
    """Can an act that wrote this be undone at all? Of everything in it there is a way back."""
    return bool(verbs) and set(verbs) <= set(UNDOABLE)


def until(at: datetime) -> datetime:
    """The end of the minute."""
    return at + timedelta(seconds=SECONDS)


def undo_fault(act: Act | None, by: str, now: datetime, since: Collection[str]) -> Fault | None:
    """Why this person may not undo it now; None where he may. `since` are the verbs of what was written after it."""
    if act is None or not can_be_undone(act.verbs):
        return fault("unknown")
    first = act.verbs[0]
    if act.actor != by:
        return fault("not_yours", first)
    if now > until(act.at) + timedelta(seconds=_ON_ITS_WAY_SECONDS):
        return fault("too_late", first)
    if since:
        return fault("built_upon", first)
    return None
