"""From a story (`tests/stories/*.yaml`) to what the engine is given: every column worked out here from the plain facts.

Slow and plain on purpose, and apart from the queries of the program: a story that goes wrong says which of the two is wrong.
The fields of a story are in `test_stories`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
from tests.arrears import reference

from tijdig.arrangements.kinds import Kept
from tijdig.arrangements.watch import Duty, watch
from tijdig.arrangements.watch import Money as Arrived
from tijdig.arrears.dealings import Agreed, Dealings, Promised
from tijdig.arrears.done import Done
from tijdig.arrears.features import Traits
from tijdig.arrears.imputation import NONE
from tijdig.arrears.portfolio import Portfolio, build
from tijdig.arrears.single_case import Deviation, Instead, SingleCase
from tijdig.arrears.trajectory import Trajectory, no_trajectory
from tijdig.base.days import day_number
from tijdig.contacts.promise import Money, Promise
from tijdig.contacts.promise import watch as watch_promises
from tijdig.ledger.kinds import Role
from tijdig.policy.document import default_policy
from tijdig.policy.words import NAMED, Circumstance, Feature, Hold

Story = dict[str, Any]
POLICY = default_policy()
CODES = [step.code for step in POLICY.steps]
GRACE_DAYS = POLICY.arrangements.grace_days
ROLE = {
    "rent": Role.PRINCIPAL,
    "service": Role.PRINCIPAL,
    "settlement": Role.PRINCIPAL,
    "costs": Role.COSTS,
    "interest": Role.INTEREST,
    "payment": Role.CREDIT,
    "redo": Role.CREDIT,
    "debit": Role.CREDIT,
    "write_off": Role.CREDIT,
    "reversal": Role.UNDO,
}
REMINDERS = ("reminder", "early_signal", "fourteen_day")
PROCEDURES = ("debt_procedure", "wsnp", "amicable", "moratorium")
FAR = date(2099, 1, 1)


def cents(euro: float) -> int:
    return round(euro * 100)


def facts_of(story: Story, known: date) -> list[dict[str, Any]]:
    """The facts of the ledger that were known on a day: on their own day, unless they say when they became known."""
    months = story.get("rents", [])
    rents = [{"day": day, "what": "rent", "euro": story["traits"]["rent"]} for day in months]
    return [fact for fact in [*rents, *story.get("facts", [])] if fact.get("known", fact["day"]) <= known]


def portfolio(story: Story, day: date, known: date) -> Portfolio:
    facts = facts_of(story, known)
    numbers = {fact["id"]: number for number, fact in enumerate(facts, 1) if "id" in fact}
    disputed = {
        one["of"] for one in story.get("disputed", []) if one["day"] <= day < one.get("answered", FAR)
    }
    signed = [-cents(f["euro"]) if ROLE[f["what"]] is Role.CREDIT else cents(f["euro"]) for f in facts]
    return build(
        [1] * len(facts),
        [day_number(fact["day"]) for fact in facts],
        [day_number(FAR if f.get("id") in disputed else f.get("due", f["day"])) for f in facts],
        signed,
        [ROLE[fact["what"]] for fact in facts],
        [numbers[fact["of"]] if "of" in fact else 0 for fact in facts],
        list(range(1, len(facts) + 1)),
        tenancies=[1],
    )


def traits(story: Story, asked: dict[str, Any]) -> Traits:
    given, day = story["traits"], asked["day"]
    return Traits(
        np.array([cents(given["rent"]) if given.get("rent_known", "rent" in given) else -1]),
        np.array([given.get("departed", FAR) < day]),
        np.array([given.get("direct_debit", False)]),
        np.array([given.get("debit_day", -1)]),
        np.array([sum(Hold[name.upper()] for name in asked.get("hold", []))]),
        _dealings(story, day),
        _done(story, day),
        _single_case(story, day),
        _trajectory(story, day, asked.get("known", day)),
    )


def _last(days: list[date]) -> int:
    return day_number(max(days)) if days else NONE


# -- what was agreed and said --------------------------------------------------------------------------------


def _dealings(story: Story, day: date) -> Dealings:
    money = [(f["day"], cents(f["euro"])) for f in facts_of(story, day) if f["what"] == "payment"]
    agreed, asked_cents, came_cents = _arrangement(story, day, money)
    said = [one for one in story.get("contacts", []) if _paid(story, day) < one["day"] <= day]
    talks = [place for place, one in enumerate(said) if one.get("talked")]
    tried = [one for one in said if not one.get("talked")]
    since_talk = [one for one in said[talks[-1] + 1 if talks else 0 :] if not one.get("talked")]
    by = {way: sum(one["by"] == way for one in since_talk) for way in ("phone", "visit", "email")}
    sought = [one["day"] for one in tried if one["by"] in ("phone", "visit")]
    columns = (
        agreed,
        asked_cents,
        came_cents,
        _promise(story, day, money),
        _last([said[place]["day"] for place in talks]),
        by["phone"],
        by["visit"],
        by["email"],
        _last(sought),
    )
    return Dealings(*(np.array([one], np.int64) for one in columns))


def _arrangement(story: Story, day: date, money: list[tuple[date, int]]) -> tuple[int, int, int]:
    given = story.get("arrangement")
    if not given or given.get("asked", given.get("agreed", FAR)) > day or given.get("ended", FAR) <= day:
        return Agreed.NONE, 0, 0
    if given.get("asked", given.get("agreed", FAR)) < _procedure_began(story, day):
        return Agreed.NONE, 0, 0
    if given.get("agreed", FAR) > day:
        return Agreed.REQUESTED, 0, 0
    terms = [Duty(t["day"], cents(t["euro"]), n) for n, t in enumerate(given["terms"], 1)]
    rents = [
        Duty(f["day"], cents(f["euro"]))
        for f in facts_of(story, day)
        if f["what"] == "rent" and given["agreed"] < f["day"] <= day
    ]
    came = [Arrived(*one) for one in money if one[0] >= given["agreed"]]
    found = watch([*terms, *rents], came, day, GRACE_DAYS)
    return (
        Agreed[found.kept.name if found.kept is not Kept.DONE else "KEPT"],
        found.asked_cents,
        found.came_cents,
    )


def _promise(story: Story, day: date, money: list[tuple[date, int]]) -> int:
    made = [
        Promise(n, p["made"], cents(p["euro"]), p["day"])
        for n, p in enumerate(story.get("promises", []), 1)
        if p["made"] <= day
    ]
    said = watch_promises(made, [Money(*one) for one in money], day, GRACE_DAYS)
    if not said or said[-1].repaired_on is not None:
        return Promised.NONE
    last = said[-1]
    if last.promise.made_on < _procedure_began(story, day):
        return Promised.NONE
    talks = [one["day"] for one in story.get("contacts", []) if one.get("talked") and one["day"] <= day]
    if last.broken_on is not None and any(talk >= last.broken_on for talk in talks):
        return Promised.NONE  # there was a talk about it
    return Promised[last.state.name] if last.state.name in Promised.__members__ else Promised.NONE


# -- what was sent and done ----------------------------------------------------------------------------------


def _paid(story: Story, day: date) -> date:
    """When everything was last paid: what was said and done up to then was about that debt."""
    return max((one for one in story.get("settled", []) if one <= day), default=date.min)


def _done(story: Story, day: date) -> Done:
    lasting = ("handed_over", "handed_back")
    paid = max(
        (one for one in story.get("settled", []) if one <= day), default=date.min
    )  # older steps asked for that
    letters = [
        one for one in story.get("sent", []) if paid < one["day"] <= day and one.get("back", FAR) > day
    ]
    acts = [
        one
        for one in story.get("steps", [])
        if one["day"] <= day and (one["day"] > paid or one["what"] in lasting)
    ]

    def sent(*names: str) -> int:
        return _last([one["day"] for one in letters if one["letter"] in names])

    def act(name: str) -> int:
        return _last([one["day"] for one in acts if one["what"] == name])

    terms = [(one["day"], one["ends"]) for one in letters if one["letter"] == "fourteen_day"]
    columns = (
        sent("friendly_reminder"),
        sent(*REMINDERS),
        sent("fourteen_day"),
        day_number(max(terms)[1]) if terms else NONE,
        sent("early_signal"),
        act("signal_objected"),
        act("signal_sent"),
        act("signal_answered"),
        act("handed_over"),
        act("handed_back"),
    )
    return Done(*(np.array([one], np.int64) for one in columns))


# -- what sets this household apart --------------------------------------------------------------------------


def _circumstances(story: Story, day: date) -> list[dict[str, Any]]:
    return [one for one in story.get("circumstances", []) if one["from"] <= day < one.get("until", FAR)]


def _procedure_began(story: Story, day: date) -> date:
    """The first day of the debt procedure that runs; `date.min` where none does."""
    begins = [one["from"] for one in _circumstances(story, day) if one["flag"] in PROCEDURES]
    return max(begins, default=date.min)


def _trajectory(story: Story, day: date, known: date) -> Trajectory:
    """The account since the procedure began, by the slow rules: charges due since, payments since that name no older one."""
    if (begins := _procedure_began(story, day)) == date.min:
        return no_trajectory(1)
    began, told = day_number(begins), facts_of(story, known)
    numbers = {fact["id"]: number for number, fact in enumerate(told, 1) if "id" in fact}
    facts = [
        reference.Fact(
            number,
            day_number(fact["day"]),
            day_number(fact.get("due", fact["day"])),
            -cents(fact["euro"]) if ROLE[fact["what"]] is Role.CREDIT else cents(fact["euro"]),
            int(ROLE[fact["what"]]),
            numbers[fact["of"]] if "of" in fact else 0,
            kind=fact["what"],
        )
        for number, fact in enumerate(told, 1)
    ]
    new = [fact for fact in facts if reference.is_new(fact, facts, began)]
    stands = reference.position(new, day_number(day))
    old = reference.position([fact for fact in facts if fact not in new], day_number(day))
    late = [item.due for item in reference.keep_book(new, day_number(day)).items.values() if item.left > 0]
    late = [due for due in late if due < day_number(day)]
    talks = [one["day"] for one in story.get("contacts", []) if one.get("talked") and one["day"] <= day]
    since = stands["arrears_since"]
    columns = (
        began,
        stands["overdue"],
        min(late, default=NONE),
        NONE if since is None else since,
        old["overdue"],
        _last(talks),
    )
    return Trajectory(*(np.array([one], np.int64) for one in columns))


def _single_case(story: Story, day: date) -> SingleCase:
    held = {one["flag"] for one in _circumstances(story, day)}
    if held & set(PROCEDURES):
        held.add("debt_procedure")
    flags = sum(Circumstance[name.upper()] for name in held)
    rulings = [
        one
        for one in story.get("rulings", [])
        if one["from"] <= day <= one["until"] and day < one.get("ended", FAR)
    ]
    began = _procedure_began(story, day)
    decisions = [
        one["kind"] for one in rulings if one["kind"] in NAMED[Feature.DECIDED] and one["from"] >= began
    ]
    deviations = tuple(
        Deviation(
            0,
            CODES.index(one["instead_of"]),
            Instead(one["kind"]),
            number,
            CODES.index(one["do"]) if "do" in one else -1,
            day_number(one["until"]),
        )
        for number, one in enumerate(rulings, 1)
        if "instead_of" in one
    )
    year_ago = day - timedelta(days=365)
    waits = [one for one in story.get("replies", []) if one["day"] <= day < one.get("answered", FAR)]
    return SingleCase(
        np.array([int(flags)]),
        np.array([sum(year_ago < settled <= day for settled in story.get("settled", []))]),
        np.array([any(one["kind"] == "pause" for one in rulings)]),
        np.array([NAMED[Feature.DECIDED][decisions[-1]] if decisions else 0]),
        np.array([bool(waits)]),
        deviations,
    )
