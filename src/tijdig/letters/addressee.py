"""How people are addressed in a letter: on the envelope, and in its first line.

Decides the wording. The envelope has every tenant by initials; the first line has the title that the corporation knows, and
without one the initials, so that nobody is taken for what he is not. A prefix keeps its small letter after initials and
takes a capital after a title: `M. de Vries`, `Beste mevrouw De Vries`. Two tenants are both named.

Example: `salutation([Name("Vries", "de", "M.", "Mevrouw")], Language.NL)` is `Beste mevrouw De Vries`.
Left out: titles of nobility and learning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tijdig.letters.letter import Language

_DEAR = {Language.NL: "Beste", Language.EN: "Dear"}
_AND = {Language.NL: " en ", Language.EN: " and "}
_TITLES = {  # as sources write them → as a letter does
    "mevrouw": {Language.NL: "mevrouw", Language.EN: "Ms"},
    "mevr": {Language.NL: "mevrouw", Language.EN: "Ms"},
    "mw": {Language.NL: "mevrouw", Language.EN: "Ms"},
    "de heer": {Language.NL: "heer", Language.EN: "Mr"},
    "heer": {Language.NL: "heer", Language.EN: "Mr"},
    "dhr": {Language.NL: "heer", Language.EN: "Mr"},
    "meneer": {Language.NL: "heer", Language.EN: "Mr"},
}


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in parts; `title` as the source has it."""

    surname: str
    prefix: str = ""
    initials: str = ""
    title: str = ""


def envelope(names: Sequence[Name], language: Language) -> str:
    """`M. de Vries en P. Jansen`."""
    return _AND[language].join(_by_initials(name) for name in names)


def salutation(names: Sequence[Name], language: Language) -> str:
    """The whole first line without its comma."""
    return f"{_DEAR[language]} {_AND[language].join(_greeted(name, language) for name in names)}"


def _by_initials(name: Name) -> str:
    return " ".join(part for part in (name.initials, name.prefix, name.surname) if part)


def _greeted(name: Name, language: Language) -> str:
    title = _TITLES.get(name.title.strip().rstrip(".").casefold())
    if title is None:
        return _by_initials(name)
    prefix = f"{name.prefix[:1].upper()}{name.prefix[1:]}"
    return " ".join(part for part in (title[language], prefix, name.surname) if part)
