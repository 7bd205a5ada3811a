"""A letter as plain data and back, so that it can be stored and made again to the same bytes.

Decides nothing. A fact whose name ends in `_on` is a day and is written as `2026-11-02`; all else is as JSON has it.
Example: `letter_from(plain_letter(letter)) == letter` for every letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from tijdig.letters.letter import Fact, Kind, Language, Letter, Override, Payment, Person, Row, Sender
from tijdig.letters.texts import Parts, Text


def plain_letter(letter: Letter) -> dict[str, Any]:
    """The letter as JSON can hold it."""
    return {
        "kind": str(letter.kind),
        "version": letter.version,
        "on": letter.on.isoformat(),
        "sender": asdict(letter.sender) | {"address_lines": list(letter.sender.address_lines)},
        "to": asdict(letter.to)
        | {"address_lines": list(letter.to.address_lines), "language": str(letter.to.language)},
        "reference": letter.reference,
        "facts": {name: _plain(fact) for name, fact in letter.facts.items()},
        "rows": [[row.due_on.isoformat(), row.open_cents, row.label] for row in letter.rows],
        "payment": asdict(letter.payment) if letter.payment else None,
        "override": asdict(letter.override) if letter.override else None,
    }


def letter_from(plain: Mapping[str, Any]) -> Letter:
    """The letter that `plain_letter` wrote down."""
    sender, to = plain["sender"], plain["to"]
    return Letter(
        kind=Kind(plain["kind"]),
        version=plain["version"],
        on=date.fromisoformat(plain["on"]),
        sender=Sender(**{**sender, "address_lines": tuple(sender["address_lines"])}),
        to=Person(
            **{
                **to,
                "address_lines": tuple(to["address_lines"]),
                "language": Language(to["language"]),
            }
        ),
        reference=plain["reference"],
        facts={name: _fact(name, fact) for name, fact in plain["facts"].items()},
        rows=tuple(Row(date.fromisoformat(due), cents, label) for due, cents, label in plain["rows"]),
        payment=Payment(**plain["payment"]) if plain["payment"] else None,
        override=Override(**plain["override"]) if plain["override"] else None,
    )


def plain_body(text: Text) -> dict[str, Any]:
    """The sentences of a text as JSON can hold them, without kind and version: what `texts.checked` reads."""
    return {str(language): _plain_parts(parts) for language, parts in text.parts.items()}


def _plain_parts(parts: Parts) -> dict[str, Any]:
    said = {name: value for name, value in asdict(parts).items() if value}
    paragraphs = [{"text": one.text, "when": one.when} if one.when else one.text for one in parts.paragraphs]
    return said | {"paragraphs": paragraphs}


def _plain(fact: Fact) -> str | int | bool:
    return fact.isoformat() if isinstance(fact, date) else fact


def _fact(name: str, fact: str | int | bool) -> Fact:
    return date.fromisoformat(str(fact)) if name.endswith("_on") else fact
