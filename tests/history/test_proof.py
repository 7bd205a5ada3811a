"""What somebody who may change everything in the database does to the history, and how the proof finds it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from typer.testing import CliRunner, Result

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.history.actions import erase_text, record, seal
from tijdig.history.broken import Break
from tijdig.history.chain import Kept
from tijdig.history.queries import of_subject
from tijdig.history.queries_proof import Proof, prove

LINKS = 3


def _record(organisation: int, number: int, text: str = "") -> int:
    return record(
        organisation_id=organisation,
        actor="user:1",
        verb="called",
        subject=f"tenancy:{number}",
        effective_on=date(2026, 11, 1),
        facts={"number": number},
        text=text,
    )


@pytest.fixture
def chained(fresh_database: str) -> int:
    """Three links of three events, each with one text."""
    organisation = create_organisation(name="Keten", slug="keten")
    for link in range(LINKS):
        with organisation_scope(organisation):
            for number in range(3):
                _record(organisation, 10 * link + number, "gesprek" if number == 1 else "")
        with organisation_scope(organisation):
            assert seal(organisation_id=organisation) == 3
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


def _told(organisation: int) -> list[tuple[str, int]]:
    return [(one.kind.value, one.link) for one in _prove(organisation).broken]


def test_a_whole_chain_is_told_with_its_counts(chained: int) -> None:
    with organisation_scope(chained):
        _record(chained, 99)
    found = _prove(chained)
    assert found.holds
    assert (found.links, found.sealed, found.unsealed, found.erased) == (LINKS, 9, 1, 0)
    assert found.first_on == found.last_on is not None


CHANGES = [
    ("UPDATE history_event SET id = 4711 WHERE facts = '{\"number\": 11}'", Break.REMOVED),
    ("UPDATE history_event SET actor = 'user:2' WHERE facts = '{\"number\": 11}'", Break.CHANGED),
    ("UPDATE history_event SET verb = 'wrote' WHERE facts = '{\"number\": 11}'", Break.CHANGED),
    ("UPDATE history_event SET subject = 'tenancy:2' WHERE facts = '{\"number\": 11}'", Break.CHANGED),
    ("UPDATE history_event SET effective_on = '2026-11-02' WHERE facts = '{\"number\": 11}'", Break.CHANGED),
    (
        "UPDATE history_event SET recorded_at = recorded_at + interval '1 us' WHERE facts = '{\"number\": 11}'",
        Break.CHANGED,
    ),
    ("UPDATE history_event SET facts = '{\"number\": 12}' WHERE facts = '{\"number\": 11}'", Break.CHANGED),
    ("UPDATE history_event SET text_digest = '' WHERE facts = '{\"number\": 11}'", Break.CHANGED),
    ("UPDATE history_event SET organisation_id = 0 WHERE facts = '{\"number\": 11}'", Break.REMOVED),
    ("DELETE FROM history_event WHERE facts = '{\"number\": 11}'", Break.REMOVED),
    ("UPDATE history_seal SET digest = repeat('0', 64) WHERE number = 2", Break.CHANGED),
    ("UPDATE history_seal SET sealed_at = sealed_at - interval '1 day' WHERE number = 2", Break.CHANGED),
    ("UPDATE history_seal SET total = 5 WHERE number = 2", Break.CHANGED),
    ("UPDATE history_seal SET events = 2 WHERE number = 2", Break.ADDED),
    ("UPDATE history_seal SET number = 7 WHERE number = 2", Break.LINK),
    ("UPDATE history_seal SET number = NULL WHERE number = 2", Break.LINK),
    ("UPDATE history_seal SET last_event_id = last_event_id - 1 WHERE number = 2", Break.REMOVED),
    ("DELETE FROM history_seal WHERE number = 2", Break.LINK),
]


@pytest.mark.parametrize(("statement", "kind"), CHANGES)
def test_the_first_link_that_does_not_hold_is_named(
    chained: int, change: psycopg.Connection, statement: str, kind: Break
) -> None:
    """Everything is done to the second link."""
    change.execute(statement)
    first = _prove(chained).broken[0]
    assert (first.kind, first.link) == (kind, 2)
    assert first.after_id < first.until_id


def test_every_column_of_an_event_and_of_a_link_is_tried_above(
    chained: int, change: psycopg.Connection
) -> None:
    rows = change.execute(
        """SELECT relname, attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
            WHERE relname IN ('history_event', 'history_seal') AND attnum > 0 AND NOT attisdropped"""
    ).fetchall()
    tried = {
        (table, column) for table, column in rows if any(f"{table} SET {column}" in one for one, _ in CHANGES)
    }
    # Moving a link to another corporation removes it here; its id is told nowhere.
    assert set(rows) - tried == {("history_seal", "id"), ("history_seal", "organisation_id")}


def test_an_event_that_came_in_between_is_found(chained: int, change: psycopg.Connection) -> None:
    change.execute("UPDATE history_event SET id = id + 1000 WHERE facts->>'number' >= '20'")
    change.execute("UPDATE history_seal SET last_event_id = last_event_id + 1000 WHERE number = 3")
    assert _told(chained)[0] == ("changed", 3)
    change.execute(
        """INSERT INTO history_event (id, organisation_id, actor, verb, subject, effective_on, facts, text_digest)
           SELECT max(id) + 5, organisation_id, 'user:1', 'called', 'tenancy:1', '2026-11-01', '{}', ''
             FROM history_event WHERE id < 1000 GROUP BY organisation_id"""
    )
    assert _told(chained)[0] == ("added", 3)


def test_the_first_of_two_breaks_is_told(chained: int, change: psycopg.Connection) -> None:
    change.execute("DELETE FROM history_event WHERE facts = '{\"number\": 22}'")
    change.execute("DELETE FROM history_event WHERE facts = '{\"number\": 2}'")
    (only,) = _prove(chained).broken
    assert (only.kind, only.link, only.after_id) == (Break.REMOVED, 1, 0)


def test_a_removed_last_link_leaves_events_that_should_have_been_sealed(
    chained: int, change: psycopg.Connection
) -> None:
    change.execute("DELETE FROM history_seal WHERE number = 3")
    assert _prove(chained, later=timedelta(hours=24)).holds
    (only,) = _prove(chained, later=timedelta(hours=26)).broken
    assert (only.kind, only.link) == (Break.UNSEALED, 0)
    assert only.until_id - only.after_id == 3


def test_a_removed_end_is_found_by_what_was_kept_outside(chained: int, change: psycopg.Connection) -> None:
    kept = Kept(LINKS, _prove(chained).last_link)
    assert _prove(chained, kept).holds
    change.execute("DELETE FROM history_seal WHERE number = 3")
    change.execute("DELETE FROM history_eventtext WHERE event_id > 6")
    change.execute("DELETE FROM history_event WHERE facts->>'number' >= '20'")
    assert _prove(chained).holds
    (only,) = _prove(chained, kept).broken
    assert (only.kind, only.link) == (Break.KEPT, 3)


def test_a_chain_that_was_made_anew_is_found_by_what_was_kept_outside(
    chained: int, change: psycopg.Connection
) -> None:
    kept = Kept(LINKS, _prove(chained).last_link)
    change.execute("DELETE FROM history_seal")
    change.execute("UPDATE history_event SET actor = 'user:2'")
    for _ in range(LINKS):
        with organisation_scope(chained):
            seal(organisation_id=chained)
    assert _prove(chained).holds
    assert [one.kind for one in _prove(chained, kept).broken] == [Break.KEPT]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_eventtext SET text = 'iets anders'",
        "UPDATE history_eventtext SET salt = repeat('0', 32)",
        # The end of the salt becomes the beginning of the text: together the same.
        "UPDATE history_eventtext SET text = right(salt, 1) || text, salt = left(salt, 31)",
        "INSERT INTO history_eventtext SELECT id, repeat('0', 32), 'x', organisation_id FROM history_event"
        " WHERE facts = '{\"number\": 12}'",
        "UPDATE history_eventtext SET event_id = 4711 WHERE event_id = (SELECT max(event_id) FROM history_eventtext)",
    ],
)
def test_a_changed_text_is_found(chained: int, change: psycopg.Connection, statement: str) -> None:
    columns = "(event_id, salt, text, organisation_id)"
    change.execute(statement.replace("INTO history_eventtext", f"INTO history_eventtext {columns}"))
    assert [kind for kind, _ in _told(chained)] == ["text"]


def test_an_erased_text_is_counted_and_breaks_nothing(chained: int) -> None:
    with organisation_scope(chained):
        (told,) = of_subject("tenancy:11")
        erase_text(organisation_id=chained, event_ids=[told.id])
    found = _prove(chained)
    assert (found.holds, found.erased) == (True, 1)


def test_links_from_before_they_were_numbered_hold(chained: int, change: psycopg.Connection) -> None:
    """As the program sealed before: without number, total and moment in the digest."""
    from tijdig.history.chain import Digest
    from tijdig.history.queries_proof import events_after

    change.execute("DELETE FROM history_seal")
    with organisation_scope(chained):
        link = Digest("")
        for one in events_after(chained, 0):
            link.add(one)
    change.execute(
        "INSERT INTO history_seal (organisation_id, last_event_id, events, digest) VALUES (%s, %s, 9, %s)",
        [chained, link.until, link.close(None)],
    )
    with organisation_scope(chained):
        _record(chained, 50)
    with organisation_scope(chained):
        assert seal(organisation_id=chained) == 1
    found = _prove(chained)
    assert (found.holds, found.links, found.sealed) == (True, 2, 10)
    change.execute("UPDATE history_event SET actor = 'user:2' WHERE facts = '{\"number\": 50}'")
    assert _told(chained) == [("changed", 2)]


def test_an_event_of_a_transaction_that_began_its_work_earlier_is_not_passed(
    chained: int, fresh_database: str
) -> None:
    """One transaction wrote long ago and an event just now; another, younger one drew a lower id and still runs."""
    put = """INSERT INTO history_event (organisation_id, actor, verb, subject, effective_on, facts, text_digest)
             VALUES (%s, 'user:3', 'wrote', 'tenancy:2', '2026-11-02', '{}', '')"""
    with psycopg.connect(fresh_database) as older, psycopg.connect(fresh_database) as younger:
        for one in (older, younger):
            one.execute("SELECT set_config('tijdig.organisation', %s, true)", [str(chained)])
            one.execute("SELECT pg_current_xact_id()")
        younger.execute(put, [chained])
        older.execute(put, [chained])
        older.commit()
        with organisation_scope(chained):
            assert seal(organisation_id=chained) == 0
        younger.commit()
    with organisation_scope(chained):
        assert seal(organisation_id=chained) == 2
    assert _prove(chained).holds


@pytest.fixture
def command(chained: int) -> Iterator[None]:
    from tijdig.cli import main as cli

    before = cli._wiring
    cli.wire(
        cli.Wiring(
            boot=lambda *_, **__: None,
            data_folder=Path,
            wipe=lambda: None,
            admin_dsn=str,
            start_worker=lambda: lambda: None,
        )
    )
    yield
    cli._wiring = before


def _run(*arguments: str) -> Result:
    from tijdig.cli.main import app

    return CliRunner().invoke(app, ["verify-history", *arguments], env={"COLUMNS": "300"})


def test_the_command_says_one_line_a_corporation(command: None) -> None:
    create_organisation(name="Nieuw", slug="nieuw")
    done = _run()
    assert done.exit_code == 0, done.output
    first, second = done.output.strip().splitlines()
    assert first.startswith("✓ Keten: 3 schakels, 9 gebeurtenissen verzegeld, 0 nog niet verzegeld, van ")
    assert second == "✓ Nieuw: 0 schakels, 0 gebeurtenissen verzegeld, 0 nog niet verzegeld."
    assert _run("--organisation", "nieuw").output.strip() == second


def test_the_command_names_the_first_link_that_does_not_hold(
    command: None, change: psycopg.Connection
) -> None:
    change.execute("DELETE FROM history_event WHERE facts = '{\"number\": 11}'")
    done = _run()
    assert done.exit_code == 1
    assert "Schakel 2 klopt niet: tussen gebeurtenis 3 en 6 (" in done.output
    assert "weggehaald" in done.output


def test_what_was_kept_is_compared(command: None, change: psycopg.Connection, tmp_path: Path) -> None:
    kept = tmp_path / "bewaard.json"
    kept.write_text(_run("--json").output, encoding="utf-8")
    assert json.loads(kept.read_text(encoding="utf-8"))[0]["links"] == LINKS
    assert _run("--earlier", str(kept)).exit_code == 0
    change.execute("DELETE FROM history_seal WHERE number = 3")
    assert _run().exit_code == 0  # of an hour ago: not suspicious by itself
    done = _run("--earlier", str(kept))
    assert done.exit_code == 1
    assert "Schakel 3 van de eerdere controle is er niet meer" in done.output


def test_a_corporation_that_is_gone_is_told(command: None, tmp_path: Path) -> None:
    kept = tmp_path / "bewaard.json"
    kept.write_text(json.dumps([{"organisation": "weg", "links": 1, "last_link": "0"}]), encoding="utf-8")
    assert _run("--earlier", str(kept)).exit_code == 1
    kept.write_text("geen json", encoding="utf-8")
    assert _run("--earlier", str(kept)).exit_code == 2
