"""The walls of arrangements: a plan and what became of it are append-only; reasons can be erased with the person."""

from django.db import migrations

from tijdig.access.walls import append_only, wall

SQL = "\n".join(
    [
        wall("arrangements_arrangement", may="SELECT, INSERT, UPDATE"),
        wall("arrangements_instalment", may="SELECT, INSERT"),
        wall("arrangements_change", may="SELECT, INSERT"),
        wall("arrangements_changetext", may="SELECT, INSERT, DELETE"),
        append_only("arrangements_instalment"),
        append_only("arrangements_change"),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("arrangements", "0001_initial"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
