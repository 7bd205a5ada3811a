"""The words of alerts and urgency in Dutch."""

from __future__ import annotations

from datetime import date

from tijdig.base.money import euro
from tijdig.cases.ended import Places, is_paid, shipped_places
from tijdig.policy.words import Bucket

CAUSES = {
    "due": "Vervaldag voorbij",
    "reversal": "Storno",
    "fact": "Achterstand",
    "arrangement": "Regeling gebroken",
    "promise": "Toezegging niet nagekomen",
}
# What ended an alert while something is still open: by the step that followed it, else by where that step puts a tenancy.
_AGREED = {"promise_open": "de huurder heeft toegezegd te betalen"}
_RESTS = {
    "paused": "een medewerker heeft de zaak gepauzeerd",
    "objection": "er is een bezwaar dat op antwoord wacht",
    "help_runs": "er loopt hulp",
    "debit_ahead": "de incasso moet nog lopen",
}
_STANDS = {
    Bucket.ARRANGEMENT: "er is een regeling",
    Bucket.BAILIFF: "het dossier is bij de deurwaarder",
}
_NOT_ASKED = "er wordt nu niets gevraagd"
SOON_DAYS = 2


def urgency(due_on: date, today: date) -> str:
    """`late` is our own missed promise, `today` and `soon` (within two days) come next, else `later`."""
    if due_on <= today:
        return "today" if due_on == today else "late"
    return "soon" if (due_on - today).days <= SOON_DAYS else "later"


def would_stop(overdue_cents: int) -> str:
    """What ends an alert, in the words of whoever is on the phone."""
    return f"Met een betaling van {euro(overdue_cents)} is alles bij en stopt deze melding."


def ended_label(ended_by: str, places: Places | None = None) -> str:
    """How an alert ended: paid, agreed, or asked no more. `ended_by` is the code of the step that followed, `places` says
    where its steps put a tenancy; those that come with the program where nothing is said."""
    places = shipped_places() if places is None else places
    if is_paid(ended_by, places):
        return "Voldaan"
    agreed = ended_by in _AGREED or places.get(ended_by) is Bucket.ARRANGEMENT
    return "Afgesproken" if agreed else "Rust"


def alert_sentence(
    cause: str,
    since: date,
    months: int,
    cured_on: date | None,
    ended_by: str = "",
    places: Places | None = None,
) -> str:
    """One sentence for an alert: what happened, since when, how many months; how it ended as in `ended_label`."""
    places = shipped_places() if places is None else places
    if cured_on is not None and not is_paid(ended_by, places):
        return f"Over de achterstand sinds {since:%d-%m-%Y}: {_why(ended_by, places)}."
    if cured_on is not None:
        return f"De achterstand sinds {since:%d-%m-%Y} is voldaan."
    what = {
        "due": "De vervaldag is voorbij en er is niet (alles) betaald.",
        "reversal": "Een incasso is teruggedraaid; de oude vervaldag geldt weer.",
        "arrangement": "De regeling is gebroken.",
        "promise": "De huurder zei te betalen, en het kwam niet.",
        "fact": "Door een nieuwe boeking staat er iets open dat al betaald had moeten zijn.",
    }[cause]
    span = f", {months} maanden open" if months > 1 else ""
    return f"{what} Oudste open: {since:%d-%m-%Y}{span}."


def _why(ended_by: str, places: Places) -> str:
    """Why nobody asks for it, though something is open."""
    if told := (_AGREED | _RESTS).get(ended_by):
        return told
    stands = places.get(ended_by)
    return _STANDS.get(stands, _NOT_ASKED) if stands else _NOT_ASKED
