"""Rules of keeping: for each kind of personal data how long, and why.

Decides what a version of rules must hold, and what it says in a sentence. Units: whole years from 1 to 30. Errors:
`RuleError` with a Dutch sentence for each thing that is wrong. Worked example: `Rule(Kind.NOTES, 2, …)` says that notes are
erased two years after the end of the tenancy, when nothing is owed any more. Left out: from when a kind counts and what it
is, which no corporation chooses (`kinds`); parts of a year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tijdig.privacy.kinds import LABEL, SINCE, SINCE_LABEL, Kind, Since

MOST_YEARS = 30


class RuleError(ValueError):
    """`sentences` say what to do, by the field that they are about."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        super().__init__(" ".join(sentences.values()))
        self.sentences = dict(sentences)


@dataclass(frozen=True, slots=True)
class Rule:
    """How long a kind of data is kept. `confirmed`: its ground was read at the source."""

    kind: Kind
    years: int
    why: str
    source: str
    confirmed: bool

    @property
    def label(self) -> str:
        return LABEL[self.kind]

    @property
    def since(self) -> Since:
        return SINCE[self.kind]

    @property
    def since_label(self) -> str:
        return SINCE_LABEL[self.since]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The rules that somebody approved, from a day on."""

    id: int
    number: int
    from_on: date
    rules: tuple[Rule, ...]
    name: str
    reason: str


@cache
def shipped() -> tuple[Rule, ...]:
    """The proposal that comes with the program, in the order of the kinds."""
    told = yaml.safe_load((Path(__file__).parent / "retention.yaml").read_text(encoding="utf-8"))
    return tuple(
        Rule(Kind(one["kind"]), one["years"], one["why"], one["source"], one["confirmed"])
        for one in told["rules"]
    )


def chosen(years: Mapping[str, str], earlier: Sequence[Rule]) -> tuple[Rule, ...]:
    """Rules with the years that were typed, for each kind one; a kind of which nothing is typed keeps what it had.

    A term that differs from the one before has no source but the decision itself. Raises `RuleError`.
    """
    known, wrong, found = {one.kind: one for one in earlier}, {}, []
    for kind in Kind:
        before = known[kind]
        typed = years.get(kind.value, str(before.years)).strip()
        if not (typed.isascii() and typed.isdigit() and 1 <= int(typed[:4]) <= MOST_YEARS):
            wrong[kind.value] = (
                f"Vul bij {LABEL[kind]} een heel aantal jaren in, van 1 tot en met {MOST_YEARS}."
            )
        elif int(typed) == before.years:
            found.append(before)
        else:
            found.append(Rule(kind, int(typed), "besluit van de corporatie", "eigen besluit", False))
    if wrong:
        raise RuleError(wrong)
    return tuple(found)


def written(rules: Sequence[Rule]) -> dict[str, Any]:
    """As a version keeps them."""
    return {
        one.kind.value: {
            "years": one.years,
            "why": one.why,
            "source": one.source,
            "confirmed": one.confirmed,
        }
        for one in rules
    }


def read(kept: Mapping[str, Any]) -> tuple[Rule, ...]:
    """A version as it was kept. A kind that came later, of which it says nothing, has no rule: nothing of it is erased."""
    return tuple(
        Rule(
            kind,
            kept[kind.value]["years"],
            kept[kind.value]["why"],
            kept[kind.value]["source"],
            kept[kind.value]["confirmed"],
        )
        for kind in Kind
        if kind.value in kept
    )


def sentence(rule: Rule) -> str:
    """What a rule says to whom it is about."""
    return f"{rule.label.capitalize()}: {years_words(rule.years)} na {rule.since_label}. Waarom: {rule.why}."


def years_words(years: int) -> str:
    return f"{years} jaar"
