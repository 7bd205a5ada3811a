"""A way of working as a document: ordered steps, each with its conditions, in one YAML file with a version.

Steps are tried in order; the first whose conditions all hold is the next step of a tenancy. What a condition may look at and
what may be done are closed lists (`words`), so that every policy can be compiled to numbers and explained in sentences. The
last step must be without conditions, so that there always is an answer.

What each field means is in `docs/rules/policy.md`. Whether a policy is also wise and lawful is for `check`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from tijdig.base.problems import Problem
from tijdig.policy.conditions import Condition, read_condition
from tijdig.policy.terms import (
    SHIPPED_HELP,
    ArrangementTerms,
    Deadlines,
    HelpTerms,
    read_deadlines,
    read_help,
    read_minutes,
    read_terms,
)
from tijdig.policy.words import LETTERS, PLACEHOLDERS, WRITTEN, Act, Bucket, Stage, Who

DEFAULT = Path(__file__).with_name("default.yaml")
_CODE = re.compile(r"^[a-z][a-z0-9_]*$")
_VERSION = re.compile(r"^[A-Za-z0-9][A-Za-z0-9.-]{0,20}$")
_NEEDED = {"code", "label", "do", "bucket", "stage", "alert", "due_in_days", "who", "why"}
_STEP_KEYS = _NEEDED | {"when", "letter"}
_HEAD_KEYS = {
    "name",
    "version",
    "valid_from",
    "floor_cents",
    "arrangements",
    "deadlines",
    "help",
    "minutes",
    "steps",
}
_LONGEST_DAYS = 366
_MOST_BYTES = 200_000


class _PlainLoader(yaml.SafeLoader):
    """Without references: a few lines of those can stand for more text than a computer holds."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            anchor = self.get_event().anchor  # type: ignore[no-untyped-call]
            raise yaml.YAMLError(f"een verwijzing (`*{anchor}`) kan hier niet")
        return super().compose_node(parent, index)


@dataclass(frozen=True, slots=True)
class Step:
    """One rule: when all conditions hold, this is the step. `why` is Dutch, with placeholders.

    `letter` is the kind of letter or message, empty where none is written. `alert`: the tenancy has fallen behind and
    something is to be done about it, by the program or by a person.
    """

    code: str
    label: str
    conditions: tuple[Condition, ...]
    do: Act
    bucket: Bucket
    stage: Stage
    alert: bool
    due_in_days: int
    who: Who
    letter: str
    why: str


@dataclass(frozen=True, slots=True)
class Policy:
    """`floor_cents`: who owes no more than this owes nothing. `minutes`: how long each kind of step takes."""

    name: str
    version: str
    valid_from: date
    floor_cents: int
    steps: tuple[Step, ...]
    arrangements: ArrangementTerms
    deadlines: Deadlines
    minutes: Mapping[Act, int]
    help: HelpTerms = SHIPPED_HELP


def read_policy(text: str) -> tuple[Policy | None, tuple[Problem, ...]]:
    """Read a policy. With any problem there is no policy: a way of working is never applied in part."""
    if len(text.encode()) > _MOST_BYTES:
        return None, (Problem("policy_too_long", fatal=True),)
    try:
        document = yaml.load(text, _PlainLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return None, (Problem("policy_unreadable", text=str(error), fatal=True),)
    steps_given = document.get("steps") if isinstance(document, Mapping) else None
    if not isinstance(document, Mapping) or not isinstance(steps_given, list) or not steps_given:
        return None, (Problem("policy_without_steps", fatal=True),)
    problems: list[Problem] = _head_problems(document)
    steps = [_step(item, f"stap {number}", problems) for number, item in enumerate(steps_given, 1)]
    problems += _order_problems(steps)
    terms = read_terms(document.get("arrangements"), problems)
    deadlines = read_deadlines(document.get("deadlines"), problems)
    pauses = read_help(document.get("help"), problems)
    minutes = read_minutes(document.get("minutes"), problems)
    if problems or terms is None or deadlines is None or pauses is None:
        return None, tuple(problems)
    whole = tuple(step for step in steps if step)
    version, floor_cents = str(document["version"]), document["floor_cents"]
    head = (document["name"], version, document["valid_from"], floor_cents)
    return Policy(*head, whole, terms, deadlines, minutes, pauses), ()


def default_policy() -> Policy:
    """The policy that comes with the program (`default.yaml`)."""
    policy, problems = read_policy(default_text())
    if policy is None:
        raise ValueError(problems)
    return policy


def default_text() -> str:
    return DEFAULT.read_text(encoding="utf-8")


def digest(text: str) -> str:
    """What tells two documents apart: SHA-256 of the text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _head_problems(document: Mapping[str, Any]) -> list[Problem]:
    found = [
        Problem("policy_field_unknown", text=str(key), fatal=True)
        for key in sorted(map(str, document.keys() - _HEAD_KEYS))
    ]
    if not isinstance(document.get("name"), str) or not document["name"].strip():
        found.append(Problem("policy_without_name_or_version", fatal=True))
    elif not _VERSION.match(str(document.get("version", ""))):
        found.append(Problem("policy_without_name_or_version", text=str(document.get("version")), fatal=True))
    if type(document.get("valid_from")) is not date:
        found.append(Problem("policy_without_date", text=str(document.get("valid_from")), fatal=True))
    floor = document.get("floor_cents")
    if not isinstance(floor, int) or isinstance(floor, bool) or floor < 0:
        found.append(Problem("policy_value_wrong", text=f"floor_cents: {floor}", fatal=True))
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
    missing, unknown = _NEEDED - item.keys(), item.keys() - _STEP_KEYS
    problems += [Problem("policy_field_missing", place, str(key), fatal=True) for key in sorted(missing)]
    problems += [
        Problem("policy_field_unknown", place, str(key), fatal=True) for key in sorted(map(str, unknown))
    ]
    if len(problems) > before:
        return None
    texts = item.get("when") or []
    conditions = (
        [read_condition(str(text), place, problems) for text in texts] if isinstance(texts, list) else []
    )
    _check_values(item, texts, place, problems)
    if len(problems) > before:
        return None
    return Step(
        item["code"],
        item["label"],
        tuple(condition for condition in conditions if condition),
        Act(item["do"]),
        Bucket(item["bucket"]),
        Stage(item["stage"]),
        item["alert"],
        item["due_in_days"],
        Who(item["who"]),
        item.get("letter") or "",
        item["why"],
    )


def _check_values(item: Mapping[str, Any], texts: object, place: str, problems: list[Problem]) -> None:
    days, letter = item["due_in_days"], item.get("letter") or ""
    good = {
        "code": isinstance(item["code"], str) and _CODE.match(item["code"]) is not None,
        "label": isinstance(item["label"], str) and item["label"] != "",
        "when": isinstance(texts, list),
        "do": item["do"] in [one.value for one in Act],
        "bucket": item["bucket"] in [one.value for one in Bucket],
        "stage": item["stage"] in [one.value for one in Stage],
        "alert": isinstance(item["alert"], bool),
        "due_in_days": isinstance(days, int) and not isinstance(days, bool) and 0 <= days <= _LONGEST_DAYS,
        "who": item["who"] in [who.value for who in Who],
        "letter": str(letter) in LETTERS if item["do"] in [act.value for act in WRITTEN] else letter == "",
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
