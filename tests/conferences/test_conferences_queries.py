"""The agenda as of a day, the cases of a conference in their order, and how many questions that takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.conferences import groups
from tests.conferences.groups import AGAIN, TODAY, UNTIL
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.conferences.kinds import Decision
from tijdig.conferences.meeting import Conference
from tijdig.conferences.queries import agenda, cases_of, conference, conferences, counts_of, item, outcomes_of

DAY = timedelta(days=1)


def _tenants(organisation: int, number: int) -> list[int]:
    return [offices.tenant(organisation, one + 1, months=0) for one in range(number)]


def _held(number: int) -> Conference:
    found = conference(number)
    assert found is not None
    return found


def _questions(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked.captured_queries)


def test_the_agenda_as_of_a_day_is_what_it_was_then(organisation: int) -> None:
    one, two, three = _tenants(organisation, 3)
    first = groups.asked(organisation, one, on=TODAY - 2 * DAY)
    second = groups.asked(organisation, two, wanted_by_on=TODAY, on=TODAY - DAY)
    third = groups.asked(organisation, three)
    where = groups.begun(organisation)
    groups.decided(organisation, first, where)
    groups.decided(organisation, second, where, **AGAIN, on=TODAY)
    groups.taken_off(organisation, third, on=TODAY + DAY)
    on = {ahead: [one.id for one in agenda(TODAY + ahead * DAY)] for ahead in (-3, -2, -1, 0, 1)}
    assert on == {-3: [], -2: [first], -1: [first, second], 0: [third, second], 1: [second]}
    (then, _) = agenda(TODAY - DAY)
    assert (then.outcomes, then.withdrawn) == ((), None)
    (third_then, second_then) = agenda(TODAY)
    assert (third_then.withdrawn, second_then.due_on) == (None, UNTIL)


def test_a_conference_has_its_agenda_until_it_is_over_and_then_what_it_decided(organisation: int) -> None:
    tenants = _tenants(organisation, 4)
    numbers = [groups.asked(organisation, one) for one in tenants[:3]]
    where, elsewhere = groups.begun(organisation), groups.begun(organisation)
    groups.decided(organisation, numbers[1], where)
    groups.decided(organisation, numbers[2], elsewhere)
    assert [one.id for one in cases_of(_held(where), TODAY)] == numbers[:2]
    fresh = groups.asked(organisation, tenants[3])
    assert [one.id for one in cases_of(_held(where), TODAY)] == [*numbers[:2], fresh]
    groups.decided(organisation, numbers[0], where, **AGAIN)
    assert [one.id for one in cases_of(_held(where), TODAY)] == [*numbers[:2], fresh]
    groups.closed(organisation, where)
    assert [one.id for one in cases_of(_held(where), TODAY)] == numbers[:2]
    assert counts_of([where, elsewhere]) == {where: 2, elsewhere: 1}


def test_conferences_come_newest_first(organisation: int) -> None:
    old = groups.begun(organisation, held_on=TODAY - 2 * DAY)
    last, same = groups.begun(organisation), groups.begun(organisation)
    assert [one.id for one in conferences()] == [same, last, old]
    assert [one.id for one in conferences(1)] == [same]


def test_what_was_decided_of_a_tenancy_comes_newest_first_up_to_a_day(organisation: int) -> None:
    (tenancy,) = _tenants(organisation, 1)
    number = groups.asked(organisation, tenancy, on=TODAY - 9 * DAY)
    first = groups.begun(organisation, held_on=TODAY - 9 * DAY)
    groups.decided(organisation, number, first, **AGAIN, on=TODAY - 9 * DAY)
    groups.closed(organisation, first, on=TODAY - 9 * DAY)
    groups.decided(organisation, number, groups.begun(organisation))
    found = outcomes_of(tenancy, TODAY)
    assert [one.decision for one in found] == [Decision.ARRANGE, Decision.LATER]
    assert [one.held_on for one in found] == [TODAY, TODAY - 9 * DAY]
    assert [one.decision for one in outcomes_of(tenancy, TODAY - DAY)] == [Decision.LATER]
    assert outcomes_of(tenancy + 1, TODAY) == []


def test_a_name_stays_when_somebody_left(organisation: int) -> None:
    where = groups.begun(organisation)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_user SET is_active = false WHERE name = 'Bo'")
    assert _held(where).names == ("Ada", "Bo")


def test_it_takes_as_many_questions_whatever_there_is(organisation: int) -> None:
    tenants, where = _tenants(organisation, 9), groups.begun(organisation)
    seen = {}
    for size in (2, 9):
        for tenancy in tenants:
            if len(agenda(TODAY)) + counts_of([where]).get(where, 0) < size:
                number = groups.asked(organisation, tenancy)
                if tenancy % 2:
                    groups.decided(organisation, number, where)
        with organisation_scope(organisation):
            held = _held(where)
            asks: tuple[Callable[[], object], ...] = (
                lambda: agenda(TODAY),
                lambda held=held: cases_of(held, TODAY),
                lambda: conferences(),
                lambda: item(1),
            )
            seen[size] = [_questions(ask) for ask in asks]
        tenants = tenants[2:]
    assert seen[2] == seen[9]
    assert max(seen[9]) <= 4
