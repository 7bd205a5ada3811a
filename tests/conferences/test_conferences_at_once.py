"""Two who write at the same moment: the second waits for the first and then sees what it did."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from tests.conferences import groups
from tests.conferences.groups import HELP, TODAY
from tests.letters import offices
from tests.one_after_the_other import one_after_the_other

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.conferences.queries import agenda, conference, item
from tijdig.conferences.values import NotConferred


def _told(act: Callable[[], object]) -> Callable[[], object]:
    """The same, that says why not where it may not be."""

    def told() -> object:
        try:
            return act()
        except NotConferred as refused:
            return refused.faults[0].code

    return told


def _both(
    organisation: int, dsn: str, first: Callable[[], object], second: Callable[[], object]
) -> list[object]:
    return one_after_the_other(organisation, dsn, _told(first), _told(second))


@pytest.fixture
def organisation(fresh_database: str) -> int:
    """One whose rows other connections see."""
    made = create_organisation(name="Woonstichting Proef", slug="proef")
    groups.people(made)
    return made


@pytest.fixture
def tenancy(organisation: int) -> int:
    with organisation_scope(organisation):
        return offices.tenant(organisation)


def test_two_who_put_the_same_tenant_on_the_agenda_put_it_once(
    fresh_database: str, organisation: int, tenancy: int
) -> None:
    ended = _both(
        organisation,
        fresh_database,
        lambda: groups.asked(organisation, tenancy),
        lambda: groups.asked(organisation, tenancy, question="En nu?"),
    )
    with organisation_scope(organisation):
        assert ended == [agenda(TODAY)[0].id, "on_agenda"]


def test_the_same_form_from_two_screens_at_once_is_one_case(
    fresh_database: str, organisation: int, tenancy: int
) -> None:
    form = uuid4()
    act = lambda: groups.asked(organisation, tenancy, asked_as=form)  # noqa: E731
    ended = _both(organisation, fresh_database, act, act)
    with organisation_scope(organisation):
        assert ended == [one.id for one in agenda(TODAY)] * 2


def test_of_two_who_decide_from_the_same_screen_the_second_is_told(
    fresh_database: str, organisation: int, tenancy: int
) -> None:
    with organisation_scope(organisation):
        number, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    ended = _both(
        organisation,
        fresh_database,
        lambda: groups.decided(organisation, number, where, seen=None),
        lambda: groups.decided(organisation, number, where, seen=None, **HELP),
    )
    with organisation_scope(organisation):
        known = item(number)
    assert known is not None and known.last is not None
    assert (ended, len(known.outcomes)) == ([known.last.id, "outdated"], 1)


def test_what_is_decided_while_somebody_takes_it_off_is_not_decided(
    fresh_database: str, organisation: int, tenancy: int
) -> None:
    with organisation_scope(organisation):
        number, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    ended = _both(
        organisation,
        fresh_database,
        lambda: groups.taken_off(organisation, number),
        lambda: groups.decided(organisation, number, where),
    )
    assert ended == [None, "off_agenda"]


def test_nothing_is_decided_in_a_conference_that_is_being_closed(
    fresh_database: str, organisation: int, tenancy: int
) -> None:
    with organisation_scope(organisation):
        number, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    ended = _both(
        organisation,
        fresh_database,
        lambda: groups.closed(organisation, where),
        lambda: groups.decided(organisation, number, where),
    )
    assert ended == [None, "closed"]


def test_who_closes_waits_for_what_is_being_decided(
    fresh_database: str, organisation: int, tenancy: int
) -> None:
    with organisation_scope(organisation):
        number, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    ended = _both(
        organisation,
        fresh_database,
        lambda: groups.decided(organisation, number, where),
        lambda: groups.closed(organisation, where),
    )
    with organisation_scope(organisation):
        held, known = conference(where), item(number)
    assert held is not None and held.closed is not None
    assert known is not None and known.last is not None
    assert ended == [known.last.id, None]


def test_two_who_close_at_once_close_it_once(fresh_database: str, organisation: int) -> None:
    with organisation_scope(organisation):
        where = groups.begun(organisation)
    act = lambda: groups.closed(organisation, where)  # noqa: E731
    assert _both(organisation, fresh_database, act, act) == [None, "closed"]
