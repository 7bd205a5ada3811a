"""The manual as a page: the text of `docs/handleiding`, its headings with a place to go to, its pictures by our own address.

What is typed there as HTML is shown as text. Errors: `FileNotFoundError` where the program runs without its documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = Path(__file__).parents[3] / "docs" / "handleiding"
_PICTURES = "beelden/"
# Which part is about the page that somebody is on; the beginning where none is.
PLACES = {
    "today": "uw-dag-begint-op-vandaag",
    "worklist": "uw-dag-begint-op-vandaag",
    "talk": "bellen",
    "tenancy": "bellen",
    "contact": "bellen",
    "arrangement": "bellen",
    "explain": "de-huurder-vraagt-waarom",
    "objection": "de-huurder-vraagt-waarom",
    "objection-list": "de-huurder-vraagt-waarom",
    "ruling": "dit-geval-is-anders",
    "agenda": "dit-geval-is-anders",
    "conference": "dit-geval-is-anders",
    "approve": "brieven-met-gevolgen",
    "legal-act": "brieven-met-gevolgen",
    "help": "hulp",
    "referral": "hulp",
    "helpers": "hulp",
    "help-outcome": "hulp",
    "traffic": "schuldhulp-vraagt-iets",
    "traffic-conversation": "schuldhulp-vraagt-iets",
    "hand-over": "naar-de-deurwaarder",
    "partners": "naar-de-deurwaarder",
    "agreement": "naar-de-deurwaarder",
    "agreement-new": "naar-de-deurwaarder",
    "files": "voor-de-deurwaarder",
    "file": "voor-de-deurwaarder",
    "file-agreement": "voor-de-deurwaarder",
    "file-contact": "voor-de-deurwaarder",
    "file-arrangement": "voor-de-deurwaarder",
    "file-figures": "voor-de-deurwaarder",
    "file-last-chance": "voor-de-deurwaarder",
    "bailiff-last-chance": "naar-de-deurwaarder",
    "bailiff-file": "naar-de-deurwaarder",
    "agreement-figures": "naar-de-deurwaarder",
    "tenancy-readings": "wie-keek-en-wie-deed-wat",
    "person-readings": "wie-keek-en-wie-deed-wat",
    "access-report": "inzage-bewaren-en-wissen",
    "retention": "inzage-bewaren-en-wissen",
    "retention-hold": "inzage-bewaren-en-wissen",
    "register": "inzage-bewaren-en-wissen",
    "oversight": "voor-de-teamleider",
    "team": "voor-de-teamleider",
    "policy": "voor-de-teamleider",
    "policy-draft": "voor-de-teamleider",
    "own-account": "aanmelden-en-uw-account",
    "own-second-step": "aanmelden-en-uw-account",
    "people": "voor-wie-mensen-beheert",
    "people-member": "voor-wie-mensen-beheert",
    "provider": "voor-wie-mensen-beheert",
    "programs": "voor-wie-mensen-beheert",
    "hooks": "voor-wie-mensen-beheert",
    "hook": "voor-wie-mensen-beheert",
}


@dataclass(frozen=True, slots=True)
class Handbook:
    """`parts` are the headings under the title: place, words."""

    html: str
    parts: tuple[tuple[str, str], ...]


def handbook() -> Handbook:
    """As the file is now."""
    path = FOLDER / "README.md"
    return _handbook(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _handbook(path: Path, _stamp: int) -> Handbook:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(path.read_text(encoding="utf-8"))
    parts = tuple(_placed(tokens))
    return Handbook(str(reader.renderer.render(tokens, reader.options, {})), parts)


def _placed(tokens: list[Token]) -> Iterable[tuple[str, str]]:
    """Give every heading its place and every picture its address."""
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            words = re.sub(r"[*`]", "", tokens[number + 1].content)
            token.attrSet("id", place_of(words))
            if token.tag != "h1":
                yield place_of(words), words
        for inner in token.children or ():
            if inner.type == "image":
                inner.attrSet("src", f"/handleiding/{inner.attrGet('src')}")
                inner.attrSet("loading", "lazy")


def place_of(words: str) -> str:
    """`Uw dag begint op Vandaag` is at `uw-dag-begint-op-vandaag`."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def picture(name: str) -> bytes | None:
    """One of its pictures; None where there is none of that name."""
    if not re.fullmatch(r"[a-z0-9-]{1,60}\.png", name):
        return None
    path = FOLDER / _PICTURES / name
    return path.read_bytes() if path.is_file() else None
