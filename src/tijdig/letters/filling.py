"""The sentences of a letter with its facts in place, and its short message.

Decides nothing. Facts go in once: what is filled in is never read again, so braces or marks in a name stay as they are.

Errors: `TextError` where the text is of another kind or version, where the letter lacks a fact, and where a short message
is asked of a letter that has none. Example: `short_message(letter, text)` has no sentence about a link.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter

from tijdig.letters.letter import Fact, Letter
from tijdig.letters.notation import fact_text
from tijdig.letters.texts import Paragraph, Parts, Text, TextError

_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")  # a number is not broken off at the end of a line


def filled(letter: Letter, text: Text) -> Parts:
    """What this letter says in the tenant's language, with its facts in place; without the sentence about a link."""
    parts, facts = _parts(letter, text), _facts(letter)
    said = [one for one in parts.paragraphs if _holds(letter, one.when)]
    return Parts(
        _fill(letter, parts.subject, facts),
        _fill(letter, parts.question, facts),
        _fill(letter, parts.cannot, facts),
        tuple(Paragraph(_fill(letter, one.text, facts)) for one in said),
        _fill(letter, parts.help, facts),
        _fill(letter, parts.table, facts),
        _fill(letter, parts.message, facts),
    )


def short_message(letter: Letter, text: Text, link: str = "") -> str:
    """What a telephone shows, or what stands above a mail; with the sentence about the link where there is one."""
    parts, facts = _parts(letter, text), _facts(letter)
    if not parts.message:
        raise TextError(f"{letter.kind}: deze brief heeft geen kort bericht.")
    said = [_fill(letter, parts.message, facts)]
    if link and parts.message_link:
        said.append(_fill(letter, parts.message_link, {**facts, "link": link}))
    return " ".join(said).replace("\u00a0", " ")


def _parts(letter: Letter, text: Text) -> Parts:
    if (letter.kind, letter.version) != (text.kind, text.version):
        raise TextError(
            f"De brief is {letter.kind} versie {letter.version}, de tekst {text.kind} versie {text.version}."
        )
    return text.parts[letter.to.language]


def _facts(letter: Letter) -> dict[str, Fact]:
    sender = letter.sender
    common: dict[str, Fact] = {
        "contact_name": sender.contact_name,
        "contact_number": sender.contact_number.replace(" ", "\u00a0"),
        "sender_name": sender.name,
        "help_line": _BETWEEN_DIGITS.sub("\u00a0", sender.help_line),
    }
    return {**letter.facts, **common}


def _holds(letter: Letter, when: str) -> bool:
    flag = bool(letter.facts.get(when.removeprefix("not "), False))
    return not when or flag != when.startswith("not ")


def _fill(letter: Letter, text: str, facts: Mapping[str, Fact]) -> str:
    parts = []
    for before, name, _, _ in Formatter().parse(text):
        parts.append(before)
        if name is not None:
            if name not in facts:
                raise TextError(f"{letter.kind}: de brief mist het gegeven {name}.")
            parts.append(fact_text(name, facts[name], letter.to.language))
    return "".join(parts).strip()
