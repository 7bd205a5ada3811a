"""The walls of versions: what was written and from when it held is never changed, also not by the owner."""

from django.db import migrations

from tijdig.access.walls import append_only, wall

SQL = "\n".join(
    wall(f"policy_{name}", may="SELECT, INSERT") + append_only(f"policy_{name}")
    for name in ("version", "start")
)


class Migration(migrations.Migration):
    dependencies = [("policy", "0003_versions")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
