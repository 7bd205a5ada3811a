"""The policy that comes with the program, changed in one place: for tests of what a check finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

from tijdig.policy.document import Policy, default_text, read_policy

Document = dict[str, Any]
Change = Callable[[Document], object]


def mutated_text(*changes: Change) -> str:
    document: Document = yaml.safe_load(default_text())
    for change in changes:
        change(document)
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False)


def mutated(*changes: Change) -> Policy:
    """The changed policy; it must still be one that can be read."""
    policy, problems = read_policy(mutated_text(*changes))
    assert policy is not None, problems
    return policy


def place(document: Document, code: str) -> int:
    return next(number for number, step in enumerate(document["steps"]) if step["code"] == code)


def step(code: str, **values: object) -> Change:
    """Other values in one step."""
    return lambda document: document["steps"][place(document, code)].update(values)


def without(*codes: str) -> Change:
    """No such steps."""

    def change(document: Document) -> None:
        document["steps"] = [one for one in document["steps"] if one["code"] not in codes]

    return change


def dropped(code: str, condition: str) -> Change:
    """One condition less in a step."""

    def change(document: Document) -> None:
        document["steps"][place(document, code)]["when"].remove(condition)

    return change


def ahead_of(code: str, *when: str, **values: object) -> Change:
    """A new step ahead of another one: who is called waits, unless the values say otherwise."""
    plain = {
        "code": "extra",
        "label": "Extra",
        "when": list(when),
        "do": "none",
        "bucket": "term",
        "stage": "contact",
        "alert": False,
        "due_in_days": 1,
        "who": "automatic",
        "why": "Extra.",
    }
    return lambda document: document["steps"].insert(place(document, code), plain | values)


def moved_ahead(code: str, other: str) -> Change:
    """A step ahead of another one."""

    def change(document: Document) -> None:
        one = document["steps"].pop(place(document, code))
        document["steps"].insert(place(document, other), one)

    return change


def deadlines(**days: int) -> Change:
    return lambda document: document["deadlines"].update(days)


def pauses(**days: int) -> Change:
    return lambda document: document["help"].update(days)
