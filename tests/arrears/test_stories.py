"""Tenancies told by dates (`tests/stories/*.yaml`): facts, then on each day the position, the step and the
reasons.

A fact is `rent`, `service`, `settlement`, `costs` or `interest` (charges), `payment` or `redo` (credits), or
`reversal`; `of` names the fact that it points back to. An expectation tells only what matters on that day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from tijdig.arrangements.kinds import Kept
from tijdig.arrangements.watch import Duty, watch
from tijdig.arrangements.watch import Money as Arrived
from tijdig.arrears.dealings import Agreed, Dealings, Promised, no_dealings
from tijdig.arrears.evaluate import evaluate
from tijdig.arrears.explain import explain
from tijdig.arrears.features import Traits
from tijdig.arrears.portfolio import Portfolio, build
from tijdig.arrears.position import Phase, phase_label, phases
from tijdig.base.days import day_number, day_of
from tijdig.contacts.promise import Money, Promise
from tijdig.contacts.promise import watch as watch_promises
from tijdig.ledger.kinds import Role
from tijdig.policy.document import Hold, default_policy
from tijdig.policy.table import compile_policy

STORIES = sorted((Path(__file__).parents[1] / "stories").glob("*.yaml"))
ROLE = {
    "rent": Role.PRINCIPAL,
    "service": Role.PRINCIPAL,
    "settlement": Role.PRINCIPAL,
    "costs": Role.COSTS,
    "interest": Role.INTEREST,
    "payment": Role.CREDIT,
    "redo": Role.CREDIT,
    "reversal": Role.UNDO,
}
MONEY = {"overdue", "not_due", "credit", "balance"}
POLICY = default_policy()
TABLE = compile_policy(POLICY)


def _cents(euro: float) -> int:
    return round(euro * 100)


def _portfolio(facts: list[dict[str, Any]]) -> Portfolio:
    numbers = {fact["id"]: number for number, fact in enumerate(facts, 1) if "id" in fact}
    roles = [ROLE[fact["what"]] for fact in facts]
    signed = [
        -_cents(f["euro"]) if r is Role.CREDIT else _cents(f["euro"])
        for f, r in zip(facts, roles, strict=True)
    ]
    return build(
        [1] * len(facts),
        [day_number(fact["day"]) for fact in facts],
        [day_number(fact.get("due", fact["day"])) for fact in facts],
        signed,
        roles,
        [numbers[fact["of"]] if "of" in fact else 0 for fact in facts],
        list(range(1, len(facts) + 1)),
    )


def _traits(traits: dict[str, Any], hold: list[str]) -> Traits:
    rent = _cents(traits["rent"]) if "rent" in traits else -1
    return Traits(
        np.array([rent]),
        np.array([traits.get("departed", False)]),
        np.array([traits.get("direct_debit", False)]),
        np.array([traits.get("debit_day", -1)]),
        np.array([sum(Hold[name.upper()] for name in hold)]),
    )


def _dealings(story: dict[str, Any], as_of: date) -> Dealings:
    """What was agreed and promised by a day, with the money of the story."""
    columns = {name: np.array(getattr(no_dealings(1), name)) for name in Dealings.__slots__}
    money = [(f["day"], _cents(f["euro"])) for f in story["facts"] if f["what"] == "payment"]
    given = story.get("arrangement")
    if given and given["agreed"] <= as_of:
        terms = [Duty(t["day"], _cents(t["euro"]), n) for n, t in enumerate(given["terms"], 1)]
        rents = [
            Duty(f["day"], _cents(f["euro"]))
            for f in story["facts"]
            if f["what"] == "rent" and given["agreed"] < f["day"] <= as_of
        ]
        came = [Arrived(*one) for one in money if one[0] >= given["agreed"]]
        found = watch([*terms, *rents], came, as_of, POLICY.arrangements.grace_days)
        columns["arrangement"][0] = Agreed[found.kept.name if found.kept is not Kept.DONE else "KEPT"]
        columns["asked_cents"][0], columns["came_cents"][0] = found.asked_cents, found.came_cents
    promises = [
        Promise(n, p["made"], _cents(p["euro"]), p["day"]) for n, p in enumerate(story.get("promises", []), 1)
    ]
    said = watch_promises(promises, [Money(*one) for one in money], as_of, POLICY.arrangements.grace_days)
    if said and said[-1].repaired_on is None:
        state = said[-1].state.name
        columns["promise"][0] = Promised[state] if state in Promised.__members__ else Promised.NONE
    return Dealings(**columns)


def _found(story: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """What the engine says, of exactly what the expectation asks about."""
    traits = replace(_traits(story["traits"], asked.get("hold", [])), dealings=_dealings(story, asked["day"]))
    decisions = evaluate(_portfolio(story["facts"]), traits, TABLE, day_number(asked["day"]))
    stand, told = decisions.positions, explain(decisions, 0, POLICY)
    phase = Phase(int(phases(stand, traits.monthly_rent_cents)[0]))
    known: dict[str, Any] = {
        "day": asked["day"],
        "hold": asked.get("hold", []),
        "step": told.code,
        "alert": told.alert,
        "why": told.why.replace("\u00a0", " "),
        "due": day_of(int(decisions.due_day[0])),
        "phase": phase_label(phase, bool(traits.departed[0])),
        "oldest_due": day_of(int(stand.oldest_due[0])) if stand.open_items[0] else None,
        "overdue_by_role": stand.overdue_by_role[0].tolist(),
        "without_alert": asked.get("without_alert")
        if asked.get("without_alert") in told.would_stop_alert
        else None,
    }
    return {name: known[name] if name in known else int(getattr(stand, name)[0]) for name in asked}


def _expected(asked: dict[str, Any]) -> dict[str, Any]:
    in_cents = {name: _cents(value) if name in MONEY else value for name, value in asked.items()}
    if "overdue_by_role" in asked:
        in_cents["overdue_by_role"] = [_cents(euro) for euro in asked["overdue_by_role"]]
    return in_cents


@pytest.mark.parametrize("path", STORIES, ids=[path.stem for path in STORIES])
def test_story_gives_the_expected_step_and_reasons(path: Path) -> None:
    story = yaml.safe_load(path.read_text(encoding="utf-8"))
    for asked in story["expect"]:
        assert _found(story, asked) == _expected(asked), (story["name"], asked["day"])


def test_stories_are_there_and_tell_at_least_two_days_between_them() -> None:
    stories = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in STORIES]
    assert len(stories) >= 8
    assert all(isinstance(asked["day"], date) for story in stories for asked in story["expect"])


def test_story_steps_cover_the_whole_default_policy() -> None:
    told = {
        asked["step"]
        for path in STORIES
        for asked in yaml.safe_load(path.read_text(encoding="utf-8"))["expect"]
    }
    assert told == {step.code for step in POLICY.steps}
