"""One transaction, one organisation; and once more after a deadlock."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from psycopg.errors import DeadlockDetected, QueryCanceled

from tijdig.access.scope import again


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
