"""Being busy with a tenancy: it says who and since when, it is over by itself, a colleague may take over, all is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests.caseload.people import TODAY, consultant, tenants
from tests.one_after_the_other import one_after_the_other

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.caseload.actions_pickup import hand_back, pick_up, put_down, take_over
from tijdig.caseload.models import Pickup as Row
from tijdig.caseload.pickup import MINUTES, Picked, Pickup, over_at
from tijdig.caseload.queries_pickup import pickups
from tijdig.history.queries import of_subject

NOW = datetime(2026, 11, 2, 9, 14, tzinfo=UTC)


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


class Office:
    """Two people and one tenancy."""

    def __init__(self, organisation: int) -> None:
        self.organisation = organisation
        self.sanne, self.bram = consultant(organisation, "Sanne Kuiper"), consultant(organisation, "Bram Bos")
        with organisation_scope(organisation):
            (self.tenancy,) = tenants(organisation, "")

    def given(self, user: int, now: datetime) -> dict[str, object]:
        return {
            "organisation_id": self.organisation,
            "actor": f"user:{user}",
            "tenancy_id": self.tenancy,
            "user_id": user,
            "now": now,
            "on": TODAY,
        }

    def picks(self, user: int, now: datetime = NOW) -> Picked:
        made = pick_up(**self.given(user, now))  # type: ignore[arg-type]
        assert made is not None
        return made

    def busy(self, now: datetime = NOW) -> Pickup | None:
        with organisation_scope(self.organisation):
            return pickups([self.tenancy], now).get(self.tenancy)

    def told(self) -> list[tuple[str, str]]:
        with organisation_scope(self.organisation):
            found = of_subject(f"tenancy:{self.tenancy}")
        return [(one.verb, one.actor) for one in reversed(found) if "picked" in one.verb or "put" in one.verb]


@pytest.fixture
def office(organisation: int) -> Office:
    return Office(organisation)


def test_who_opens_it_first_is_busy_and_a_colleague_is_told_who(office: Office) -> None:
    first, second = office.picks(office.sanne), office.picks(office.bram, later(2))
    assert (first.new, second.new) == (True, False)
    assert second.pickup == first.pickup
    assert (second.pickup.name, second.pickup.initials, second.pickup.from_at) == ("Sanne Kuiper", "SK", NOW)
    assert office.told() == [("tenancy_picked_up", f"user:{office.sanne}")]


def test_it_is_over_by_itself_and_opening_again_lengthens_it_from_the_same_beginning(office: Office) -> None:
    office.picks(office.sanne)
    assert over_at(NOW) == later(MINUTES)
    assert office.busy(later(MINUTES - 0.01)) is not None
    assert office.busy(later(MINUTES)) is None
    office.picks(office.sanne, later(20))
    found = office.busy(later(MINUTES + 5))
    assert found is not None
    assert (found.from_at, found.until_at) == (NOW, later(20 + MINUTES))
    assert office.picks(office.bram, later(20 + MINUTES)).new
    assert len(office.told()) == 2  # what is over by itself is told by nobody


def test_only_whoever_is_busy_puts_it_down(office: Office) -> None:
    office.picks(office.sanne)
    assert not put_down(**office.given(office.bram, later(1)))  # type: ignore[arg-type]
    assert office.busy(later(1)) is not None
    assert put_down(**office.given(office.sanne, later(2)))  # type: ignore[arg-type]
    assert office.busy(later(2)) is None
    assert not put_down(**office.given(office.sanne, later(3)))  # type: ignore[arg-type]
    assert [verb for verb, _ in office.told()] == ["tenancy_picked_up", "tenancy_put_down"]


def test_taking_over_is_recorded_and_can_be_handed_back(office: Office) -> None:
    office.picks(office.sanne)
    made = take_over(**office.given(office.bram, later(1)))  # type: ignore[arg-type]
    assert made is not None
    assert (made.new, made.pickup.user_id) == (True, office.bram)
    with organisation_scope(office.organisation):
        newest = of_subject(f"tenancy:{office.tenancy}")[0]
    assert newest.facts["instead_of"] == office.sanne
    assert hand_back(**office.given(office.bram, later(2)), to_user=office.sanne)  # type: ignore[arg-type]
    found = office.busy(later(2))
    assert found is not None and found.user_id == office.sanne


def test_of_a_tenancy_that_is_not_ours_nobody_is_busy(office: Office) -> None:
    strange = create_organisation(name="Een ander", slug="een-ander")
    other = consultant(strange, "Vera Vreemd")
    given = office.given(other, NOW) | {"organisation_id": strange}
    assert pick_up(**given) is None  # type: ignore[arg-type]
    assert office.busy() is None


def test_the_database_lets_nobody_be_busy_beside_another_and_keeps_every_row(office: Office) -> None:
    office.picks(office.sanne)
    with organisation_scope(office.organisation):
        with pytest.raises(IntegrityError, match="caseload_pickup_alone"), transaction.atomic():
            Row.objects.create(
                organisation_id=office.organisation,
                tenancy_id=office.tenancy,
                user_id=office.bram,
                from_at=later(1),
                until_at=later(5),
                actor="test",
            )
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege('tijdig_app', 'caseload_pickup', 'DELETE')")
            assert cursor.fetchone() == (False,)


def test_of_two_who_begin_at_the_same_moment_one_is_busy(fresh_database: str) -> None:
    office = Office(create_organisation(name="Woonstichting Proef", slug="proef"))
    first, second = one_after_the_other(
        office.organisation,
        fresh_database,
        lambda: office.picks(office.sanne),
        lambda: office.picks(office.bram, NOW - timedelta(milliseconds=5)),
    )
    assert isinstance(first, Picked) and isinstance(second, Picked)
    assert (first.new, second.new) == (True, False)
    assert second.pickup.user_id == office.sanne
    assert office.told() == [("tenancy_picked_up", f"user:{office.sanne}")]
