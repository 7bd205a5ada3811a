"""How easy a text reads: its sentences, words and syllables, and the score that follows from them.

Decides what counts, as Flesch did: a sentence ends at a full stop, question mark, exclamation mark, colon or semicolon, and
a figure has one syllable. A word is what stands between spaces and has a letter or digit; an amount or day, in one piece
by its no-break spaces, is one word. Syllables are the places where `pyphen` would break a word, plus one.

The score is, for English, Reading Ease of R. Flesch (1948): 206.835 - 84.6 x syllables a word - 1.015 x words a sentence.
For Dutch it is that of W.H. Douma (1960): 206.84 - 77 x syllables a word - 0.93 x words a sentence; printed, as 206.8 - 0.77
x syllables per hundred words and with Douma's own scale, in Onze Taal 1977 (dbnl.org, _taa014197701_01_0089). A score of 60
to 70 is normal by his scale, 70 to 80 fairly easy, 80 to 90 easy.

Units: points, about 0 to 120. Errors: `ValueError` for a text without words. Example: "De kat zit op de mat." has six words
of one syllable: 206.84 - 77 - 5.58 = 124.26.

Left out: what a word means and whether sentences hang together; no formula measures level B1, this one neither. A
hyphenation never leaves one letter alone ("over" counts one) and the English one is sparing, so a score is some points too
kind: compare it with a limit on the easy side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyphen

from tijdig.letters.letter import Language

_END = re.compile(r"(?<=[.?!:;])[ \t\r\n]+")
_SPACE = re.compile(r"[ \t\r\n]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_DICTIONARIES = {Language.NL: "nl_NL", Language.EN: "en_GB"}
_WEIGHTS = {Language.NL: (206.84, 77, 0.93), Language.EN: (206.835, 84.6, 1.015)}


@dataclass(frozen=True, slots=True)
class Reading:
    """How much there is to read."""

    language: Language
    sentences: int
    words: int
    syllables: int

    @property
    def words_a_sentence(self) -> float:
        return self.words / self.sentences

    @property
    def ease(self) -> float:
        """The score by the formula of the language: the higher, the easier."""
        start, per_syllable, per_word = _WEIGHTS[self.language]
        return start - per_syllable * self.syllables / self.words - per_word * self.words_a_sentence


def sentences(text: str) -> list[str]:
    """The sentences of a text; what has no word in it is none."""
    return [one for one in _END.split(text.strip()) if words(one)]


def words(text: str) -> list[str]:
    """What stands between spaces and has a letter or digit."""
    return [one for one in _SPACE.split(text) if any(sign.isalnum() for sign in one)]


def syllables(word: str, language: Language) -> int:
    """`syllables("betalen", Language.NL)` is 3; an amount has one."""
    breaks = _hyphens(language)
    return sum(len(breaks.positions(part.lower())) + 1 for part in _LETTERS.findall(word)) or 1


def reading(texts: Iterable[str], language: Language) -> Reading:
    """All of these together. No sentence goes on from one text into the next."""
    said = [one for text in texts for one in sentences(text)]
    spoken = [word for one in said for word in words(one)]
    if not spoken:
        raise ValueError("Zonder woorden is er niets te meten.")
    return Reading(language, len(said), len(spoken), sum(syllables(word, language) for word in spoken))


@cache
def _hyphens(language: Language) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=_DICTIONARIES[language])
