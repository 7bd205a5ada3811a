"""The wall of answers that were taken back: who did so and when is never changed."""

from django.db import migrations

from tijdig.access.walls import append_only, wall

SQL = "\n".join(
    [
        """ALTER TABLE help_messageretraction ADD CONSTRAINT help_messageretraction_of_its_message
           FOREIGN KEY (message_id, organisation_id) REFERENCES help_message (id, organisation_id);""",
        wall("help_messageretraction", may="SELECT, INSERT"),
        append_only("help_messageretraction"),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("help", "0011_retractions")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
