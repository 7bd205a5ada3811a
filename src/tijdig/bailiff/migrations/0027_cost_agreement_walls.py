"""Whoever agrees to a cost is of the corporation: a partner reads that somebody did, while the file is theirs, and writes
nothing there. What it books itself for the tenant without a tariff to hold it against waits, also by the database.

What waits is told of a file that ended too: the tenant owes it no more than there.
"""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, PARTNER, append_only, partner_wall, wall

_BEHIND = f"({PARTNER} IS NOT NULL OR current_setting('role', true) = 'tijdig_partner')"
SQL = f"""
{wall("bailiff_costagreement", may="SELECT, INSERT")}
{append_only("bailiff_costagreement")}
{partner_wall("bailiff_costagreement", "cost_id IN (SELECT c.id FROM bailiff_cost c)")}
ALTER TABLE bailiff_costagreement ADD CONSTRAINT bailiff_costagreement_of_its_cost
    FOREIGN KEY (cost_id, organisation_id) REFERENCES bailiff_cost (id, organisation_id);
CREATE POLICY bailiff_cost_waits ON bailiff_cost AS RESTRICTIVE FOR INSERT TO tijdig_partner
    WITH CHECK (asks_agreement OR payer <> 'tenant' OR (against <> 'unknown' AND against <> 'above'));

CREATE OR REPLACE FUNCTION tijdig_earlier_files(wanted integer[])
    RETURNS TABLE (tenancy_id integer, nth bigint, file_id bigint, ended_on date, costs jsonb, judged jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT f.tenancy_id, row_number() OVER (PARTITION BY f.tenancy_id ORDER BY f.recorded_at, f.id),
           CASE WHEN NOT {_BEHIND} THEN f.id END, CASE WHEN NOT {_BEHIND} THEN f.ended_on END,
           coalesce((SELECT jsonb_agg(jsonb_build_array(c.act, c."on", c.cents, c.vat_cents, c.received_on,
                                                        NOT c.asks_agreement OR g.cost_id IS NOT NULL)
                                      ORDER BY c."on", c.id)
                       FROM bailiff_cost c LEFT JOIN bailiff_costagreement g ON g.cost_id = c.id
                      WHERE c.file_id = f.id AND c.organisation_id = f.organisation_id AND c.payer = 'tenant'
                        AND NOT EXISTS (SELECT 1 FROM bailiff_costwithdrawal w WHERE w.cost_id = c.id)), '[]'),
           (SELECT jsonb_build_array(coalesce(j.given_on, d."on"), j.principal_cents, j.through_on, j.interest_cents,
                                     j.collection_cents, j.costs_cents, j.dissolved, j.eviction)
              FROM bailiff_legaldeed d JOIN bailiff_judgment j ON j.deed_id = d.id
             WHERE d.file_id = f.id AND d.organisation_id = f.organisation_id ORDER BY d.id DESC LIMIT 1)
      FROM bailiff_file f
     WHERE f.organisation_id = {ORGANISATION} AND f.tenancy_id = ANY(wanted) AND f.ended_on IS NOT NULL
       AND (SELECT current_setting('tijdig.seat', true)) IS DISTINCT FROM 'caretaker'
       AND (NOT {_BEHIND} OR f.tenancy_id IN (SELECT tijdig_partner_tenancies()))
$$;

CREATE CONSTRAINT TRIGGER history_event_cost_agreed_told AFTER INSERT ON history_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.subject LIKE 'tenancy:%' AND NEW.verb = 'file_cost_agreed')
    EXECUTE FUNCTION tijdig_tell_in_file();
"""


class Migration(migrations.Migration):
    dependencies = [("bailiff", "0026_cost_agreements")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
