"""Of the partner's files at other corporations every figure of an agreement, as numbers of at least twenty files of at least
three other corporations, or not at all; of arrangements of at least twenty too."""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, PARTNER

SQL = f"""
ALTER TABLE bailiff_figure_list ADD COLUMN contact_days integer, ADD COLUMN corporation_cents bigint,
    ADD COLUMN evicted boolean, ADD COLUMN made integer NOT NULL DEFAULT 0, ADD COLUMN paid integer NOT NULL DEFAULT 0;
CREATE OR REPLACE FUNCTION tijdig_list_figure() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO bailiff_figure_list
        (file_id, partner_id, organisation_id, ended_on, days, amicable, tenant_cents, contact_days, corporation_cents,
         evicted, made, paid)
    SELECT NEW.id, NEW.partner_id, NEW.organisation_id, NEW.ended_on, NEW.ended_on - NEW.handed_over_on,
           (NEW."end" = 'AFB' OR g.kept) AND NOT g.judged AND NOT g.evicted, g.tenant_cents,
           coalesce(g.first_talk_on, NEW.ended_on) - NEW.handed_over_on, g.corporation_cents,
           g.evicted OR NEW."end" = 'OTR', jsonb_array_length(g.arrangements),
           (SELECT count(*) FROM jsonb_array_elements(g.arrangements) a WHERE (a->>1)::boolean)
      FROM bailiff_filefigure g WHERE g.file_id = NEW.id
    ON CONFLICT (file_id) DO NOTHING;
    RETURN NEW;
END $$;

DROP FUNCTION tijdig_partner_others(integer, date, date);
CREATE FUNCTION tijdig_partner_others(wanted integer, first_on date, last_on date)
    RETURNS TABLE (amicable_pct integer, contact_days integer, handling_days integer, kept_pct integer,
                   tenant_cost_cents bigint, corporation_cost_cents bigint, evictions integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT floor(100.0 * avg(l.amicable::integer) + 0.5)::integer,
           floor(percentile_cont(0.5) WITHIN GROUP (ORDER BY l.contact_days) + 0.5)::integer,
           floor(percentile_cont(0.5) WITHIN GROUP (ORDER BY l.days) + 0.5)::integer,
           CASE WHEN sum(l.made) >= 20 AND count(DISTINCT l.organisation_id) FILTER (WHERE l.made > 0) >= 3 THEN floor(100.0 * sum(l.paid) / sum(l.made) + 0.5)::integer END,
           floor(avg(l.tenant_cents) + 0.5)::bigint, floor(avg(l.corporation_cents) + 0.5)::bigint,
           floor(100.0 * avg(l.evicted::integer) + 0.5)::integer
      FROM bailiff_figure_list l
     WHERE l.partner_id = wanted AND l.organisation_id <> {ORGANISATION}
       AND l.evicted IS NOT NULL  -- of before, when less was kept
       AND l.ended_on > first_on AND l.ended_on <= last_on
       AND wanted IN (SELECT g.partner_id FROM bailiff_agreement g WHERE g.organisation_id = {ORGANISATION})
       AND ({PARTNER} IS NULL OR wanted = {PARTNER})
    HAVING count(*) >= 20 AND count(DISTINCT l.organisation_id) >= 3
$$;
REVOKE EXECUTE ON FUNCTION tijdig_partner_others(integer, date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tijdig_partner_others(integer, date, date) TO tijdig_app, tijdig_partner;
"""


class Migration(migrations.Migration):
    dependencies = [("bailiff", "0012_role_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
