"""Why this step, and why not another: every rule that was considered, with the values it saw, as Dutch
sentences.

A decision that cannot be explained is not made: the explanation is built from the very row of numbers that
the interpreter saw, with the same comparison. It says too why there is no alert, or what would have stopped
the one there is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tijdig.arrears.condition_words import count, hundredths, sentence
from tijdig.arrears.evaluate import Decisions
from tijdig.arrears.next_step import holds
from tijdig.base.days import day_of
from tijdig.base.money import euro
from tijdig.policy.conditions import Condition
from tijdig.policy.document import Policy, Step
from tijdig.policy.words import Feature

Row = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of a rule: what it asked, what it saw (-1 unknown), whether it held, and that as a
    sentence.
    """

    condition: Condition
    seen: int
    holds: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Considered:
    """One rule, in the order in which they were tried; the last of them is the one that applies."""

    code: str
    label: str
    applies: bool
    alert: bool
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """`why` is the reason of the step. `would_stop_alert` is empty when there is no alert. `considered` ends with what the
    way of working gives; where a person changed that, `instead_of` names it and `code` is what is done."""

    code: str
    label: str
    alert: bool
    why: str
    considered: tuple[Considered, ...]
    would_stop_alert: tuple[str, ...]
    instead_of: str = ""


def explain(decisions: Decisions, place: int, policy: Policy) -> Explanation:
    """Explain the decision about the tenancy at this place. `policy` must be the one that decided."""
    row, as_of_day = decisions.features[place], decisions.as_of_day
    rule = int(decisions.rule[place])
    if tuple(step.code for step in policy.steps) != decisions.codes:
        raise ValueError("another policy than the one that decided")
    own = int(decisions.own_rule[place])
    considered = tuple(_consider(step, row) for step in policy.steps[: own + 1])
    step = policy.steps[rule]
    stops = _what_would_stop(considered) if step.alert else ()
    instead_of = policy.steps[own].label if decisions.ruling[place] else ""
    told = why(step, row, as_of_day)
    return Explanation(step.code, step.label, step.alert, told, considered, stops, instead_of)


def _consider(step: Step, row: Row) -> Considered:
    checks = tuple(_check(condition, int(row[condition.feature])) for condition in step.conditions)
    return Considered(step.code, step.label, all(check.holds for check in checks), step.alert, checks)


def _check(condition: Condition, seen: int) -> Check:
    good = bool(holds(seen, int(condition.comparison), condition.value))
    return Check(condition, seen, good, sentence(condition, seen, good))


def _what_would_stop(considered: tuple[Considered, ...]) -> tuple[str, ...]:
    """Each earlier rule without an alert, with what it asked for and did not find."""
    return tuple(
        f"{rule.label} geldt niet: {' '.join(check.sentence for check in rule.checks if not check.holds)}"
        for rule in considered
        if not rule.alert
    )


def why(step: Step, row: Row, as_of_day: int) -> str:
    """The reason of the step, with the values of this tenancy. What is unknown is called so."""

    def of(feature: Feature, show: Callable[[int], str]) -> str:
        return show(int(row[feature])) if row[feature] >= 0 else "onbekend"

    days = int(row[Feature.DAYS_OVERDUE])
    return step.why.format(
        open=of(Feature.OPEN_CENTS, euro),
        overdue=of(Feature.OVERDUE_CENTS, euro),
        credit=of(Feature.CREDIT_CENTS, euro),
        days=of(Feature.DAYS_OVERDUE, count("dag", "dagen")),
        months=of(Feature.DUE_MONTHS, count("maand", "maanden")),
        rent_months=of(Feature.RENT_MONTHS, hundredths),
        items=of(Feature.OVERDUE_ITEMS, count("post", "posten")),
        debit_day=of(Feature.DEBIT_DAY, lambda day: f"{day}e"),
        oldest_due=_date(as_of_day - days) if days else "onbekend",
        as_of=_date(as_of_day),
        since=_since(as_of_day, int(row[Feature.DAYS_IN_ARREARS])),
        arrears_days=of(Feature.DAYS_IN_ARREARS, count("dag", "dagen")),
        repeats=of(Feature.REPEATS, count("keer", "keer")),
        phone_attempts=of(Feature.PHONE_ATTEMPTS, count("keer", "keer")),
        visit_attempts=of(Feature.VISIT_ATTEMPTS, count("keer", "keer")),
        days_to_due=of(Feature.DAYS_TO_DUE, count("dag", "dagen")),
        agreed=of(Feature.ARRANGEMENT_ASKED_CENTS, euro),
        came=of(Feature.ARRANGEMENT_CAME_CENTS, euro),
        new_overdue=of(Feature.NEW_OVERDUE_CENTS, euro),
        frozen=of(Feature.FROZEN_CENTS, euro),
        begun=of(Feature.TRAJECTORY_DAYS, lambda days: _date(as_of_day - days)),
    )


def _since(as_of_day: int, days: int) -> str:
    return _date(as_of_day - days) if days > 0 else "onbekend"


def _date(day: int) -> str:
    return day_of(day).strftime("%d-%m-%Y")
