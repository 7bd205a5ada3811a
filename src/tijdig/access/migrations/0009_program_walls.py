"""Programs of a partner: their own wall, beside that of a corporation's programs."""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, PARTNER, partner_wall

SQL = f"""
DROP POLICY access_apiclient_rows ON access_apiclient;
CREATE POLICY access_apiclient_rows ON access_apiclient
    USING (organisation_id = {ORGANISATION} OR partner_id = {PARTNER}
           OR token_digest = (SELECT nullif(current_setting('tijdig.token', true), ''))
           OR earlier_digest = (SELECT nullif(current_setting('tijdig.token', true), '')))
    WITH CHECK (organisation_id = {ORGANISATION} OR partner_id = {PARTNER});
{partner_wall("access_apiclient", f"partner_id = {PARTNER}", may="SELECT, INSERT, UPDATE")}
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0008_programs_of_partners")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
