"""A file is one transaction: killed half-way nothing of it is there, taken up again it posts once; so do two at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from bank_files import OTHER_ACCOUNT, Day, Pay, camt
from django.db import connection
from street import JANSEN, TODAY, VRIES, Street, settle_in

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.imports.actions import process, process_next, receive, register_account, take_back_stale
from tijdig.imports.models import SourceFile

_MANY = 1_200
# Two statements on two accounts: the first is posted and stored before the second is decided.
BIG = camt(
    Day([Pay(10 + number, account=VRIES) for number in range(_MANY // 2)]),
    Day([Pay(10 + number, account=JANSEN) for number in range(_MANY // 2)], account=OTHER_ACCOUNT),
)
_WORKER = """
import django
django.setup()
from datetime import date
from tijdig.imports.actions import process_next
process_next(organisation_id={organisation}, on=date({today:%Y, %-m, %-d}))
"""


@pytest.fixture
def committed(fresh_database: str) -> Street:
    """The street, committed, in a database of its own."""
    organisation = create_organisation(name="Straat", slug="straat")
    with organisation_scope(organisation):
        settle_in(organisation)
        register_account(
            organisation_id=organisation, iban=OTHER_ACCOUNT, name="Twee", actor="test", on=TODAY
        )
    return Street(organisation)


def _receive(street: Street, content: bytes = BIG) -> int:
    return receive(
        organisation_id=street.organisation, name="groot.xml", chunks=[content], actor="a", on=TODAY
    )


def _counts(street: Street) -> tuple[int, int, int]:
    """Entries from the bank, lines, statements: all that a file leaves."""
    with organisation_scope(street.organisation):
        return (
            street.one("SELECT count(*) FROM ledger_entry WHERE source = 'bank'"),
            street.one("SELECT count(*) FROM imports_line"),
            street.one("SELECT count(*) FROM imports_statement"),
        )


def _state(street: Street, file_id: int) -> str:
    with organisation_scope(street.organisation):
        return SourceFile.objects.get(pk=file_id).state


def _until(met: Callable[[], bool], seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end
        time.sleep(0.02)


@contextmanager
def _worker(street: Street, dsn: str) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that takes the next file."""
    code = _WORKER.format(organisation=street.organisation, today=TODAY)
    worker = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "TIJDIG_APP_DSN": dsn})
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait(30)


def _waits(watch: psycopg.Connection) -> bool:
    """Does somebody wait for a lock that we hold?"""
    query = "SELECT count(*) FROM pg_locks WHERE NOT granted AND %s = ANY(pg_blocking_pids(pid))"
    return watch.execute(query, [watch.info.backend_pid]).fetchone()[0] > 0


def test_a_process_killed_half_way_leaves_nothing_and_the_file_posts_once_after(
    committed: Street, fresh_database: str
) -> None:
    file_id = _receive(committed)
    with psycopg.connect(fresh_database) as watch:
        watch.execute("SELECT set_config('tijdig.organisation', %s, false)", [str(committed.organisation)])
        # Held by us, so that the other process stops exactly between its two statements.
        watch.execute(
            """SELECT 1 FROM ledger_dirty WHERE tenancy_id = (
                   SELECT id FROM tenancies_tenancy WHERE contract_number = '104.240') FOR UPDATE"""
        )
        with _worker(committed, fresh_database) as worker:
            _until(lambda: _waits(watch))
            with organisation_scope(committed.organisation):
                assert committed.one("SELECT done FROM imports_progress") > 0
            os.kill(worker.pid, signal.SIGKILL)
            assert worker.wait(30) == -signal.SIGKILL
        assert (_counts(committed), _state(committed, file_id)) == ((0, 0, 0), "reading")
        assert process_next(organisation_id=committed.organisation, on=TODAY) is None
        watch.rollback()
    assert take_back_stale(organisation_id=committed.organisation) == 1
    assert process_next(organisation_id=committed.organisation, on=TODAY) == file_id
    assert (_counts(committed), _state(committed, file_id)) == ((_MANY, _MANY, 2), "done")
    with organisation_scope(committed.organisation):
        assert (
            committed.one("SELECT -sum(amount_cents)::bigint FROM ledger_entry WHERE source = 'bank'")
            == sum(10 + number for number in range(_MANY // 2)) * 2
        )


def test_a_failure_while_posting_leaves_nothing(committed: Street, fresh_database: str) -> None:
    """The database itself refuses in the middle: the file is failed, its reason kept, nothing posted."""
    file_id = _receive(committed)
    with psycopg.connect(fresh_database) as holder:
        holder.execute("SELECT set_config('tijdig.organisation', %s, false)", [str(committed.organisation)])
        holder.execute("SELECT 1 FROM ledger_dirty FOR UPDATE")
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        with pytest.raises(Exception, match="lock timeout"):
            process(organisation_id=committed.organisation, file_id=file_id, on=TODAY)
    assert (_counts(committed), _state(committed, file_id)) == ((0, 0, 0), "failed")


def _at_once(*calls: Callable[[], None]) -> None:
    """Run each in a thread of its own, all set off at the same moment; raises what any of them raised."""
    start, failed = threading.Barrier(len(calls)), []

    def run(call: Callable[[], None]) -> None:
        try:
            start.wait(10)
            call()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []


def test_the_same_file_from_two_screens_at_once_posts_once(committed: Street) -> None:
    files = [_receive(committed), _receive(committed)]

    def take(file_id: int) -> Callable[[], None]:
        return lambda: process(organisation_id=committed.organisation, file_id=file_id, on=TODAY)

    _at_once(*map(take, files))
    assert sorted(_state(committed, file_id) for file_id in files) == ["done", "duplicate"]
    assert _counts(committed) == (_MANY, _MANY, 2)


def test_one_file_taken_by_two_workers_posts_once(committed: Street) -> None:
    file_id = _receive(committed)
    taken: list[int | None] = []
    _at_once(*[lambda: taken.append(process_next(organisation_id=committed.organisation, on=TODAY))] * 2)
    assert sorted(taken, key=str) == [file_id, None]
    assert _counts(committed) == (_MANY, _MANY, 2)


def test_two_files_with_the_same_day_at_once_post_it_once(committed: Street) -> None:
    files = [_receive(committed), _receive(committed, BIG + b"\n")]

    def take(file_id: int) -> Callable[[], None]:
        return lambda: process(organisation_id=committed.organisation, file_id=file_id, on=TODAY)

    _at_once(*map(take, files))
    assert [_state(committed, file_id) for file_id in files] == ["done", "done"]
    assert _counts(committed) == (_MANY, 2 * _MANY, 4)
