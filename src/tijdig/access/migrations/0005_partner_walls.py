"""Partners: row security on them and on their people, and how a corporation finds one by its code."""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, PARTNER, partner_wall

SQL = f"""
ALTER TABLE access_partner ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_partner FORCE ROW LEVEL SECURITY;
CREATE POLICY access_partner_own ON access_partner USING (id = {PARTNER}) WITH CHECK (id = {PARTNER});
REVOKE ALL ON access_partner FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE ON access_partner TO tijdig_app;
GRANT SELECT ON access_partner TO tijdig_partner;
GRANT USAGE ON SCHEMA public TO tijdig_partner;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO tijdig_partner;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO tijdig_partner;

DROP POLICY access_user_rows ON access_user;
CREATE POLICY access_user_rows ON access_user
    USING (organisation_id = {ORGANISATION} OR partner_id = {PARTNER}
           OR id = (SELECT nullif(current_setting('tijdig.user', true), '')::integer)
           OR email = (SELECT current_setting('tijdig.email', true)))
    WITH CHECK (organisation_id = {ORGANISATION} OR partner_id = {PARTNER});
{partner_wall("access_user", f"partner_id = {PARTNER}", may="SELECT, INSERT, UPDATE")}

CREATE TABLE access_partner_list (id integer PRIMARY KEY, code text NOT NULL UNIQUE, name text NOT NULL);
CREATE FUNCTION tijdig_list_partner() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO access_partner_list VALUES (NEW.id, NEW.code, NEW.name)
        ON CONFLICT (id) DO UPDATE SET code = excluded.code, name = excluded.name;
    RETURN NEW;
END $$;
CREATE TRIGGER access_partner_listed AFTER INSERT OR UPDATE ON access_partner
    FOR EACH ROW EXECUTE FUNCTION tijdig_list_partner();
CREATE FUNCTION tijdig_partner_by_code(wanted text) RETURNS TABLE (id integer, name text) LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT id, name FROM access_partner_list WHERE code = wanted $$;
GRANT EXECUTE ON FUNCTION tijdig_partner_by_code(text) TO tijdig_app;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0004_partners")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
