"""What is wrong with a text of a letter, a corporation's own or ours: what it must have, and how it could read better.

Decides what each kind must say: what is asked and until when, who can be called, where help is that costs nothing. An early
signal also says that the tenant may say no and by when: there may be one after an offer to which he did not react
negatively (article 2 Besluit gemeentelijke schuldhulpverlening, Stb. 2020, 240). A fourteen-day letter is held to the law
in every way that it can read, with VAT and without, in both languages (`fourteen_day_words`). A short message names the
corporation and fits two messages of a telephone: 306 characters of its alphabet. Advice on reading is in `text_reading`.

Errors: none, all that is wrong is a `Finding`, what must be first. Example: a reminder without `{pay_before_on}` gives
`field_missing` for that language. Left out: the form of a text (`texts.checked`), and its tone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tijdig.carriers import sms
from tijdig.letters.field_words import FIELD_WORDS
from tijdig.letters.filling import filled, short_message
from tijdig.letters.findings import Finding, Severity
from tijdig.letters.fourteen_day_words import word_faults
from tijdig.letters.letter import Kind, Language
from tijdig.letters.samples import LINK, variants
from tijdig.letters.text_reading import reading_findings
from tijdig.letters.texts import Parts, Text, fields_of

__all__ = ["Finding", "Severity", "text_findings"]

MESSAGES = 2
REQUIRED: Mapping[Kind, tuple[str, ...]] = {
    Kind.FRIENDLY_REMINDER: ("open_cents",),
    Kind.REMINDER: ("open_cents", "pay_before_on"),
    Kind.INVITATION: ("meet_on", "meet_time", "meet_place"),
    Kind.FOURTEEN_DAY: (),
    Kind.ARRANGEMENT_CONFIRMED: ("open_cents", "first_on"),
    Kind.INSTALMENT_MISSED: ("instalment_cents", "due_on", "pay_before_on"),
    Kind.EARLY_SIGNAL: ("open_cents", "municipality", "object_before_on"),
    Kind.HANDOVER_ANNOUNCED: ("open_cents", "handover_on", "bailiff_name"),
    Kind.SETTLED: ("paid_cents", "paid_on"),
}
"""Of a fourteen-day letter the law says what must be named, and `fourteen_day_words` sees to it."""

_REACHED = ("contact_name", "contact_number")
_MAY_SAY_NO = {
    Language.NL: re.compile(r"\b(?:niet|nee|bezwaar)\b", re.IGNORECASE),
    Language.EN: re.compile(r"\b(?:not|no|object|objection)\b", re.IGNORECASE),
}


def text_findings(text: Text) -> tuple[Finding, ...]:
    """Everything that was found, each thing once; a text with a `MUST` among them is not saved."""
    found = [*_all_musts(text), *_all_advice(text)]
    return tuple(
        {(one.language, one.part, one.code, one.excerpt or one.sentence): one for one in found}.values()
    )


def _all_musts(text: Text) -> Iterator[Finding]:
    for language, parts in text.parts.items():
        for part, code, sentence in _musts(text.kind, language, parts):
            yield Finding(language, part, Severity.MUST, code, sentence)
        yield from _law(text, language)
        yield from _message(text, language)


def _all_advice(text: Text) -> Iterator[Finding]:
    for language in text.parts:
        for letter in variants(text.kind, language):
            yield from reading_findings(filled(replace(letter, version=text.version), text), language)


def _musts(kind: Kind, language: Language, parts: Parts) -> Iterator[tuple[str, str, str]]:
    """What is missing: the part, the code, and what to do."""
    always = [one.text for one in parts.paragraphs if not one.when]
    named = _named(parts.question, parts.cannot, *always)
    for field in (*REQUIRED[kind], *_REACHED):
        if field not in named:
            yield (
                "",
                "field_missing",
                _wish(field, "in de vraag, in wat je doet als het niet lukt, of in een alinea"),
            )
    if "help_line" not in _named(parts.help):
        yield "help", "help_missing", _wish("help_line", "bij de hulp")
    if kind is not Kind.SETTLED and not parts.table:
        yield "table", "table_missing", "Boven de tabel staat niets. Schrijf wat de tabel laat zien."
    if kind is Kind.EARLY_SIGNAL:
        yield from _objection(language, (parts.question, parts.cannot, *always))
    if parts.message and "sender_name" not in _named(parts.message):
        yield "message", "sender_missing", _wish("sender_name", "in het korte bericht")


def _wish(field: str, where: str) -> str:
    return f"De tekst noemt niet {FIELD_WORDS[field]}. Zet {{{field}}} {where}."


def _named(*texts: str) -> set[str]:
    return {field for one in texts for field in fields_of(one)}


def _objection(language: Language, texts: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    told = [one for one in texts if "object_before_on" in _named(one)]
    if told and not any(_MAY_SAY_NO[language].search(one) for one in told):
        yield (
            "cannot",
            "objection_missing",
            "De tekst zegt niet dat de huurder nee mag zeggen. Schrijf dat bij {object_before_on}.",
        )


def _law(text: Text, language: Language) -> Iterator[Finding]:
    if text.kind is Kind.FOURTEEN_DAY:
        for letter in variants(text.kind, language):
            for fault in word_faults(replace(letter, version=text.version), text):
                yield Finding(language, "", Severity.MUST, fault.code, fault.sentence)


def _message(text: Text, language: Language) -> Iterator[Finding]:
    if not text.parts[language].message:
        return
    for letter in variants(text.kind, language):
        said = short_message(replace(letter, version=text.version), text, LINK)
        if (count := sms.parts(said)) > MESSAGES:
            wish = (
                f"Het korte bericht past niet in {MESSAGES} sms'en: het worden er {count}. Maak het korter, en laat tekens "
                "zoals ó en ë weg."
            )
            yield Finding(language, "message", Severity.MUST, "message_long", wish, said)
