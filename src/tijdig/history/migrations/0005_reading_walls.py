"""The walls of who looked at what: added to, never changed; a partner's people write and see their own alone."""

from django.db import migrations

from tijdig.access.walls import USER, append_only, partner_wall, wall

SQL = "\n".join(
    [
        wall("history_reading", may="SELECT, INSERT"),
        append_only("history_reading"),
        partner_wall("history_reading", f"actor = 'user:' || {USER}", may="SELECT, INSERT"),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("history", "0004_readings"), ("bailiff", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
