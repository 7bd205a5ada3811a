"""The walls of the figures, and how one corporation hears what the partner's files elsewhere come to: as one number of at
least twenty files of at least three other corporations, or not at all."""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, PARTNER, append_only, partner_wall, wall

SQL = f"""
{wall("bailiff_filefigure", may="SELECT, INSERT")}
{append_only("bailiff_filefigure")}
{partner_wall("bailiff_filefigure", "file_id IN (SELECT f.id FROM bailiff_file f)", may="SELECT, INSERT")}
ALTER TABLE bailiff_filefigure ADD CONSTRAINT bailiff_filefigure_of_its_file
    FOREIGN KEY (file_id, organisation_id) REFERENCES bailiff_file (id, organisation_id);

CREATE TABLE bailiff_figure_list (file_id bigint PRIMARY KEY, partner_id integer NOT NULL, organisation_id integer NOT NULL,
    ended_on date NOT NULL, days integer NOT NULL, amicable boolean NOT NULL, tenant_cents bigint NOT NULL);
CREATE INDEX bailiff_figure_list_partner ON bailiff_figure_list (partner_id, ended_on);
CREATE FUNCTION tijdig_list_figure() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO bailiff_figure_list
    SELECT NEW.id, NEW.partner_id, NEW.organisation_id, NEW.ended_on, NEW.ended_on - NEW.handed_over_on,
           (NEW."end" = 'AFB' OR g.kept) AND NOT g.judged AND NOT g.evicted, g.tenant_cents
      FROM bailiff_filefigure g WHERE g.file_id = NEW.id
    ON CONFLICT (file_id) DO NOTHING;
    RETURN NEW;
END $$;
CREATE TRIGGER bailiff_file_listed AFTER UPDATE OF ended_on ON bailiff_file
    FOR EACH ROW WHEN (NEW.ended_on IS NOT NULL) EXECUTE FUNCTION tijdig_list_figure();

CREATE FUNCTION tijdig_partner_others(wanted integer, first_on date, last_on date)
    RETURNS TABLE (files bigint, corporations bigint, amicable integer, days integer, cents bigint) LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN enough THEN n ELSE 0 END, CASE WHEN enough THEN c ELSE 0 END, CASE WHEN enough THEN a END,
           CASE WHEN enough THEN d END, CASE WHEN enough THEN t END
      FROM (SELECT count(*) AS n, count(DISTINCT l.organisation_id) AS c,
                   count(*) >= 20 AND count(DISTINCT l.organisation_id) >= 3 AS enough,
                   floor(100.0 * avg(l.amicable::integer) + 0.5)::integer AS a,
                   floor(percentile_cont(0.5) WITHIN GROUP (ORDER BY l.days) + 0.5)::integer AS d,
                   floor(avg(l.tenant_cents) + 0.5)::bigint AS t
              FROM bailiff_figure_list l
             WHERE l.partner_id = wanted AND l.organisation_id <> {ORGANISATION}
               AND l.ended_on > first_on AND l.ended_on <= last_on
               AND wanted IN (SELECT g.partner_id FROM bailiff_agreement g WHERE g.organisation_id = {ORGANISATION})
               AND ({PARTNER} IS NULL OR wanted = {PARTNER})) sums
$$;
REVOKE EXECUTE ON FUNCTION tijdig_partner_others(integer, date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tijdig_partner_others(integer, date, date) TO tijdig_app, tijdig_partner;
"""


class Migration(migrations.Migration):
    dependencies = [("bailiff", "0005_figures")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
