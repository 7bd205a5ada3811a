"""What somebody who may change everything does to who looked, and how the proof finds it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.history.actions import note_reading, seal
from tijdig.history.broken import Break, Of
from tijdig.history.chain import Kept
from tijdig.history.queries_looks import looks_after, seals_of_looks
from tijdig.history.queries_proof import Proof, prove
from tijdig.history.reading import Reason, What, Why

WORDS = Reason(Why.OTHER, "de heer belde zelf")


def _look(organisation: int, number: int, reason: Reason | None = None, ago: timedelta = timedelta()) -> None:
    note_reading(
        organisation_id=organisation,
        actor="user:1",
        what=What.EXPORT if reason else What.DOSSIER,
        subject=f"tenancy:{number}",
        on=date(2026, 11, 1),
        at=datetime.now(UTC) - ago,
        reason=reason,
    )


@pytest.fixture
def sealed(fresh_database: str) -> int:
    """Two nights: three looks and two, of which one with words."""
    organisation = create_organisation(name="Keten", slug="keten")
    for numbers in ((1, 2, 3), (4, 5)):
        with organisation_scope(organisation):
            for number in numbers:
                _look(organisation, number, WORDS if number == 4 else None)
        with organisation_scope(organisation):
            assert seal(organisation_id=organisation) == 1
    return organisation


@pytest.fixture
def change(fresh_database: str, admin: str) -> Iterator[psycopg.Connection]:
    """A connection for which no trigger and no wall stands."""
    dsn = make_conninfo(admin, dbname=str(conninfo_to_dict(fresh_database)["dbname"]))
    with psycopg.connect(dsn, autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")
        yield superuser


def _prove(organisation: int, kept: Kept | None = None, later: timedelta = timedelta()) -> Proof:
    with organisation_scope(organisation):
        return prove(organisation, now=datetime.now(UTC) + later, kept=kept)


def test_whole_looks_are_told_with_their_counts(sealed: int) -> None:
    with organisation_scope(sealed):
        _look(sealed, 9)
    found = _prove(sealed)
    assert (found.broken, found.looks, found.looks_unsealed) == ((), 5, 1)
    assert (found.links, found.sealed) == (2, 2)  # an event a night


def test_a_night_without_looks_writes_nothing(sealed: int) -> None:
    with organisation_scope(sealed):
        assert seal(organisation_id=sealed) == 0
        assert len(seals_of_looks(sealed)) == 2


def test_only_what_came_since_the_last_seal_is_read(sealed: int) -> None:
    with organisation_scope(sealed):
        (last,) = seals_of_looks(sealed, last=1)
        _look(sealed, 9)
        assert [one.id > last.until for one in looks_after(sealed, last.until)] == [True]


CHANGES = [
    ("UPDATE history_reading SET actor = 'user:2' WHERE subject = 'tenancy:4'", Break.CHANGED),
    ("UPDATE history_reading SET what = 'claim' WHERE subject = 'tenancy:4'", Break.CHANGED),
    ("UPDATE history_reading SET subject = 'tenancy:7' WHERE subject = 'tenancy:4'", Break.CHANGED),
    ("UPDATE history_reading SET \"on\" = '2026-11-02' WHERE subject = 'tenancy:4'", Break.CHANGED),
    ("UPDATE history_reading SET at = at + interval '1 us' WHERE subject = 'tenancy:4'", Break.CHANGED),
    ("UPDATE history_reading SET slot = 1 WHERE subject = 'tenancy:4'", Break.CHANGED),
    ("UPDATE history_reading SET why = 'court' WHERE subject = 'tenancy:4'", Break.CHANGED),
    ("UPDATE history_reading SET text_digest = 'x' WHERE subject = 'tenancy:5'", Break.CHANGED),
    ("UPDATE history_reading SET organisation_id = 0 WHERE subject = 'tenancy:4'", Break.REMOVED),
    ("UPDATE history_reading SET id = 4711 WHERE subject = 'tenancy:4'", Break.REMOVED),
    ("DELETE FROM history_reading WHERE subject = 'tenancy:4'", Break.REMOVED),
]


@pytest.mark.parametrize(("statement", "kind"), CHANGES)
def test_the_first_seal_that_does_not_hold_is_named(
    sealed: int, change: psycopg.Connection, statement: str, kind: Break
) -> None:
    """Everything is done to the second night."""
    change.execute(statement)
    first = _prove(sealed).broken[0]
    assert (first.of, first.kind, first.link) == (Of.LOOKS, kind, 2)


def test_every_column_of_a_look_is_tried_above(sealed: int, change: psycopg.Connection) -> None:
    rows = change.execute(
        """SELECT quote_ident(attname) FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
            WHERE relname = 'history_reading' AND attnum > 0 AND NOT attisdropped"""
    ).fetchall()
    assert [name for (name,) in rows if not any(f"SET {name}" in one for one, _ in CHANGES)] == []


def test_a_look_that_came_in_between_is_found(sealed: int, change: psycopg.Connection) -> None:
    """The numbers of looks that were the same one are never used, and stay free for who wants to put one in."""
    with organisation_scope(sealed):
        _look(sealed, 6)
        for _ in range(3):
            _look(sealed, 6)
        _look(sealed, 7)
    with organisation_scope(sealed):
        assert seal(organisation_id=sealed) == 1
    change.execute(
        """INSERT INTO history_reading (id, organisation_id, actor, what, subject, "on", at, slot)
           SELECT max(id) - 1, organisation_id, 'user:3', 'dossier', 'tenancy:8', '2026-11-01', now(), 1
             FROM history_reading GROUP BY organisation_id"""
    )
    (only,) = _prove(sealed).broken
    assert (only.of, only.kind, only.link) == (Of.LOOKS, Break.ADDED, 3)


def test_words_that_were_changed_are_found_and_words_that_went_are_not_missed(
    sealed: int, change: psycopg.Connection
) -> None:
    change.execute("UPDATE history_readingtext SET text = 'voor de rechter'")
    (only,) = _prove(sealed).broken
    assert (only.of, only.kind) == (Of.LOOKS, Break.TEXT)
    change.execute("DELETE FROM history_readingtext")
    assert _prove(sealed).holds


def test_a_seal_that_is_gone_breaks_the_chain(sealed: int, change: psycopg.Connection) -> None:
    change.execute("DELETE FROM history_event WHERE facts->>'after' = '0'")
    assert [(one.of, one.kind, one.link) for one in _prove(sealed).broken] == [
        (Of.EVENTS, Break.REMOVED, 1),
        (Of.LOOKS, Break.LINK, 1),
    ]


def test_a_removed_end_is_found_by_what_was_kept_outside(sealed: int, change: psycopg.Connection) -> None:
    before = _prove(sealed)
    change.execute("DELETE FROM history_seal WHERE number = 2")
    change.execute("DELETE FROM history_event WHERE facts->>'after' <> '0'")
    change.execute("DELETE FROM history_readingtext")
    change.execute("DELETE FROM history_reading WHERE subject IN ('tenancy:4', 'tenancy:5')")
    assert _prove(sealed).holds
    (only,) = _prove(sealed, Kept(before.links, before.last_link)).broken
    assert (only.kind, only.link) == (Break.KEPT, 2)


def test_looks_that_nobody_seals_are_told_after_a_day(sealed: int) -> None:
    with organisation_scope(sealed):
        _look(sealed, 9)
    assert _prove(sealed, later=timedelta(hours=24)).holds
    (only,) = _prove(sealed, later=timedelta(hours=26)).broken
    assert (only.of, only.kind, only.until_id - only.after_id) == (Of.LOOKS, Break.UNSEALED, 1)


def test_a_look_that_is_being_written_is_not_passed(sealed: int, fresh_database: str) -> None:
    put = """INSERT INTO history_reading (organisation_id, actor, what, subject, "on", slot)
             VALUES (%s, %s, 'dossier', 'tenancy:2', '2026-11-02', 1)"""
    with psycopg.connect(fresh_database) as slow, psycopg.connect(fresh_database) as quick:
        for one, actor in ((slow, "user:3"), (quick, "user:4")):
            one.execute("SELECT set_config('tijdig.organisation', %s, true)", [str(sealed)])
            one.execute(put, [sealed, actor])
        quick.commit()
        with organisation_scope(sealed):
            assert seal(organisation_id=sealed) == 0
        slow.commit()
    with organisation_scope(sealed):
        assert seal(organisation_id=sealed) == 1
    found = _prove(sealed)
    assert (found.holds, found.looks, found.looks_unsealed) == (True, 7, 0)
