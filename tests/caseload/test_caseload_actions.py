"""A tenancy gets somebody once, by rule or by hand; a caseload moves whole; nothing is changed; who was first is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.caseload.people import TODAY, consultant, leave, tenants, wanted

from tijdig.access.actions import create_organisation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.caseload import actions
from tijdig.caseload.actions_absence import end_absence, report_absence, set_workday
from tijdig.caseload.actions_move import hand_over, take_back
from tijdig.caseload.assign import Choice, Wanted
from tijdig.caseload.kinds import Why
from tijdig.caseload.models import Workday
from tijdig.caseload.queries import (
    absences,
    assigned,
    given_of,
    lent,
    load,
    minutes_on,
    owners,
    unheld,
    weeks,
)
from tijdig.caseload.values import NotAssigned
from tijdig.history.queries import of_subject

ACTOR = "user:1"
LATER = TODAY + timedelta(days=30)


def _assign_wanted(organisation: int, asked: list[Wanted], on: date = TODAY) -> int:
    people = load(on, {one.tenancy_id: one.minutes for one in asked})
    return actions.assign_wanted(
        organisation_id=organisation, actor="system:night", wanted=asked, load=people, on=on
    )


def _assign(organisation: int, tenancy: int, user: int, seen: int | None, reason: str = "Kent hem.") -> None:
    actions.assign(
        organisation_id=organisation,
        actor=ACTOR,
        tenancy_id=tenancy,
        user_id=user,
        reason=reason,
        seen=seen,
        on=TODAY,
    )


def _report(
    organisation: int, user: int, days: int | None, stand_in: int | None = None, first: int = 0
) -> int:
    from_on = TODAY + timedelta(days=first)
    return report_absence(
        organisation_id=organisation,
        actor=ACTOR,
        user_id=user,
        from_on=from_on,
        until_on=None if days is None else from_on + timedelta(days=days - 1),
        stand_in=stand_in,
        on=TODAY,
    )


def _move(organisation: int, user: int, to: int | None, reason: str = "Gaat met pensioen.") -> int:
    at_work = dict.fromkeys(assigned(TODAY), 15)
    return hand_over(
        organisation_id=organisation,
        actor=ACTOR,
        from_user=user,
        to_user=to,
        reason=reason,
        at_work=at_work,
        on=TODAY,
    )


def _codes(refused: pytest.ExceptionInfo[NotAssigned]) -> list[str]:
    return [one.code for one in refused.value.faults]


def test_what_is_wanted_gets_somebody_and_a_rerun_gives_nothing_twice(organisation: int) -> None:
    anna, bert = (consultant(organisation, name, "Noord") for name in ("Anna A", "Bert B"))
    ids = tenants(organisation, *["Noord"] * 5)
    assert _assign_wanted(organisation, wanted(ids, "Noord")) == 5
    whose = assigned(TODAY)
    assert (sorted(whose), set(whose.values())) == (ids, {anna, bert})
    assert _assign_wanted(organisation, wanted(ids, "Noord")) == 0
    assert [len(given_of(one, TODAY)) for one in ids] == [1] * 5
    (event,) = [one for one in of_subject(f"tenancy:{ids[0]}") if one.verb == "tenancy_assigned"]
    assert event.facts == {"user": whose[ids[0]], "before": None, "why": "region"}
    assert (event.actor, event.effective_on) == ("system:night", TODAY)


def test_an_assignment_comes_back_as_it_was_given(organisation: int) -> None:
    anna = consultant(organisation, "Anna A", "Noord")
    (tenancy,) = tenants(organisation, "Noord")
    _assign_wanted(organisation, wanted([tenancy], "Noord"))
    (first,) = given_of(tenancy, TODAY)
    assert (first.user_id, first.why, first.from_on) == (anna, Why.REGION, TODAY)
    assert first.reason == "Anna A is de enige in regio Noord die er is."


def test_strangers_get_nothing_and_nobody_gives_what_is_not_his(organisation: int) -> None:
    consultant(organisation, "Anna A")
    other = create_organisation(name="Andere", slug=f"andere-{organisation}")
    stranger = consultant(other, "Vreemde V")
    with organisation_scope(other):
        (theirs,) = tenants(other, "Noord")
        people = load(TODAY, {})
    with organisation_scope(organisation):
        (ours,) = tenants(organisation, "Noord")
        given = actions.assign_wanted(
            organisation_id=organisation, actor=ACTOR, wanted=wanted([ours, theirs]), load=people, on=TODAY
        )
        assert (given, assigned(TODAY)) == (0, {}), "their people cannot work our tenancies"
        assert _assign_wanted(organisation, wanted([theirs])) == 0
        for tenancy, user, code in ((theirs, stranger, "tenancy_unknown"), (ours, stranger, "user_unknown")):
            with pytest.raises(NotAssigned) as refused:
                _assign(organisation, tenancy, user, None)
            assert _codes(refused) == [code]
    with organisation_scope(other):
        assert assigned(TODAY) == {}


def test_by_hand_needs_a_reason_and_a_change_and_a_consultant(organisation: int) -> None:
    anna, lead = consultant(organisation, "Anna A"), consultant(organisation, "Lies L", role=Role.TEAM_LEAD)
    (tenancy,) = tenants(organisation, "")
    for user, reason, codes in (
        (anna, "  ", ["reason_missing"]),
        (anna, "x" * 401, ["reason_long"]),
        (lead, "Zij kan het.", ["user_unknown"]),
        (lead, "", ["user_unknown", "reason_missing"]),
    ):
        with pytest.raises(NotAssigned) as refused:
            _assign(organisation, tenancy, user, None, reason)
        assert _codes(refused) == codes
    _assign(organisation, tenancy, anna, None, "  Kent\n hem.  ")
    with pytest.raises(NotAssigned) as refused:
        _assign(organisation, tenancy, anna, anna)
    assert _codes(refused) == ["same_owner"]
    (given,) = given_of(tenancy, TODAY)
    assert (given.why, given.actor, given.reason) == (Why.BY_HAND, ACTOR, "Kent hem.")
    (event,) = [one for one in of_subject(f"tenancy:{tenancy}") if one.verb == "tenancy_assigned"]
    assert (event.facts, event.text) == ({"user": anna, "before": None, "why": "by_hand"}, "Kent hem.")


def test_who_saw_somebody_else_is_told_both(organisation: int) -> None:
    anna, bert, cora = (consultant(organisation, name) for name in ("Anna A", "Bert B", "Cora C"))
    (tenancy,) = tenants(organisation, "")
    _assign(organisation, tenancy, anna, None)
    for seen, told in (
        (None, "U zag: niemand. Nu is het: Anna A."),
        (cora, "U zag: Cora C. Nu is het: Anna A."),
    ):
        with pytest.raises(NotAssigned) as refused:
            _assign(organisation, tenancy, bert, seen)
        assert (_codes(refused), told in str(refused.value)) == (["changed"], True)
    leave(anna)
    with pytest.raises(NotAssigned) as refused:
        _assign(organisation, tenancy, bert, cora)
    assert "Nu is het: Anna A." in str(refused.value), "who left is still named"
    _assign(organisation, tenancy, bert, anna)
    assert assigned(TODAY) == {tenancy: bert}


def test_a_whole_caseload_goes_to_one_colleague(organisation: int) -> None:
    anna, bert = consultant(organisation, "Anna A", "Noord"), consultant(organisation, "Bert B", "Zuid")
    ids = tenants(organisation, "Noord", "Noord", "Zuid")
    _assign_wanted(
        organisation,
        [Wanted(one, region, 15) for one, region in zip(ids, ("Noord", "Noord", "Zuid"), strict=True)],
    )
    assert _move(organisation, anna, bert) == 2
    assert assigned(TODAY) == dict.fromkeys(ids, bert)
    newest = given_of(ids[0], TODAY)[0]
    assert (newest.why, newest.reason) == (Why.MOVED, "Gaat met pensioen.")
    (told,) = of_subject(f"user:{anna}")
    assert (told.verb, told.facts, told.text) == (
        "caseload_handed_over",
        {"to": bert, "tenancies": 2},
        "Gaat met pensioen.",
    )
    assert [
        one.facts["before"] for one in of_subject(f"tenancy:{ids[0]}") if one.verb == "tenancy_assigned"
    ] == [anna, None]


def test_a_caseload_is_spread_by_the_rule_and_never_back_to_who_gives_it(organisation: int) -> None:
    anna = consultant(organisation, "Anna A", "Noord")
    ids = tenants(organisation, *["Noord"] * 6, "Zuid")
    _assign_wanted(organisation, wanted(ids, "Noord"))
    bert, cora = consultant(organisation, "Bert B", "Noord"), consultant(organisation, "Cora C", "Zuid")
    assert _move(organisation, anna, None) == 7
    whose = assigned(TODAY)
    assert [whose[one] for one in ids] == [bert] * 6 + [cora]
    newest = given_of(ids[6], TODAY)[0]
    assert newest.reason == "Gaat met pensioen. (Cora C is de enige in regio Zuid die er is.)"


def test_handing_over_is_refused_with_the_reason_for_it_and_moves_nothing(organisation: int) -> None:
    anna, bert = consultant(organisation, "Anna A"), consultant(organisation, "Bert B")
    (tenancy,) = tenants(organisation, "")
    _assign(organisation, tenancy, anna, None)
    for user, to, reason, codes in (
        (anna, bert, "", ["reason_missing"]),
        (anna, anna, "Zomaar.", ["same_person"]),
        (anna, 999_999, "Zomaar.", ["user_unknown"]),
        (bert, anna, "Zomaar.", ["nothing_to_move"]),
    ):
        with pytest.raises(NotAssigned) as refused:
            _move(organisation, user, to, reason)
        assert _codes(refused) == codes
    _report(organisation, bert, None)
    with pytest.raises(NotAssigned) as refused:
        _move(organisation, anna, None)
    assert _codes(refused) == ["nobody_here"]
    assert assigned(TODAY) == {tenancy: anna}


def test_an_absence_with_a_stand_in_moves_no_tenancy_and_shows_the_stand_in(organisation: int) -> None:
    anna, bert = consultant(organisation, "Anna A"), consultant(organisation, "Bert B")
    (tenancy,) = tenants(organisation, "")
    _assign(organisation, tenancy, anna, None)
    number = _report(organisation, anna, 20, bert)
    assert (assigned(TODAY), owners(TODAY)) == ({tenancy: anna}, {tenancy: bert})
    assert owners(TODAY + timedelta(days=20)) == {tenancy: anna}
    assert unheld(wanted([tenancy]), load(TODAY, {tenancy: 15}), TODAY) == []
    end_absence(
        organisation_id=organisation,
        actor=ACTOR,
        absence_id=number,
        back_on=TODAY + timedelta(days=5),
        on=TODAY,
    )
    assert owners(TODAY + timedelta(days=4)) == {tenancy: bert}
    assert owners(TODAY + timedelta(days=5)) == {tenancy: anna}
    assert [one.verb for one in of_subject(f"user:{anna}")] == ["absence_ended", "absence_reported"]


def test_a_long_absence_without_a_stand_in_is_spread_and_can_be_taken_back(organisation: int) -> None:
    anna, bert = consultant(organisation, "Anna A"), consultant(organisation, "Bert B")
    first, second = tenants(organisation, "", "")
    _assign(organisation, first, anna, None)
    _assign(organisation, second, bert, None)
    number = _report(organisation, anna, 20)
    loose = unheld(wanted([first, second]), load(TODAY, {}), TODAY)
    assert loose == [Wanted(first, "", 15, anna)]
    assert _assign_wanted(organisation, loose) == 1
    assert (given_of(first, TODAY)[0].why, assigned(TODAY)) == (Why.ABSENCE, {first: bert, second: bert})
    with pytest.raises(NotAssigned) as refused:
        take_back(organisation_id=organisation, actor=ACTOR, user_id=anna, on=TODAY)
    assert _codes(refused) == ["user_away"]
    end_absence(organisation_id=organisation, actor=ACTOR, absence_id=number, back_on=TODAY, on=TODAY)
    assert lent(anna, TODAY) == [first]
    assert [take_back(organisation_id=organisation, actor=ACTOR, user_id=anna, on=TODAY) for _ in "12"] == [
        1,
        0,
    ]
    assert assigned(TODAY) == {first: anna, second: bert}
    assert given_of(first, TODAY)[0].why is Why.CONTINUITY


def test_what_was_lent_twice_goes_back_to_who_lent_it_first(organisation: int) -> None:
    anna, bert, cora = (consultant(organisation, name) for name in ("Anna A", "Bert B", "Cora C"))
    begin, (tenancy,) = date(2026, 10, 1), tenants(organisation, "")

    def gave(user: int, why: Why) -> None:
        with organisation_scope(organisation):
            actions.give(organisation, ACTOR, begin, [Choice(tenancy, user, why, "Proef.")])

    gave(anna, Why.LOAD)
    gave(bert, Why.ABSENCE)  # Anna is away
    assert [lent(one, TODAY) for one in (anna, bert, cora)] == [[tenancy], [], []]
    gave(cora, Why.ABSENCE)  # then Bert is
    assert [lent(one, TODAY) for one in (anna, bert, cora)] == [[tenancy], [], []]
    assert lent(anna, begin - timedelta(days=1)) == []
    back = [
        take_back(organisation_id=organisation, actor=ACTOR, user_id=one, on=TODAY) for one in (bert, anna)
    ]
    assert (back, assigned(TODAY)) == ([0, 1], {tenancy: anna})
    gave(bert, Why.ABSENCE)
    gave(anna, Why.ABSENCE)
    assert [lent(one, TODAY) for one in (anna, bert, cora)] == [[], [], []]  # it is with its owner
    gave(bert, Why.ABSENCE)
    gave(cora, Why.ABSENCE)
    leave(anna)
    assert [lent(one, TODAY) for one in (anna, bert, cora)] == [[], [tenancy], []]


def test_a_short_absence_moves_nothing(organisation: int) -> None:
    anna, _ = consultant(organisation, "Anna A"), consultant(organisation, "Bert B")
    (tenancy,) = tenants(organisation, "")
    _assign(organisation, tenancy, anna, None)
    _report(organisation, anna, 7)
    assert unheld(wanted([tenancy]), load(TODAY, {}), TODAY) == []


def test_what_was_of_who_left_is_wanted_again(organisation: int) -> None:
    anna, bert = consultant(organisation, "Anna A"), consultant(organisation, "Bert B")
    (tenancy,) = tenants(organisation, "")
    _assign(organisation, tenancy, anna, None)
    leave(anna)
    loose = unheld(wanted([tenancy]), load(TODAY, {}), TODAY)
    assert [one.previous_id for one in loose] == [None]
    assert (_assign_wanted(organisation, loose), assigned(TODAY)) == (1, {tenancy: bert})


def test_a_report_that_cannot_be_is_refused(organisation: int) -> None:
    anna, bert = consultant(organisation, "Anna A"), consultant(organisation, "Bert B")
    _report(organisation, bert, 3, first=10)

    def refused(user: int, days: int | None, stand_in: int | None = None, first: int = 0) -> list[str]:
        with pytest.raises(NotAssigned) as why:
            _report(organisation, user, days, stand_in, first)
        return _codes(why)

    assert refused(anna, 0) == ["until_before"]
    assert refused(anna, 5, anna) == ["stand_in_self"]
    assert refused(anna, 5, 999_999) == ["user_unknown"]
    assert refused(999_999, 5) == ["user_unknown"]
    assert refused(anna, 5, bert, first=10) == ["stand_in_away"]
    assert refused(bert, 3, first=10) == ["absence_known"]
    assert [one.user_id for one in absences(TODAY)] == [bert]


def test_coming_back_is_said_once_and_not_after_the_last_day(organisation: int) -> None:
    anna = consultant(organisation, "Anna A")
    number, past = _report(organisation, anna, 10), _report(organisation, anna, 3, first=-20)

    def back(absence: int, day: int) -> None:
        on = TODAY + timedelta(days=day)
        end_absence(organisation_id=organisation, actor=ACTOR, absence_id=absence, back_on=on, on=TODAY)

    for absence, day, code in (
        (number, 10, "back_wrong"),
        (past, 0, "absence_over"),
        (999_999, 0, "absence_over"),
    ):
        with pytest.raises(NotAssigned) as refused:
            back(absence, day)
        assert _codes(refused) == [code]
    back(number, 2)
    with pytest.raises(NotAssigned) as refused:
        back(number, 3)
    assert _codes(refused) == ["absence_over"]


def test_working_time_holds_from_its_day_and_nobody_works_while_away(organisation: int) -> None:
    anna, bert = consultant(organisation, "Anna A"), consultant(organisation, "Bert B")
    week = (240, 240, 0, 240, 240, 0, 0)

    def say(minutes: tuple[int, ...], from_on: date = TODAY) -> None:
        set_workday(
            organisation_id=organisation,
            actor=ACTOR,
            user_id=anna,
            from_on=from_on,
            minutes=minutes,
            on=TODAY,
        )

    for minutes, code in (
        ((0,) * 6, "minutes_wrong"),
        ((721, *week[1:]), "minutes_wrong"),
        ((-1, *week[1:]), "minutes_wrong"),
        ((360,) * 5 + (0, 0), "week_same"),
    ):
        with pytest.raises(NotAssigned) as refused:
            say(minutes)
        assert _codes(refused) == [code]
    say(week, LATER)
    assert weeks([anna, bert], TODAY) == dict.fromkeys((anna, bert), (360,) * 5 + (0, 0))
    assert weeks([anna], LATER) == {anna: week}
    wednesday = date(2026, 11, 4)
    assert minutes_on([anna, bert], wednesday) == {anna: 360, bert: 360}
    assert minutes_on([anna], date(2026, 11, 7)) == {anna: 0}
    assert minutes_on([anna], date(2026, 12, 9)) == {anna: 0}
    _report(organisation, bert, 5)
    assert minutes_on([anna, bert], wednesday) == {anna: 360, bert: 0}


@pytest.mark.parametrize(
    "values",
    ["'{360,360}'", "'{721,0,0,0,0,0,0}'", "'{-1,0,0,0,0,0,0}'", "'{NULL,0,0,0,0,0,0}'"],
)
def test_the_database_takes_no_week_that_is_none(organisation: int, values: str) -> None:
    anna = consultant(organisation, "Anna A")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO caseload_workday (organisation_id, user_id, from_on, minutes, actor)
                VALUES (%s, %s, %s, {values}, 'test')""",
            [organisation, anna, TODAY],
        )
    assert not Workday.objects.exists()


@pytest.mark.parametrize("table", ["assignment", "absence", "absenceend", "workday"])
@pytest.mark.parametrize("change", ["UPDATE caseload_{0} SET actor = 'x'", "DELETE FROM caseload_{0}"])
def test_nothing_is_changed_or_deleted(organisation: int, table: str, change: str) -> None:
    anna = consultant(organisation, "Anna A")
    (tenancy,) = tenants(organisation, "")
    _assign(organisation, tenancy, anna, None)
    number = _report(organisation, anna, 5)
    end_absence(organisation_id=organisation, actor=ACTOR, absence_id=number, back_on=TODAY, on=TODAY)
    set_workday(
        organisation_id=organisation, actor=ACTOR, user_id=anna, from_on=TODAY, minutes=(1,) * 7, on=TODAY
    )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


def test_a_reason_can_be_erased(organisation: int) -> None:
    anna = consultant(organisation, "Anna A")
    (tenancy,) = tenants(organisation, "")
    _assign(organisation, tenancy, anna, None)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM caseload_assignmenttext")
    (given,) = given_of(tenancy, TODAY)
    assert (given.user_id, given.reason) == (anna, "")
