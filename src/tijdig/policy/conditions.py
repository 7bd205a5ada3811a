"""Reading one condition of a way of working: `feature sign number`.

`ja` and `nee` stand for 1 and 0; a value may go by its name (`arrangement = broken`); `hold has bank_incomplete` looks
at one flag. A value that is unknown never fulfils a condition. Errors: a `Problem` with the place and the text; a word
that says who somebody is gets a problem of its own. Example: `overdue_cents < 1000` holds for € 9,99.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tijdig.base.problems import Problem
from tijdig.policy.words import FLAGS, FORBIDDEN, NAMED, SIGNS, YES_NO, Comparison, Feature

_CONDITION = re.compile(r"^(\w+)\s+(<=|>=|!=|<|>|=|has|lacks)\s+(\w+)$")


@dataclass(frozen=True, slots=True)
class Condition:
    feature: Feature
    comparison: Comparison
    value: int


def read_condition(text: str, place: str, problems: list[Problem]) -> Condition | None:
    """One condition, or None with a problem more."""
    match = _CONDITION.match(text.strip())
    if match is None:
        problems.append(Problem("policy_condition_unreadable", place, text, fatal=True))
        return None
    name, sign, word = match.groups()
    if name.upper() not in Feature.__members__ or name != name.lower():
        code = "policy_trait_forbidden" if says_who(name) else "policy_feature_unknown"
        problems.append(Problem(code, place, name, fatal=True))
        return None
    feature, comparison = Feature[name.upper()], Comparison(SIGNS[sign])
    value = _value(word, feature, comparison)
    if value is None:
        problems.append(Problem("policy_value_wrong", place, text, fatal=True))
        return None
    return Condition(feature, comparison, value)


def says_who(name: str) -> bool:
    """Does a word say who somebody is, in part or in whole?"""
    return any(part in FORBIDDEN for part in name.lower().split("_"))


def _value(word: str, feature: Feature, comparison: Comparison) -> int | None:
    """A number, `ja` or `nee`, the name of a value, or of a flag: only of features that have them."""
    by_flag = comparison in (Comparison.HAS, Comparison.LACKS)
    if by_flag or feature in FLAGS:
        flags = FLAGS.get(feature)
        return int(flags[word.upper()]) if by_flag and flags and word.upper() in flags.__members__ else None
    if feature in NAMED:
        return NAMED[feature].get(word)
    if feature in YES_NO:
        return int(word == "ja") if word in ("ja", "nee") else None
    return int(word) if word.isascii() and word.isdigit() else None
