"""Two who do the same thing at the same moment: the second waits for the first and then sees what it did."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import psycopg
from django.db import connection
from tests.contacts.calls import TODAY, logged
from tests.letters import offices

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.contacts.actions import NotLogged, withdraw
from tijdig.contacts.queries import contact, contacts_of

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


def _one_after_the_other(organisation: int, dsn: str, act: Callable[[], object]) -> list[object]:
    """Do it twice: the second begins when the first is done and has not committed, and waits for it."""
    done, go, ended = threading.Event(), threading.Event(), list[object]()

    def first() -> None:
        with organisation_scope(organisation):
            ended.append(act())
            done.set()
            assert go.wait(30)
        connection.close()

    def second() -> None:
        ended.append(act())
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


def test_the_same_form_from_two_screens_at_once_is_one_contact(fresh_database: str) -> None:
    organisation = create_organisation(name="Woonstichting Proef", slug="proef")
    with organisation_scope(organisation):
        tenancy = offices.tenant(organisation)
    form = uuid4()
    ended = _one_after_the_other(
        organisation, fresh_database, lambda: logged(organisation, tenancy, asked_as=form, note="tekst")
    )
    with organisation_scope(organisation):
        assert ended == [one.id for one in contacts_of([tenancy], as_of=TODAY)] * 2


def test_a_contact_that_two_take_back_at_once_is_taken_back_once(fresh_database: str) -> None:
    organisation = create_organisation(name="Woonstichting Proef", slug="proef")
    with organisation_scope(organisation):
        number = logged(organisation, offices.tenant(organisation))
        standing = contact(number)
    assert standing is not None

    def act() -> str:
        try:
            withdraw(
                organisation_id=organisation,
                actor="user:1",
                contact_id=number,
                reason="",
                now=standing.recorded_at + timedelta(minutes=1),
                on=TODAY,
            )
        except NotLogged as refused:
            return refused.faults[0].code
        return "withdrawn"

    assert _one_after_the_other(organisation, fresh_database, act) == ["withdrawn", "withdrawn_already"]
