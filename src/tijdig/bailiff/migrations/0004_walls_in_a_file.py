"""The walls of what is done in a file, for both sides: a partner writes as itself alone, and decides nothing.

Everything here hangs on a file and its tenancy together, so that what one bailiff wrote is not seen by the next. An
eviction is announced only after two different people of the corporation said yes to what is proposed now; the database
asks that too. And a corporation reads what the people of its partners are called, without their rows.
"""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, PARTNER, USER, append_only, partner_wall, wall

_OF_THEIRS = "tenancy_id IN (SELECT tijdig_partner_tenancies())"
_IN_THEIRS = f"file_id IN (SELECT f.id FROM bailiff_file f WHERE f.ended_on IS NULL) AND {_OF_THEIRS}"
_PEOPLE = "SELECT 'user:' || u.id FROM access_user u"  # a partner's user sees its colleagues there, and nobody else
_AS_ITSELF = f"actor = 'user:' || {USER}"
_FOR_EVER = ("question", "answer", "costwithdrawal", "legaldeed", "judgment")
_ERASABLE = ("questiontext", "answertext", "costtext", "legaldeedtext")
_ROWS = {
    "question": _IN_THEIRS,
    "questiontext": "question_id IN (SELECT q.id FROM bailiff_question q)",
    "answer": "question_id IN (SELECT q.id FROM bailiff_question q)",
    "answertext": "answer_id IN (SELECT a.question_id FROM bailiff_answer a)",
    "cost": _IN_THEIRS,
    "costtext": "cost_id IN (SELECT c.id FROM bailiff_cost c)",
    "costwithdrawal": "cost_id IN (SELECT c.id FROM bailiff_cost c)",
    "legaldeed": _IN_THEIRS,
    "legaldeedtext": "deed_id IN (SELECT d.id FROM bailiff_legaldeed d)",
    "judgment": "deed_id IN (SELECT d.id FROM bailiff_legaldeed d)",
}
# One comparison each: a list is written otherwise by a database that was restored, and then looks changed.
_NO_DECISION = " AND ".join(
    f"deed <> '{one}'"
    for one in ("summons_agreed", "summons_refused", "eviction_agreed", "eviction_refused", "municipality_told")
)
_WRITES = {  # as what a partner's user writes: as itself, for its own side, and never a decision
    "bailiff_question": f"side = 'partner' AND {_AS_ITSELF}",
    "bailiff_answer": f"""{_AS_ITSELF}
        AND question_id IN (SELECT q.id FROM bailiff_question q WHERE q.side = 'corporation')""",
    "bailiff_cost": f"side = 'partner' AND {_AS_ITSELF}",
    "bailiff_costwithdrawal": _AS_ITSELF,
    "bailiff_legaldeed": f"side = 'partner' AND {_AS_ITSELF} AND {_NO_DECISION}",
    "contacts_contact": _AS_ITSELF,
    "contacts_withdrawal": f"""{_AS_ITSELF}
        AND contact_id IN (SELECT c.id FROM contacts_contact c WHERE c.actor IN ({_PEOPLE}))""",
    "arrangements_arrangement": f"made_by = 'user:' || {USER}",
    "arrangements_change": f"""{_AS_ITSELF}
        AND arrangement_id IN (SELECT a.id FROM arrangements_arrangement a WHERE a.made_by IN ({_PEOPLE}))""",
}
_OF_OTHER_ROOMS = {  # the words of others are not theirs; those of their own people are
    "contacts_contacttext": f"contact_id IN (SELECT c.id FROM contacts_contact c WHERE c.actor IN ({_PEOPLE}))",
    "contacts_promise": _OF_THEIRS,
    "contacts_withdrawaltext": f"""withdrawal_id IN
        (SELECT w.contact_id FROM contacts_withdrawal w WHERE w.actor IN ({_PEOPLE}))""",
    "arrangements_change": "arrangement_id IN (SELECT a.id FROM arrangements_arrangement a)",
    "arrangements_changetext": f"change_id IN (SELECT c.id FROM arrangements_change c WHERE c.actor IN ({_PEOPLE}))",
    # By which terms an arrangement is judged, while they have a file there; no tenant is in it.
    "objections_answer": "objection_id IN (SELECT o.id FROM objections_objection o)",
    "policy_version": "EXISTS (SELECT 1 FROM tijdig_partner_tenancies())",
    "policy_start": "EXISTS (SELECT 1 FROM tijdig_partner_tenancies())",
    "cases_outbox": "kind = 'moved' AND subject IN (SELECT tijdig_partner_tenancies())",
}
_READ = ("objections_answer", "policy_version", "policy_start", "cases_outbox")


def _same_file(table: str) -> str:
    return f"""ALTER TABLE bailiff_{table} ADD CONSTRAINT bailiff_{table}_of_its_file
    FOREIGN KEY (file_id, tenancy_id, organisation_id) REFERENCES bailiff_file (id, tenancy_id, organisation_id);
ALTER TABLE bailiff_{table} ADD CONSTRAINT bailiff_{table}_whole UNIQUE (id, organisation_id);"""


_SAME = (
    ("questiontext", "question", "bailiff_question", "id"),
    ("answer", "question", "bailiff_question", "id"),
    ("answertext", "answer", "bailiff_answer", "question_id"),
    ("costtext", "cost", "bailiff_cost", "id"),
    ("costwithdrawal", "cost", "bailiff_cost", "id"),
    ("legaldeedtext", "deed", "bailiff_legaldeed", "id"),
    ("judgment", "deed", "bailiff_legaldeed", "id"),
)
_SAME_CORPORATION = "\n".join(
    f"""ALTER TABLE bailiff_{table} ADD CONSTRAINT bailiff_{table}_of_its_{column}
    FOREIGN KEY ({column}_id, organisation_id) REFERENCES {to} ({key}, organisation_id);"""
    for table, column, to, key in _SAME
)

_BY_TWO = """
CREATE FUNCTION tijdig_eviction_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE said integer;
BEGIN
    SELECT count(DISTINCT d.actor) INTO said FROM bailiff_legaldeed d
     WHERE d.file_id = NEW.file_id AND d.deed = 'eviction_agreed' AND d.side = 'corporation'
       AND d.id > coalesce((SELECT max(p.id) FROM bailiff_legaldeed p WHERE p.file_id = NEW.file_id AND p.deed IN
           ('eviction_proposed', 'eviction_refused', 'last_chance', 'last_chance_over', 'stopped')), 0);
    IF said < 2 THEN
        RAISE EXCEPTION 'an eviction needs two different people of the corporation' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bailiff_legaldeed_by_two BEFORE INSERT ON bailiff_legaldeed FOR EACH ROW
    WHEN (NEW.deed IN ('announced', 'evicted')) EXECUTE FUNCTION tijdig_eviction_by_two();
ALTER TABLE bailiff_legaldeed ADD CONSTRAINT bailiff_deed_decided_by_the_corporation
    CHECK (side = 'corporation' OR __NO_DECISION__);
""".replace("__NO_DECISION__", f"({_NO_DECISION})")

_NAMES = f"""
CREATE TABLE bailiff_partner_person (user_id integer PRIMARY KEY, partner_id integer NOT NULL, name text NOT NULL);
CREATE FUNCTION tijdig_list_partner_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO bailiff_partner_person VALUES (NEW.id, NEW.partner_id, NEW.name)
        ON CONFLICT (user_id) DO UPDATE SET partner_id = excluded.partner_id, name = excluded.name;
    RETURN NEW;
END $$;
CREATE TRIGGER access_user_listed AFTER INSERT OR UPDATE OF name, partner_id ON access_user
    FOR EACH ROW WHEN (NEW.partner_id IS NOT NULL) EXECUTE FUNCTION tijdig_list_partner_person();
CREATE FUNCTION tijdig_partner_names() RETURNS TABLE (id integer, name text) LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.user_id, p.name || ' (' || l.name || ')'
      FROM bailiff_partner_person p JOIN access_partner_list l ON l.id = p.partner_id
     WHERE p.partner_id IN (SELECT a.partner_id FROM bailiff_agreement a WHERE a.organisation_id = {ORGANISATION})
       AND ({PARTNER} IS NULL OR p.partner_id = {PARTNER})
$$;
REVOKE EXECUTE ON FUNCTION tijdig_partner_names() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tijdig_partner_names() TO tijdig_app, tijdig_partner;
"""

SQL = "\n".join(
    [
        """ALTER TABLE bailiff_file ADD CONSTRAINT bailiff_file_of_its_tenancy UNIQUE (id, tenancy_id, organisation_id);
ALTER TABLE bailiff_answer ADD CONSTRAINT bailiff_answer_whole UNIQUE (question_id, organisation_id);""",
        *(_same_file(table) for table in ("question", "cost", "legaldeed")),
        _SAME_CORPORATION,
        *(wall(f"bailiff_{name}", may="SELECT, INSERT") + append_only(f"bailiff_{name}") for name in _FOR_EVER),
        *(wall(f"bailiff_{name}", may="SELECT, INSERT, DELETE") for name in _ERASABLE),
        wall("bailiff_cost", may="SELECT, INSERT"),
        "GRANT UPDATE (received_on) ON bailiff_cost TO tijdig_app, tijdig_partner;",
        *(partner_wall(f"bailiff_{name}", rows, may="SELECT, INSERT") for name, rows in _ROWS.items()),
        *(
            partner_wall(name, rows, may="SELECT" if name in _READ else "SELECT, INSERT")
            for name, rows in _OF_OTHER_ROOMS.items()
        ),
        *(
            f"CREATE POLICY {table}_as_itself ON {table} AS RESTRICTIVE FOR INSERT TO tijdig_partner WITH CHECK ({rows});"
            for table, rows in _WRITES.items()
        ),
        # A plan that the corporation made is the corporation's to change.
        f"""CREATE POLICY arrangements_arrangement_own_plans ON arrangements_arrangement AS RESTRICTIVE FOR UPDATE
            TO tijdig_partner USING (made_by IN ({_PEOPLE})) WITH CHECK (made_by IN ({_PEOPLE}));""",
        _BY_TWO,
        _NAMES,
    ]
)


class Migration(migrations.Migration):
    dependencies = [("bailiff", "0003_in_a_file")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
