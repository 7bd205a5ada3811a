"""A box of `regions` and a condition in the words of the document: `overdue_cents >= 1000`, `arrangement = broken`."""

from __future__ import annotations

from tijdig.policy.conditions import Condition
from tijdig.policy.document import Step
from tijdig.policy.regions import MOST, Box, domain
from tijdig.policy.words import FLAGS, NAMED, SIGNS, YES_NO, Feature

_MOST_SHOWN = 6


def in_words(box: Box, step: Step | None = None) -> list[str]:
    """What is special about a box, at most a handful; or of a step, its conditions."""
    if step is not None:
        return [condition_text(condition) for condition in step.conditions]
    told = [
        _span(feature, flag, span) for (feature, flag), span in box.items() if span != domain((feature, flag))
    ]
    return told[:_MOST_SHOWN]


def condition_text(condition: Condition) -> str:
    """A condition as it is written in the document."""
    sign = next(text for text, number in SIGNS.items() if number == condition.comparison)
    return f"{condition.feature.name.lower()} {sign} {value_text(condition.feature, condition.value)}"


def value_text(feature: Feature, value: int) -> str:
    """A value as it is written in the document: a number, ja or nee, or its name."""
    if feature in FLAGS:
        return str(FLAGS[feature](value).name).lower()
    if feature in NAMED:
        return next(name for name, number in NAMED[feature].items() if number == value)
    return ("nee", "ja")[value] if feature in YES_NO else str(value)


def _span(feature: Feature, flag: int, span: tuple[int, int]) -> str:
    first, last = span
    name = feature.name.lower()
    if flag:
        return f"{name} {'has' if first else 'lacks'} {value_text(feature, flag)}"
    if last < 0:
        return f"{name} onbekend"
    if first == last:
        return f"{name} = {value_text(feature, first)}"
    if last >= min(domain((feature, 0))[1], MOST):
        return f"{name} >= {value_text(feature, max(first, 0))}"
    return f"{name} <= {value_text(feature, last)}"
