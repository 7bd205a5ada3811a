"""The words of alerts and urgency in Dutch."""

from __future__ import annotations

from datetime import date

from tijdig.base.money import euro

CAUSES = {
    "due": "Vervaldag voorbij",
    "reversal": "Storno",
    "fact": "Achterstand",
    "arrangement": "Regeling gebroken",
    "promise": "Toezegging niet nagekomen",
}
_AGREED = {  # what ended an alert while something is still open, by the step that follows it
    "arrangement_kept": "er is een regeling",
    "arrangement_late": "er is een regeling",
    "promise_open": "de huurder heeft toegezegd te betalen",
}
_RESTS = {
    "paused": "een medewerker heeft de zaak gepauzeerd",
    "objection": "er is een bezwaar dat op antwoord wacht",
    "help_runs": "er loopt hulp",
    "with_bailiff": "het dossier is bij de deurwaarder",
    "debit_ahead": "de incasso moet nog lopen",
}
_SETTLED = ("", "nothing_open", "not_due", "small_amount")  # the first: from before the step was kept
SOON_DAYS = 2


def urgency(due_on: date, today: date) -> str:
    """`late` is our own missed promise, `soon` is within two days, else `later`."""
    if due_on < today:
        return "late"
    return "soon" if (due_on - today).days <= SOON_DAYS else "later"


def would_stop(overdue_cents: int) -> str:
    """What ends an alert, in the words of whoever is on the phone."""
    return f"Met een betaling van {euro(overdue_cents)} is alles bij en stopt deze melding."


def ended_label(ended_by: str) -> str:
    """How an alert ended: paid, agreed, or asked no more. `ended_by` is the code of the step that followed."""
    if ended_by in _SETTLED:
        return "Voldaan"
    return "Afgesproken" if ended_by in _AGREED else "Rust"


def alert_sentence(cause: str, since: date, months: int, cured_on: date | None, ended_by: str = "") -> str:
    """One sentence for an alert: what happened, since when, how many months."""
    if cured_on is not None and ended_by not in _SETTLED:
        why = (_AGREED | _RESTS).get(ended_by, "er wordt nu niets gevraagd")
        return f"Over de achterstand sinds {since:%d-%m-%Y}: {why}."
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
