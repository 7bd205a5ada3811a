"""A way of working written as a document again, and a copy of it with other numbers: what a slider moves.

Decides nothing. `text_of` gives YAML that reads back as the same policy; comments are lost. `with_numbers` changes the
values of conditions that compare a number, and days of steps; a name that is not there is passed over. Units as in `words`.
Example: `with_numbers(policy, {"call:0": 7})` asks for a call from the seventh day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import yaml

from tijdig.policy.conditions import Condition
from tijdig.policy.document import Policy, Step
from tijdig.policy.example_words import condition_text
from tijdig.policy.words import FLAGS, NAMED, YES_NO, Act, Comparison, Feature

DUE = "due"
_CENTS = 100_000


@dataclass(frozen=True, slots=True)
class Slider:
    """A number of a policy that can be moved. `key` names it: the step, and the condition's place or `due`."""

    key: str
    step: Step
    condition: Condition | None
    value: int
    least: int
    most: int
    by: int

    @property
    def cents(self) -> bool:
        return self.condition is not None and self.condition.feature.name.endswith("_CENTS")


def text_of(policy: Policy) -> str:
    """The document."""
    document: dict[str, Any] = {
        "name": policy.name,
        "version": policy.version,
        "valid_from": policy.valid_from,
        "floor_cents": policy.floor_cents,
        "arrangements": asdict(policy.arrangements),
        "deadlines": asdict(policy.deadlines),
        "help": asdict(policy.help),
        "minutes": {act.value: minutes for act, minutes in policy.minutes.items() if act is not Act.NONE},
        "steps": [_step(step) for step in policy.steps],
    }
    return str(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=200))


def _step(step: Step) -> dict[str, Any]:
    written: dict[str, Any] = {"code": step.code, "label": step.label}
    if step.conditions:
        written["when"] = [condition_text(condition) for condition in step.conditions]
    written["do"] = step.do.value
    if step.letter:
        written["letter"] = step.letter
    return written | {
        "bucket": step.bucket.value,
        "stage": step.stage.value,
        "alert": step.alert,
        "due_in_days": step.due_in_days,
        "who": step.who.value,
        "why": step.why,
    }


def sliders(policy: Policy) -> list[Slider]:
    """The numbers of a policy, in the order of its steps."""
    found = []
    for step in policy.steps:
        for place, condition in enumerate(step.conditions):
            if not _moves(condition.feature) or condition.comparison is Comparison.EQUAL:
                continue
            least, most, by = _reach(condition)
            found.append(Slider(f"{step.code}:{place}", step, condition, condition.value, least, most, by))
    return found


def _moves(feature: Feature) -> bool:
    return feature not in FLAGS and feature not in NAMED and feature not in YES_NO


def _reach(condition: Condition) -> tuple[int, int, int]:
    """How far a number can be moved, and in which steps."""
    feature, value = condition.feature, condition.value
    if feature.name.endswith("_CENTS"):
        return 0, max(_CENTS, 2 * value), 500
    if feature is Feature.RENT_MONTHS:
        return 0, max(600, value), 25
    if "DAYS" in feature.name:
        return 0, max(120, value), 1
    return 0, max(12, value), 1


def with_numbers(policy: Policy, numbers: Mapping[str, int], *, version: str = "") -> Policy:
    """The same policy with other numbers, and another version where one is named."""
    steps = tuple(_moved(step, numbers) for step in policy.steps)
    return replace(policy, steps=steps, version=version or policy.version)


def _moved(step: Step, numbers: Mapping[str, int]) -> Step:
    conditions = tuple(
        replace(condition, value=max(0, numbers.get(f"{step.code}:{place}", condition.value)))
        if _moves(condition.feature)
        else condition
        for place, condition in enumerate(step.conditions)
    )
    return replace(step, conditions=conditions) if conditions != step.conditions else step
