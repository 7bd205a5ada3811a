"""Whoever falls behind asks for somebody: by trigger, so that no way of raising an alert can forget it."""

from django.db import migrations

ASKS = """
CREATE FUNCTION cases_ask() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO caseload_holder (organisation_id, tenancy_id)
    SELECT DISTINCT organisation_id, tenancy_id FROM raised ORDER BY tenancy_id
    ON CONFLICT (tenancy_id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER cases_alert_asks AFTER INSERT ON cases_alert
    REFERENCING NEW TABLE AS raised FOR EACH STATEMENT EXECUTE FUNCTION cases_ask();
"""
# Of all corporations at once, so without the walls for this statement.
BEFORE = """
ALTER TABLE cases_alert NO FORCE ROW LEVEL SECURITY;
ALTER TABLE caseload_holder NO FORCE ROW LEVEL SECURITY;
INSERT INTO caseload_holder (organisation_id, tenancy_id)
SELECT organisation_id, tenancy_id FROM cases_alert WHERE cured_at IS NULL
    ON CONFLICT (tenancy_id) DO NOTHING;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE cases_alert FORCE ROW LEVEL SECURITY;
ALTER TABLE caseload_holder FORCE ROW LEVEL SECURITY;
"""
SQL = "\n".join([BEFORE, ASKS])


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_alert_indexes"), ("caseload", "0006_holder_wall")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
