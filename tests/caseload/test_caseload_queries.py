"""Who works what on a day and as known at a moment, and what everybody has in hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection
from tests.caseload.people import TODAY, consultant, leave, tenants

from tijdig.access.queries import names
from tijdig.access.roles import Role
from tijdig.caseload.absence import Away
from tijdig.caseload.assign import Consultant
from tijdig.caseload.models import Absence, AbsenceEnd, Assignment, Workday
from tijdig.caseload.queries import absences, consultants, given_of, load, owners, regions_of

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def _gave(organisation: int, tenancy: int, user: int, on: date, hours_ago: int = 0) -> None:
    """An assignment of a day, recorded so many hours before now."""
    Assignment.objects.create(
        organisation_id=organisation,
        tenancy_id=tenancy,
        user_id=user,
        from_on=on,
        why="load",
        actor="test",
        recorded_at=_now() - timedelta(hours=hours_ago),
    )


def _now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        found: datetime = cursor.fetchone()[0]
        return found


def test_the_newest_that_had_begun_holds(organisation: int) -> None:
    anna, bert, cora = (consultant(organisation, name) for name in ("Anna A", "Bert B", "Cora C"))
    first, second = tenants(organisation, "", "")
    _gave(organisation, first, anna, YESTERDAY)
    _gave(organisation, first, bert, TODAY)
    _gave(organisation, first, cora, TOMORROW)
    days = (YESTERDAY - timedelta(days=1), YESTERDAY, TODAY, TOMORROW)
    assert [owners(day) for day in days] == [{}, {first: anna}, {first: bert}, {first: cora}]
    assert (owners(TODAY, [second]), owners(TODAY, [first, second]), owners(TODAY, [])) == (
        {},
        {first: bert},
        {},
    )
    assert [one.user_id for one in given_of(first, TODAY)] == [bert, anna]


def test_what_was_not_known_yet_is_hidden(organisation: int) -> None:
    anna, bert, cora = (consultant(organisation, name) for name in ("Anna A", "Bert B", "Cora C"))
    (tenancy,) = tenants(organisation, "")
    _gave(organisation, tenancy, anna, YESTERDAY, hours_ago=9)
    _gave(organisation, tenancy, bert, YESTERDAY, hours_ago=7)
    now = _now()
    report = Absence.objects.create(
        organisation_id=organisation,
        user_id=bert,
        from_on=YESTERDAY,
        stand_in_id=cora,
        actor="test",
        recorded_at=now - timedelta(hours=5),
    )
    AbsenceEnd.objects.create(
        absence=report,
        organisation_id=organisation,
        back_on=TODAY,
        actor="test",
        recorded_at=now - timedelta(hours=3),
    )
    known = {
        hours: owners(TODAY, known_at=now - timedelta(hours=hours)).get(tenancy) for hours in (10, 8, 6, 4, 2)
    }
    assert known == {10: None, 8: anna, 6: bert, 4: cora, 2: bert}
    assert owners(YESTERDAY) == {tenancy: cora}
    assert len(given_of(tenancy, TODAY, known_at=now - timedelta(hours=8))) == 1


def test_a_stand_in_who_left_stands_in_for_nobody(organisation: int) -> None:
    anna, bert = consultant(organisation, "Anna A"), consultant(organisation, "Bert B")
    (tenancy,) = tenants(organisation, "")
    _gave(organisation, tenancy, anna, TODAY)
    Absence.objects.create(
        organisation_id=organisation, user_id=anna, from_on=TODAY, stand_in_id=bert, actor="test"
    )
    assert owners(TODAY) == {tenancy: bert}
    leave(bert)
    assert owners(TODAY) == {tenancy: anna}
    assert [one.stand_in_id for one in absences(TODAY)] == [None]


def test_what_is_over_or_called_off_is_no_absence(organisation: int) -> None:
    anna = consultant(organisation, "Anna A")

    def report(first: int, last: int | None, back: int | None = None) -> int:
        row = Absence.objects.create(
            organisation_id=organisation,
            user_id=anna,
            from_on=TODAY + timedelta(days=first),
            until_on=None if last is None else TODAY + timedelta(days=last),
            actor="test",
        )
        if back is not None:
            AbsenceEnd.objects.create(
                absence=row, organisation_id=organisation, back_on=TODAY + timedelta(days=back), actor="test"
            )
        return int(row.pk)

    report(-9, -1)
    report(-9, 9, back=0)
    report(5, 9, back=5)
    holds = [report(-9, 0), report(-9, 9, back=1), report(3, None)]
    assert [one.id for one in absences(TODAY)] == holds
    assert absences(TODAY, []) == []


def test_consultants_come_by_name_with_their_week_and_who_is_away(organisation: int) -> None:
    bert, anna = consultant(organisation, "Bert B", "Zuid"), consultant(organisation, "Anna A")
    gone, _ = consultant(organisation, "Weg W"), consultant(organisation, "Lies L", role=Role.TEAM_LEAD)
    leave(gone)
    Workday.objects.create(
        organisation_id=organisation, user_id=bert, from_on=TODAY, minutes=[60] * 7, actor="test"
    )
    Absence.objects.create(
        organisation_id=organisation, user_id=anna, from_on=TODAY, until_on=TODAY, actor="test"
    )
    assert consultants(TODAY) == [
        Consultant(anna, "Anna A", "", 1800, away=Away(anna, TOMORROW, None)),
        Consultant(bert, "Bert B", "Zuid", 420),
    ]
    assert names()[gone] == "Weg W" and 999_999 not in names()


def test_a_stand_in_has_what_he_stands_in_for_in_hand(organisation: int) -> None:
    anna, bert, gone = (consultant(organisation, name) for name in ("Anna A", "Bert B", "Weg W"))
    ids = tenants(organisation, "Noord", "Zuid", "", "")
    for tenancy, user in zip(ids, (anna, anna, bert, gone), strict=True):
        _gave(organisation, tenancy, user, TODAY)
    leave(gone)

    def hands(at_work: dict[int, int]) -> list[tuple[int, int, int]]:
        return [(one.id, one.tenancies, one.hand_minutes) for one in load(TODAY, at_work)]

    asked = {ids[0]: 15, ids[2]: 20, ids[3]: 30, 999_999: 99}
    assert hands(asked) == [(anna, 1, 15), (bert, 1, 20)]
    Absence.objects.create(
        organisation_id=organisation, user_id=anna, from_on=TODAY, stand_in_id=bert, actor="test"
    )
    assert hands(asked) == [(anna, 0, 0), (bert, 2, 35)]
    assert regions_of(ids) == dict(zip(ids, ("Noord", "Zuid", "", ""), strict=True))
