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

from tijdig.arrears.evaluate import Decisions
from tijdig.arrears.next_step import holds
from tijdig.base.days import day_of
from tijdig.base.money import euro
from tijdig.policy.document import Comparison, Condition, Feature, Hold, Policy, Step

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
    """`why` is the reason of the step. `would_stop_alert` is empty when there is no alert."""

    code: str
    label: str
    alert: bool
    why: str
    considered: tuple[Considered, ...]
    would_stop_alert: tuple[str, ...]


def explain(decisions: Decisions, place: int, policy: Policy) -> Explanation:
    """Explain the decision about the tenancy at this place. `policy` must be the one that decided."""
    row, as_of_day = decisions.features[place], decisions.as_of_day
    rule = int(decisions.rule[place])
    if tuple(step.code for step in policy.steps) != decisions.codes:
        raise ValueError("another policy than the one that decided")
    considered = tuple(_consider(step, row) for step in policy.steps[: rule + 1])
    step = policy.steps[rule]
    stops = _what_would_stop(considered) if step.alert else ()
    return Explanation(step.code, step.label, step.alert, why(step, row, as_of_day), considered, stops)


def _consider(step: Step, row: Row) -> Considered:
    checks = tuple(_check(condition, int(row[condition.feature])) for condition in step.conditions)
    return Considered(step.code, step.label, all(check.holds for check in checks), step.alert, checks)


def _check(condition: Condition, seen: int) -> Check:
    good = bool(holds(seen, condition.comparison, condition.value))
    return Check(condition, seen, good, _sentence(condition, seen, good))


def _what_would_stop(considered: tuple[Considered, ...]) -> tuple[str, ...]:
    """Each earlier rule without an alert, with what it asked for and did not find."""
    return tuple(
        f"{rule.label} geldt niet: {' '.join(check.sentence for check in rule.checks if not check.holds)}"
        for rule in considered
        if not rule.alert
    )


# -- sentences -----------------------------------------------------------------------------------------------


def _count(one: str, more: str) -> Callable[[int], str]:
    return lambda value: f"{value} {one if value == 1 else more}"


def _hundredths(value: int) -> str:
    return f"{value // 100},{value % 100:02d}"


_QUANTITY: dict[Feature, tuple[str, Callable[[int], str]]] = {
    Feature.OPEN_CENTS: ("het open bedrag is", euro),
    Feature.OVERDUE_CENTS: ("de achterstand is", euro),
    Feature.CREDIT_CENTS: ("het tegoed is", euro),
    Feature.DAYS_OVERDUE: ("de oudste achterstand is te laat:", _count("dag", "dagen")),
    Feature.WHOLE_MONTHS: ("de oudste achterstand is te laat:", _count("hele maand", "hele maanden")),
    Feature.DUE_MONTHS: ("er is achterstand over", _count("maand", "maanden")),
    Feature.OVERDUE_ITEMS: ("er is vervallen:", _count("post", "posten")),
    Feature.RENT_MONTHS: ("de achterstand is", lambda value: f"{_hundredths(value)} maanden huur"),
    Feature.MONTHLY_RENT_CENTS: ("de maandhuur is", euro),
    Feature.DEBIT_DAY: ("de incassodag is", lambda value: f"de {value}e"),
    Feature.DAYS_SINCE_REVERSAL: ("sinds de laatste storno:", _count("dag", "dagen")),
    Feature.ARRANGEMENT_ASKED_CENTS: ("voor de regeling had moeten komen", euro),
    Feature.ARRANGEMENT_CAME_CENTS: ("sinds de regeling kwam", euro),
    Feature.DAYS_SINCE_TALK: ("sinds het laatste gesprek:", _count("dag", "dagen")),
    Feature.PHONE_ATTEMPTS: ("gebeld zonder iemand te spreken:", _count("keer", "keer")),
    Feature.VISIT_ATTEMPTS: ("aan de deur zonder iemand te spreken:", _count("keer", "keer")),
    Feature.DAYS_SINCE_PAYMENT: ("sinds de laatste betaling:", _count("dag", "dagen")),
}
_FACT: dict[Feature, tuple[str, str]] = {  # the sentence for yes, and for no
    Feature.DEPARTED: ("de huurder is vertrokken.", "de huurder is niet vertrokken."),
    Feature.DIRECT_DEBIT: ("er is automatische incasso.", "er is geen automatische incasso."),
    Feature.DEBIT_AHEAD: (
        "de incasso van deze maand loopt nog en er is niets ouders.",
        "er komt deze maand geen incasso meer, of er is iets ouders open.",
    ),
    Feature.RENT_KNOWN: ("de huurprijs is bekend.", "de huurprijs is onbekend."),
    Feature.TALKED_SINCE_DUE: (
        "er is sinds de vervaldag met de huurder gesproken.",
        "er is sinds de vervaldag nog niet met de huurder gesproken.",
    ),
}
_STATE: dict[Feature, tuple[str, ...]] = {  # the sentence for each named value, from 0
    Feature.ARRANGEMENT: (
        "er is geen regeling.",
        "een regeling is gevraagd en nog niet afgesproken.",
        "de regeling wordt nagekomen.",
        "een termijn van de regeling is te laat; de dagen speling lopen nog.",
        "de regeling is gebroken.",
    ),
    Feature.PROMISE: (
        "er loopt geen toezegging.",
        "de huurder heeft toegezegd te betalen; die dag is nog niet voorbij.",
        "een toezegging om te betalen is niet nagekomen.",
    ),
}
_FLAG: dict[Hold, tuple[str, str]] = {
    Hold.BANK_INCOMPLETE: ("de bankgegevens zijn niet compleet.", "de bankgegevens zijn compleet."),
    Hold.ON_HOLD: ("het contract is aangehouden.", "het contract is niet aangehouden."),
    Hold.UNMATCHED_PAYMENT: (
        "er wacht een betaling zonder koppeling.",
        "er wacht geen betaling zonder koppeling.",
    ),
}
_ASKED: dict[Comparison, tuple[str, str]] = {  # how the value relates to what was asked: held, did not hold
    Comparison.LESS: ("dat is minder dan", "dat is niet minder dan"),
    Comparison.AT_MOST: ("dat is hoogstens", "dat is meer dan"),
    Comparison.EQUAL: ("dat is precies", "dat is niet"),
    Comparison.NOT_EQUAL: ("dat is niet", "dat is precies"),
    Comparison.AT_LEAST: ("dat is ten minste", "dat is minder dan"),
    Comparison.MORE: ("dat is meer dan", "dat is niet meer dan"),
}


def _sentence(condition: Condition, seen: int, good: bool) -> str:
    """What the condition saw, and how that relates to what it asked: a fact, whether it held or not."""
    feature, value = condition.feature, condition.value
    if feature is Feature.HOLD:
        return " ".join(_FLAG[flag][0 if seen & flag else 1] for flag in Hold if flag & value)
    if feature in _STATE:
        return _STATE[feature][seen]
    if feature in _FACT:
        return _FACT[feature][0 if seen else 1]
    name, show = _QUANTITY[feature]
    if seen < 0:
        return f"{name} onbekend."
    return f"{name} {show(seen)}; {_ASKED[condition.comparison][0 if good else 1]} {show(value)}."


def why(step: Step, row: Row, as_of_day: int) -> str:
    """The reason of the step, with the values of this tenancy. What is unknown is called so."""

    def of(feature: Feature, show: Callable[[int], str]) -> str:
        return show(int(row[feature])) if row[feature] >= 0 else "onbekend"

    days = int(row[Feature.DAYS_OVERDUE])
    return step.why.format(
        open=of(Feature.OPEN_CENTS, euro),
        overdue=of(Feature.OVERDUE_CENTS, euro),
        credit=of(Feature.CREDIT_CENTS, euro),
        days=of(Feature.DAYS_OVERDUE, _count("dag", "dagen")),
        months=of(Feature.DUE_MONTHS, _count("maand", "maanden")),
        rent_months=of(Feature.RENT_MONTHS, _hundredths),
        items=of(Feature.OVERDUE_ITEMS, _count("post", "posten")),
        debit_day=of(Feature.DEBIT_DAY, lambda day: f"{day}e"),
        oldest_due=_date(as_of_day - days) if days else "onbekend",
        as_of=_date(as_of_day),
        agreed=of(Feature.ARRANGEMENT_ASKED_CENTS, euro),
        came=of(Feature.ARRANGEMENT_CAME_CENTS, euro),
    )


def _date(day: int) -> str:
    return day_of(day).strftime("%d-%m-%Y")
