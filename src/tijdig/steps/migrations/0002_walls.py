"""The walls of steps: append-only for everybody, also for the owner."""

from django.db import migrations

from tijdig.access.walls import append_only, wall

SQL = "\n".join([wall("steps_step", may="SELECT, INSERT"), append_only("steps_step")])


class Migration(migrations.Migration):
    dependencies = [("steps", "0001_initial"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
