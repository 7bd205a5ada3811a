"""What the walls of a partner ask in nearly every statement keeps its plan: the same functions, in PL/pgSQL.

A function in SQL is planned anew at every call. What each of them answers stays the same.
"""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, PARTNER

_TODAY = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"
_PAST_THE_WALLS = "LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp"
SQL = f"""
CREATE OR REPLACE FUNCTION tijdig_in_force(partner integer, organisation integer) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT g.id FROM public.tijdig_agreements_in_force({_TODAY}) g
             WHERE g.partner_id = partner AND g.organisation_id = organisation);
END $$;
CREATE OR REPLACE FUNCTION tijdig_partner_tenancies() RETURNS SETOF integer ROWS 50 {_PAST_THE_WALLS} AS $$
BEGIN
    IF tijdig_in_force({PARTNER}, {ORGANISATION}) IS NOT NULL THEN
        RETURN QUERY SELECT f.tenancy_id FROM bailiff_file f
                      WHERE f.partner_id = {PARTNER} AND f.organisation_id = {ORGANISATION} AND f.ended_on IS NULL;
    END IF;
END $$;
CREATE OR REPLACE FUNCTION tijdig_partner_files() RETURNS SETOF bigint ROWS 50 {_PAST_THE_WALLS} AS $$
BEGIN
    RETURN QUERY SELECT f.id FROM bailiff_file f
     WHERE f.partner_id = {PARTNER} AND f.ended_on IS NULL AND f.organisation_id IN (
           SELECT g.organisation_id FROM bailiff_agreement g WHERE g.partner_id = {PARTNER}
            GROUP BY g.organisation_id HAVING tijdig_in_force({PARTNER}, g.organisation_id) IS NOT NULL);
END $$;
CREATE OR REPLACE FUNCTION tijdig_partner_packages() RETURNS SETOF bigint ROWS 50 {_PAST_THE_WALLS} AS $$
BEGIN
    RETURN QUERY SELECT f.id FROM bailiff_file f JOIN bailiff_agreement a ON a.id = f.agreement_id
      JOIN bailiff_agreement n ON n.id = tijdig_in_force(f.partner_id, f.organisation_id)
     WHERE f.id IN (SELECT tijdig_partner_files()) AND n.terms->'shows' @> (a.terms->'shows');
END $$;
CREATE OR REPLACE FUNCTION tijdig_shows(what text) RETURNS boolean {_PAST_THE_WALLS} AS $$
BEGIN
    RETURN coalesce((SELECT a.terms->'shows' ? what FROM bailiff_agreement a
                      WHERE a.id = (SELECT tijdig_in_force({PARTNER}, {ORGANISATION}))), false);
END $$;
REVOKE EXECUTE ON FUNCTION tijdig_shows(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tijdig_shows(text) TO tijdig_app, tijdig_partner;
"""


class Migration(migrations.Migration):
    dependencies = [("bailiff", "0023_told_in_a_file")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
