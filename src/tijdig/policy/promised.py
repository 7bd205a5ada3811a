"""Does a way of working keep its own terms, for a tenant whom nobody reaches and who pays nothing?

Decides: such a tenancy is walked day by day, from the day after the rent was due. What the program does, is done on its day;
what a person is asked to do is tried on its last day and reaches nobody; letters go out when they are approved. A talk must
have been asked, by phone or at the door, at a day that leaves time before `talk_by_days`; a named decision must be asked
before `decide_by_days`, with the fourteen-day letter over and the early signal done by then.

Units: days. Errors: none. Left out: weekends and holidays, on which nobody works.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tijdig.law.letter_term import fewest_days
from tijdig.policy.document import Policy, Step
from tijdig.policy.findings import Finding
from tijdig.policy.words import FLAGS, MAYBE_UNKNOWN, NAMED, REACHING, Act, Comparison, Feature, Who

_RENT_CENTS = 60_000
_MONTH_DAYS = 30
_AFTER_DAYS = 30
_MESSAGES = ("friendly_reminder",)
_REMINDERS = ("reminder", "early_signal", "fourteen_day")  # each is a written reminder too, as for the engine


@dataclass(slots=True)
class _Tenant:
    """What has been done towards the tenant by a day; days since the rent was due."""

    day: int = 0
    acts: dict[Act, int] = field(default_factory=dict)  # and its last day
    letters: dict[str, int] = field(default_factory=dict)  # an act and a letter may go by the same word
    attempts: dict[Act, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)  # step code, and the first day it was asked


def promised(policy: Policy) -> tuple[Finding, ...]:
    """Which of the promised terms would be missed."""
    tenant = _Tenant()
    term_days = fewest_days(policy.valid_from)
    acts = {step.code: step for step in policy.steps}
    for tenant.day in range(1, policy.deadlines.decide_by_days + _AFTER_DAYS):
        for _ in policy.steps:  # more than one step may be done on a day, each of them once
            step = _first(policy, _seen(tenant, term_days))
            first = tenant.asked.setdefault(step.code, tenant.day)
            if not _do(tenant, step, first):
                break
    return tuple(_missed(policy, tenant, acts, term_days))


def _first(policy: Policy, seen: dict[Feature, int]) -> Step:
    """The first step that fits: the same rule as the engine's."""
    return next(
        step
        for step in policy.steps
        if all(holds(seen, c.feature, c.comparison, c.value) for c in step.conditions)
    )


def holds(seen: dict[Feature, int], feature: Feature, comparison: Comparison, value: int) -> bool:
    """Does a condition hold? Unknown (-1) never does."""
    have = seen[feature]
    if have < 0:
        return False
    if feature in FLAGS:
        return bool(have & value) is (comparison is Comparison.HAS)
    return {
        Comparison.LESS: have < value,
        Comparison.AT_MOST: have <= value,
        Comparison.EQUAL: have == value,
        Comparison.NOT_EQUAL: have != value,
        Comparison.AT_LEAST: have >= value,
        Comparison.MORE: have > value,
    }[comparison]


def _seen(tenant: _Tenant, term_days: int) -> dict[Feature, int]:
    """The row that the engine would see."""
    day, months = tenant.day, 1 + tenant.day // (_MONTH_DAYS + 1)
    seen = {feature: -1 if feature in MAYBE_UNKNOWN else 0 for feature in Feature}
    owes = _RENT_CENTS * months
    sought = bool(tenant.attempts)
    letter, offer = tenant.letters.get("fourteen_day"), tenant.letters.get("early_signal")
    signals = NAMED[Feature.EARLY_SIGNAL]
    state = signals["sent"] if Act.EARLY_SIGNAL in tenant.acts else signals["offered" if offer else "none"]
    message, reminder = (_last(tenant, kinds) for kinds in (_MESSAGES, _REMINDERS))
    passed = letter is not None and day - letter >= term_days
    seen |= {
        Feature.OPEN_CENTS: owes,
        Feature.OVERDUE_CENTS: owes,
        Feature.DAYS_OVERDUE: day,
        Feature.DAYS_IN_ARREARS: day,
        Feature.WHOLE_MONTHS: day // _MONTH_DAYS,
        Feature.DUE_MONTHS: months,
        Feature.OVERDUE_ITEMS: months,
        Feature.RENT_MONTHS: 100 * months,
        Feature.MONTHLY_RENT_CENTS: _RENT_CENTS,
        Feature.RENT_KNOWN: 1,
        Feature.PHASE: min(6, 3 + months),
        Feature.DAYS_TO_DUE: _MONTH_DAYS - day % _MONTH_DAYS,
        Feature.PHONE_ATTEMPTS: tenant.attempts.get(Act.CALL, 0),
        Feature.VISIT_ATTEMPTS: tenant.attempts.get(Act.VISIT, 0),
        Feature.CONTACT_SOUGHT: int(sought),
        Feature.WRITTEN_SINCE_DUE: int(message is not None or reminder is not None),
        Feature.REMINDED_SINCE_DUE: int(reminder is not None),
        Feature.FOURTEEN_DAY_LETTER: 2 if passed else int(letter is not None),
        Feature.EARLY_SIGNAL: state,
        Feature.DECIDED: NAMED[Feature.DECIDED]["hand_over"] if Act.DECIDE in tenant.acts else 0,
        Feature.WITH_BAILIFF: int(Act.HAND_OVER in tenant.acts),
    }
    for feature, since in (
        (Feature.DAYS_SINCE_MESSAGE, message),
        (Feature.DAYS_SINCE_REMINDER, reminder),
        (Feature.DAYS_SINCE_FOURTEEN_DAY, letter),
        (Feature.DAYS_SINCE_OFFER, offer),
        (Feature.DAYS_SINCE_HAND_OVER, tenant.acts.get(Act.HAND_OVER)),
        (Feature.DAYS_SINCE_ATTEMPT, max((tenant.acts[act] for act in tenant.attempts), default=None)),
    ):
        if since is not None:
            seen[feature] = day - since
    return seen


def _last(tenant: _Tenant, kinds: tuple[str, ...]) -> int | None:
    """The last day on which one of these letters went."""
    return max((day for kind, day in tenant.letters.items() if kind in kinds), default=None)


def _do(tenant: _Tenant, step: Step, first: int) -> bool:
    """Do what a step asks when its day has come; False where there is nothing more to do today."""
    if step.do is Act.NONE or tenant.day < first + step.due_in_days:
        return False
    tenant.acts[step.do] = tenant.day
    if step.do in REACHING:
        tenant.attempts[step.do] = tenant.attempts.get(step.do, 0) + 1
        return False  # tried once a day
    if step.letter:
        tenant.letters[step.letter] = tenant.day
    return True


def _missed(policy: Policy, tenant: _Tenant, acts: dict[str, Step], term_days: int) -> list[Finding]:
    talk_by, decide_by = policy.deadlines.talk_by_days, policy.deadlines.decide_by_days

    def first_asked(*wanted: Act) -> int | None:
        days = [
            day
            for code, day in tenant.asked.items()
            if acts[code].do in wanted and acts[code].who is Who.PERSON
        ]
        return min(days, default=None)

    found = []
    talk = first_asked(*REACHING)
    if talk is None or talk > talk_by - policy.deadlines.warn_days:
        when = "nooit" if talk is None else f"pas op dag {talk}"
        found.append(
            Finding(
                "talk_not_in_time",
                "",
                f"Een gesprek wordt {when} gevraagd, en het moet er op dag {talk_by} zijn geweest.",
            )
        )
    decide = first_asked(Act.DECIDE)
    if decide is None or decide > decide_by - 1:
        when = "nooit" if decide is None else f"pas op dag {decide}"
        found.append(
            Finding(
                "decision_not_in_time",
                "",
                f"Een besluit op naam wordt {when} gevraagd, en het moet er op dag {decide_by} zijn.",
            )
        )
    letter = tenant.letters.get("fourteen_day")
    if first_asked(Act.HAND_OVER) is None and Act.HAND_OVER in {step.do for step in policy.steps}:
        found.append(
            Finding(
                "hand_over_never_ready",
                "",
                "Na een besluit tot overdracht wordt de overdracht nooit gevraagd: er ontbreekt iets.",
            )
        )
    elif letter is not None and letter + term_days > decide_by:
        found.append(
            Finding(
                "letter_too_late",
                "",
                f"De veertiendagenbrief gaat op dag {letter} weg; zijn termijn is pas op dag {letter + term_days} "
                "voorbij, na "
                f"dag {decide_by}.",
            )
        )
    return found
