"""Whoever fell behind gets somebody who works it; the worklist shows and filters by who that is today."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from tests.caseload.people import consultant, leave

from doors import Corporation
from doors import corporation as make
from tijdig.access.queries import colleagues
from tijdig.access.roles import Role
from tijdig.base.days import AMSTERDAM
from tijdig.caseload.actions import assign
from tijdig.caseload.actions_absence import report_absence
from tijdig.caseload.kinds import Why
from tijdig.caseload.models import Holder
from tijdig.caseload.queries import assigned, given_of
from tijdig.cases.actions_assign import assign_open
from tijdig.cases.models import Alert
from tijdig.cases.queries import WorkFilter, work_row, work_rows, worklist
from tijdig.cases.queries_policy import policy_on
from tijdig.cases.queries_team import at_work, team, unowned, waits
from tijdig.jobs.worker import _assign_of, _one_night
from tijdig.tenancies.queries import tenancy_ids_by_contract


@pytest.fixture
def behind(organisation: int) -> Corporation:
    """Three tenants in region Noord who are behind, and one who is not."""
    corporation = make(organisation)
    for number in (1, 2, 3):
        corporation.lease(number)
    corporation.lease(4, behind=False)
    corporation.evaluate()
    return corporation


def _ids(corporation: Corporation) -> list[int]:
    found = tenancy_ids_by_contract([f"C{corporation.organisation}-{number}" for number in (1, 2, 3, 4)])
    return [found[f"C{corporation.organisation}-{number}"] for number in (1, 2, 3, 4)]


def _assign_open(corporation: Corporation) -> int:
    return assign_open(organisation_id=corporation.organisation, on=corporation.today, actor="system:night")


def _give(corporation: Corporation, tenancy: int, user: int) -> None:
    assign(
        organisation_id=corporation.organisation,
        actor="user:1",
        tenancy_id=tenancy,
        user_id=user,
        reason="Kent hem.",
        seen=assigned(corporation.today).get(tenancy),
        on=corporation.today,
    )


def _away(corporation: Corporation, user: int, stand_in: int | None, days: int | None = None) -> None:
    report_absence(
        organisation_id=corporation.organisation,
        actor="user:1",
        user_id=user,
        from_on=corporation.today,
        until_on=None if days is None else corporation.today + timedelta(days=days),
        stand_in=stand_in,
        on=corporation.today,
    )


def _shown(corporation: Corporation, **chosen: object) -> dict[int, str]:
    """The tenancies on the list as filtered, with the initials at each; the sum above it agrees with its rows."""
    people, on = colleagues(corporation.organisation), corporation.today
    which = WorkFilter(**chosen)  # type: ignore[arg-type]
    found = worklist(which, people, on)
    rows = {row.tenancy_id: row.assigned_to for row in found.rows}
    assert (found.total, found.overdue_cents) == (len(rows), sum(row.overdue_cents for row in found.rows))
    assert rows == {row.tenancy_id: row.assigned_to for row in work_rows(which, people, on)}
    for tenancy, initials in rows.items():
        row = work_row(tenancy, people, on)
        assert row is not None and row.assigned_to == initials
    return rows


def test_who_is_behind_gets_somebody_once(behind: Corporation) -> None:
    noord, zuid = (
        consultant(behind.organisation, "Anna Aa", "Noord"),
        consultant(behind.organisation, "Bert Be", "Zuid"),
    )
    *late, paid = _ids(behind)
    assert [_assign_open(behind) for _ in "12"] == [3, 0]
    assert assigned(behind.today) == dict.fromkeys(late, noord)
    assert {given_of(one, behind.today)[0].why for one in late} == {Why.REGION}
    assert paid not in assigned(behind.today)
    people = {one.id: (one.tenancies, one.hand_minutes) for one in team(behind.today)}
    assert people == {noord: (3, sum(at_work(behind.today).values())), zuid: (0, 0)}


def test_a_tenancy_asks_the_minutes_of_its_step_or_those_that_are_said(behind: Corporation) -> None:
    policy = policy_on(behind.today)
    rows = work_rows(WorkFilter(), colleagues(behind.organisation), behind.today)
    asked = {step.code: policy.minutes[step.do] for step in policy.steps}
    assert at_work(behind.today) == {row.tenancy_id: asked[row.step] for row in rows}
    assert 0 not in at_work(behind.today).values()
    assert set(at_work(behind.today, 40).values()) == {40}


def test_where_nobody_works_nothing_is_given(behind: Corporation) -> None:
    assert _assign_open(behind) == 0
    assert len(unowned(behind.today, at_work(behind.today), team(behind.today))) == 3


def test_who_left_or_is_long_away_gives_way_and_whoever_is_there_keeps(behind: Corporation) -> None:
    anna, bert, cora = (consultant(behind.organisation, name) for name in ("Anna Aa", "Bert Be", "Cora Ce"))
    first, second, third, _ = _ids(behind)
    for tenancy, user in ((first, anna), (second, bert), (third, cora)):
        _give(behind, tenancy, user)
    leave(anna)
    _away(behind, bert, None)
    assert _assign_open(behind) == 2
    assert assigned(behind.today) == dict.fromkeys((first, second, third), cora)
    assert given_of(second, behind.today)[0].reason.startswith("Bert Be is afwezig, en Cora Ce heeft")


def test_the_night_gives_the_new_alerts_to_somebody(behind: Corporation) -> None:
    anna = consultant(behind.organisation, "Anna Aa")
    _one_night(behind.organisation, datetime.combine(behind.today, time(4, 30), AMSTERDAM))
    assert set(assigned(behind.today).values()) == {anna}
    assert len(assigned(behind.today)) == 3


def test_whose_it_is_follows_the_newest_assignment_of_whoever_fell_behind(behind: Corporation) -> None:
    anna, bert = (consultant(behind.organisation, name) for name in ("Anna Aalders", "Bert Bos"))
    first, second, third, settled = _ids(behind)

    def held() -> dict[int, int | None]:
        return dict(Holder.objects.values_list("tenancy_id", "user_id"))

    assert held() == {first: None, second: None, third: None}
    _give(behind, first, anna)
    _give(behind, second, anna)
    _give(behind, first, bert)
    _give(behind, settled, bert)
    assert held() == {first: bert, second: anna, third: None, settled: bert}
    behind.evaluate()
    assert held() == {first: bert, second: anna, third: None, settled: bert}


def test_until_somebody_has_it_the_consultant_of_the_region_shows(behind: Corporation) -> None:
    anna, bert, cora = (
        consultant(behind.organisation, "Anna Aa", "Zuid"),
        consultant(behind.organisation, "Bert Be", "Noord"),
        consultant(behind.organisation, "Cora Ce"),
    )
    late = set(_ids(behind)[:3])
    assert _shown(behind) == dict.fromkeys(late, "BB")
    assert _shown(behind, consultant=bert) == dict.fromkeys(late, "BB")
    assert _shown(behind, consultant=anna) == _shown(behind, consultant=cora) == {}


def test_who_has_it_goes_before_the_region(behind: Corporation) -> None:
    anna = consultant(behind.organisation, "Anna Aa", "Zuid")
    bert = consultant(behind.organisation, "Bert Be", "Noord")
    first, second, third, _ = _ids(behind)
    _give(behind, first, bert)
    _give(behind, first, anna)
    _give(behind, second, bert)
    assert _shown(behind) == {first: "AA", second: "BB", third: "BB"}
    assert _shown(behind, consultant=anna) == {first: "AA"}
    assert _shown(behind, consultant=bert) == {second: "BB", third: "BB"}
    assert _shown(behind, consultant=bert, region="Noord") == {second: "BB", third: "BB"}
    assert _shown(behind, consultant=anna, region="Zuid") == {}
    assert _shown(behind, consultant=anna, q="Verzonnen1") == {first: "AA"}


def test_the_stand_in_shows_while_somebody_is_away(behind: Corporation) -> None:
    anna, bert = (
        consultant(behind.organisation, "Anna Aa", "Noord"),
        consultant(behind.organisation, "Bert Be", "Zuid"),
    )
    first, second, third, _ = _ids(behind)
    _give(behind, first, anna)
    _away(behind, anna, bert, 3)
    assert _shown(behind) == dict.fromkeys((first, second, third), "BB")
    assert _shown(behind, consultant=bert) == dict.fromkeys((first, second, third), "BB")
    assert _shown(behind, consultant=anna) == {}


def test_who_left_shows_no_more_and_who_is_away_without_a_stand_in_does(behind: Corporation) -> None:
    anna, bert = (
        consultant(behind.organisation, "Anna Aa"),
        consultant(behind.organisation, "Bert Be", "Noord"),
    )
    first, second, third, _ = _ids(behind)
    _give(behind, first, anna)
    _away(behind, anna, None, 3)
    assert _shown(behind)[first] == "AA"
    leave(anna)
    assert _shown(behind, consultant=bert) == dict.fromkeys((first, second, third), "BB")


def test_whoever_works_no_tenancies_filters_nothing(behind: Corporation) -> None:
    consultant(behind.organisation, "Anna Aa", "Noord")
    lead = consultant(behind.organisation, "Lies El", role=Role.TEAM_LEAD)
    assert len(_shown(behind, consultant=lead)) == len(_shown(behind, consultant=999_999)) == 3


def test_what_came_in_today_lies_in_somebodys_list_today(behind: Corporation) -> None:
    behind.person(Role.CONSULTANT)
    _assign_of(behind.organisation, behind.today)
    known = assigned(behind.today)
    assert [one in known for one in _ids(behind)] == [True, True, True, False]
    late = behind.lease(9)
    behind.evaluate()
    _assign_of(behind.organisation, behind.today)
    assert tenancy_ids_by_contract([late])[late] in assigned(behind.today)


def test_an_alert_that_comes_to_ask_for_a_person_under_its_old_number_gets_one(behind: Corporation) -> None:
    behind.person(Role.CONSULTANT)
    contract = behind.lease(9, behind=False)
    behind.charge(contract, 3)
    behind.evaluate()
    _assign_of(behind.organisation, behind.today)
    tenancy = tenancy_ids_by_contract([contract])[contract]
    (alert,) = Alert.objects.filter(tenancy_id=tenancy).values_list("id", flat=True)
    assert (tenancy in at_work(behind.today), tenancy in assigned(behind.today)) == (False, False)
    behind.charge(contract, 45)  # what the program did by itself is now the work of a person
    behind.evaluate()
    assert Alert.objects.filter(tenancy_id=tenancy).values_list("id", flat=True).get() == alert
    assert waits(behind.today)
    _assign_of(behind.organisation, behind.today)
    assert tenancy in assigned(behind.today)
    assert not waits(behind.today)


def test_work_waits_as_long_as_it_is_in_nobodys_hands_and_somebody_is_there(behind: Corporation) -> None:
    assert not waits(behind.today)  # nobody works here
    anna = consultant(behind.organisation, "Anna Aa")
    assert waits(behind.today)
    _assign_open(behind)
    assert not waits(behind.today)
    _away(behind, anna, None)
    assert not waits(behind.today)  # nobody is there to take it
    consultant(behind.organisation, "Bert Be")
    assert waits(behind.today)
    _assign_of(behind.organisation, behind.today)
    assert not waits(behind.today)


def test_asking_who_waits_gives_nothing_when_nothing_does(
    behind: Corporation, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultant(behind.organisation, "Anna Aa")
    _assign_of(behind.organisation, behind.today)
    monkeypatch.setattr("tijdig.jobs.worker.assign_open", lambda **_: pytest.fail("nothing waits"))
    _assign_of(behind.organisation, behind.today)
