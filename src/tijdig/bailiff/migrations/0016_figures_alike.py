"""What a file at another corporation counts for is decided as here: paid by the account and the costs, and what is nobody's
result has no mark. Of marks, as of arrangements, a number is told of at least twenty of at least three corporations."""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, PARTNER

SQL = f"""
ALTER TABLE bailiff_figure_list ALTER COLUMN amicable DROP NOT NULL;
CREATE OR REPLACE FUNCTION tijdig_list_figure() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO bailiff_figure_list
        (file_id, partner_id, organisation_id, ended_on, days, amicable, tenant_cents, contact_days, corporation_cents,
         evicted, made, paid)
    SELECT NEW.id, NEW.partner_id, NEW.organisation_id, NEW.ended_on, NEW.ended_on - NEW.handed_over_on,
           CASE WHEN NEW."end" = 'ONT' OR (NEW."end" = 'TER' AND NEW.end_side = 'corporation'
                                           AND NOT (g.settled OR g.judged OR g.evicted)) THEN NULL
                ELSE (NEW."end" = 'AFB' OR g.settled OR g.kept) AND NOT g.judged AND NOT g.evicted END,
           g.tenant_cents, coalesce(g.first_talk_on, NEW.ended_on) - NEW.handed_over_on, g.corporation_cents,
           g.evicted OR NEW."end" = 'OTR', jsonb_array_length(g.arrangements),
           (SELECT count(*) FROM jsonb_array_elements(g.arrangements) a WHERE (a->>1)::boolean)
      FROM bailiff_filefigure g WHERE g.file_id = NEW.id
    ON CONFLICT (file_id) DO NOTHING;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION tijdig_partner_others(wanted integer, first_on date, last_on date)
    RETURNS TABLE (amicable_pct integer, contact_days integer, handling_days integer, kept_pct integer,
                   tenant_cost_cents bigint, corporation_cost_cents bigint, evictions integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN count(l.amicable) >= 20
                     AND count(DISTINCT l.organisation_id) FILTER (WHERE l.amicable IS NOT NULL) >= 3
                THEN floor(100.0 * avg(l.amicable::integer) + 0.5)::integer END,
           floor(percentile_cont(0.5) WITHIN GROUP (ORDER BY l.contact_days) + 0.5)::integer,
           floor(percentile_cont(0.5) WITHIN GROUP (ORDER BY l.days) + 0.5)::integer,
           CASE WHEN sum(l.made) >= 20 AND count(DISTINCT l.organisation_id) FILTER (WHERE l.made > 0) >= 3
                THEN floor(100.0 * sum(l.paid) / sum(l.made) + 0.5)::integer END,
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
"""


class Migration(migrations.Migration):
    dependencies = [("bailiff", "0015_file_settled")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
