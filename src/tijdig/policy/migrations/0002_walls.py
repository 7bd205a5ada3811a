"""The walls of policy: what was adopted is never changed, also not by the owner."""

from django.db import migrations

from tijdig.access.walls import append_only, wall

SQL = "\n".join([wall("policy_adoption", may="SELECT, INSERT"), append_only("policy_adoption")])


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
