"""The walls of cases: a decision, once taken, is never changed."""

from django.db import migrations

from tijdig.access.walls import append_only, wall

SQL = "\n".join(
    [
        wall("cases_standing"),
        wall("cases_decision", may="SELECT, INSERT"),
        append_only("cases_decision"),
        wall("cases_alert", may="SELECT, INSERT, UPDATE"),
        wall("cases_outbox", may="SELECT, INSERT, DELETE"),
        wall("cases_checkpoint"),
        wall("cases_checkpointitem"),
        wall("cases_night", may="SELECT, INSERT, UPDATE"),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
