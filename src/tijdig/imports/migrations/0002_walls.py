"""The walls of imports."""

from django.db import migrations

from tijdig.access.walls import wall

TABLES = ["sourcefile", "progress", "statement", "line", "linetext", "quarantine", "owncollection", "control", "saved"]


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial"), ("access", "0002_walls")]
    operations = [
        migrations.RunSQL("\n".join(wall(f"imports_{table}") for table in TABLES), migrations.RunSQL.noop)
    ]
