"""Tenancies told by dates (`tests/stories/*.yaml`): facts, then on each day the position, the step and the reasons.

| Field | Says |
|---|---|
| `traits` | `rent`, `rent_known` (false: nobody told us), `direct_debit`, `debit_day`, `departed` (last day of the lease) |
| `rents` | days on which the rent is charged and due |
| `facts` | `what`: `rent`, `service`, `settlement`, `costs`, `interest` (charges), `payment`, `redo` (credits), `reversal` |
| | `of` names the fact that it points back to, `due` another due day, `known` the day on which we learned it |
| `arrangement` | `asked`, `agreed` with `terms`, `ended` |
| `promises` | `made`, `euro`, `day` |
| `contacts` | `day`, `by` (`phone`, `visit`, `email`), `talked`; in the order in which they happened |
| `sent` | `day`, `letter`, for a fourteen-day letter `ends` (from when its costs are due), `back` (it came back) |
| `steps` | `day`, `what`: `signal_objected`, `signal_sent`, `signal_answered`, `handed_over`, `handed_back` |
| `rulings` | `from`, `until` (the last day), `ended`, `kind`, `instead_of`, `do` |
| `circumstances` | `flag`, `from`, `until` (the first day without it) |
| `disputed` | `of` (a fact), `day`, `answered` |
| `replies` | `day`, `answered` |
| `settled` | days on which earlier arrears were settled |

An expectation tells only what matters on that day: the step, and what of the position, the clocks and the sentences. `new`
and `frozen` are the two accounts of a debt procedure, since its first day and of before. `hold` are flags that hold on that
day alone; `known` asks as known on another day.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.arrears.story import POLICY, Story, cents, portfolio, traits

from tijdig.arrears.evaluate import Decisions, evaluate
from tijdig.arrears.explain import Explanation, explain
from tijdig.arrears.features import Traits
from tijdig.arrears.position import Phase, days_in_arrears, days_overdue, phase_label, phases
from tijdig.base.days import day_number, day_of
from tijdig.policy.table import compile_policy
from tijdig.policy.words import Circumstance, Hold

STORIES = sorted((Path(__file__).parents[1] / "stories").glob("*.yaml"))
MONEY = {"overdue", "not_due", "credit", "balance", "new", "frozen"}
GIVEN = {"day", "known", "hold"}
TABLE = compile_policy(POLICY)


@cache
def _story(path: Path) -> Story:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _expectations() -> list[tuple[Path, dict[str, Any]]]:
    return [(path, asked) for path in STORIES for asked in _story(path)["expect"]]


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def _found(story: Story, asked: dict[str, Any]) -> dict[str, Any]:
    """What the engine says, of exactly what the expectation asks about."""
    day = asked["day"]
    seen = traits(story, asked)
    decisions = evaluate(portfolio(story, day, asked.get("known", day)), seen, TABLE, day_number(day))
    known = _told(decisions, explain(decisions, 0, POLICY), seen, asked)
    stand = decisions.positions
    return {name: known[name] if name in known else int(getattr(stand, name)[0]) for name in asked}


def _told(decisions: Decisions, told: Explanation, seen: Traits, asked: dict[str, Any]) -> dict[str, Any]:
    stand, step = decisions.positions, POLICY.steps[int(decisions.rule[0])]
    phase = Phase(int(phases(stand, seen.monthly_rent_cents)[0]))
    without = asked.get("without_alert")
    own = seen.trajectory
    assert own is not None
    return {name: asked.get(name) for name in GIVEN} | {
        "new": int(own.capped(stand.overdue)[0]),
        "frozen": int(own.old_overdue_cents[0]),
        "step": told.code,
        "alert": told.alert,
        "why": _plain(told.why),
        "instead_of": told.instead_of,
        "do": step.do.value,
        "bucket": step.bucket.value,
        "stage": step.stage.value,
        "who": step.who.value,
        "due": day_of(int(decisions.due_day[0])),
        "phase": phase_label(phase, bool(seen.departed[0])),
        "days": int(days_overdue(stand)[0]),
        "arrears_days": int(days_in_arrears(stand)[0]),
        "oldest_due": day_of(int(stand.oldest_due[0])) if stand.open_items[0] else None,
        "overdue_by_role": stand.overdue_by_role[0].tolist(),
        "without_alert": without if without in map(_plain, told.would_stop_alert) else told.would_stop_alert,
    }


def _expected(asked: dict[str, Any]) -> dict[str, Any]:
    in_cents = {name: cents(value) if name in MONEY else value for name, value in asked.items()}
    if "overdue_by_role" in asked:
        in_cents["overdue_by_role"] = [cents(euro) for euro in asked["overdue_by_role"]]
    return in_cents


@pytest.mark.parametrize("path", STORIES, ids=[path.stem for path in STORIES])
def test_story_gives_the_expected_step_and_reasons(path: Path) -> None:
    story = _story(path)
    for asked in story["expect"]:
        assert _found(story, asked) == _expected(asked), (story["name"], asked["day"])


def test_stories_are_many_and_each_tells_a_step_and_whether_somebody_hears_of_it() -> None:
    assert len(STORIES) >= 40
    assert len({_story(path)["name"] for path in STORIES}) == len(STORIES)
    for path, asked in _expectations():
        assert isinstance(asked["day"], date) and {"step", "alert"} <= asked.keys(), path.stem


def test_at_least_half_of_the_stories_tell_the_reason_in_words() -> None:
    worded = {path for path, asked in _expectations() if "why" in asked}
    assert len(worded) >= len(STORIES) / 2
    assert any("why" in asked and not asked["alert"] for _, asked in _expectations())


def test_story_steps_cover_the_whole_default_policy() -> None:
    assert {asked["step"] for _, asked in _expectations()} == {step.code for step in POLICY.steps}


def test_stories_tell_every_flag_every_deviation_and_every_decision() -> None:
    stories = [_story(path) for path in STORIES]
    flags = {one["flag"].upper() for story in stories for one in story.get("circumstances", [])}
    assert flags == {flag.name for flag in Circumstance}
    holds = {name.upper() for _, asked in _expectations() for name in asked.get("hold", [])}
    assert holds == {flag.name for flag in Hold}
    rulings = {one["kind"] for story in stories for one in story.get("rulings", [])}
    assert rulings == {"other", "later", "skip", "pause", "hand_over", "arrange", "help", "go_on"}
