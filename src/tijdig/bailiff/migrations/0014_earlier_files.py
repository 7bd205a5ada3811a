"""What a tenant still owes of files that ended, also for the bailiff who has the file now: amounts with their act and day,
and what a court gave. Which file it was, whose, when it ended and who wrote it stays with the corporation."""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, PARTNER

_BEHIND = f"({PARTNER} IS NOT NULL OR current_setting('role', true) = 'tijdig_partner')"
SQL = f"""
CREATE FUNCTION tijdig_earlier_files(wanted integer[])
    RETURNS TABLE (tenancy_id integer, nth bigint, file_id bigint, ended_on date, costs jsonb, judged jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT f.tenancy_id, row_number() OVER (PARTITION BY f.tenancy_id ORDER BY f.recorded_at, f.id),
           CASE WHEN NOT {_BEHIND} THEN f.id END, CASE WHEN NOT {_BEHIND} THEN f.ended_on END,
           coalesce((SELECT jsonb_agg(jsonb_build_array(c.act, c."on", c.cents, c.vat_cents, c.received_on)
                                      ORDER BY c."on", c.id)
                       FROM bailiff_cost c
                      WHERE c.file_id = f.id AND c.organisation_id = f.organisation_id AND c.payer = 'tenant'
                        AND NOT EXISTS (SELECT 1 FROM bailiff_costwithdrawal w WHERE w.cost_id = c.id)), '[]'),
           (SELECT jsonb_build_array(d."on", j.principal_cents, j.through_on, j.interest_cents, j.collection_cents,
                                     j.costs_cents, j.dissolved, j.eviction)
              FROM bailiff_legaldeed d JOIN bailiff_judgment j ON j.deed_id = d.id
             WHERE d.file_id = f.id AND d.organisation_id = f.organisation_id ORDER BY d.id DESC LIMIT 1)
      FROM bailiff_file f
     WHERE f.organisation_id = {ORGANISATION} AND f.tenancy_id = ANY(wanted) AND f.ended_on IS NOT NULL
       AND (SELECT current_setting('tijdig.seat', true)) IS DISTINCT FROM 'caretaker'
       AND (NOT {_BEHIND} OR f.tenancy_id IN (SELECT tijdig_partner_tenancies()))
$$;
REVOKE EXECUTE ON FUNCTION tijdig_earlier_files(integer[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tijdig_earlier_files(integer[]) TO tijdig_app, tijdig_partner;
"""


class Migration(migrations.Migration):
    dependencies = [("bailiff", "0013_others_in_full")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
