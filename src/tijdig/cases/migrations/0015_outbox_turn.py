"""Who tells open screens something waits for who tells before, until that is committed: ids in the order of commit."""

from django.db import migrations

SQL = """
CREATE FUNCTION tijdig_outbox_turn(organisation integer) RETURNS void LANGUAGE sql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    SELECT pg_advisory_xact_lock(7464, organisation)
$$;
REVOKE EXECUTE ON FUNCTION tijdig_outbox_turn(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tijdig_outbox_turn(integer) TO tijdig_app;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_acceptance_reason_apart")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
