"""What the group decides comes back into the case in one transaction: the decision and the ruling that the engine reads."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection
from tests.conferences import groups
from tests.conferences.groups import AGAIN, HELP, STEPS, TODAY, UNTIL, VISIT
from tests.letters import offices

from tijdig.cases.actions_conference import KIND, close, decide
from tijdig.conferences.kinds import Decision
from tijdig.conferences.queries import conference, item_of, outcomes_of
from tijdig.conferences.values import NotConferred, Outdated
from tijdig.rulings.actions import rule
from tijdig.rulings.kinds import Kind
from tijdig.rulings.queries import in_force, rulings_of
from tijdig.rulings.values import Draft

NOW = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
PAUSE: dict[str, object] = {"decision": Decision.PAUSE, "who_id": None, "do_by_on": None}
HAND_OVER: dict[str, object] = {"decision": Decision.HAND_OVER}
GO_ON: dict[str, object] = {"decision": Decision.GO_ON}
ALL: dict[Decision, dict[str, object]] = {
    Decision.HAND_OVER: HAND_OVER,
    Decision.ARRANGE: {},
    Decision.HELP: HELP,
    Decision.PAUSE: PAUSE,
    Decision.OTHER_STEP: VISIT,
    Decision.GO_ON: GO_ON,
    Decision.LATER: AGAIN,
}


@pytest.fixture
def tenancy(organisation: int) -> int:
    return offices.tenant(organisation)


def _decide(
    organisation: int, item: int, where: int, *, asked_as: UUID | None = None, **changed: object
) -> int:
    return decide(
        organisation_id=organisation,
        actor="user:2",
        name="Bo",
        draft=groups.outcome(organisation, item, where, **changed),
        codes=STEPS,
        asked_as=asked_as or uuid4(),
        now=NOW,
        on=TODAY,
    )


def _rule(organisation: int, tenancy: int, kind: Kind, *, about: str = "", **more: str) -> int:
    draft = Draft(kind=kind, until_on=UNTIL, reason="Ziek.", about=about, **more)
    return rule(
        organisation_id=organisation, actor="user:3", name="Cas", tenancy_id=tenancy, draft=draft, codes=STEPS,
        asked_as=uuid4(), now=NOW, on=TODAY,
    )  # fmt: skip


def _holds(tenancy: int) -> list[Kind]:
    return [one.kind for one in in_force(TODAY, [tenancy])]


def _marks() -> list[tuple[int, date]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenancy_id, earliest_on FROM ledger_dirty")
        return list(cursor.fetchall())


def test_every_decision_is_a_ruling_of_its_own() -> None:
    assert set(KIND) == set(ALL) == set(Decision)
    assert len(set(KIND.values())) == len(Decision)


@pytest.mark.parametrize("decision", Decision)
def test_a_decision_is_ruled_with_its_days_and_names(
    organisation: int, tenancy: int, decision: Decision
) -> None:
    item, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_dirty")
    made = _decide(organisation, item, where, **ALL[decision])
    (outcome,), (ruling,) = outcomes_of(tenancy, TODAY), in_force(TODAY, [tenancy])
    assert (outcome.id, outcome.decision) == (made, decision)
    assert (ruling.kind, ruling.from_on, ruling.until_on) == (KIND[decision], TODAY, UNTIL)
    assert (ruling.actor, ruling.name, ruling.reason) == ("user:2", "Bo", outcome.reason)
    assert (ruling.about, ruling.recorded_at) == (f"conference:{where}", NOW)
    assert (ruling.instead_of, ruling.do) == (outcome.instead_of, outcome.do)
    assert (item_of(tenancy) is not None) == (decision is Decision.LATER)
    assert _marks() == [(tenancy, TODAY)]


@pytest.mark.parametrize("before", Decision)
@pytest.mark.parametrize("after", Decision)
def test_of_one_conference_one_ruling_holds_whatever_was_decided_before(
    organisation: int, tenancy: int, before: Decision, after: Decision
) -> None:
    item, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    _decide(organisation, item, where, **ALL[before])
    _decide(organisation, item, where, **ALL[after])
    assert _holds(tenancy) == [KIND[after]]
    assert len(rulings_of(tenancy, TODAY)) == 2


def test_work_that_the_group_asks_for_ends_a_pause_and_rest_does_not(organisation: int, tenancy: int) -> None:
    item, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    _rule(organisation, tenancy, Kind.PAUSE)
    _decide(organisation, item, where, **AGAIN)
    assert _holds(tenancy) == [Kind.PAUSE, Kind.LATER]
    _decide(organisation, item, where, **HAND_OVER)
    assert _holds(tenancy) == [Kind.HAND_OVER]
    pause = next(one for one in rulings_of(tenancy, TODAY) if one.kind is Kind.PAUSE)
    assert (pause.ended_on, pause.ended_by, pause.ended_reason) == (
        TODAY,
        "user:2",
        "Het overleg besloot anders.",
    )


def test_what_a_colleague_decided_about_a_step_stays(organisation: int, tenancy: int) -> None:
    item, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    _rule(organisation, tenancy, Kind.SKIP, instead_of="visit")
    _decide(organisation, item, where, **HELP)
    assert _holds(tenancy) == [Kind.SKIP, Kind.HELP]


def test_what_an_earlier_conference_ruled_stays_unless_it_is_the_same_place(
    organisation: int, tenancy: int
) -> None:
    first = groups.begun(organisation)
    _decide(organisation, groups.asked(organisation, tenancy), first, **HELP)
    second = groups.begun(organisation)
    item = groups.asked(organisation, tenancy)
    _decide(organisation, item, second, **PAUSE)
    assert _holds(tenancy) == [Kind.HELP, Kind.PAUSE]
    _decide(organisation, item, second, **HAND_OVER)
    assert [one.about for one in in_force(TODAY, [tenancy])] == [f"conference:{second}"]


def test_the_same_form_twice_decides_and_rules_once(organisation: int, tenancy: int) -> None:
    item, where, form = groups.asked(organisation, tenancy), groups.begun(organisation), uuid4()
    first = _decide(organisation, item, where, asked_as=form, **HELP)
    assert _decide(organisation, item, where, asked_as=form, seen=None, **HELP) == first
    _decide(organisation, item, where, **PAUSE)
    assert _decide(organisation, item, where, asked_as=form, seen=None, **HELP) == first
    assert _holds(tenancy) == [Kind.PAUSE]
    assert len(rulings_of(tenancy, TODAY)) == 2


def test_what_may_not_be_ruled_is_not_decided_either(organisation: int, tenancy: int) -> None:
    """Longer than a ruling may hold: the room of conferences knows no such limit, the room of rulings does."""
    item, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    with pytest.raises(NotConferred) as refused:
        _decide(organisation, item, where, until_on=date(2028, 1, 1))
    assert [one.code for one in refused.value.faults] == ["until_far"]
    assert (outcomes_of(tenancy, TODAY), rulings_of(tenancy, TODAY)) == ([], [])
    assert item_of(tenancy) is not None


def test_what_may_not_be_decided_is_not_ruled_either(organisation: int, tenancy: int) -> None:
    item, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    first = _decide(organisation, item, where, **HELP)
    with pytest.raises(Outdated) as refused:
        _decide(organisation, item, where, seen=None, **PAUSE)
    assert refused.value.now.id == first
    with pytest.raises(NotConferred):
        _decide(organisation, item, where, reason="")
    assert _holds(tenancy) == [Kind.HELP]


def test_closed_what_it_decided_holds_on(organisation: int, tenancy: int) -> None:
    item, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    _decide(organisation, item, where, **HELP)
    close(organisation_id=organisation, actor="user:1", name="Ada", conference_id=where, on=TODAY)
    held = conference(where)
    assert held is not None and held.closed is not None
    assert _holds(tenancy) == [Kind.HELP]
    with pytest.raises(NotConferred):
        _decide(organisation, item, where, **PAUSE)
    assert _holds(tenancy) == [Kind.HELP]
