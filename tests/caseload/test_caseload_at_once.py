"""Two who give the same tenancies at the same moment: the second waits for the first and then sees what it did."""

from __future__ import annotations

import threading
from collections.abc import Callable

import psycopg
from django.db import connection
from tests.caseload.people import TODAY, consultant, tenants, wanted

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.caseload.actions import assign, assign_wanted
from tijdig.caseload.actions_move import hand_over
from tijdig.caseload.queries import assigned, given_of, load
from tijdig.caseload.values import NotAssigned

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
    organisation: int, dsn: str, first: Callable[[], object], second: Callable[[], object]
) -> list[object]:
    """The second begins when the first is done and has not committed, and waits for it."""
    done, go, ended = threading.Event(), threading.Event(), list[object]()

    def one() -> None:
        with organisation_scope(organisation):
            ended.append(first())
            done.set()
            assert go.wait(30)
        connection.close()

    def other() -> None:
        ended.append(second())
        connection.close()

    both = [threading.Thread(target=act) for act in (one, other)]
    both[0].start()
    assert done.wait(30)
    both[1].start()
    _somebody_waits(dsn)
    go.set()
    for thread in both:
        thread.join(30)
    return ended


def _corporation() -> tuple[int, list[int], list[int]]:
    organisation = create_organisation(name="Woonstichting Proef", slug="proef")
    people = [consultant(organisation, name) for name in ("Anna A", "Bert B", "Cora C")]
    with organisation_scope(organisation):
        return organisation, people, tenants(organisation, *[""] * 5)


def test_two_nights_at_once_give_each_tenancy_once(fresh_database: str) -> None:
    organisation, _, ids = _corporation()
    with organisation_scope(organisation):
        people = load(TODAY, {})

    def night() -> int:
        return assign_wanted(
            organisation_id=organisation, actor="system:night", wanted=wanted(ids), load=people, on=TODAY
        )

    assert _one_after_the_other(organisation, fresh_database, night, night) == [5, 0]
    with organisation_scope(organisation):
        assert [len(given_of(one, TODAY)) for one in ids] == [1] * 5


def test_of_two_who_give_one_tenancy_by_hand_the_second_is_told_what_the_first_did(
    fresh_database: str,
) -> None:
    organisation, (anna, bert, _), (tenancy, *_rest) = _corporation()

    def give(user: int) -> str:
        try:
            assign(
                organisation_id=organisation,
                actor="user:1",
                tenancy_id=tenancy,
                user_id=user,
                reason="Kent hem.",
                seen=None,
                on=TODAY,
            )
        except NotAssigned as refused:
            return str(refused)
        return "given"

    ended = _one_after_the_other(organisation, fresh_database, lambda: give(anna), lambda: give(bert))
    assert ended == [
        "given",
        "Een collega was u voor. U zag: niemand. Nu is het: Anna A. Kijk of u dit nog wilt wijzigen.",
    ]
    with organisation_scope(organisation):
        assert assigned(TODAY) == {tenancy: anna}


def test_a_caseload_that_two_hand_over_at_once_goes_to_one(fresh_database: str) -> None:
    organisation, (anna, bert, cora), ids = _corporation()
    with organisation_scope(organisation):
        for tenancy in ids:
            assign(
                organisation_id=organisation,
                actor="user:1",
                tenancy_id=tenancy,
                user_id=anna,
                reason="Begin.",
                seen=None,
                on=TODAY,
            )

    def move(to: int) -> object:
        try:
            return hand_over(
                organisation_id=organisation,
                actor="user:1",
                from_user=anna,
                to_user=to,
                reason="Vertrekt.",
                at_work={},
                on=TODAY,
            )
        except NotAssigned as refused:
            return refused.faults[0].code

    ended = _one_after_the_other(organisation, fresh_database, lambda: move(bert), lambda: move(cora))
    assert ended == [5, "nothing_to_move"]
    with organisation_scope(organisation):
        assert assigned(TODAY) == dict.fromkeys(ids, bert)
