"""The words of the time line in Dutch: a title that names what happened, and a sentence that says the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tijdig.arrangements.kinds import END_LABEL, RHYTHM_LABEL
from tijdig.arrangements.values import Arrangement, Change
from tijdig.arrangements.watch import Break
from tijdig.base.money import euro
from tijdig.cases.values import AccountLine
from tijdig.contacts.contact import Contact
from tijdig.contacts.kinds import OUTCOME_LABEL, WHO_LABEL, Outcome
from tijdig.contacts.promise import Promise
from tijdig.law.answer import short_day
from tijdig.steps.kinds import LetterFacts

CHANGED = {
    "requested": "Regeling gevraagd",
    "active": "Regeling afgesproken",
    "frozen": "Regeling bevroren",
    "resumed": "Regeling gaat verder",
    "ended": "Regeling beëindigd",
    "cancelled": "Regeling ingetrokken",
}
PREFERENCES = "Voorkeuren voor brieven gewijzigd"
_SHORT = 140  # signs of what somebody wrote
_NAMED = 2  # so many settled items are named, more are counted
_LANGUAGE = {"NLD": "Nederlands", "ENG": "Engels"}
_WAY = {"print": "op papier", "email": "per e-mail", "sms": "per sms"}


def entry_sentence(line: AccountLine) -> str:
    """Of a payment what it paid, of a charge until when it could be paid, of what came back why."""
    if line.amount_cents < 0:
        paid = list(dict.fromkeys(label for _, label, _, _, undone in line.settles if not undone))
        more = len(paid) - _NAMED
        rest = f" en nog {more}" if more > 0 else ""
        if not paid:
            return "later teruggedraaid" if line.settles else ""
        return f"voor {', '.join(paid[:_NAMED])}{rest}"
    if line.due_on and line.due_on != line.effective_on:
        return f"betalen uiterlijk {short_day(line.due_on)}"
    plain = line.description.lower() == line.label.lower() or line.kind in ("rent", "service_costs")
    return "" if plain else line.description


def contact_sentence(contact: Contact) -> str:
    """With whom, what came of it, and what was promised."""
    made, came_of_it = contact.promise, OUTCOME_LABEL[contact.outcome]
    if made is not None:
        words = f"toezegging van {euro(made.amount_cents)} op {short_day(made.due_on)}"
        came_of_it = words if contact.outcome is Outcome.PROMISE else f"{came_of_it}, {words}"
    return f"{WHO_LABEL[contact.who]}: {came_of_it}"


def promised(promise: Promise) -> str:
    return f"{euro(promise.amount_cents)}, toegezegd op {short_day(promise.made_on)} voor {short_day(promise.due_on)}"


def letter_sentence(facts: LetterFacts) -> str:
    """By which way, and the costs that it announced."""
    parts = [_WAY.get(facts.channel, facts.channel)] if facts.channel else []
    if facts.fee_cents:
        since = f" vanaf {short_day(facts.fee_due_on)}" if facts.fee_due_on else ""
        parts.append(f"kondigt {euro(facts.fee_cents + facts.vat_cents)} incassokosten aan{since}")
    return "; ".join(parts)


def agreed_sentence(made: Arrangement) -> str:
    """`12 delen, elke maand, van 27-11-2026 tot en met 27-10-2027`."""
    first, last, many = made.instalments[0], made.instalments[-1], len(made.instalments)
    if many == 1:
        return f"in één keer, op {short_day(first.due_on)}"
    often = RHYTHM_LABEL[made.rhythm]
    return (
        f"{many} delen, {often} {euro(first.cents)}, van {short_day(first.due_on)} "
        f"tot en met {short_day(last.due_on)}"
    )


def change_sentence(change: Change) -> str:
    """Until when, how it ended, and why."""
    parts = [
        f"tot en met {short_day(change.until)}" if change.until else "",
        END_LABEL[change.end_reason] if change.end_reason else "",
        change.reason,
    ]
    return ": ".join(part for part in parts if part)


def broken_sentence(one: Break) -> str:
    asked, came = euro(one.asked_cents), euro(one.came_cents)
    return (
        f"tot en met {short_day(one.duty.due_on)} was {asked} gevraagd, termijnen en huur samen; {came} kwam"
    )


def preferences_sentence(facts: Mapping[str, Any]) -> str:
    """What was chosen: the language, the size, the way, whether to another address."""
    parts = [
        _LANGUAGE.get(facts.get("language", ""), ""),
        "grote letters" if facts.get("large_print") else "",
        _WAY.get(facts.get("channel", ""), ""),
        "naar een eigen postadres" if facts.get("other_address") else "",
    ]
    return ", ".join(part for part in parts if part) or "zoals het bronsysteem zegt"


def first_words(text: str) -> str:
    """The beginning of what somebody wrote, on one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= _SHORT:
        return line
    return line[:_SHORT].rsplit(" ", 1)[0] + " …"
