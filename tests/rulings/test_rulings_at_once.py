"""Two who decide at the same moment: the second waits for the first, and then sees what it did."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, connection
from tests.letters import offices
from tests.rulings.decided import LATER, OTHER, PAUSE, TODAY, UNTIL, ruled, stopped

from tijdig.access.actions import create_organisation
from tijdig.access.scope import broken_rule, organisation_scope
from tijdig.rulings.actions import NotRuled
from tijdig.rulings.models import Ruling
from tijdig.rulings.queries import in_force, rulings_of

_WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def _somebody_waits(dsn: str) -> None:
    """Returns once a transaction waits for another one."""
    with psycopg.connect(dsn, autocommit=True) as watch:
        for _ in range(100_000):
            if watch.execute(_WAITING).fetchone() != (0,):
                return
    raise AssertionError("nobody waits")


def _one_after_the_other(
    organisation: int, dsn: str, act: Callable[[], object], then: Callable[[], object]
) -> list[object]:
    """The second begins when the first is done and has not committed, and waits for it."""
    done, go, ended = threading.Event(), threading.Event(), list[object]()

    def first() -> None:
        with organisation_scope(organisation):
            ended.append(act())
            done.set()
            assert go.wait(30)
        connection.close()

    def second() -> None:
        ended.append(then())
        connection.close()

    both = [threading.Thread(target=one) for one in (first, second)]
    both[0].start()
    assert done.wait(30)
    both[1].start()
    _somebody_waits(dsn)
    go.set()
    for one in both:
        one.join(30)
    return ended


@pytest.fixture
def office(fresh_database: str) -> tuple[int, int, str]:
    """A corporation, its tenancy, and the connection string to watch by."""
    organisation = create_organisation(name="Woonstichting Proef", slug="proef")
    with organisation_scope(organisation):
        return organisation, offices.tenant(organisation), fresh_database


def test_the_same_form_from_two_screens_at_once_is_one_ruling(office: tuple[int, int, str]) -> None:
    organisation, tenancy, dsn = office
    form = uuid4()

    def act() -> int:
        return ruled(organisation, tenancy, asked_as=form)

    ended = _one_after_the_other(organisation, dsn, act, act)
    with organisation_scope(organisation):
        assert ended == [one.id for one in rulings_of(tenancy, TODAY)] * 2


@pytest.mark.parametrize(("first", "second"), [(OTHER, LATER), (PAUSE, PAUSE)])
def test_of_two_about_the_same_the_later_one_holds(
    office: tuple[int, int, str], first: dict[str, object], second: dict[str, object]
) -> None:
    organisation, tenancy, dsn = office
    ended = _one_after_the_other(
        organisation,
        dsn,
        lambda: ruled(organisation, tenancy, **first),
        lambda: ruled(organisation, tenancy, actor="user:2", **second),
    )
    with organisation_scope(organisation):
        assert [one.id for one in in_force(TODAY)] == ended[1:]
        (was,) = (one for one in rulings_of(tenancy, TODAY) if one.id == ended[0])
        assert (was.ended_by, was.ended_reason) == ("user:2", "vervangen")


def test_one_that_two_end_at_once_is_ended_once(office: tuple[int, int, str]) -> None:
    organisation, tenancy, dsn = office
    number = ruled(organisation, tenancy)

    def act() -> str:
        try:
            stopped(organisation, number)
        except NotRuled as refused:
            return refused.faults[0].code
        return "ended"

    assert _one_after_the_other(organisation, dsn, act, act) == ["ended", "ended_already"]


def test_past_the_actions_the_database_still_keeps_one(office: tuple[int, int, str]) -> None:
    """Rows written straight into the table by two at once: the second waits, sees the first and is refused."""
    organisation, tenancy, dsn = office

    def act() -> str:
        try:
            with organisation_scope(organisation):
                Ruling.objects.create(
                    organisation_id=organisation,
                    tenancy_id=tenancy,
                    kind="pause",
                    from_on=TODAY,
                    until_on=UNTIL,
                    actor="user:1",
                    name="S",
                    asked_as=uuid4(),
                )
        except IntegrityError as error:
            return broken_rule(error)
        return "written"

    ended = _one_after_the_other(organisation, dsn, act, act)
    assert ended == ["written", "rulings_ruling_one_at_a_time"]
