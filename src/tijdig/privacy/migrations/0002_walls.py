"""The walls of privacy: what was approved, kept longer and erased is added to and never changed. No partner sees any of it."""

from django.db import migrations

from tijdig.access.walls import append_only, partner_wall, wall

_FOR_EVER = ("retentionversion", "hold", "holdend", "erasure", "run", "registerversion")

SQL = "\n".join(
    [
        *(
            wall(f"privacy_{name}", may="SELECT, INSERT") + append_only(f"privacy_{name}")
            for name in _FOR_EVER
        ),
        wall("privacy_holdtext", may="SELECT, INSERT, DELETE"),
        *(partner_wall(f"privacy_{name}") for name in (*_FOR_EVER, "holdtext")),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial"), ("access", "0002_walls"), ("access", "0005_partner_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
