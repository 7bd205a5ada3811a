"""Every entry is of a tenancy that exists in its own corporation: looked up once per statement."""

from django.db import migrations

SQL = """
CREATE FUNCTION tijdig_entries_have_tenancy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM made LEFT JOIN tenancies_tenancy t
                   ON t.id = made.tenancy_id AND t.organisation_id = made.organisation_id WHERE t.id IS NULL) THEN
        RAISE EXCEPTION 'an entry names a tenancy that does not exist in this corporation'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_entry_tenancy_exists AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION tijdig_entries_have_tenancy();
CREATE TRIGGER tenancies_tenancy_stays BEFORE DELETE ON tenancies_tenancy
    FOR EACH ROW EXECUTE FUNCTION tijdig_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_tenancy_without_check"), ("tenancies", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
