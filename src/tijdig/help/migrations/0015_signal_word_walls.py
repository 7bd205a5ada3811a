"""The wall of words about a signal: they can be erased; a partner's people see none."""

from django.db import migrations

from tijdig.access.walls import partner_wall, wall

SQL = "\n".join(
    [
        "ALTER TABLE help_signalmark ADD CONSTRAINT help_signalmark_whole UNIQUE (id, organisation_id);",
        """ALTER TABLE help_signalmarktext ADD CONSTRAINT help_signalmarktext_of_its_mark
           FOREIGN KEY (mark_id, organisation_id) REFERENCES help_signalmark (id, organisation_id);""",
        wall("help_signalmarktext", may="SELECT, INSERT, DELETE"),
        partner_wall("help_signalmarktext"),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("help", "0014_signal_words"), ("access", "0005_partner_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
