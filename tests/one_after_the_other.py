"""Two who do something at the same moment: the second waits for the first and then sees what it did."""

from __future__ import annotations

import threading
from collections.abc import Callable

import psycopg
from django.db import connection

from tijdig.access.scope import organisation_scope

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


def one_after_the_other(
    organisation: int, dsn: str, act: Callable[[], object], then: Callable[[], object] | None = None
) -> list[object]:
    """Do it twice, or one thing and `then` another.

    The second begins when the first is done and has not committed, and waits for it.
    """
    done, go, ended = threading.Event(), threading.Event(), list[object]()

    def first() -> None:
        with organisation_scope(organisation):
            ended.append(act())
            done.set()
            assert go.wait(30)
        connection.close()

    def second() -> None:
        ended.append((then or act)())
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
