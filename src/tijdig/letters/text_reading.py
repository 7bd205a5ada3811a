"""How well a text of a letter reads: advice for whoever writes it, held against an invented letter with its facts in place.

Decides what is advised, at level B1 as it is usually taught: sentences of at most 15 words and 12 on average, plain words
(`hard_words.yaml`), somebody who acts rather than a passive, one question, and one page. The score of `readability` should
be fairly easy by Douma's scale (70); for English 80, because its syllables are counted too few.

Errors: none, all is advice. Example: "Derhalve sommeren wij u." gives `hard_word` twice.
Left out: whether a person understands the letter. Only a person can tell; let a few read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from tijdig.letters.findings import Finding, Severity
from tijdig.letters.letter import Language
from tijdig.letters.readability import Reading, reading, sentences, words
from tijdig.letters.texts import Parts

_LONGEST, _AVERAGE, _PAGE, _PASSIVES = 15, 12, 220, 2
_EASE = {Language.NL: 70, Language.EN: 80}
_PASSIVE = {
    Language.NL: re.compile(
        r"\b(?:word|wordt|worden|werd|werden)\b(?:\s+[\w€.,-]+){0,6}?\s+"
        r"(?:\w{0,6}ge\w{2,}(?:d|t|en)|(?:be|ver|ont|her|er)\w{2,}[dt])\b"
    ),
    Language.EN: re.compile(
        r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?\w*(?:ed|wn|ught|iven|aken|sent)\b"
    ),
}


def reading_findings(parts: Parts, language: Language) -> Iterator[Finding]:
    """What could read better in these parts, which have their facts in place."""
    for part, text in _told(parts):
        yield from _sentences(part, text, language)
        yield from _words(part, text, language)
    if parts.question.count("?") > 1:
        wish = "De brief stelt meer dan één vraag. Houd er één over: wat moet de huurder doen?"
        yield Finding(language, "question", Severity.SHOULD, "two_questions", wish, parts.question)
    running = (parts.question, parts.cannot, *(one.text for one in parts.paragraphs), parts.help)
    if any(words(one) for one in running):
        yield from _whole(reading(running, language))
    yield from _passives([one for text in running for one in sentences(text)], language)


def _told(parts: Parts) -> Iterator[tuple[str, str]]:
    """Every part with its text; a paragraph is one by itself."""
    for part in ("subject", "question", "cannot"):
        yield part, getattr(parts, part)
    for one in parts.paragraphs:
        yield "paragraphs", one.text
    for part in ("help", "table", "message"):
        yield part, getattr(parts, part)


def _sentences(part: str, text: str, language: Language) -> Iterator[Finding]:
    for one in sentences(text):
        if (count := len(words(one))) > _LONGEST:
            wish = f"Deze zin heeft {count} woorden. Maak er twee zinnen van, van ten hoogste {_LONGEST} woorden."
            yield Finding(language, part, Severity.SHOULD, "long_sentence", wish, one)


def _words(part: str, text: str, language: Language) -> Iterator[Finding]:
    for pattern, plain in hard_words(language):
        for found in pattern.finditer(text):
            wish = f"Dit woord is moeilijk: {found.group()}. Schrijf liever: {plain}."
            yield Finding(language, part, Severity.SHOULD, "hard_word", wish, found.group())


def _whole(measured: Reading) -> Iterator[Finding]:
    language, average = measured.language, measured.words_a_sentence
    if average > _AVERAGE:
        wish = f"Een zin heeft gemiddeld {average:.0f} woorden. Maak de zinnen korter: {_AVERAGE} of minder."
        yield Finding(language, "", Severity.SHOULD, "long_average", wish)
    if measured.ease < _EASE[language]:
        wish = (
            f"De tekst is moeilijk: {measured.ease:.0f} punten, en {_EASE[language]} of meer is goed. Kies kortere "
            "woorden en zinnen."
        )
        yield Finding(language, "", Severity.SHOULD, "hard_to_read", wish)
    if measured.words > _PAGE:
        wish = (
            f"De brief heeft {measured.words} woorden. Houd het bij {_PAGE}, dan past alles op één bladzijde."
        )
        yield Finding(language, "", Severity.SHOULD, "too_long", wish)


def _passives(said: list[str], language: Language) -> Iterator[Finding]:
    found = [one for one in said if _PASSIVE[language].search(one.casefold())]
    if len(found) > _PASSIVES:
        wish = f"In {len(found)} zinnen doet niemand iets. Schrijf wie iets doet: wij, u of de gemeente."
        yield Finding(language, "", Severity.SHOULD, "passive", wish, found[0])


@cache
def hard_words(language: Language) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The words that nobody says aloud, each with what to write instead."""
    path = Path(__file__).parent / "hard_words.yaml"
    every: dict[str, dict[str, list[str]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple((_pattern(one), plain) for plain, hard in every[language].items() for one in hard)


def _pattern(hard: str) -> re.Pattern[str]:
    """`*` is any end of a word, ` .. ` is up to five words between."""
    told = (
        re.escape(hard)
        .replace(r"\*", r"\w*")
        .replace(r"\ \.\.\ ", r"\s+(?:[^\s.?!]+\s+){0,5}?")
        .replace(r"\ ", r"\s+")
    )
    return re.compile(rf"\b{told}\b", re.IGNORECASE)
