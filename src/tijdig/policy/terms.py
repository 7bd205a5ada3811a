"""What a way of working says besides its steps: arrangements, guarded terms, pauses for help, and the time a step takes.

Decides nothing of a single case: a person may agree on something else and says why. Units: months, whole cents, days,
minutes. Errors: none, a value that is missing or wrong is a `Problem` that names it. Example: `longest_months: 12`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

from tijdig.base.problems import Problem
from tijdig.policy.words import Act

_MOST = 1_000_000
_MOST_MINUTES = 480
Terms = TypeVar("Terms", bound="ArrangementTerms | Deadlines | HelpTerms")


@dataclass(frozen=True, slots=True)
class ArrangementTerms:
    """`grace_days` after a due day before an arrangement is broken; `again_after_months` since the last one ended."""

    longest_months: int
    smallest_cents: int
    grace_days: int
    again_after_months: int


@dataclass(frozen=True, slots=True)
class Deadlines:
    """What is promised in writing, in days since arrears began that have not been broken since.

    A talk with a person by `talk_by_days`; a named decision to hand over, to arrange, to pause or to help by
    `decide_by_days`. What will miss it shows `warn_days` before. Of arrears that were older when their case opened there is
    at least `talk_within_days` and `decide_within_days` from that day: nobody can keep a promise for a day that was over.
    """

    talk_by_days: int
    decide_by_days: int
    warn_days: int
    talk_within_days: int = 0
    decide_within_days: int = 0


@dataclass(frozen=True, slots=True)
class HelpTerms:
    """How long work rests for help, in days: `pause_days` after help was arranged, with a look `follow_up_days` later at
    whether it got going; `request_pause_days` at a helper's request; together never more than `longest_pause_days`."""

    pause_days: int
    follow_up_days: int
    request_pause_days: int
    longest_pause_days: int


# What holds for a document that says nothing about it: those of before version 5 could not, and ask for nothing else.
SHIPPED_HELP = HelpTerms(pause_days=42, follow_up_days=14, request_pause_days=28, longest_pause_days=120)


def read_terms(given: object, problems: list[Problem]) -> ArrangementTerms | None:
    """What the document says about arrangements, or what is wrong with it."""
    return _numbers(ArrangementTerms, "arrangements", given, problems)


def read_deadlines(given: object, problems: list[Problem]) -> Deadlines | None:
    """The guarded terms, or what is wrong with them."""
    return _numbers(Deadlines, "deadlines", given, problems)


def read_help(given: object, problems: list[Problem]) -> HelpTerms | None:
    """The pauses for help, those that are shipped where the document says nothing, or what is wrong with them."""
    return SHIPPED_HELP if given is None else _numbers(HelpTerms, "help", given, problems)


def read_minutes(given: object, problems: list[Problem]) -> dict[Act, int]:
    """How long each kind of step takes; every kind that takes a person's time is named."""
    if not isinstance(given, Mapping):
        problems.append(Problem("policy_field_missing", "minutes", "minutes", fatal=True))
        return {}
    known = {act.value for act in Act if act is not Act.NONE}
    for key in sorted(map(str, given.keys() - known)):
        problems.append(Problem("policy_field_unknown", "minutes", key, fatal=True))
    for key in sorted(known):
        value = given.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_MINUTES:
            problems.append(Problem("policy_value_wrong", "minutes", f"{key}: {value}", fatal=True))
    return {Act(key): given[key] for key in sorted(known & given.keys())} | {Act.NONE: 0}


def _numbers(kind: type[Terms], place: str, given: object, problems: list[Problem]) -> Terms | None:
    names = {field.name: field.default for field in fields(kind)}
    if not isinstance(given, Mapping):
        problems.append(Problem("policy_field_missing", place, place, fatal=True))
        return None
    before = len(problems)
    for key in sorted(map(str, given.keys() - names.keys())):
        problems.append(Problem("policy_field_unknown", place, key, fatal=True))
    for name, default in names.items():
        value = given.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST:
            problems.append(Problem("policy_value_wrong", place, f"{name}: {value}", fatal=True))
    return kind(**given) if len(problems) == before else None
