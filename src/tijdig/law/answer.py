"""What every rule of this room gives back: the steps that lead to it, where they come from, and what is not sure.

An answer with a doubt is *provisional*: a screen shows it as such, and no letter or claim carries it unless a person
takes it upon himself by name.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from tijdig.base.days import MONTHS

T = TypeVar("T")

_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value or rule stands: the article, the official journal if there is one, and the text as a citation."""

    law: str
    citation: str
    publication: str = ""

    @property
    def sentence(self) -> str:
        return "; ".join(part for part in (self.law, self.publication, self.citation) if part)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why an answer is provisional. `code`: before_first, after_known, unconfirmed or unknown."""

    code: str
    sentence: str


class Step(NamedTuple):
    """One step of the build-up. `cents` is what it adds to the total; None where it adds no money."""

    sentence: str
    cents: int | None = None


class NotKnown(ValueError):  # noqa: N818 - it is no mistake, the law has no value there
    """There is no value for that day: `code` is before_first or unknown, `sentence` says what to do (Dutch)."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence

    @property
    def doubt(self) -> Doubt:
        return Doubt(self.code, self.sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(ABC):
    """The shared part of every answer; `conventions` are sentences about what the law leaves open."""

    sources: tuple[Source, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    conventions: tuple[str, ...] = ()

    @property
    def provisional(self) -> bool:
        return bool(self.doubts)

    @property
    @abstractmethod
    def steps(self) -> tuple[Step, ...]:
        """The build-up in order, as Dutch sentences."""


def once(*groups: Iterable[T]) -> tuple[T, ...]:
    """All of these in their order, each only once."""
    return tuple(dict.fromkeys(one for group in groups for one in group))


def long_day(day: date) -> str:
    """`maandag 2 maart 2026`."""
    return f"{_DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """`02-03-2026`."""
    return f"{day:%d-%m-%Y}"
