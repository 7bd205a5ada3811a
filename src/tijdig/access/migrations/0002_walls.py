"""Row security on the rows of access, and what the app role may do with the tables of the framework."""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, REFUSE_CHANGE, wall

SQL = f"""
{REFUSE_CHANGE}
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO tijdig_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON django_session TO tijdig_app;
GRANT SELECT ON django_content_type, auth_permission, auth_group, django_migrations TO tijdig_app;

{wall("access_organisation", may="SELECT, INSERT, UPDATE", column="id")}

ALTER TABLE access_user ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_user FORCE ROW LEVEL SECURITY;
CREATE POLICY access_user_rows ON access_user
    USING (organisation_id = {ORGANISATION}
           OR id = (SELECT nullif(current_setting('tijdig.user', true), '')::integer)
           OR email = (SELECT current_setting('tijdig.email', true)))
    WITH CHECK (organisation_id = {ORGANISATION});
GRANT SELECT, INSERT, UPDATE ON access_user TO tijdig_app;

ALTER TABLE access_apiclient ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_apiclient FORCE ROW LEVEL SECURITY;
CREATE POLICY access_apiclient_rows ON access_apiclient
    USING (organisation_id = {ORGANISATION}
           OR token_digest = (SELECT current_setting('tijdig.token', true)))
    WITH CHECK (organisation_id = {ORGANISATION});
GRANT SELECT, INSERT, UPDATE ON access_apiclient TO tijdig_app;

CREATE TABLE access_organisation_list (id integer PRIMARY KEY);
CREATE FUNCTION tijdig_list_organisation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN INSERT INTO access_organisation_list VALUES (NEW.id); RETURN NEW; END $$;
CREATE TRIGGER access_organisation_listed AFTER INSERT ON access_organisation
    FOR EACH ROW EXECUTE FUNCTION tijdig_list_organisation();
CREATE FUNCTION tijdig_organisation_ids() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$ SELECT id FROM access_organisation_list $$;
GRANT EXECUTE ON FUNCTION tijdig_organisation_ids() TO tijdig_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("sessions", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
