"""The walls of why somebody took something: a partner's people write and see the words of their own looks alone."""

from django.db import migrations

from tijdig.access.walls import partner_wall, wall

SQL = "\n".join(
    [
        wall("history_readingtext", may="SELECT, INSERT, DELETE"),
        partner_wall(
            "history_readingtext", "reading_id IN (SELECT r.id FROM history_reading r)", may="SELECT, INSERT"
        ),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("history", "0006_reasons"), ("bailiff", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
