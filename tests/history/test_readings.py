"""Who looked at what: written once in ten minutes, never changed, and a partner's people see their own alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.db import connection, transaction
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tijdig.access.actions import create_organisation
from tijdig.access.scope import acting, organisation_scope
from tijdig.history.actions import erase_reasons, note_reading, record
from tijdig.history.queries_readings import by_actor, of_subjects
from tijdig.history.reading import LABEL, WHY_LABEL, Reason, What, Why, slot_of

DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _look(
    organisation: int, at: datetime = AT, actor: str = "user:1", what: What = What.DOSSIER, of: int = 1
) -> None:
    note_reading(
        organisation_id=organisation, actor=actor, what=what, subject=f"tenancy:{of}", on=at.date(), at=at
    )


def _count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM history_reading")
        return int(cursor.fetchone()[0])


def test_the_same_look_is_written_once(organisation: int) -> None:
    for minutes in (0, 1, 9):
        _look(organisation, AT + timedelta(minutes=minutes))
    assert _count() == 1
    _look(organisation, AT + timedelta(minutes=10))
    assert _count() == 2


def test_another_person_kind_or_subject_is_another_look(organisation: int) -> None:
    _look(organisation)
    _look(organisation, actor="user:2")
    _look(organisation, what=What.CLAIM)
    _look(organisation, of=2)
    assert _count() == 4


@pytest.mark.parametrize("minute", [0, 9, 10, 59])
def test_a_slot_is_ten_minutes(minute: int) -> None:
    assert slot_of(AT + timedelta(minutes=minute)) - slot_of(AT) == minute // 10


def test_every_kind_and_every_reason_has_words() -> None:
    assert set(LABEL) == set(What)
    assert set(WHY_LABEL) == set(Why)


def test_another_reason_is_another_look_and_words_are_their_own(organisation: int) -> None:
    for reason in (Reason(Why.AUDIT), Reason(Why.AUDIT), Reason(Why.COURT), Reason(Why.COURT, "zitting")):
        note_reading(
            organisation_id=organisation,
            actor="user:1",
            what=What.EXPORT,
            subject="tenancy:1",
            on=AT.date(),
            at=AT,
            reason=reason,
        )
    told = [one.why for one in of_subjects(["tenancy:1"], until=date(2999, 1, 1), most=10)]
    court, audit = WHY_LABEL[Why.COURT], WHY_LABEL[Why.AUDIT]
    assert sorted(told) == sorted([audit, court, f"{court}: zitting"])
    assert erase_reasons(organisation_id=organisation, subjects=["tenancy:2"]) == 0
    assert erase_reasons(organisation_id=organisation, subjects=["tenancy:1"]) == 1
    told = [one.why for one in of_subjects(["tenancy:1"], until=date(2999, 1, 1), most=10)]
    assert sorted(told) == sorted([audit, court, court])


@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET actor = 'user:2'", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_a_look_is_never_changed(fresh_database: str, admin: str, statement: str) -> None:
    organisation = create_organisation(name="Een", slug="een")
    with organisation_scope(organisation):
        _look(organisation)
    refused = pytest.raises(Exception, match=r"append-only|permission denied")
    with refused, organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute(statement.format("history_reading"))
    dsn = make_conninfo(admin, dbname=str(conninfo_to_dict(fresh_database)["dbname"]))
    with psycopg.connect(dsn) as superuser, pytest.raises(psycopg.Error, match="append-only"):
        superuser.execute(statement.format("history_reading"))


def test_looks_and_acts_stand_in_one_order(organisation: int) -> None:
    _look(organisation, datetime(2026, 11, 22, 9, 0, tzinfo=UTC))
    record(organisation_id=organisation, actor="user:1", verb="called", subject="tenancy:1", effective_on=DAY)
    _look(organisation, datetime.now(UTC) + timedelta(hours=1), what=What.CLAIM)
    far = date(2999, 1, 1)
    told = [(one.looked, one.verb) for one in of_subjects(["tenancy:1"], until=far, most=10)]
    assert told == [("vordering bekeken", ""), ("", "called"), ("dossier bekeken", "")]
    assert of_subjects(["tenancy:2"], until=far, most=10) == []
    assert len(of_subjects(["tenancy:1"], until=far, most=2)) == 2
    assert [one.looked for one in of_subjects(["tenancy:1"], until=date(2026, 11, 22), most=10)] == [
        "dossier bekeken"
    ]
    assert [one.verb for one in by_actor("user:1", until=far, most=10)] == ["", "called", ""]
    assert by_actor("user:2", until=far, most=10) == []


def test_another_organisation_sees_nothing(organisation: int) -> None:
    _look(organisation)
    with organisation_scope(create_organisation(name="Andere", slug="andere-2")):
        assert _count() == 0


def test_somebody_of_a_partner_writes_and_sees_his_own_alone(organisation: int) -> None:
    _look(organisation)
    with acting(1, 7), organisation_scope(organisation):
        assert _count() == 0
        _look(organisation, actor="user:7", what=What.FILE)
        _look(organisation, actor="user:7", what=What.FILE)
        assert _count() == 1
        note_reading(
            organisation_id=organisation,
            actor="user:7",
            what=What.EXPORT,
            subject="partner_file:1",
            on=AT.date(),
            at=AT,
            reason=Reason(Why.OTHER, "voor de zitting"),
        )
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            _look(organisation, actor="user:1", what=What.CLAIM)
    with acting(1, 8), organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM history_readingtext")
        assert cursor.fetchone()[0] == 0
    with organisation_scope(organisation):
        assert _count() == 3
