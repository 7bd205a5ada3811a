"""One transaction, one organisation; and once more after a deadlock."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from psycopg.errors import DeadlockDetected, QueryCanceled

from tijdig.access.actions import create_organisation
from tijdig.access.scope import acting, again, organisation_scope, partner_scope


def _fails(times: int, cause: Exception) -> tuple[list[int], object]:
    """Work that fails so many times, and the turns that it took."""
    turns: list[int] = []

    @again
    def work() -> int:
        turns.append(len(turns))
        if len(turns) <= times:
            raise OperationalError("ended") from cause
        return len(turns)

    return turns, work


@pytest.mark.parametrize("times", [0, 1, 2])
def test_after_a_deadlock_it_is_done_once_more(times: int) -> None:
    turns, work = _fails(times, DeadlockDetected())
    assert (work(), len(turns)) == (times + 1, times + 1)


def test_the_third_deadlock_is_told(organisation: int) -> None:
    turns, work = _fails(3, DeadlockDetected())
    with pytest.raises(OperationalError):
        work()
    assert len(turns) == 3


def test_another_fault_is_told_at_once() -> None:
    turns, work = _fails(1, QueryCanceled())
    with pytest.raises(OperationalError):
        work()
    assert len(turns) == 1


def test_after_an_inner_scope_the_walls_around_it_stand_again(organisation: int) -> None:
    """Of another corporation, of a partner, and after an error inside."""
    other = create_organisation(name="Andere", slug=f"ander-{organisation}")

    def stands() -> tuple[str, str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('tijdig.organisation', true), current_user::text")
            found: tuple[str, str] = cursor.fetchone()
            return found

    with organisation_scope(organisation):
        before = stands()
        with organisation_scope(other):
            assert stands()[0] == str(other)
        assert stands() == before
        with pytest.raises(ValueError, match="binnen"), organisation_scope(other):
            raise ValueError("binnen")
        assert stands() == before
        with acting(1, 1):
            with partner_scope():
                assert stands() == ("", "tijdig_partner")
            assert stands() == before
    with acting(1, 1), organisation_scope(organisation):
        with partner_scope():
            pass
        assert stands() == (str(organisation), "tijdig_partner")
