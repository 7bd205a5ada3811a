"""That somebody of the corporation agreed to a cost changes a file, for systems that want to know."""

from django.db import migrations

SQL = """
CREATE FUNCTION tijdig_hook_cost_agreed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tijdig_hook(substr(NEW.subject, 9)::integer, 'externe-incasso.gewijzigd', NULL, NEW.organisation_id);
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION tijdig_hook_cost_agreed() FROM PUBLIC;
CREATE TRIGGER hooks_of_cost_agreed AFTER INSERT ON history_event FOR EACH ROW
    WHEN (NEW.subject LIKE 'tenancy:%' AND NEW.verb = 'file_cost_agreed') EXECUTE FUNCTION tijdig_hook_cost_agreed();
"""


class Migration(migrations.Migration):
    dependencies = [("hooks", "0003_closed"), ("history", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
