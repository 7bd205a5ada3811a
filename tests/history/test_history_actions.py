"""The history: added to, never changed; sealed in a chain that shows a change; text can go, the chain stays whole."""

from __future__ import annotations

import time
from datetime import date

import psycopg
import pytest
from django.db import connection, transaction

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.history.actions import erase_text, record, seal
from tijdig.history.queries import of_subject
from tijdig.history.queries_proof import verify

DAY = date(2026, 11, 1)


def _record(organisation: int, text: str = "", **facts: int) -> int:
    return record(
        organisation_id=organisation,
        actor="user:1",
        verb="called",
        subject="tenancy:1",
        effective_on=DAY,
        facts=facts,
        text=text,
    )


@pytest.mark.parametrize("table", ["history_event", "history_seal"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET organisation_id = organisation_id", "DELETE FROM {}", "TRUNCATE {}"]
)
def test_history_is_append_only(organisation: int, table: str, statement: str) -> None:
    _record(organisation)
    refused = pytest.raises(Exception, match=r"append-only|permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_an_event_is_told_with_its_text(organisation: int) -> None:
    _record(organisation, "Mevrouw De Vries belt morgen terug", minutes=4)
    (told,) = of_subject("tenancy:1")
    assert (told.actor, told.verb, told.effective_on) == ("user:1", "called", DAY)
    assert (told.facts, told.text) == ({"minutes": 4}, "Mevrouw De Vries belt morgen terug")


def test_an_event_of_another_organisation_is_not_told(organisation: int) -> None:
    _record(organisation)
    with organisation_scope(create_organisation(name="Andere", slug="andere")):
        assert of_subject("tenancy:1") == []


def _sealed(organisation: int) -> int:
    """What sealing adds, once no older transaction runs on this server; that of another test may take a while."""
    for _ in range(300):
        with organisation_scope(organisation):
            if count := seal(organisation_id=organisation):
                return count
        time.sleep(0.2)
    return 0


@pytest.fixture
def chained(fresh_database: str) -> int:
    """Two links of events, committed: only what no running transaction can precede is sealed."""
    organisation = create_organisation(name="Keten", slug="keten")
    for round_ in (1, 2):
        with organisation_scope(organisation):
            _record(organisation, f"gesprek {round_}", number=round_)
            _record(organisation, number=10 * round_)
        assert _sealed(organisation) == 2
    return organisation


def _as_superuser(admin: str, database: str, statement: str) -> None:
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    with psycopg.connect(psycopg.conninfo.make_conninfo(admin, dbname=name)) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(statement)


def _verify(organisation: int) -> int | None:
    with organisation_scope(organisation):
        return verify(organisation)


def test_a_sealed_chain_is_whole_and_sealing_again_adds_nothing(chained: int) -> None:
    with organisation_scope(chained):
        assert seal(organisation_id=chained) == 0
    assert _verify(chained) is None


def test_the_links_follow_each_other(chained: int) -> None:
    with organisation_scope(chained), connection.cursor() as cursor:
        cursor.execute("SELECT events, length(digest) FROM history_seal ORDER BY id")
        assert cursor.fetchall() == [(2, 64), (2, 64)]


@pytest.mark.parametrize(
    ("statement", "link"),
    [
        ("UPDATE history_event SET facts = '{\"number\": 2}' WHERE facts = '{\"number\": 1}'", 1),
        ("UPDATE history_event SET actor = 'user:2' WHERE facts = '{\"number\": 20}'", 2),
        ("UPDATE history_event SET recorded_at = recorded_at + interval '1 microsecond' WHERE facts = '{\"number\": 2}'", 2),
        ("UPDATE history_event SET effective_on = '2026-10-31' WHERE facts = '{\"number\": 1}'", 1),
        ("UPDATE history_event SET text_digest = '' WHERE facts = '{\"number\": 1}'", 1),
        ("DELETE FROM history_event WHERE facts = '{\"number\": 10}'", 1),
    ],
)  # fmt: skip
def test_a_changed_event_breaks_the_link_that_holds_it(
    chained: int, fresh_database: str, admin: str, statement: str, link: int
) -> None:
    with organisation_scope(chained), connection.cursor() as cursor:
        cursor.execute("SELECT last_event_id FROM history_seal ORDER BY id")
        links = [row[0] for row in cursor.fetchall()]
    _as_superuser(admin, fresh_database, statement)
    assert _verify(chained) == links[link - 1]


def test_erased_text_is_gone_and_the_chain_stays_whole(chained: int) -> None:
    with organisation_scope(chained):
        told = [one for one in of_subject("tenancy:1") if one.text]
        assert erase_text(organisation_id=chained, event_ids=[told[0].id]) == 1
        left = [one.text for one in of_subject("tenancy:1") if one.text]
        assert left == [told[1].text]
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM history_eventtext")
            assert cursor.fetchone() == (1,)
    assert _verify(chained) is None


def test_an_event_under_way_is_not_sealed_over(chained: int, fresh_database: str) -> None:
    """Another transaction drew an earlier id and has not committed: sealing waits for it."""
    with psycopg.connect(fresh_database) as other:
        other.execute("SELECT set_config('tijdig.organisation', %s, true)", [str(chained)])
        other.execute(
            """INSERT INTO history_event (organisation_id, actor, verb, subject, effective_on, facts, text_digest)
               VALUES (%s, 'user:3', 'wrote', 'tenancy:2', '2026-11-02', '{}', '')""",
            [chained],
        )
        with organisation_scope(chained):
            _record(chained, number=100)
        with organisation_scope(chained):
            assert seal(organisation_id=chained) == 0
        other.commit()
    assert _sealed(chained) == 2
    assert _verify(chained) is None


def test_a_rolled_back_event_is_in_no_link(chained: int) -> None:
    with pytest.raises(RuntimeError), organisation_scope(chained):
        _record(chained, number=500)
        raise RuntimeError
    with organisation_scope(chained):
        _record(chained, number=501)
    assert _sealed(chained) == 1
    assert _verify(chained) is None
