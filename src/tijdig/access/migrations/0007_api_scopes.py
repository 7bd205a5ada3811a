"""What a program may do, a second token while the first is renewed, and when it was last here."""

from django.db import migrations, models

from tijdig.access.walls import ORGANISATION

_EVERY = "positions:read entries:write tenancies:write"
# Before a program is known the database shows the one whose token was shown, by its token of now or the earlier one.
SQL = f"""
DROP POLICY access_apiclient_rows ON access_apiclient;
CREATE POLICY access_apiclient_rows ON access_apiclient
    USING (organisation_id = {ORGANISATION}
           OR token_digest = (SELECT nullif(current_setting('tijdig.token', true), ''))
           OR earlier_digest = (SELECT nullif(current_setting('tijdig.token', true), '')))
    WITH CHECK (organisation_id = {ORGANISATION});
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0006_sessions")]
    operations = [
        migrations.AddField(
            "apiclient", "scopes", models.CharField(db_default=_EVERY, default=_EVERY, max_length=200)
        ),
        migrations.AddField("apiclient", "earlier_digest", models.CharField(max_length=64, null=True, unique=True)),
        migrations.AddField("apiclient", "earlier_until", models.DateTimeField(null=True)),
        migrations.AddField("apiclient", "used_at", models.DateTimeField(null=True)),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
