"""The walls of the room, and a second wall inside that of the corporation for every table: what a partner's user sees.

A partner's user, for whom the program acts as the role `tijdig_partner` with `tijdig.partner` set, sees within a corporation the rows of the tenancies of which the file
is with that partner now, under an agreement that holds; of every other table nothing. Without a corporation it sees what is its
own over all of them: its files and agreements. What may be read is narrowed once more by column, in the views of `0003`.
"""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, PARTNER, USER, append_only, partner_wall, wall

_FOR_EVER = ("agreement", "agreementapproval", "agreementend", "handover", "handoverwithdrawal")
_MINE = f"partner_id = {PARTNER}"
# What a partner's user reads without a corporation: its own rows over all of them.
_AGREED = f"agreement_id IN (SELECT id FROM bailiff_agreement WHERE {_MINE})"
_OVER_ALL = {"agreement": _MINE, "file": _MINE, "agreementapproval": _AGREED, "agreementend": _AGREED}
_WHOLE = ("agreement", "handover", "file")
_SAME = (
    ("agreementapproval", "agreement", "agreement"),
    ("agreementend", "agreement", "agreement"),
    ("handover", "agreement", "agreement"),
    ("handovertext", "hand_over", "handover"),
    ("handoverwithdrawal", "hand_over", "handover"),
    ("file", "hand_over", "handover"),
    ("file", "agreement", "agreement"),
)


def _same_corporation() -> str:
    whole = [
        f"ALTER TABLE bailiff_{name} ADD CONSTRAINT bailiff_{name}_whole UNIQUE (id, organisation_id);" for name in _WHOLE
    ]
    point = [
        f"""ALTER TABLE bailiff_{table} ADD CONSTRAINT bailiff_{table}_of_its_{column}
            FOREIGN KEY ({column}_id, organisation_id) REFERENCES bailiff_{to} (id, organisation_id);"""
        for table, column, to in _SAME
    ]
    return "\n".join([*whole, *point])


def _over_all(table: str, rows: str) -> str:
    """Beside the corporation's own wall: a partner's user without a corporation sees the partner's own rows."""
    return f"""
CREATE POLICY {table}_over_all ON {table} FOR SELECT USING ({ORGANISATION} IS NULL AND {rows});
"""


# A file of which the agreement ended is not the partner's any more, whatever became of the file. Of several versions the
# newest that both sides approved and that began counts, as in `queries.in_force`.
SEEN = f"""
CREATE FUNCTION tijdig_partner_tenancies() RETURNS SETOF integer LANGUAGE sql STABLE AS $$
    SELECT f.tenancy_id FROM bailiff_file f
     WHERE f.partner_id = {PARTNER} AND f.organisation_id = {ORGANISATION} AND f.ended_on IS NULL
       AND (SELECT coalesce(e.end_on > (now() AT TIME ZONE 'Europe/Amsterdam')::date, true)
              FROM bailiff_agreement a LEFT JOIN bailiff_agreementend e ON e.agreement_id = a.id
             WHERE a.partner_id = f.partner_id AND a.organisation_id = f.organisation_id
               AND a.begin_on <= (now() AT TIME ZONE 'Europe/Amsterdam')::date
               AND 2 = (SELECT count(*) FROM bailiff_agreementapproval y WHERE y.agreement_id = a.id)
             ORDER BY a.version DESC LIMIT 1)
$$;
GRANT EXECUTE ON FUNCTION tijdig_partner_tenancies() TO tijdig_app, tijdig_partner;
"""
_OF_THEIRS = "tenancy_id IN (SELECT tijdig_partner_tenancies())"
# What a partner's user writes or reads in, by what its rows are told by. Every other table with a wall shows nothing.
ROWS = {
    "access_organisation": f"id = {ORGANISATION}",
    "bailiff_agreement": _MINE,
    "bailiff_agreementapproval": _AGREED,
    "bailiff_agreementend": _AGREED,
    "bailiff_file": _MINE,
    "bailiff_handover": _OF_THEIRS,
    "tenancies_tenancy": "id IN (SELECT tijdig_partner_tenancies())",
    "tenancies_home": "id IN (SELECT t.home_id FROM tenancies_tenancy t)",
    "tenancies_party": _OF_THEIRS,
    "tenancies_person": "id IN (SELECT p.person_id FROM tenancies_party p)",
    "tenancies_persontext": "person_id IN (SELECT p.person_id FROM tenancies_party p)",
    "ledger_entry": _OF_THEIRS,
    "ledger_dirty": _OF_THEIRS,
    "contacts_contact": _OF_THEIRS,
    "contacts_withdrawal": "contact_id IN (SELECT c.id FROM contacts_contact c)",
    "objections_objection": _OF_THEIRS,
    "steps_step": _OF_THEIRS,
    "arrangements_arrangement": _OF_THEIRS,
    "arrangements_instalment": "arrangement_id IN (SELECT a.id FROM arrangements_arrangement a)",
    "tenancies_tenancyflag": _OF_THEIRS,
    "tenancies_tenancyflagend": "flag_id IN (SELECT f.id FROM tenancies_tenancyflag f)",
    "help_rootcause": _OF_THEIRS,
    # The words of others are not theirs; their own are.
    "help_rootcausetext": f"root_cause_id IN (SELECT c.id FROM help_rootcause c WHERE c.actor = 'user:' || {USER})",
    "history_event": f"actor = 'user:' || {USER}",  # own acts, and nobody writes as somebody else
    "history_eventtext": "event_id IN (SELECT e.id FROM history_event e)",
}

WALLS = "\n".join(
    [
        _same_corporation(),
        *(wall(f"bailiff_{name}", may="SELECT, INSERT") + append_only(f"bailiff_{name}") for name in _FOR_EVER),
        wall("bailiff_handovertext", may="SELECT, INSERT, DELETE"),
        wall("bailiff_file", may="SELECT, INSERT, UPDATE"),
        *(_over_all(f"bailiff_{name}", rows) for name, rows in _OVER_ALL.items()),
        SEEN,
        f"""CREATE POLICY access_partner_agreed ON access_partner FOR SELECT
            USING (id IN (SELECT partner_id FROM bailiff_agreement WHERE organisation_id = {ORGANISATION}));""",
    ]
)


def _second_walls(apps, schema_editor):
    """On every table with a wall, also those that later rooms made before this ran."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        tables = sorted(row[0] for row in cursor.fetchall())
        missing = set(ROWS) - set(tables)
        if missing:
            raise RuntimeError(f"no such tables with a wall: {sorted(missing)}")
        for table in tables:
            if table in ("access_user", "access_partner"):
                continue
            cursor.execute(
                """SELECT string_agg(way, ', ') FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS way
                    WHERE has_table_privilege('tijdig_app', %s::regclass, way)""",
                [table],
            )
            (may,) = cursor.fetchone()
            if may:
                cursor.execute(partner_wall(table, ROWS.get(table, ""), may=may))
        # What acts as the owner is for the corporation's own people: it looks past these walls.
        cursor.execute(
            """SELECT oid::regprocedure::text FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
                  AND prorettype <> 'trigger'::regtype"""
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO tijdig_app")
        cursor.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO tijdig_partner")


class Migration(migrations.Migration):
    dependencies = [
        ("bailiff", "0001_initial"),
        ("access", "0005_partner_walls"),
        ("rulings", "0002_walls"),
        ("arrangements", "0002_walls"),
        ("ledger", "0005_existence"),
        ("caseload", "0006_holder_wall"),
        ("history", "0002_walls"),
        ("objections", "0002_walls"),
        ("imports", "0004_statement_last_on"),
        ("cases", "0013_new_arrears"),
        ("letters", "0003_overruled"),
        ("tenancies", "0006_kinds_of_procedure"),
        ("contacts", "0004_reply_walls"),
        ("conferences", "0002_walls"),
        ("steps", "0004_signal_refused"),
        ("help", "0013_answer_files_again"),
        ("policy", "0004_version_walls"),
    ]
    operations = [
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
        migrations.RunPython(_second_walls, migrations.RunPython.noop),
    ]
