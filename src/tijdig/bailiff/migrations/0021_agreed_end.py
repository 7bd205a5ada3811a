"""Which agreements hold on a day, in one place: the newest version of a corporation and a partner that both sides approved and
that began, unless somebody ended it, or its agreed last day is past. Every wall and `queries.in_force` ask this."""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, PARTNER

SQL = f"""
CREATE FUNCTION tijdig_agreements_in_force(day date)
    RETURNS TABLE (id bigint, organisation_id integer, partner_id integer, terms jsonb) LANGUAGE sql STABLE AS $$
    SELECT n.id, n.organisation_id, n.partner_id, n.terms
      FROM (SELECT DISTINCT ON (a.organisation_id, a.partner_id) a.id, a.organisation_id, a.partner_id, a.terms
              FROM public.bailiff_agreement a
             WHERE a.begin_on <= day
               AND 2 = (SELECT count(*) FROM public.bailiff_agreementapproval y WHERE y.agreement_id = a.id)
             ORDER BY a.organisation_id, a.partner_id, a.version DESC) n
      LEFT JOIN public.bailiff_agreementend e ON e.agreement_id = n.id
     WHERE coalesce(e.end_on > day, true) AND coalesce((n.terms->>'until_on')::date >= day, true)
$$;
GRANT EXECUTE ON FUNCTION tijdig_agreements_in_force(date) TO tijdig_app, tijdig_partner;

CREATE OR REPLACE FUNCTION tijdig_partner_tenancies() RETURNS SETOF integer LANGUAGE sql STABLE ROWS 50 AS $$
    SELECT f.tenancy_id FROM public.bailiff_file f
     WHERE f.partner_id = {PARTNER} AND f.organisation_id = {ORGANISATION} AND f.ended_on IS NULL
       AND EXISTS (SELECT 1 FROM public.tijdig_agreements_in_force((now() AT TIME ZONE 'Europe/Amsterdam')::date) g
                    WHERE g.partner_id = {PARTNER} AND g.organisation_id = {ORGANISATION})
$$;
CREATE OR REPLACE FUNCTION tijdig_shows(what text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT g.terms->'shows' ? what
                       FROM public.tijdig_agreements_in_force((now() AT TIME ZONE 'Europe/Amsterdam')::date) g
                      WHERE g.partner_id = {PARTNER} AND g.organisation_id = {ORGANISATION}), false)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("bailiff", "0020_eviction_check_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
