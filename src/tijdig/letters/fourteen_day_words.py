"""The words of a fourteen-day letter as they will be printed: debt, costs, consequence, term, one total, one account.

Decides on the filled text, so a text that a corporation changed is held to the same as the one that tijdig ships. In an
English letter the term stands in Dutch as well, because the accepted words are Dutch (`law.letter_wording`).

Source: article 6:96 paragraph 6 BW; article 2 paragraph 3 of the decree on VAT; ECLI:NL:RBROT:2020:5202. Example: a text
without `{costs_cents}` gives `consequence_missing`. Left out: whether a person understands it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from stdnum import iban as account

from tijdig.law.letter_wording import without_accepted, wording_faults
from tijdig.letters.filling import filled
from tijdig.letters.letter import Language, Letter
from tijdig.letters.notation import money
from tijdig.letters.texts import Text
from tijdig.letters.values import Fault

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", re.ASCII)
_EURO = re.compile(r"€\s?-?[\d.,]*\d|\b\d[\d.,]*(?=\s+euro\b)")
_DUTCH_MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DUTCH_DAYS = "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_UNTIL = r"\b(?:uiterlijk|vóór|voor|tot(?:\s+en\s+met)?)\s+(?:op\s+)?"
_BY = r"\b(?:by|before|until|no\s+later\s+than|on)\s+"
_DATE = r"\d{1,2}[-/.]\d{1,2}[-/.]20\d\d"
# What would be a second term: another length, a day, or the fourteen days with another beginning. What is accepted for the
# term itself is taken out of the text before.
_OTHER_TERM = {
    Language.NL: (
        rf"\b{_DATE}\b",
        rf"{_UNTIL}(?:{_DUTCH_DAYS})\b|{_UNTIL}(?:\w+\s+)?\d{{1,2}}\s+(?:{_DUTCH_MONTHS})\b",
        r"\bbinnen\s+(?!(?:de\s+|die\s+)?(?:14|veertien)\s)(?:\w+\s+){1,2}(?:dag|dagen|week|weken|maand|maanden|uur)\b",
        r"\b(?:heeft|krijgt|hebt)\s+(?:nog\s+|dan\s+)?(?!14\b|veertien\b|de\b|die\b)\w+\s+(?:dagen|weken)\b",
        r"\b\w+\s+(?:kalenderdagen|werkdagen)\b|\b\d+\s+weken\b",
        r"\b(?:nog\s+deze|deze|volgende|komende)\s+week\b",
        r"\b(?:begint|beginnen|start|gaat|gaan|loopt|lopen|vanaf)\s+(?:\w+\s+)?(?:vandaag|nu|heden)\b|\bvandaag\s+nog\b",
        r"\b(?:14|veertien)\s+dagen\b[^.?!]*\bgaan\s+in\b[^.?!]*",
        r"\btermijn\b(?![^.?!]*\bdag\s+na)[^.?!]*\b(?:begint|start|loopt)\b[^.?!]*",
        r"\b(?:14|veertien)\s+dagen\s+(?:na|sinds|vanaf)\s+(?:deze|dit|onze|de)\s+(?:brief|bericht|aanmaning|e-mail)\b",
    ),
    Language.EN: (
        rf"\b{_DATE}\b",
        rf"{_BY}(?:\w+\s+)?(?:{_DAYS})\b|{_BY}(?:\w+\s+)?(?:\d{{1,2}}\s+(?:{_MONTHS})|(?:{_MONTHS})\s+\d{{1,2}})\b",
        r"\bwithin\s+(?!(?:the\s+|those\s+)?(?:14|fourteen)\s)(?:\w+\s+){1,2}(?:days?|weeks?|months?|hours?)\b",
        r"\bwithin\s+(?:a|one)\s+fortnight\b",
        r"\bhave\s+(?:only\s+)?(?!14\b|fourteen\b|the\b|those\b)[\w-]+\s+(?:days|weeks)\b",
        r"\b\w+\s+(?:calendar\s+days|working\s+days)\b",
        r"\b(?:this|next)\s+week\b|\b(?:start|starts|begin|begins|from)\s+today\b",
        r"\b(?:14|fourteen)\s+days\s+(?:of|from|after|since)\s+(?!the\s+day\s+after)[^.,;?!]*",
        r"\bbinnen\s+(?!(?:de\s+|die\s+)?(?:14|veertien)\s)(?:\w+\s+){1,2}(?:dag|dagen|week|weken|maand|maanden|uur)\b",
    ),
}
_FROM_THE_DAY_AFTER = r"from\s+the\s+day\s+after\s+(?:\w+\s+){0,4}(?:was\s+|is\s+)?(?:delivered|received)"
_ENGLISH_TERM = rf"\b(?:14|fourteen)\s+days\b[^.?!]*\b{_FROM_THE_DAY_AFTER}"
_COSTS = {Language.NL: "incassokosten", Language.EN: "collection costs"}
_VAT = {Language.NL: "btw", Language.EN: "vat"}


def word_faults(letter: Letter, text: Text) -> Iterator[Fault]:
    """What is wrong with the text of this letter; nothing when it may be printed."""
    parts = filled(letter, text)
    texts = (one.text for one in parts.paragraphs)
    said = " ".join((parts.subject, parts.question, parts.cannot, *texts, parts.table, parts.help))
    yield from (
        Fault("term_wording", f"{fault} Verbeter de tekst van de brief.") for fault in wording_faults(said)
    )
    yield from _other_terms(letter, _words_alone(letter, text))
    yield from _amounts(letter, said)
    yield from _vat(letter, said)
    others = [one for one in _IBAN.findall(said + " " + parts.help) if account.is_valid(one)]
    if letter.payment and any(account.compact(one) != account.compact(letter.payment.iban) for one in others):
        yield Fault(
            "two_accounts",
            "De tekst noemt een andere rekening. Laat die weg: de rekening staat bij de betaling.",
        )


def _words_alone(letter: Letter, text: Text) -> str:
    """The text without the corporation's own numbers and hours, which look like days and terms."""
    bare = replace(letter, sender=replace(letter.sender, contact_number="0", help_line="hulp"))
    parts = filled(bare, text)
    texts = (one.text for one in parts.paragraphs)
    return " ".join((parts.subject, parts.question, parts.cannot, *texts, parts.table, parts.help))


def _other_terms(letter: Letter, said: str) -> Iterator[Fault]:
    """A second term makes the first one unclear, in whichever language it stands; in English the term is told as well."""
    plain = without_accepted(said)
    for pattern in _OTHER_TERM[letter.to.language]:
        for found in re.finditer(pattern, plain):
            yield Fault(
                "term_wording",
                f"De tekst noemt nog een termijn: '{found.group().strip()}'. Laat alleen de termijn van 14 dagen staan.",
            )
    if letter.to.language is Language.EN and not re.search(_ENGLISH_TERM, plain):
        yield Fault(
            "term_wording",
            "De Engelse tekst noemt de termijn niet. Schrijf: within 14 days, counted from the day after this letter was "
            "delivered to you.",
        )


def _cents(letter: Letter, name: str) -> int:
    cents = letter.facts[name]
    assert isinstance(cents, int)
    return cents


def _amounts(letter: Letter, said: str) -> Iterator[Fault]:
    language = letter.to.language
    names = ("principal_cents", "costs_cents", "fee_cents", "vat_cents")
    owed, costs, *others = (money(_cents(letter, name), language) for name in names)
    printed = {one.replace(" ", "\u00a0") for one in _EURO.findall(said)}
    if owed not in printed:
        yield Fault(
            "debt_missing", "De tekst noemt het bedrag van de schuld niet. Zet {principal_cents} erin."
        )
    if costs not in printed or _COSTS[language] not in said.casefold():
        yield Fault(
            "consequence_missing",
            "De tekst zegt niet welke incassokosten erbij komen. Zet {costs_cents} in een zin daarover.",
        )
    if extra := sorted(printed - {owed, costs, *others}):
        yield Fault("two_totals", f"De tekst noemt nog een bedrag: {', '.join(extra)}. Laat dat weg.")


def _vat(letter: Letter, said: str) -> Iterator[Fault]:
    named = re.search(rf"\b{_VAT[letter.to.language]}\b", said.casefold()) is not None
    if named != bool(letter.facts["vat"]):
        wish = "Noem de btw en het bedrag met btw." if not named else "Laat de btw uit de tekst."
        yield Fault("vat_wording", f"De btw in de tekst past niet bij de kosten. {wish}")
