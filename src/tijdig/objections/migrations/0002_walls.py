"""The walls of objections: facts are never changed, also not by the owner; what a person wrote can be erased.

An objection names charges of its own tenancy, and an answer is of the day and the corporation of its objection.
"""

from django.db import migrations

from tijdig.access.walls import append_only, wall

_FOR_EVER = ("objection", "answer")
_ERASABLE = ("objectiontext", "answertext")

CHARGES = """
CREATE FUNCTION tijdig_are_charges(tenancy integer, entries bigint[]) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT EXISTS (SELECT 1 FROM unnest(entries) AS named(entry)
                         LEFT JOIN ledger_entry e ON e.id = named.entry AND e.tenancy_id = tenancy AND e.role IN (0, 1, 2)
                        WHERE e.id IS NULL)
$$;
CREATE FUNCTION tijdig_objection_names_charges() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT tijdig_are_charges(NEW.tenancy_id, NEW.entries) THEN
        RAISE EXCEPTION 'an objection names what is no charge of its tenancy' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER objections_objection_charges BEFORE INSERT ON objections_objection
    FOR EACH ROW EXECUTE FUNCTION tijdig_objection_names_charges();
"""
SAME_OBJECTION = """
ALTER TABLE objections_objection ADD CONSTRAINT objections_objection_whole UNIQUE (id, organisation_id, received_on);
ALTER TABLE objections_answer ADD CONSTRAINT objections_answer_of_its_objection
    FOREIGN KEY (objection_id, organisation_id, received_on)
    REFERENCES objections_objection (id, organisation_id, received_on);
"""
SQL = "\n".join(
    [
        CHARGES,
        SAME_OBJECTION,
        *(
            wall(f"objections_{name}", may="SELECT, INSERT") + append_only(f"objections_{name}")
            for name in _FOR_EVER
        ),
        *(wall(f"objections_{name}", may="SELECT, INSERT, DELETE") for name in _ERASABLE),
    ]
)


class Migration(migrations.Migration):
    dependencies = [
        ("objections", "0001_initial"),
        ("access", "0002_walls"),
        ("ledger", "0005_existence"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
