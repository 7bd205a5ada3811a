"""The walls of history: events are added to, never changed; personal text may be erased."""

from django.db import migrations

from tijdig.access.walls import append_only, wall

SQL = "\n".join(
    [
        wall("history_event", may="SELECT, INSERT"),
        append_only("history_event"),
        wall("history_eventtext", may="SELECT, INSERT, DELETE"),
        wall("history_seal", may="SELECT, INSERT"),
        append_only("history_seal"),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
