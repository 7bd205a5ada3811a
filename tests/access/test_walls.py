"""The walls, looked up in the catalogue, so that a table that comes later is tested too."""

from __future__ import annotations

from datetime import UTC, date, datetime

import psycopg
import pytest
from django.db import connection, transaction

from tijdig.access.actions import create_organisation
from tijdig.access.scope import acting, organisation_scope, partner_scope, set_local
from tijdig.history.actions import note_reading
from tijdig.history.reading import What

_OWNED = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation_id' AND NOT a.attisdropped
 WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY c.relname
"""
# No grants at all: only a function of the owner reads it.
HIDDEN = ("tenancies_search", "bailiff_figure_list")


def _rows(query: str, *params: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall()


def _refused(statement: str) -> str:
    """The code with which the database refuses this."""
    with pytest.raises(Exception) as raised, transaction.atomic():
        _rows(statement)
    return str(raised.value.__cause__.sqlstate)


def test_every_table_of_a_corporation_has_a_forced_wall(db: None) -> None:
    bare = _rows(
        f"""SELECT c.relname FROM pg_class c WHERE c.relname IN ({_OWNED.split("ORDER")[0]})
             AND c.relkind <> 'v' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"""
    )
    assert {name for (name,) in bare} == set(HIDDEN)
    assert len(_rows(_OWNED)) > 25


def test_every_wall_has_one_policy_on_the_organisation(db: None) -> None:
    policies = dict(
        _rows(
            """SELECT tablename, count(*) FROM pg_policies WHERE permissive = 'PERMISSIVE' AND cmd = 'ALL'
                GROUP BY tablename"""
        )
    )
    walled = [name for (name,) in _rows(_OWNED) if name not in HIDDEN]
    assert {name: policies.get(name) for name in walled} == dict.fromkeys(walled, 1)
    loose = _rows(
        """SELECT tablename, policyname FROM pg_policies WHERE permissive = 'PERMISSIVE'
              AND tablename NOT IN ('access_partner', 'entrance_partneract', 'entrance_partnerseal')
               AND (qual NOT LIKE '%%tijdig.organisation%%' OR cmd = 'ALL' AND with_check NOT LIKE '%%tijdig.organisation%%'
                    OR cmd = 'ALL' AND with_check IS NULL OR cmd NOT IN ('ALL', 'SELECT'))"""
    )
    assert loose == []


def test_the_role_of_the_program_is_weak(db: None) -> None:
    strength = _rows(
        """SELECT current_user::text, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles
            WHERE rolname = current_user"""
    )
    assert strength == [("tijdig_app", False, False, False, False)]
    owned = _rows(
        "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = current_user"
    )
    assert owned == [(0,)]
    assert _rows("SELECT pg_has_role('tijdig_owner', 'MEMBER')") == [(False,)]


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE tijdig_owner",
        "SET SESSION AUTHORIZATION tijdig_owner",
        "ALTER TABLE ledger_entry DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
        "DROP POLICY ledger_entry_organisation ON ledger_entry",
        "CREATE TABLE eigen (id integer)",
        "SELECT * FROM tenancies_search",
        "SELECT * FROM access_organisation_list",
        "SELECT * FROM access_partner_list",
        "SELECT * FROM bailiff_partner_person",
        "SELECT * FROM bailiff_figure_list",
        "TRUNCATE ledger_entry",
        "COPY ledger_entry FROM PROGRAM 'true'",
        "COPY ledger_entry TO PROGRAM 'true'",
        "SELECT pg_read_file('postgresql.conf')",
    ],
)
def test_the_role_of_the_program_cannot_get_round_a_wall(organisation: int, statement: str) -> None:
    assert _refused(statement) == "42501"  # insufficient privilege


def test_row_security_switched_off_is_an_error_and_no_way_in(organisation: int) -> None:
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL row_security = off")
        _rows("SELECT * FROM access_organisation")  # there is a row to look at


def test_without_an_organisation_nothing_is_there(organisation: int) -> None:
    set_local("tijdig.organisation", "")
    seen = {
        name: _rows(f"SELECT count(*) FROM {name}")[0][0] for (name,) in _rows(_OWNED) if name not in HIDDEN
    }
    assert seen == dict.fromkeys(seen, 0)
    assert _rows("SELECT count(*) FROM access_organisation") == [(0,)]


def test_a_setting_that_is_no_number_shows_nothing(organisation: int) -> None:
    with organisation_scope(organisation):  # of an empty table the database asks nothing
        note_reading(
            organisation_id=organisation, actor="user:1", what=What.DOSSIER, subject="tenancy:1", on=date(2026, 11, 2),
            at=datetime(2026, 11, 2, 9, 0, tzinfo=UTC),
        )  # fmt: skip
    with pytest.raises(Exception, match="invalid input syntax"), transaction.atomic():
        set_local("tijdig.organisation", "1 OR true")
        _rows("SELECT * FROM history_reading")


def test_a_row_of_every_table_is_seen_by_its_own_organisation_only(fresh_database: str, admin: str) -> None:
    """A superuser puts one row for one organisation in every table, whatever its columns; the other sees none."""
    mine = create_organisation(name="Een", slug="een")
    other = create_organisation(name="Twee", slug="twee")
    dsn = psycopg.conninfo.make_conninfo(
        admin, dbname=psycopg.conninfo.conninfo_to_dict(fresh_database)["dbname"]
    )
    with psycopg.connect(dsn) as superuser:
        names = [row[0] for row in superuser.execute(_OWNED) if row[0] not in HIDDEN]
        for name in names:
            _put_row(superuser, name, mine)
    with organisation_scope(mine):
        own = {name: _rows(f"SELECT count(*) FROM {name}")[0][0] for name in names}
    with organisation_scope(other):
        strange = {name: _rows(f"SELECT count(*) FROM {name}")[0][0] for name in names}
    assert own == dict.fromkeys(names, 1)
    assert strange == dict.fromkeys(names, 0)


SHOWN = {  # of theirs what the agreement shows, by what it shows it with
    "contacts": {"contacts_contact", "contacts_promise", "contacts_withdrawal"},
    "letters": {"steps_step"},
    "needs": {"bailiff_household", "help_rootcause", "tenancies_tenancyflag", "tenancies_tenancyflagend"},
}
BARE = {  # by the tenancy of a file that is with them, whatever the agreement shows
    "arrangements_arrangement",
    "arrangements_change",
    "arrangements_instalment",
    "bailiff_answer",
    "bailiff_answertext",
    "bailiff_cost",
    "bailiff_costagreement",
    "bailiff_costtext",
    "bailiff_costwithdrawal",
    "bailiff_fileendtext",
    "bailiff_filepackage",
    "bailiff_filereference",
    "bailiff_judgment",
    "bailiff_legaldeed",
    "bailiff_legaldeedtext",
    "bailiff_question",
    "bailiff_questiontext",
    "ledger_dirty",
    "ledger_entry",
    "objections_answer",
    "objections_objection",
    "policy_start",
    "policy_version",
    "tenancies_home",
    "tenancies_party",
    "tenancies_person",
    "tenancies_persontext",
    "tenancies_tenancy",
}
THEIRS = BARE.union(*SHOWN.values())
OWN = {
    "bailiff_agreement", "bailiff_agreementapproval", "bailiff_agreementend", "bailiff_file", "bailiff_filefigure",
}  # fmt: skip


def test_a_partner_sees_a_row_while_its_file_is_theirs_and_the_agreement_holds(
    fresh_database: str, admin: str
) -> None:
    """One row in every table, all of tenancy 1 and file 1; looked at without any filter of the program."""
    mine, other = create_organisation(name="Een", slug="een"), create_organisation(name="Twee", slug="twee")
    dsn = psycopg.conninfo.make_conninfo(
        admin, dbname=psycopg.conninfo.conninfo_to_dict(fresh_database)["dbname"]
    )
    with psycopg.connect(dsn, autocommit=True) as superuser:
        names = [row[0] for row in superuser.execute(_OWNED) if row[0] not in HIDDEN]
        with superuser.transaction():
            for name in names:
                _put_row(superuser, name, mine)
            superuser.execute("SET LOCAL session_replication_role = replica")
            superuser.execute("UPDATE tenancies_tenancy SET home_id = 1")

        def seen(organisation: int, partner: int = 1) -> set[str]:
            with acting(partner, 7), organisation_scope(organisation):
                return {name for name in names if _rows(f"SELECT count(*) FROM {name}")[0][0]}

        def now(statement: str) -> set[str]:
            with superuser.transaction():
                superuser.execute("SET LOCAL session_replication_role = replica")
                superuser.execute(statement)
            return seen(mine)

        assert seen(mine) == OWN  # one side approved, and it is ended
        second = """INSERT INTO bailiff_agreementapproval (side, "on", actor, name, agreement_id, organisation_id)
                    SELECT 'y', "on", actor, name, agreement_id, organisation_id FROM bailiff_agreementapproval"""
        assert now(second) == OWN
        now("UPDATE steps_step SET kind = 'letter_sent'")
        now("""UPDATE bailiff_agreement SET terms = '{"shows": []}'""")
        assert now("DELETE FROM bailiff_agreementend") == OWN - {"bailiff_agreementend"} | BARE
        for what, tables in SHOWN.items():
            shows = f"""UPDATE bailiff_agreement SET terms = '{{"shows": ["{what}"]}}'"""
            # What went with the file showed no more than is shown now: the same version.
            assert now(shows) == OWN - {"bailiff_agreementend"} | BARE | tables
        now("""UPDATE bailiff_agreement SET terms = '{"shows": ["contacts", "letters", "needs"]}'""")
        assert seen(other) == seen(mine, partner=2) == set()
        assert now("UPDATE bailiff_agreement SET begin_on = current_date + 2") == OWN - {
            "bailiff_agreementend"
        }
        assert (
            now("UPDATE bailiff_agreement SET begin_on = current_date")
            == OWN - {"bailiff_agreementend"} | THEIRS
        )
        assert now("UPDATE help_rootcause SET actor = 'user:7'") == OWN - {
            "bailiff_agreementend"
        } | THEIRS | {"help_rootcausetext"}
        assert now("UPDATE help_rootcause SET actor = 'user:8'") == OWN - {"bailiff_agreementend"} | THEIRS
        moved = "UPDATE cases_outbox SET kind = 'moved', subject = 1"
        assert now(moved) == OWN - {"bailiff_agreementend"} | THEIRS | {"cases_outbox"}
        assert "cases_outbox" not in now("UPDATE cases_outbox SET subject = 2")
        # What colleagues at the same partner wrote, and not what others did.
        spoken = "UPDATE contacts_contact SET actor = 'user:7'"
        assert now(spoken) == OWN - {"bailiff_agreementend"} | THEIRS
        colleague = """INSERT INTO access_user (id, password, partner_id, email, name, role, region, language, shortcuts,
                                                is_active, failures)
                       VALUES (7, 'x', 1, 'x@y.z', 'x', 'partner', '', 'nl', true, true, 0)"""
        assert now(colleague) == OWN - {"bailiff_agreementend"} | THEIRS | {
            "access_user", "contacts_contacttext",
        }  # fmt: skip
        now("DELETE FROM access_user WHERE id = 7")
        assert now("UPDATE history_event SET actor = 'user:7'") == OWN - {"bailiff_agreementend"} | THEIRS | {
            "history_event", "history_eventtext",
        }  # fmt: skip
        assert now("UPDATE bailiff_file SET ended_on = current_date") >= OWN - {"bailiff_agreementend"}
        assert not seen(mine) & THEIRS
        with (
            acting(1, 7),
            organisation_scope(mine),
            pytest.raises(Exception, match="permission denied"),
            transaction.atomic(),
        ):
            _rows("SELECT tijdig_organisation_ids()")  # what looks past the walls is not for them
        with acting(1, 7), partner_scope():  # over all corporations
            everywhere = {name for name in names if _rows(f"SELECT count(*) FROM {name}")[0][0]}
        assert everywhere == {"bailiff_agreement", "bailiff_agreementapproval", "bailiff_file"}


_COLUMNS = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
 WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull
   AND NOT a.atthasdef AND a.attidentity = ''
"""
_VALUES = {
    "date": "'2026-01-01'",
    "timestamp with time zone": "now()",
    "boolean": "false",
    "jsonb": "'{}'",
    "bytea": "'x'",
    "uuid": "gen_random_uuid()",
}


def _put_row(superuser: psycopg.Connection, name: str, organisation: int) -> None:
    superuser.execute("SET LOCAL session_replication_role = replica")  # no foreign keys, no triggers
    checks = superuser.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", [name]
    ).fetchall()
    for (check,) in checks:
        superuser.execute(f'ALTER TABLE {name} DROP CONSTRAINT "{check}"')
    columns = superuser.execute(_COLUMNS, [name]).fetchall()
    if "organisation_id" not in dict(columns):
        columns = [*columns, ("organisation_id", "integer")]
    values = [str(organisation) if column == "organisation_id" else _value(kind) for column, kind in columns]
    names = ", ".join(f'"{column}"' for column, _ in columns)
    superuser.execute(f"INSERT INTO {name} ({names}) VALUES ({', '.join(values)})")


def _value(kind: str) -> str:
    if kind.endswith("[]"):
        return "'{}'"
    if "char" in kind or kind == "text":
        return "'x'"
    return _VALUES.get(kind, "1")


def test_a_row_for_another_organisation_cannot_be_written(organisation: int) -> None:
    other = create_organisation(name="Andere", slug="andere")
    row = "INSERT INTO tenancies_complex (organisation_id, source_key, name, region) VALUES (%s, 'a', 'b', '') RETURNING 1"
    with organisation_scope(organisation):
        assert _rows(row, organisation) == [(1,)]
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            _rows(row, other)
        assert _rows("UPDATE access_organisation SET name = 'Gekaapt' WHERE id = %s RETURNING 1", other) == []
