"""The walls of who is busy: nobody is so twice at one moment, and a row is ended or lengthened, never taken away."""

from django.db import migrations

from tijdig.access.walls import wall

ALONE = """
ALTER TABLE caseload_pickup ADD CONSTRAINT caseload_pickup_alone EXCLUDE USING gist (
    tenancy_id WITH =, tstzrange(from_at, coalesce(ended_at, until_at)) WITH &&);
"""
SQL = "\n".join([ALONE, wall("caseload_pickup", may="SELECT, INSERT, UPDATE")])


class Migration(migrations.Migration):
    dependencies = [("caseload", "0003_pickups"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
