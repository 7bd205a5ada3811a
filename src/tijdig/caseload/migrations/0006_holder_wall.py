"""Whose each tenancy is follows from its assignments: by trigger, so that no way of writing one can forget it."""

from django.db import migrations

from tijdig.access.walls import wall

# Of two that are written at one moment the newest number holds, whichever is done last.
FOLLOWS = """
CREATE FUNCTION caseload_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO caseload_holder AS h (organisation_id, tenancy_id, assignment_id, user_id)
    VALUES (NEW.organisation_id, NEW.tenancy_id, NEW.id, NEW.user_id)
    ON CONFLICT (tenancy_id) DO UPDATE SET assignment_id = EXCLUDED.assignment_id, user_id = EXCLUDED.user_id
     WHERE h.assignment_id IS NULL OR h.assignment_id < EXCLUDED.assignment_id;
    RETURN NULL;
END $$;
CREATE TRIGGER caseload_assignment_holds AFTER INSERT ON caseload_assignment
    FOR EACH ROW EXECUTE FUNCTION caseload_hold();
"""
# What was assigned before: of all corporations at once, so without the wall for this statement.
BEFORE = """
ALTER TABLE caseload_assignment NO FORCE ROW LEVEL SECURITY;
INSERT INTO caseload_holder (organisation_id, tenancy_id, assignment_id, user_id)
SELECT DISTINCT ON (tenancy_id) organisation_id, tenancy_id, id, user_id FROM caseload_assignment
 ORDER BY tenancy_id, id DESC;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE caseload_assignment FORCE ROW LEVEL SECURITY;
"""
SQL = "\n".join([BEFORE, wall("caseload_holder", may="SELECT, INSERT, UPDATE"), FOLLOWS])


class Migration(migrations.Migration):
    dependencies = [("caseload", "0005_holder"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
