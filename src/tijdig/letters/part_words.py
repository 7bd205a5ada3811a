"""What the parts of a text are called, in Dutch: for whoever writes a text, and for what is said of one."""

from __future__ import annotations

from collections.abc import Mapping

from tijdig.letters.letter import Language

PART_WORDS: Mapping[str, str] = {
    "subject": "het onderwerp",
    "question": "de vraag",
    "cannot": "als het niet lukt",
    "paragraphs": "de alinea’s",
    "help": "de hulp",
    "table": "de kop boven de tabel",
    "message": "het korte bericht",
    "message_link": "de zin met de link",
}
LANGUAGE_WORDS: Mapping[Language, str] = {Language.NL: "Nederlands", Language.EN: "Engels"}
WHEN_WORDS: Mapping[str, str] = {
    "": "altijd",
    "vat": "alleen als er btw bij de kosten komt",
    "not vat": "alleen als er geen btw bij de kosten komt",
    "costs": "alleen als er al incassokosten verschuldigd zijn",
    "not costs": "alleen als er nog geen incassokosten verschuldigd zijn",
}


def part_name(part: str, number: int = 0) -> str:
    """`alinea 2` for a paragraph with its number from 1, else the name of the part."""
    return f"alinea {number}" if number else PART_WORDS[part]
