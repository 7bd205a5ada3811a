"""Sessions that end, whether a second step is asked, and the walls of sessions."""

import django.db.models.deletion
from django.db import migrations, models

from tijdig.access.walls import ORGANISATION, PARTNER, partner_wall

# Before somebody is known by a session the database shows the sessions of the one whose number was asked for.
SQL = f"""
ALTER TABLE access_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_session FORCE ROW LEVEL SECURITY;
CREATE POLICY access_session_rows ON access_session
    USING (organisation_id = {ORGANISATION} OR partner_id = {PARTNER}
           OR user_id = (SELECT nullif(current_setting('tijdig.user', true), '')::integer))
    WITH CHECK (organisation_id = {ORGANISATION} OR partner_id = {PARTNER});
REVOKE ALL ON access_session FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON access_session TO tijdig_app;
{partner_wall("access_session", f"partner_id = {PARTNER}", may="SELECT, INSERT, UPDATE, DELETE")}
GRANT UPDATE (second_factor_required, idle_minutes) ON access_partner TO tijdig_partner;
"""

_SWITCH = models.BooleanField(db_default=False, default=False)


class Migration(migrations.Migration):
    # After the walls of `bailiff`, which close every table that they find to partners.
    dependencies = [("access", "0005_partner_walls"), ("bailiff", "0002_walls")]
    operations = [
        migrations.AddField("organisation", "second_factor_required", _SWITCH.clone()),
        migrations.AddField("organisation", "idle_minutes", models.SmallIntegerField(db_default=480, default=480)),
        migrations.AddField("partner", "second_factor_required", _SWITCH.clone()),
        migrations.AddField("partner", "idle_minutes", models.SmallIntegerField(db_default=60, default=60)),
        migrations.AddField("user", "stamp", models.IntegerField(db_default=0, default=0)),
        migrations.AddField("user", "second_step", _SWITCH.clone()),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stamp", models.IntegerField()),
                ("begun_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("idle_minutes", models.SmallIntegerField()),
                ("how", models.CharField(max_length=20)),
                ("agent", models.CharField(blank=True, max_length=200)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="access.organisation"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="access.partner"),
                ),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="access.user")),
            ],
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
