"""The wall of acceptances: who took on what is never changed."""

from django.db import migrations

from tijdig.access.walls import append_only, wall

SQL = "\n".join([wall("cases_acceptance", may="SELECT, INSERT"), append_only("cases_acceptance")])


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_acceptance"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
