"""A way of working as a document: ordered steps, each with its conditions, in one YAML file with a version.

Steps are tried in order; the first whose conditions all hold is the next step of a tenancy. What a condition
may look at (`Feature`) and how (`Comparison`) are closed lists, so that every policy can be compiled to
numbers and explained in sentences. A condition reads `feature sign number`, for instance `overdue_cents <
1000`; `ja` and `nee` stand for 1 and 0, and `hold has bank_incomplete` looks at one flag. A value that is
unknown never fulfils a condition. The last step must be without conditions, so that there always is an
answer.

The words are explained in `docs/rules/policy.md`. Left out: anything with legal consequence, which is `law`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, IntFlag, StrEnum
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from tijdig.base.problems import Problem
from tijdig.policy.terms import ArrangementTerms, read_terms


class Feature(IntEnum):
    """What a condition may look at: the columns of the engine's feature matrix. -1 stands for unknown."""

    OPEN_CENTS = 0
    OVERDUE_CENTS = 1
    CREDIT_CENTS = 2
    DAYS_OVERDUE = 3  # since the oldest due day that is overdue; 0 when nothing is
    WHOLE_MONTHS = 4  # the same in whole months
    DUE_MONTHS = 5  # calendar months with something overdue
    OVERDUE_ITEMS = 6
    RENT_MONTHS = 7  # overdue in hundredths of the monthly rent; unknown without a rent
    MONTHLY_RENT_CENTS = 8
    DEPARTED = 9
    DIRECT_DEBIT = 10
    DEBIT_DAY = 11  # day of this month on which the debit was agreed
    DEBIT_AHEAD = 12  # this month's debit still has to run and nothing older is overdue
    HOLD = 13
    DAYS_SINCE_REVERSAL = 14  # unknown when there was none
    DAYS_SINCE_PAYMENT = 15  # unknown when there was none
    RENT_KNOWN = 16
    ARRANGEMENT = 17  # one of NAMED
    ARRANGEMENT_ASKED_CENTS = 18  # what should have come by now, terms and rent together
    ARRANGEMENT_CAME_CENTS = 19
    PROMISE = 20  # one of NAMED
    TALKED_SINCE_DUE = 21  # with somebody of the household, since the oldest due day that is overdue
    DAYS_SINCE_TALK = 22  # unknown when there was none
    PHONE_ATTEMPTS = 23  # since the last talk
    VISIT_ATTEMPTS = 24


class Hold(IntFlag):
    """The flags of `Feature.HOLD`."""

    BANK_INCOMPLETE = 1
    ON_HOLD = 2
    UNMATCHED_PAYMENT = 4


class Comparison(IntEnum):
    LESS = 0
    AT_MOST = 1
    EQUAL = 2
    NOT_EQUAL = 3
    AT_LEAST = 4
    MORE = 5
    HAS = 6
    LACKS = 7


class Who(StrEnum):
    AUTOMATIC = "automatic"
    PERSON = "person"


NAMED: Mapping[Feature, Mapping[str, int]] = {  # values that go by a name
    Feature.ARRANGEMENT: {"none": 0, "requested": 1, "kept": 2, "late": 3, "broken": 4},
    Feature.PROMISE: {"none": 0, "open": 1, "broken": 2},
}
SIGNS = {"<": 0, "<=": 1, "=": 2, "!=": 3, ">=": 4, ">": 5, "has": 6, "lacks": 7}
PLACEHOLDERS = frozenset(
    {
        "open",
        "overdue",
        "credit",
        "days",
        "months",
        "rent_months",
        "items",
        "debit_day",
        "oldest_due",
        "as_of",
        "agreed",
        "came",
    }
)
DEFAULT = Path(__file__).with_name("default.yaml")
_CONDITION = re.compile(r"^(\w+)\s+(<=|>=|!=|<|>|=|has|lacks)\s+(\w+)$")
_CODE = re.compile(r"^[a-z][a-z0-9_]*$")
_STEP_KEYS = {"code", "label", "when", "alert", "due_in_days", "who", "why"}


@dataclass(frozen=True, slots=True)
class Condition:
    feature: Feature
    comparison: Comparison
    value: int


@dataclass(frozen=True, slots=True)
class Step:
    """One rule: when all conditions hold, this is the step. `why` is Dutch, with placeholders."""

    code: str
    label: str
    conditions: tuple[Condition, ...]
    alert: bool
    due_in_days: int
    who: Who
    why: str


@dataclass(frozen=True, slots=True)
class Policy:
    name: str
    version: str
    valid_from: date
    steps: tuple[Step, ...]
    arrangements: ArrangementTerms


def read_policy(text: str) -> tuple[Policy | None, tuple[Problem, ...]]:
    """Read a policy. With any problem there is no policy: a way of working is never applied in part."""
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        return None, (Problem("policy_unreadable", text=str(error), fatal=True),)
    if (
        not isinstance(document, Mapping)
        or not isinstance(document.get("steps"), list)
        or not document["steps"]
    ):
        return None, (Problem("policy_without_steps", fatal=True),)
    problems: list[Problem] = _head_problems(document)
    steps = [_step(item, f"stap {number}", problems) for number, item in enumerate(document["steps"], 1)]
    problems += _order_problems(steps)
    terms = read_terms(document.get("arrangements"), problems)
    if problems or terms is None:
        return None, tuple(problems)
    whole = tuple(step for step in steps if step)
    return Policy(document["name"], str(document["version"]), document["valid_from"], whole, terms), ()


def default_policy() -> Policy:
    """The policy that comes with the program (`default.yaml`)."""
    policy, problems = read_policy(DEFAULT.read_text(encoding="utf-8"))
    if policy is None:
        raise ValueError(problems)
    return policy


def _head_problems(document: Mapping[str, Any]) -> list[Problem]:
    found = []
    if not isinstance(document.get("name"), str) or "version" not in document:
        found.append(Problem("policy_without_name_or_version", fatal=True))
    if type(document.get("valid_from")) is not date:
        found.append(Problem("policy_without_date", text=str(document.get("valid_from")), fatal=True))
    return found


def _order_problems(steps: list[Step | None]) -> list[Problem]:
    codes = [step.code for step in steps if step]
    found = [
        Problem("policy_code_twice", text=code, fatal=True)
        for code in sorted({c for c in codes if codes.count(c) > 1})
    ]
    unreachable = [step.code for step in steps[:-1] if step and not step.conditions]
    found += [Problem("policy_step_ends_early", text=code, fatal=True) for code in unreachable]
    if steps[-1] and steps[-1].conditions:
        found.append(Problem("policy_without_last_step", text=steps[-1].code, fatal=True))
    return found


def _step(item: object, place: str, problems: list[Problem]) -> Step | None:
    if not isinstance(item, Mapping):
        problems.append(Problem("policy_step_unreadable", place, str(item), fatal=True))
        return None
    before = len(problems)
    missing, unknown = _STEP_KEYS - {"when"} - item.keys(), item.keys() - _STEP_KEYS
    problems += [Problem("policy_field_missing", place, str(key), fatal=True) for key in sorted(missing)]
    problems += [
        Problem("policy_field_unknown", place, str(key), fatal=True) for key in sorted(map(str, unknown))
    ]
    if len(problems) > before:
        return None
    texts = item.get("when") or []
    conditions = [_condition(str(text), place, problems) for text in texts] if isinstance(texts, list) else []
    _check_values(item, texts, place, problems)
    if len(problems) > before:
        return None
    return Step(
        item["code"],
        item["label"],
        tuple(condition for condition in conditions if condition),
        item["alert"],
        item["due_in_days"],
        Who(item["who"]),
        item["why"],
    )


def _check_values(item: Mapping[str, Any], texts: object, place: str, problems: list[Problem]) -> None:
    days = item["due_in_days"]
    good = {
        "code": isinstance(item["code"], str) and _CODE.match(item["code"]) is not None,
        "label": isinstance(item["label"], str) and item["label"] != "",
        "when": isinstance(texts, list),
        "alert": isinstance(item["alert"], bool),
        "due_in_days": isinstance(days, int) and not isinstance(days, bool) and 0 <= days <= 366,
        "who": item["who"] in [who.value for who in Who],
        "why": isinstance(item["why"], str) and item["why"] != "",
    }
    problems += [
        Problem("policy_value_wrong", place, f"{key}: {item.get(key)}", fatal=True)
        for key, fine in good.items()
        if not fine
    ]
    if good["why"]:
        problems += [
            Problem("policy_placeholder_unknown", place, name, fatal=True)
            for name in _unknown_placeholders(item["why"])
        ]


def _unknown_placeholders(sentence: str) -> list[str]:
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError:
        return [sentence]
    return [
        part[1]
        for part in parts
        if part[1] is not None and (part[1] not in PLACEHOLDERS or part[2] or part[3])
    ]


def _condition(text: str, place: str, problems: list[Problem]) -> Condition | None:
    match = _CONDITION.match(text.strip())
    if match is None:
        problems.append(Problem("policy_condition_unreadable", place, text, fatal=True))
        return None
    name, sign, word = match.groups()
    if name.upper() not in Feature.__members__ or name != name.lower():
        problems.append(Problem("policy_feature_unknown", place, name, fatal=True))
        return None
    feature, comparison = Feature[name.upper()], Comparison(SIGNS[sign])
    value = _value(word, feature, comparison)
    if value is None:
        problems.append(Problem("policy_value_wrong", place, text, fatal=True))
        return None
    return Condition(feature, comparison, value)


def _value(word: str, feature: Feature, comparison: Comparison) -> int | None:
    """A number, `ja` or `nee`, or the name of a flag: only of `hold`, with `has` or `lacks`."""
    flags = comparison in (Comparison.HAS, Comparison.LACKS)
    if flags or feature is Feature.HOLD:
        known = flags and feature is Feature.HOLD and word.upper() in Hold.__members__
        return int(Hold[word.upper()]) if known else None
    if feature in NAMED:
        return NAMED[feature].get(word)
    if word in ("ja", "nee"):
        return int(word == "ja")
    return int(word) if word.isascii() and word.isdigit() else None
