"""Any past decision can be taken once more under its own version: the same step, the same day, the same ruling."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from tests.cases.demo_corporation import read_in
from tests.cases.one_lease import Ledger
from tests.policy.mutated import mutated_text, step

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.cases.queries_redo import Redone, redo
from tijdig.lab.population import make
from tijdig.policy.actions_versions import keep_version, start_version
from tijdig.rulings.actions import end, rule
from tijdig.rulings.kinds import Kind
from tijdig.rulings.values import Draft

NOV = date(2026, 11, 1)
CODES = (
    "message",
    "call",
    "visit",
    "call_before_letter",
    "fourteen_day_letter",
    "departed",
    "decide",
    "reach_otherwise",
)
CHANGES: tuple[tuple[dict[str, object], ...], ...] = (
    ({"kind": Kind.OTHER, "instead_of": "call_before_letter", "do": "visit"},),
    ({"kind": Kind.LATER, "instead_of": "call_before_letter"},),
    ({"kind": Kind.SKIP, "instead_of": "call_before_letter"}, {"kind": Kind.SKIP, "instead_of": "fourteen_day_letter"}),
    ({"kind": Kind.SKIP, "instead_of": "call_before_letter"}, {"kind": Kind.OTHER, "instead_of": "fourteen_day_letter",
                                                        "do": "call"}),
    ({"kind": Kind.SKIP, "instead_of": "call"}, {"kind": Kind.SKIP, "instead_of": "message"}),
    ({"kind": Kind.PAUSE},),
    ({"kind": Kind.GO_ON}, {"kind": Kind.OTHER, "instead_of": "departed", "do": "visit"}),
)  # fmt: skip


def _rule(organisation: int, tenancy: int, on: date, **what: object) -> int:
    draft = Draft(until_on=on + timedelta(days=60), reason="Past beter.", **what)  # type: ignore[arg-type]
    return rule(
        organisation_id=organisation,
        actor="user:1",
        name="Samira de Boer",
        tenancy_id=tenancy,
        draft=draft,
        codes=CODES,
        asked_as=uuid4(),
        now=datetime.now(UTC),
        on=on,
    )


def _all(ledger: Ledger) -> dict[int, Redone | None]:
    ids = [row[0] for row in ledger.rows("SELECT id FROM cases_decision ORDER BY id")]
    with organisation_scope(ledger.organisation):
        return {pk: redo(pk) for pk in ids}


@pytest.fixture
def corporation(fresh_database: str, tmp_path: Path) -> Ledger:
    """Nights of three weeks, with decisions by people, ended ones among them, and a new way of working half way."""
    ledger = read_in(make(120, 8, seed=11, last_day=date(2026, 11, 20)), tmp_path)
    organisation = ledger.organisation
    ledger.night(NOV)
    behind = [row[0] for row in ledger.rows("SELECT tenancy_id FROM cases_standing WHERE alert ORDER BY 1")]
    rulings = [
        _rule(organisation, tenancy, NOV, **what)
        for number, tenancy in enumerate(behind)
        for what in CHANGES[number % len(CHANGES)]
    ]
    ledger.evaluate(NOV)
    ledger.night(NOV + timedelta(days=4))
    for number in rulings[::4]:
        end(
            organisation_id=organisation,
            actor="user:1",
            ruling_id=number,
            reason="Hoeft niet meer.",
            now=datetime.now(UTC),
            on=NOV + timedelta(days=5),
        )
    ledger.evaluate(NOV + timedelta(days=5))
    text = mutated_text(
        step("offer_help", when=["days_in_arrears >= 20", "early_signal = none", "departed = nee"], due_in_days=9),
        lambda document: document.update(version="2026-12"),
    )  # fmt: skip
    kept = keep_version(organisation_id=organisation, actor="user:1", text=text, on=NOV + timedelta(days=5))
    start_version(
        organisation_id=organisation, actor="user:1", version_id=kept, from_on=NOV + timedelta(days=8),
        reason="Eerder hulp.", on=NOV + timedelta(days=5),
    )  # fmt: skip
    for days in (7, 8, 15, 19):
        ledger.night(NOV + timedelta(days=days))
    return ledger


def test_every_decision_of_a_corporation_comes_out_the_same(corporation: Ledger) -> None:
    found = _all(corporation)
    assert {pk: one for pk, one in found.items() if one is None or not one.same} == {}
    told = corporation.rows(
        "SELECT policy_version, count(*), count(ruling_id), count(DISTINCT rule) FROM cases_decision GROUP BY 1 ORDER BY 1"
    )
    assert [row[0] for row in told] == ["v2026-12", "v5"]
    assert all(decisions > 100 and ruled > 5 and rules > 5 for _, decisions, ruled, rules in told), told


# -- what is not as it was -----------------------------------------------------------------------------------


@pytest.fixture
def late(organisation: int) -> Ledger:
    """One tenant, two weeks late."""
    ledger = Ledger(organisation)
    ledger.lease()
    ledger.rent(NOV)
    ledger.night(NOV + timedelta(days=15))
    return ledger


def _stored(ledger: Ledger, **changed: str) -> Redone | None:
    """A decision that was stored with something else in it, redone."""
    names = (
        "organisation_id",
        "tenancy_id",
        "as_of",
        "policy_version",
        "rule",
        "step_due_on",
        "alert",
        "actor",
        "saw",
    )
    values = ", ".join(changed.get(name, name) for name in names)
    ((pk,),) = ledger.rows(
        f"INSERT INTO cases_decision ({', '.join(names)}) SELECT {values} FROM cases_decision LIMIT 1 RETURNING id"
    )
    with organisation_scope(ledger.organisation):
        return redo(pk)


def test_a_decision_says_what_it_was_and_what_it_is_again(late: Ledger) -> None:
    (found,) = _all(late).values()
    assert found == Redone("visit", "visit", date(2026, 11, 20), date(2026, 11, 20), None, None)
    assert found.same


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({}, True),
        ({"rule": "'call'"}, False),
        ({"step_due_on": "step_due_on + 1"}, False),
        ({"as_of": "as_of + 1"}, False),
        ({"saw": "saw[1:3]"}, False),  # the rest is unknown, and unknown fulfils no condition
        ({"saw": "array_fill(0::bigint, ARRAY[17])", "rule": "'nothing_open'", "step_due_on": "as_of"}, True),
    ],
)
def test_a_decision_that_was_stored_otherwise_is_not_the_same(
    late: Ledger, changed: dict[str, str], same: bool
) -> None:
    found = _stored(late, **changed)
    assert found is not None and found.same is same


def test_a_version_that_this_corporation_never_had_cannot_be_redone(late: Ledger) -> None:
    assert _stored(late, policy_version="'v2'") is None


def test_a_decision_of_another_corporation_is_not_there(late: Ledger) -> None:
    ((pk,),) = late.rows("SELECT id FROM cases_decision")
    with organisation_scope(create_organisation(name="Ander", slug="ander")):
        assert redo(pk) is None
    with organisation_scope(late.organisation):
        assert redo(pk + 999) is None
